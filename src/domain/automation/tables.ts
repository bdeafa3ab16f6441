/** Rules and the settings of sorting: the only place that writes them, and what intake asks of them for a batch of mail. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { RuleActions, RuleConditions } from '../../contract/rules.ts'
import type { Db, Tx } from '../../platform/db/index.ts'
import type { Rule } from './rules.ts'

/** How everything that sorts stands: asked once for a batch, so that the rest is asked only where there is something to ask. */
export type SortingState = {
  version: number
  filter: boolean
  above: 'careful' | 'usual' | 'strict'
  upstream: boolean
  spam: number
  ham: number
  blocks: boolean
}

export async function sortingState(on: Db | Tx): Promise<SortingState> {
  const { rows } = await sql<SortingState>`
    select coalesce(s.version, 0) as version, coalesce(s.spam_filter, true) as filter, coalesce(s.spam_above, 'careful') as above,
      coalesce(s.spam_upstream, false) as upstream, coalesce(t.spam, 0) as spam, coalesce(t.ham, 0) as ham,
      exists (select from blocked_sender) as blocks
    from (select) one left join sorting s on true left join spam_token t on t.token = ''`.execute(on)
  return rows[0]!
}

export type SpamSettings = Partial<Record<'filter' | 'upstream', boolean | undefined>> & {
  above?: SortingState['above'] | undefined
}

export async function saveSpamSettings(tx: Tx, change: SpamSettings): Promise<void> {
  await sql`insert into sorting (spam_filter, spam_above, spam_upstream)
    values (coalesce(${change.filter ?? null}::boolean, true), coalesce(${change.above ?? null}::text, 'careful'), coalesce(${change.upstream ?? null}::boolean, false))
    on conflict (only_one) do update set spam_filter = coalesce(${change.filter ?? null}::boolean, sorting.spam_filter),
      spam_above = coalesce(${change.above ?? null}::text, sorting.spam_above), spam_upstream = coalesce(${change.upstream ?? null}::boolean, sorting.spam_upstream)`.execute(
    tx,
  )
}

/** Taken before any change of a rule: changes happen one after the other, and each is met by the next batch. */
export async function nextVersion(tx: Tx): Promise<void> {
  await sql`insert into sorting (version) values (1) on conflict (only_one) do update set version = sorting.version + 1`.execute(
    tx,
  )
}

export async function activeRules(on: Db | Tx): Promise<Rule[]> {
  const { rows } = await sql<Rule>`select id, team_id, stops, conditions, actions from rule
    where enabled and deleted_at is null order by position, id`.execute(on)
  return rows
}

export type RuleRow = {
  id: string
  teamId: string | null
  name: string
  position: number
  enabled: boolean
  stops: boolean
  conditions: RuleConditions
  actions: RuleActions
  deletedAt: Date | null
}

/** The door to a rule for writing. */
export async function openRule(tx: Tx, id: string): Promise<RuleRow | null> {
  const { rows } =
    await sql<RuleRow>`select id, team_id, name, position, enabled, stops, conditions, actions, deleted_at
    from rule where id = ${id}::uuid for update`.execute(tx)
  return rows[0] ?? null
}

export const mostRules = 500

export async function countRules(tx: Tx): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`select count(*)::int as count from rule where deleted_at is null`.execute(tx)
  return rows[0]!.count
}

type Fields = Pick<RuleRow, 'teamId' | 'name' | 'enabled' | 'stops' | 'conditions' | 'actions'>

/** It comes last. */
export async function addRule(tx: Tx, fields: Fields & { byId: string }, now: Date): Promise<string> {
  const id = randomUUIDv7()
  await sql`insert into rule (id, team_id, name, position, enabled, stops, conditions, actions, by_id, created_at)
    select ${id}, ${fields.teamId}::uuid, ${fields.name}, coalesce(max(position), 0) + 1, ${fields.enabled}, ${fields.stops},
      ${JSON.stringify(fields.conditions)}::jsonb, ${JSON.stringify(fields.actions)}::jsonb, ${fields.byId}, ${now} from rule`.execute(
    tx,
  )
  return id
}

