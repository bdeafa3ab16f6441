/** My conversations: whose turn each is, who has it, what was told by when. Shows what the person may see (I9) and nothing of what stays inside. */
import { sql } from 'kysely'
import type { PromiseView } from '../../../contract/promises.ts'
import { type Db, together } from '../../../platform/db/index.ts'
import { type PromiseRow, promiseColumns, promiseJoins, viewOfPromise } from '../../promises/index.ts'
import { isInSight, isOwn, reached, seesWhole } from '../../relations/index.ts'

export type Listed = {
  id: string
  number: number
  subject: string
  state: 'open' | 'pending' | 'solved' | 'closed'
  owner: string | null
  team: string
  lead: string | null
  customer: string
  own: boolean
  /** sees of it what was written to them, and nothing else */
  copied: boolean
  lastAt: Date
  lastOurs: boolean
  closedAt: Date | null
  outcome: string | null
  /** waits for their word */
  followUpId: string | null
  offers: boolean
  promises: PromiseView[]
}

export type Mine = { open: Listed[]; finished: Listed[]; finishedInAll: number }

const most = 200
const finishedShown = 20

export function mine(db: Db, personId: string, asked: { after: number | null }, now: Date): Promise<Mine> {
  return together(db, async on => {
    const before = asked.after === null ? sql`` : sql`and c.number < ${asked.after}`
    const [open, finished, counted] = await Promise.all([
      asked.after === null ? rowsOf(on, personId, sql`c.state in ('open', 'pending', 'solved')`, most, now) : [],
      rowsOf(on, personId, sql`c.state = 'closed' ${before}`, finishedShown, now),
      sql<{
        finished: number
      }>`select count(*)::int as finished from conversation c where c.state = 'closed' and ${isInSight(personId)}`.execute(
        on,
      ),
    ])
    const idsOf = (which: boolean) =>
      [...open, ...finished].filter(({ copied }) => copied === which).map(({ id }) => id)
    const [whole, copied] = await Promise.all([toldIn(on, idsOf(false), now), toldIn(on, idsOf(true), now, personId)])
    const promises = new Map([...whole, ...copied])
    const full = (row: Row): Listed => ({ ...row, number: Number(row.number), promises: promises.get(row.id) ?? [] })
    return { open: open.map(full), finished: finished.map(full), finishedInAll: counted.rows[0]!.finished }
  })
}

type Row = Omit<Listed, 'promises'>

async function rowsOf(
  on: Db,
  personId: string,
  which: ReturnType<typeof sql>,
  limit: number,
  now: Date,
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select c.id, c.number, c.subject, c.state, o.name as owner, t.name as team, cp.name as customer, ${isOwn(personId)} as own, not ${seesWhole(personId)} as copied,
      (select p.name from team_member r join member m using (person_id) join person p on p.id = r.person_id
        where r.team_id = c.team_id and r.role = 'lead' and m.disabled_at is null and r.person_id is distinct from c.owner_id order by lower(p.name) limit 1) as lead,
      c.last_at, c.last_ours, c.closed_at, c.outcome,
      (select f.id from follow_up f join message m on m.id = f.message_id where m.conversation_id = c.id and m.taken_back_at is null and f.verdict is null and f.until > ${now} and c.state = 'solved'
        order by f.asked_at desc limit 1) as follow_up_id,
      exists (select from offer f join message m on m.id = f.message_id where m.conversation_id = c.id and m.taken_back_at is null and f.settled_how is null and f.until > ${now}
        and (m.undo_until is null or m.undo_until <= ${now})) as offers
    from conversation c join team t on t.id = c.team_id join person cp on cp.id = c.customer_id left join person o on o.id = c.owner_id
    where ${which} and ${isInSight(personId)}
    order by c.number desc limit ${sql.lit(limit)}`.execute(on)
  return rows
}

/** What they were told: open ones, late first, and those that were kept lately. `copied`: whom it must have been told, too. */
export async function toldIn(
  on: Db,
  ids: readonly string[],
  now: Date,
  copied: string | null = null,
): Promise<Map<string, PromiseView[]>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<PromiseRow>`
    select ${promiseColumns} from promise p ${promiseJoins}
    where p.conversation_id = any(${ids}::uuid[]) and p.direction in ('ours', 'theirs') and p.told_at is not null and p.kind in ('reply', 'action', 'renewal', 'decision')
      and (p.told_by is null or not exists (select from message m where m.id = p.told_by and (m.taken_back_at is not null or m.undo_until > ${now})))
      and ${copied === null ? sql`true` : sql`exists (select from message m join conversation c on c.id = m.conversation_id where m.id = p.told_by and ${reached(copied)})`}
      and (p.ended_at is null or (p.ended_how = 'kept' and p.ended_at > ${now}::timestamptz - interval '30 days'))
    order by p.ended_at is not null, p.ended_at desc, p.due_at, p.id`.execute(on)
  return Map.groupBy(
    rows.map(row => viewOfPromise(row, now)),
    view => view.conversationId ?? '',
  )
}
