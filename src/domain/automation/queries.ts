/** Rules as screens show them, what a rule may name, and the try over past mail. */
import { sql } from 'kysely'
import type { z } from 'zod'
import type { RuleActions, RuleConditions, RuleView, ruleChoices, tryRule } from '../../contract/rules.ts'
import { type Db, type Tx, together } from '../../platform/db/index.ts'
import { type Member, maySettleRules, visibleTeams } from '../access/index.ts'
import { settlesRule } from './commands.ts'
import { longestBody, readerOf, sorterOf } from './rules.ts'
import { allowedNow, type RuleRow } from './tables.ts'

const month = 30 * 86_400_000

export async function ruleViews(
  on: Db | Tx,
  actor: Member,
  now: Date,
  ruleId: string | null = null,
): Promise<RuleView[]> {
  const { rows } = await sql<RuleRow & { matches: number; tags: RuleView['tags'] }>`
    select r.id, r.team_id, r.name, r.enabled, r.stops, r.conditions, r.actions,
      (select count(*) from rule_match m where m.rule_id = r.id and m.at > ${new Date(now.getTime() - month)})::int as matches,
      coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'tint', t.tint) order by lower(t.name)) from tag t
        where t.archived_at is null and t.id in (select coalesce(o.merged_into, o.id) from tag o where o.id in (select x::uuid from jsonb_array_elements_text(r.actions->'tagIds') x))), '[]') as tags
    from rule r left join team t on t.id = r.team_id
    where r.deleted_at is null and (${ruleId}::uuid is null or r.id = ${ruleId}::uuid)
    order by r.team_id is not null, lower(t.name), r.position, r.id`.execute(on)
  const mine = rows.filter(row => settlesRule(actor, row))
  const allowed = await allowedNow(
    on,
    {
      teamIds: mine.flatMap(row => row.actions.teamId ?? []),
      ownerIds: mine.flatMap(row => row.actions.ownerId ?? []),
    },
    now,
  )
  return mine.map(row => ({
    ...row,
    broken:
      (row.actions.teamId !== null && !allowed.teams.has(row.actions.teamId)) ||
      (row.actions.ownerId !== null && !allowed.names.has(row.actions.ownerId)) ||
      row.tags.length < row.actions.tagIds.length,
  }))
}

/** An administrator may name everything; a lead the mailboxes of their teams, and the teams they settle. */
export async function choicesFor(db: Db, actor: Member, now: Date): Promise<z.input<typeof ruleChoices.output>> {
  const [mailboxes, teams] = await together(db, on =>
    Promise.all([
      sql<{
        id: string
        address: string
        teamId: string
      }>`select id, address, team_id from mailbox where removed_at is null order by address`.execute(on),
      sql<{ id: string; name: string; members: { id: string; name: string }[] }>`
        select t.id, t.name, coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by lower(p.name), p.id)
          from team_member r join person p on p.id = r.person_id join member m on m.person_id = p.id
          where r.team_id = t.id and r.role <> 'partner' and m.disabled_at is null and (m.expires_at is null or m.expires_at > ${now})), '[]') as members
        from team t where t.archived_at is null order by lower(t.name), t.id`.execute(on),
    ]),
  )
  const settled = (teamId: string) => maySettleRules(actor, teamId)
  return {
    mailboxes: mailboxes.rows.filter(({ teamId }) => settled(teamId)),
    teams: teams.rows.filter(({ id }) => settled(id)).map(team => ({ ...team, settles: true })),
  }
}

type Past = {
  id: string
  number: number
  subject: string
  customerId: string
  customerName: string
  teamId: string
  ownerId: string | null
  priority: number
  state: string
  tags: string[]
  at: Date
  mailboxId: string | null
  language: string | null
  messageSubject: string | null
  body: string
  from: string | null
  to: string[]
  hasAttachment: boolean
}

const portion = 250
const longestMs = 3000
const shownAtMost = 20

