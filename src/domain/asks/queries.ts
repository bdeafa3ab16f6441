/** Reads of asks for screens: those of a conversation, one, and what waits for me. */
import { sql } from 'kysely'
import type { AskRow, AskView } from '../../contract/asks.ts'
import type { Db } from '../../platform/db/index.ts'
import { absent, Refusal } from '../../platform/http/index.ts'
import { inSightOf, type Member, mayRead, mayWrite } from '../access/index.ts'
import { stateOf } from './rules.ts'
import { latestPromise, rootOf } from './tables.ts'
import { askViews } from './views.ts'

/** Those of the conversations that were merged into it among them. For its customer there are none. */
export async function asksOf(db: Db, actor: Member, conversationId: string, now: Date): Promise<AskView[]> {
  await seenConversation(db, actor, conversationId)
  const here = sql`a.conversation_id in (with recursive here(id) as (select ${conversationId}::uuid union select c.id from conversation c join here on c.merged_into = here.id) select id from here)`
  return (await askViews(db, actor, here, now)).filter(view => view.conversation !== null)
}

export async function oneAsk(db: Db, actor: Member, askId: string, now: Date): Promise<AskView> {
  const [view] = await askViews(db, actor, sql`a.id = ${askId}::uuid`, now)
  if (!view) throw absent()
  return view
}

type Row = {
  id: string
  words: string
  byId: string
  byName: string
  expertId: string
  expertName: string
  at: Date
  answeredAt: Date | null
  relayedAt: Date | null
  closedAt: Date | null
  dueAt: Date | null
  named: boolean
  verdict: AskRow['verdict']
  thanked: boolean
  seen: boolean
  conversationId: string
  number: number
  subject: string
  customerId: string
  customerName: string
}

const most = 50
const newsDays = 7

function rows(actor: Member, which: ReturnType<typeof sql>, order: ReturnType<typeof sql>, limit: number) {
  return sql<Row>`
    select a.id, a.words, a.by_id, b.name as by_name, a.expert_id, e.name as expert_name, a.last_at as at, a.answered_at, a.relayed_at, a.closed_at,
      p.due_at, coalesce(p.by_person_id = a.expert_id, false) as named, a.verdict, a.thanked_at is not null as thanked, ${inSightOf(actor, 'c')} as seen,
      c.id as conversation_id, c.number, c.subject, c.customer_id, cu.name as customer_name
    from ask a join person b on b.id = a.by_id join person e on e.id = a.expert_id
      left join promise p on p.id = ${latestPromise} and p.ended_at is null
      join conversation c on c.id = ${rootOf(sql`a.conversation_id`)} join person cu on cu.id = c.customer_id
    where c.customer_id <> ${actor.personId}::uuid and ${which} order by ${order} limit ${limit}`
}

export async function myAsks(db: Db, actor: Member, now: Date) {
  const me = sql`${actor.personId}::uuid`
  const open = sql`a.expert_id = ${me} and a.answered_at is null and a.closed_at is null and c.state not in ('spam', 'trash')`
  const back = sql`a.answered_at is not null and a.relayed_at is null and a.closed_at is null and ${inSightOf(actor, 'c')}
    and c.state not in ('spam', 'trash') and (c.owner_id = ${me} or (c.owner_id is null and a.by_id = ${me}))`
  const since = new Date(now.getTime() - newsDays * 86_400_000)
  const news = sql`a.expert_id = ${me} and (a.judged_at > ${since} or a.thanked_at > ${since})`
  const [forMe, mine, told] = await Promise.all([
    rows(actor, open, sql`p.due_at nulls last, a.asked_at`, most).execute(db),
    rows(actor, back, sql`a.last_at, a.id`, most).execute(db),
    rows(actor, news, sql`greatest(a.judged_at, a.thanked_at) desc`, 10).execute(db),
  ])
  return { forMe: forMe.rows.map(viewOf), back: mine.rows.map(viewOf), news: told.rows.map(viewOf) }
}

