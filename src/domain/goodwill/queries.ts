/** The ledger of what was given away: filtered, by keyset, summed; and what is given so often that a rule may be wrong. Shows of conversations only what one may read. */
import { type RawBuilder, sql } from 'kysely'
import type { GoodwillFilter, GoodwillKind, GoodwillView, Often } from '../../contract/goodwill.ts'
import type { Db, Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/http/index.ts'
import { inSightOf, leadsAnywhere, type Member, standingFor, visibleTeams } from '../access/index.ts'
import { gather } from './rules.ts'
import { goodwillSettingsOf, openDecision } from './tables.ts'

/** Who would decide: those who lead the team of the conversation first, those who are there first; never who asks. */
export async function leadsFor(
  on: Db | Tx,
  actor: Member,
  conversationId: string | null,
  now: Date,
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select p.id, p.name from (select r.person_id, bool_or(r.team_id = c.team_id) as here, ${standingFor('r.personId', now)} = r.person_id as there
        from team_member r join team t on t.id = r.team_id join member a on a.person_id = r.person_id
          left join conversation c on c.id = ${conversationId}::uuid
        where r.role = 'lead' and t.archived_at is null and a.disabled_at is null and (a.expires_at is null or a.expires_at > ${now})
          and r.person_id <> ${actor.personId}::uuid and (c.id is null or r.team_id = c.team_id)
        group by r.person_id) l join person p on p.id = l.person_id
    order by l.here desc nulls last, l.there desc nulls last, lower(p.name), p.id limit 50`.execute(on)
  return rows
}

type Row = {
  id: string
  kind: GoodwillKind
  state: GoodwillView['state']
  minor: string
  currency: string
  what: string
  reason: string
  askedAt: Date
  grantedAt: Date | null
  decidedWords: string | null
  withdrawnAt: Date | null
  withdrawnById: string | null
  withdrawnByName: string | null
  withdrawnWords: string | null
  wasUsed: boolean | null
  personId: string | null
  personName: string | null
  organisationId: string | null
  organisationName: string | null
  conversationId: string | null
  number: number | null
  subject: string | null
  byId: string
  byName: string
  leadId: string | null
  leadName: string | null
  promiseId: string | null
  decideBy: Date | null
  deciderId: string | null
  deciderName: string | null
}

const columns = sql`g.id, g.kind, g.state, g.minor::text as minor, g.currency, g.what, g.reason, g.asked_at, g.granted_at, g.decided_words, g.person_id, pe.name as person_name,
  g.organisation_id, o.name as organisation_name, c.id as conversation_id, c.number, c.subject, g.by_id, b.name as by_name, l.id as lead_id, l.name as lead_name, p.id as promise_id, p.due_at as decide_by,
  d.id as decider_id, d.name as decider_name, g.withdrawn_at, g.withdrawn_words, g.was_used, w.id as withdrawn_by_id, w.name as withdrawn_by_name`
const joins = sql`left join person pe on pe.id = g.person_id left join organisation o on o.id = g.organisation_id left join conversation c on c.id = g.conversation_id
  join person b on b.id = g.by_id left join ${openDecision} p on true left join person l on l.id = p.by_person_id left join person d on d.id = g.decided_by
  left join person w on w.id = g.withdrawn_by`
const ref = (id: string | null, name: string | null) => (id ? { id, name: name ?? '' } : null)

function viewOf(row: Row, actor: Member): GoodwillView {
  return {
    ...{
      id: row.id,
      kind: row.kind,
      state: row.state,
      minor: Number(row.minor),
      currency: row.currency,
      what: row.what,
      reason: row.reason,
    },
    person: ref(row.personId, row.personName),
    organisation: ref(row.organisationId, row.organisationName),
    conversation: row.conversationId
      ? { id: row.conversationId, number: row.number!, subject: row.subject ?? '' }
      : null,
    by: { id: row.byId, name: row.byName },
    askedAt: row.askedAt.toISOString(),
    grantedAt: row.grantedAt?.toISOString() ?? null,
    promiseId: row.promiseId,
    lead: ref(row.leadId, row.leadName),
    decideBy: row.decideBy?.toISOString() ?? null,
    decidedBy: ref(row.deciderId, row.deciderName),
    decidedWords: row.decidedWords,
    withdrawn:
      row.withdrawnAt && row.withdrawnById
        ? {
            at: row.withdrawnAt.toISOString(),
            by: { id: row.withdrawnById, name: row.withdrawnByName ?? '' },
            words: row.withdrawnWords ?? '',
            used: row.wasUsed === true,
          }
        : null,
    mayDecide: row.state === 'asked' && leadsAnywhere(actor) && row.byId !== actor.personId,
    mayWithdraw:
      (row.state === 'granted' || row.state === 'asked') && (row.byId === actor.personId || leadsAnywhere(actor)),
  }
}

/** What was given in a conversation exists for who may read it; once that is gone, for who serves in its team. */
const seenBy = (actor: Member) =>
  sql`(case when g.conversation_id is not null then ${inSightOf(actor, 'c')} else g.team_id is null or g.team_id = any(${visibleTeams(actor)}::uuid[]) end)`

function found(actor: Member, filter: GoodwillFilter): RawBuilder<unknown> {
  const parts = [seenBy(actor)]
  const equals = { state: filter.state, kind: filter.kind }
  for (const [name, value] of Object.entries(equals)) if (value) parts.push(sql`g.${sql.ref(name)} = ${value}`)
  const ids = {
    byId: filter.by,
    conversationId: filter.conversationId,
    personId: filter.personId,
    organisationId: filter.organisationId,
  }
  for (const [name, value] of Object.entries(ids)) if (value) parts.push(sql`${sql.ref(`g.${name}`)} = ${value}::uuid`)
  if (filter.from) parts.push(sql`g.asked_at >= ${new Date(filter.from)}`)
  if (filter.to) parts.push(sql`g.asked_at < ${new Date(filter.to)}`)
  return sql.join(parts, sql` and `)
}

export async function goodwillPage(
  db: Db,
  actor: Member,
  filter: GoodwillFilter,
  after: string | undefined,
  limit: number,
) {
  const place = after ? /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(after) : null
  if (after && !place)
    throw new Refusal('bad-shape', 400, { fields: [{ path: 'after', says: 'is no place in this list' }] })
  const beyond = place ? sql`(g.asked_at, g.id) < (${new Date(Number(place[1]))}, ${place[2]}::uuid)` : sql`true`
  const { rows } = await sql<Row>`select ${columns} from goodwill g ${joins} where ${found(actor, filter)} and ${beyond}
    order by g.asked_at desc, g.id desc limit ${limit + 1}`.execute(db)
  const last = rows.length > limit ? rows[limit - 1]! : null
  return {
    rows: rows.slice(0, limit).map(row => viewOf(row, actor)),
    next: last ? `${last.askedAt.getTime()}.${last.id}` : null,
  }
}

export async function oneGoodwill(on: Db | Tx, actor: Member, id: string): Promise<GoodwillView> {
  const { rows } = await sql<Row>`select ${columns} from goodwill g ${joins} where g.id = ${id}::uuid`.execute(on)
  return viewOf(rows[0]!, actor)
}

const mostToDecide = 50

/** Those whose promise to decide is mine, and those nobody promised to any more: anybody who leads may say it then. */
export async function toDecide(db: Db, actor: Member): Promise<GoodwillView[]> {
  if (!leadsAnywhere(actor)) return []
  const me = sql`${actor.personId}::uuid`
  const { rows } = await sql<Row>`select ${columns} from goodwill g ${joins}
    where g.state = 'asked' and g.by_id <> ${me} and (p.id is null or p.by_person_id = ${me}) and ${seenBy(actor)}
    order by p.due_at nulls last, g.asked_at, g.id limit ${mostToDecide}`.execute(db)
  return rows.map(row => viewOf(row, actor))
}

export async function sumsOf(db: Db, actor: Member, filter: GoodwillFilter) {
  const { rows } = await sql<{
    currency: string
    minor: string
    count: number
  }>`select g.currency, sum(g.minor)::text as minor, count(*)::int as count
    from goodwill g left join conversation c on c.id = g.conversation_id where ${found(actor, filter)} and g.state = 'granted' group by g.currency order by g.currency`.execute(
    db,
  )
  return rows.map(row => ({ ...row, minor: Number(row.minor) }))
}

export async function giversOf(db: Db, actor: Member): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{
    id: string
    name: string
  }>`select distinct b.id, b.name from goodwill g left join conversation c on c.id = g.conversation_id
    join person b on b.id = g.by_id where ${seenBy(actor)} order by b.name, b.id limit 500`.execute(db)
  return rows
}

const most = 500

/** By what was given, never by who gave it. */
export async function givenOften(
  db: Db,
  actor: Member,
  now: Date,
): Promise<{ often: Often[]; times: number; days: number }> {
  const { oftenTimes: times, oftenDays: days } = await goodwillSettingsOf(db)
  type Given = {
    id: string
    kind: GoodwillKind
    reason: string
    what: string
    minor: string
    currency: string
    conversationId: string | null
    at: Date
  }
  const { rows } =
    await sql<Given>`select g.id, g.kind, g.reason, g.what, g.minor::text as minor, g.currency, g.conversation_id, g.granted_at as at
    from goodwill g left join conversation c on c.id = g.conversation_id
    where g.state = 'granted' and g.granted_at >= ${new Date(now.getTime() - days * 86_400_000)} and ${seenBy(actor)} order by g.granted_at desc limit ${most}`.execute(
      db,
    )
  const often = gather(rows, times)
    .slice(0, 10)
    .map(all => {
      const sums = new Map<string, number>()
      for (const each of all) sums.set(each.currency, (sums.get(each.currency) ?? 0) + Number(each.minor))
      return {
        kind: all[0]!.kind,
        count: all.length,
        sums: [...sums].map(([currency, minor]) => ({ currency, minor })),
        reasons: [...new Set(all.map(each => each.reason))].slice(0, 3),
        since: all.at(-1)!.at.toISOString(),
        latest: all
          .slice(0, 5)
          .map(({ id, conversationId, what, at }) => ({ id, conversationId, what, at: at.toISOString() })),
      }
    })
  return { often, times, days }
}