/** The newest conversations that came by mail and that the actor sees, a portion at a time, until there are enough or time is up. */
export async function tryOver(
  db: Db,
  actor: Member,
  input: { teamId: string | null; conditions: RuleConditions; actions: RuleActions; last: number },
): Promise<z.input<typeof tryRule.output>> {
  const teams = visibleTeams(actor).filter(id => input.teamId === null || id === input.teamId)
  // As the only rule, so that it is asked of all that the team has.
  const { conditions, actions } = input
  const sorter = sorterOf([{ id: 'tried', teamId: null, stops: false, conditions, actions }])
  const began = performance.now()
  const told = { looked: 0, since: null as string | null, matched: 0, shown: [] as Tried[], cut: false }
  let before: { at: Date; id: string } | null = null
  while (told.looked < input.last) {
    if (performance.now() - began > longestMs) return { ...told, cut: true }
    const asked = Math.min(portion, input.last - told.looked)
    const past: Past[] = await pastMail(db, teams, before, asked)
    for (const one of past) {
      told.looked++
      const fits = readerOf(sorter, {
        mailboxId: one.mailboxId,
        from: addressIn(one.from),
        fromName: one.customerName,
        to: one.to.map(each => each.toLowerCase()),
        subject: one.messageSubject ?? one.subject,
        body: one.body,
        language: one.language,
        hasAttachment: one.hasAttachment,
      })
      if (!fits(sorter.rules[0]!)) continue
      told.matched++
      if (told.shown.length < shownAtMost) told.shown.push(triedOn(one, input.actions))
    }
    const last = past.at(-1)
    if (last) told.since = last.at.toISOString()
    if (!last || past.length < asked) break
    before = { at: last.at, id: last.id }
  }
  return told
}

type Tried = z.input<typeof tryRule.output>['shown'][number]

function triedOn(one: Past, actions: RuleActions): Tried {
  const changes: Tried['changes'] = []
  if (actions.teamId !== null && actions.teamId !== one.teamId) changes.push('team')
  if (actions.ownerId !== null && actions.ownerId !== one.ownerId) changes.push('owner')
  if (actions.tagIds.some(id => !one.tags.includes(id))) changes.push('tag')
  if (actions.priority !== null && actions.priority !== one.priority) changes.push('priority')
  if (actions.aside && one.state !== 'aside') changes.push('aside')
  const { id, number, subject, teamId } = one
  const customer = { id: one.customerId, name: one.customerName }
  return { id, number, subject, teamId, customer, at: one.at.toISOString(), changes }
}

function addressIn(raw: string | null): string {
  return (/[^\s<>"]+@[^\s<>"]+/.exec(raw ?? '')?.[0] ?? '').toLowerCase()
}

async function pastMail(
  db: Db,
  teams: readonly string[],
  before: { at: Date; id: string } | null,
  limit: number,
): Promise<Past[]> {
  const beyond = before ? sql`and (last_at, id) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql``
  const { rows } = await sql<Past>`
    with page as materialized (select id, last_at from unnest(${teams}::uuid[]) t(team) cross join lateral
      (select id, last_at from conversation where team_id = t.team and channel = 'mail' and state not in ('spam', 'trash', 'merged') ${beyond} order by last_at desc, id desc limit ${limit}) w
      order by last_at desc, id desc limit ${limit})
    select c.id, c.number, c.subject, c.customer_id, p.name as customer_name, c.team_id, c.owner_id, c.priority, c.state, c.last_at as at, c.mailbox_id, c.language,
      array(select tag_id from conversation_tag where conversation_id = c.id) as tags, m.subject as message_subject, left(coalesce(m.body_text, ''), ${longestBody}) as body, m.author_raw as "from",
      array(select r->>'address' from jsonb_array_elements(coalesce(m.recipients, '[]')) r) as "to",
      exists (select from attachment a where a.message_id = m.id) as has_attachment
    from page join conversation c using (id) join person p on p.id = c.customer_id
    left join lateral (select * from message where conversation_id = c.id and kind in ('message', 'automatic') order by at, id limit 1) m on true
    order by c.last_at desc, c.id desc`.execute(db)
  return rows
}