const page = 50

export async function answeredAsks(db: Db, actor: Member, after: string | undefined) {
  const cursor = after ? /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(after) : null
  if (after && !cursor)
    throw new Refusal('bad-shape', 400, { fields: [{ path: 'after', says: 'is no place in this list' }] })
  const beyond = cursor
    ? sql`and (a.last_at, a.id) < (${new Date(Number(cursor[1]))}::timestamptz, ${cursor[2]}::uuid)`
    : sql``
  const which = sql`a.expert_id = ${actor.personId}::uuid and (a.answered_at is not null or a.closed_at is not null) ${beyond}`
  const found = (await rows(actor, which, sql`a.last_at desc, a.id desc`, page + 1).execute(db)).rows
  const shown = found.slice(0, page)
  const last = shown.at(-1)
  return {
    asks: shown.map(viewOf),
    next: found.length > page && last ? `${last.at.getTime()}.${last.id}` : null,
  }
}

function viewOf(row: Row): AskRow {
  return {
    id: row.id,
    state: stateOf(row),
    words: row.words,
    by: { id: row.byId, name: row.byName },
    expert: { id: row.expertId, name: row.expertName },
    at: row.at.toISOString(),
    dueAt: row.dueAt?.toISOString() ?? null,
    named: row.named,
    verdict: row.verdict,
    thanked: row.thanked,
    conversation: row.seen
      ? {
          id: row.conversationId,
          number: row.number,
          subject: row.subject,
          customer: { id: row.customerId, name: row.customerName },
        }
      : null,
  }
}

/** Colleagues first, whoever they are: an expert need not be in any team. People outside only when somebody looks for them. */
export async function findExperts(db: Db, actor: Member, input: { conversationId: string; like: string }, now: Date) {
  const place = await seenConversation(db, actor, input.conversationId)
  if (!mayWrite(actor, place) || place.customerId === actor.personId) throw absent()
  const like = `${input.like.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  const named = sql`(lower(p.name) like ${like} or lower(p.name) like ${`% ${like}`})`
  const { rows: found } = await sql<{
    id: string
    name: string
    address: string | null
    member: boolean
    teams: string[]
    waiting: number
  }>`
    select p.id, p.name, (select d.written from address d where d.person_id = p.id and d.kind = 'mail' order by d.verified_at is null, d.number limit 1) as address,
      m.person_id is not null as member,
      array(select t.name from team_member r join team t on t.id = r.team_id where r.person_id = p.id and t.archived_at is null order by t.name) as teams,
      (select count(*)::int from ask a where a.expert_id = p.id and a.answered_at is null and a.closed_at is null) as waiting
    from person p left join member m on m.person_id = p.id
    where p.id <> ${actor.personId}::uuid and p.id <> ${place.customerId}::uuid and not p.sample = (select not c.sample from conversation c where c.id = ${place.id}::uuid)
      and (m.person_id is null or (m.disabled_at is null and (m.expires_at is null or m.expires_at > ${now})))
      and ${
        input.like === ''
          ? sql`m.person_id is not null`
          : sql`p.id in (
        (select p.id from member mm join person p on p.id = mm.person_id where ${named} limit 50)
        union (select p.id from person p where lower(p.name) like ${like} order by lower(p.name) using ~<~ limit 20)
        union (select person_id from address where kind = 'mail' and normal like ${like} order by normal limit 20))`
      }
    order by m.person_id is null, waiting, lower(p.name), p.id limit 30`.execute(db)
  return { experts: found }
}

/** The door for reading: absent for whoever may not read it. */
async function seenConversation(db: Db, actor: Member, id: string) {
  const { rows } = await sql<{ id: string; teamId: string; ownerId: string | null; customerId: string }>`
    select id, team_id, owner_id, customer_id from conversation where id = ${id}::uuid`.execute(db)
  if (!rows[0] || !mayRead(actor, rows[0])) throw absent()
  return rows[0]
}
