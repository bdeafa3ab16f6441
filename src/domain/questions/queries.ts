/** Recurring questions as members may see them: those of teams in which they serve, counted over conversations they read. */
import { type RawBuilder, sql } from 'kysely'
import { type RecurringQuestion, recurringDays } from '../../contract/questions.ts'
import type { Db, Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/http/index.ts'
import { type Member, visibleTeams } from '../access/index.ts'
import { type PromiseRow, promiseColumns, promiseJoins, viewOfPromise } from '../promises/index.ts'

const page = 30
/** Twice may be chance. */
const oftenFrom = 3

/** What was put away or went up in another asks nothing here. */
export const asksHere = sql`c.state not in ('spam', 'trash', 'merged', 'aside')`

export const sinceOf = (now: Date) => new Date(now.getTime() - recurringDays * 86_400_000)

type Counted = { id: string; asked: number; people: number; latestAt: Date }

function counted(actor: Member, which: RawBuilder<unknown>, now: Date): RawBuilder<Counted> {
  return sql`select q.recurring_id as id, count(*)::int as asked, count(distinct c.customer_id)::int as people, max(q.at) as latest_at
    from question q join conversation c on c.id = q.conversation_id
    where q.recurring_id is not null and q.team_id = any(${visibleTeams(actor)}::uuid[]) and c.team_id = q.team_id and q.at > ${sinceOf(now)} and ${asksHere} and ${which}
    group by q.recurring_id`
}

type Row = Counted & {
  teamId: string
  teamName: string
  subject: string
  excerpt: string
  latestNumber: number
  savedReplyId: string | null
  savedReplyName: string | null
  decisionId: string | null
  outcome: RecurringQuestion['outcome'] extends infer O | null ? (O extends { is: infer Is } ? Is : never) : never
  outcomeWords: string | null
  answeredAt: Date | null
}

async function views(db: Db | Tx, actor: Member, from: RawBuilder<unknown>, now: Date): Promise<RecurringQuestion[]> {
  const { rows } = await sql<Row>`
    with chosen as materialized (${from})
    select k.id, k.asked, k.people, coalesce(k.latest_at, n.at) as latest_at, r.team_id, t.name as team_name, n.subject, n.excerpt, n.number as latest_number,
      s.id as saved_reply_id, s.name as saved_reply_name, r.decision_id, r.outcome, r.outcome_words, r.answered_at
    from chosen k join recurring_question r on r.id = k.id join team t on t.id = r.team_id
    join lateral (select c.subject, c.number, q.at, left(regexp_replace(left(coalesce(m.trimmed, m.body_text), 1000), '\\s+', ' ', 'g'), 240) as excerpt
      from question q join conversation c on c.id = q.conversation_id join message m on m.id = q.message_id
      where q.recurring_id = k.id and c.team_id = r.team_id and ${asksHere} order by q.at desc, q.conversation_id desc limit 1) n on true
    left join saved_reply s on s.id = r.saved_reply_id and s.archived_at is null and (s.owner_id is null or s.owner_id = ${actor.personId}::uuid)
      and (s.team_id is null or s.team_id = r.team_id)
    order by k.asked desc, k.id desc`.execute(db)
  const decisions = await decisionsOf(
    db,
    rows.flatMap(row => row.decisionId ?? []),
  )
  return rows.map(row => {
    const decision = row.decisionId ? decisions.get(row.decisionId) : undefined
    return {
      id: row.id,
      teamId: row.teamId,
      teamName: row.teamName,
      subject: row.subject,
      excerpt: row.excerpt,
      asked: row.asked,
      people: row.people,
      latestAt: row.latestAt.toISOString(),
      latestNumber: row.latestNumber,
      savedReply: row.savedReplyId ? { id: row.savedReplyId, name: row.savedReplyName ?? '' } : null,
      decision: decision ? viewOfPromise(decision, now) : null,
      outcome:
        row.outcome && row.answeredAt
          ? { is: row.outcome, words: row.outcomeWords ?? '', at: row.answeredAt.toISOString() }
          : null,
    }
  })
}

/** A promise that got a new time is followed to the one that stands now. */
const standing = (ids: readonly string[]) => sql`
  with recursive moved as (
    select p.id as first_id, p.id, p.replaced_by from promise p where p.id = any(${ids}::uuid[])
    union all select m.first_id, p.id, p.replaced_by from moved m join promise p on p.id = m.replaced_by)
  select first_id, id from moved where replaced_by is null`

async function decisionsOf(db: Db | Tx, ids: readonly string[]): Promise<Map<string, PromiseRow>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<PromiseRow & { firstId: string }>`
    select s.first_id, ${promiseColumns} from (${standing(ids)}) s join promise p on p.id = s.id ${promiseJoins}`.execute(
    db,
  )
  return new Map(rows.map(row => [row.firstId, row]))
}