export async function saveRule(tx: Tx, rule: RuleRow): Promise<void> {
  await sql`update rule set name = ${rule.name}, position = ${rule.position}, enabled = ${rule.enabled}, stops = ${rule.stops},
    conditions = ${JSON.stringify(rule.conditions)}::jsonb, actions = ${JSON.stringify(rule.actions)}::jsonb, deleted_at = ${rule.deletedAt}
    where id = ${rule.id}`.execute(tx)
}

/** The next one of the same team in that direction. */
export async function neighbourOf(tx: Tx, rule: RuleRow, to: 'up' | 'down'): Promise<RuleRow | null> {
  const beyond =
    to === 'up'
      ? sql`(position, id) < (${rule.position}, ${rule.id}::uuid) order by position desc, id desc`
      : sql`(position, id) > (${rule.position}, ${rule.id}::uuid) order by position, id`
  const { rows } =
    await sql<RuleRow>`select id, team_id, name, position, enabled, stops, conditions, actions, deleted_at from rule
    where team_id is not distinct from ${rule.teamId}::uuid and deleted_at is null and ${beyond} limit 1 for update`.execute(
      tx,
    )
  return rows[0] ?? null
}

/** Places are unique among all rules, so that two of them can change theirs. */
export async function swapPlaces(tx: Tx, a: RuleRow, b: RuleRow): Promise<void> {
  await sql`update rule set position = case id when ${a.id}::uuid then ${b.position}::int else ${a.position}::int end
    where id in (${a.id}::uuid, ${b.id}::uuid)`.execute(tx)
}

/** Which of these teams are there, and which of these members may own where. */
export async function allowedNow(
  on: Db | Tx,
  named: { teamIds: readonly string[]; ownerIds: readonly string[] },
  now: Date,
): Promise<{ teams: Set<string>; owners: Set<string>; names: Map<string, string> }> {
  const { rows } = await sql<{ personId: string | null; teamId: string; name: string | null }>`
    select null::uuid as person_id, id as team_id, null as name from team where id = any(${named.teamIds}::uuid[]) and archived_at is null
    union all select r.person_id, r.team_id, p.name from team_member r join member m using (person_id) join person p on p.id = r.person_id
    where r.person_id = any(${named.ownerIds}::uuid[]) and r.role <> 'partner' and m.disabled_at is null and (m.expires_at is null or m.expires_at > ${now})`.execute(
    on,
  )
  return {
    teams: new Set(rows.filter(row => row.personId === null).map(row => row.teamId)),
    owners: new Set(rows.filter(row => row.personId !== null).map(row => `${row.personId} ${row.teamId}`)),
    names: new Map(rows.flatMap(row => (row.personId ? [[row.personId, row.name ?? '']] : []))),
  }
}

export type Match = {
  ruleId: string
  conversationId: string
  tagIds: readonly string[]
  priority: number | null
  at: Date
}

/** What rules leave behind of new conversations: that they matched, tags, priority. A tag that was merged leads to the other one; one that is gone is left out. */
export async function writeMatches(tx: Tx, matches: readonly Match[]): Promise<void> {
  if (matches.length === 0) return
  const rows = JSON.stringify(
    matches.map(each => ({
      rule_id: each.ruleId,
      conversation_id: each.conversationId,
      tag_ids: each.tagIds,
      priority: each.priority,
      at: each.at.toISOString(),
    })),
  )
  const given = sql`jsonb_to_recordset(${rows}::jsonb) as g(rule_id uuid, conversation_id uuid, tag_ids jsonb, priority smallint, at timestamptz)`
  await sql`insert into rule_match (rule_id, conversation_id, at) select rule_id, conversation_id, at from ${given} where exists (select from rule where id = rule_id) on conflict do nothing`.execute(
    tx,
  )
  if (matches.some(each => each.tagIds.length > 0))
    await sql`insert into conversation_tag (conversation_id, tag_id, since)
      select distinct g.conversation_id, coalesce(t.merged_into, t.id), g.at from ${given} cross join jsonb_array_elements_text(g.tag_ids) x join tag t on t.id = x::uuid
      left join tag i on i.id = t.merged_into where coalesce(i.archived_at, case when t.merged_into is null then t.archived_at end) is null on conflict do nothing`.execute(
      tx,
    )
  if (matches.some(each => each.priority !== null))
    await sql`update conversation set priority = g.priority from ${given} where conversation.id = g.conversation_id and g.priority is not null`.execute(
      tx,
    )
}