export type OpenDecision = { id: string; byPersonId: string | null; toPersonId: string | null }

/** Locked; null once it was kept, released or given up. */
export async function openDecision(tx: Tx, decisionId: string): Promise<OpenDecision | null> {
  const { rows } = await sql<OpenDecision>`select id, by_person_id, to_person_id from promise
    where ended_at is null and id in (select id from (${standing([decisionId])}) s) for update`.execute(tx)
  return rows[0] ?? null
}

/** One of them, however seldom it is asked; undefined for who doesn't serve in its team. */
export async function recurringOf(db: Db | Tx, actor: Member, id: string, now: Date) {
  const from = sql`select r.id, coalesce(k.asked, 0) as asked, coalesce(k.people, 0) as people, k.latest_at from recurring_question r
    left join (${counted(actor, sql`q.recurring_id = ${id}::uuid`, now)}) k on k.id = r.id
    where r.id = ${id}::uuid and r.team_id = any(${visibleTeams(actor)}::uuid[])`
  return (await views(db, actor, from, now))[0]
}

/** What comes again and again, most asked first. Keyset pages. */
export async function recurringPage(
  db: Db,
  actor: Member,
  input: { teamId?: string | undefined; after?: string | undefined },
  now: Date,
) {
  const cursor = input.after ? /^(\d{1,9})\.([0-9a-f-]{36})$/.exec(input.after) : null
  if (input.after && !cursor)
    throw new Refusal('bad-shape', 400, { fields: [{ path: 'after', says: 'is no place in this list' }] })
  const which = input.teamId ? sql`q.team_id = ${input.teamId}::uuid` : sql`true`
  const beyond = cursor ? sql`(asked, id) < (${Number(cursor[1])}::int, ${cursor[2]}::uuid)` : sql`true`
  const from = sql`select * from (${counted(actor, which, now)}) k where asked >= ${oftenFrom} and ${beyond} order by asked desc, id desc limit ${page + 1}`
  const questions = await views(db, actor, from, now)
  const shown = questions.slice(0, page)
  const last = shown.at(-1)
  return { questions: shown, next: questions.length > page && last ? `${last.asked}.${last.id}` : null }
}

/** Decisions of theirs that stand open, the soonest first. */
export async function decisionsFor(db: Db, actor: Member, now: Date): Promise<RecurringQuestion[]> {
  const teams = visibleTeams(actor)
  const from = sql`select r.id, coalesce(k.asked, 0) as asked, coalesce(k.people, 0) as people, k.latest_at from recurring_question r
    left join (${counted(
      actor,
      sql`q.recurring_id in (select id from recurring_question where answered_at is null and decision_id is not null and team_id = any(${teams}::uuid[]))`,
      now,
    )}) k on k.id = r.id where r.answered_at is null and r.decision_id is not null and r.team_id = any(${teams}::uuid[])`
  const all = await views(db, actor, from, now)
  return all
    .filter(({ decision }) => decision?.endedAt === null && decision.by.id === actor.personId)
    .sort((a, b) => a.decision!.dueAt.localeCompare(b.decision!.dueAt))
}

/** Those who lead the team; where nobody does, its fallback. */
export async function deciders(db: Db | Tx, teamId: string, now: Date): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string; leads: boolean }>`
    select p.id, p.name, coalesce(r.role = 'lead', false) as leads from team t join team_member r on r.team_id = t.id join member m on m.person_id = r.person_id join person p on p.id = m.person_id
    where t.id = ${teamId}::uuid and (r.role = 'lead' or t.fallback_id = p.id) and m.disabled_at is null and (m.expires_at is null or m.expires_at > ${now})
    order by leads desc, p.name, p.id`.execute(db)
  const leads = rows.filter(row => row.leads)
  return (leads.length > 0 ? leads : rows).map(({ id, name }) => ({ id, name }))
}
