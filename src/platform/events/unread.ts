/**
 * What a reader of the log has not read yet, and the step that reads it. One question finds its cursor and what concerns it;
 * a transaction is begun only where there is something to write. Refuses to go on from a cursor that was moved meanwhile.
 */
import { sql } from 'kysely'
import type { PoolClient } from 'pg'
import type { EventKind } from '../../contract/events.ts'
import { beginOn, endTurn, type Pool, rollBack } from '../db/index.ts'
import { isSame, type LogEvent, type Position, start } from './positions.ts'

export type Reader = {
  name: string
  batch?: number
  /** Whoever has just looked waits so long for what else comes: what it writes is then written once for more. */
  gatherMs?: number
  /** What it does something about; left out: whatever happens. It is never handed anything else. */
  kinds?: readonly EventKind[]
  handle: (client: PoolClient, events: LogEvent[]) => Promise<void>
}

export const batchOf = (reader: Reader) => reader.batch ?? 500

/** `from`: where its cursor stood, null before its first step; `last`: where the batch ends. */
type Found = { from: Position | null; last: Position; unread: number; concerning: LogEvent[] }
type Row = Omit<LogEvent, 'position'> & {
  transaction: string
  seq: number
  fromTransaction: string | null
  fromSeq: number | null
  unread: number
  concerns: boolean
}

/** Without a transaction: most looks find nothing to do, and what is found stays as it is. */
export async function look(pool: Pool, reader: Reader): Promise<Found> {
  const concerns = reader.kinds ? 'kind = any($3::text[])' : 'true'
  const { rows } = await pool.query({
    name: reader.kinds ? 'log-unread-of' : 'log-unread',
    text: `with unread as materialized (
        select r.transaction_id as from_transaction, r.seq as from_seq, e.*, ${concerns} as concerns
        from (select $1::text as name) n left join event_reader r using (name) cross join lateral (
          select transaction_id, seq, kind, subject_id, actor_id, scopes, facts, at from event
          where (transaction_id, seq) > (coalesce(r.transaction_id, '0'), coalesce(r.seq, 0)) and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
          order by transaction_id, seq limit $2) e)
      select transaction_id::text as transaction, seq, kind, subject_id as "subjectId", actor_id as "actorId", scopes, facts, at, concerns,
        from_transaction::text as "fromTransaction", from_seq as "fromSeq", (select count(*)::int from unread) as unread
      from unread where concerns or (transaction_id, seq) = (select transaction_id, seq from unread order by 1 desc, 2 desc limit 1)
      order by transaction_id, seq`,
    values: [reader.name, batchOf(reader), ...(reader.kinds ? [reader.kinds] : [])],
  })
  const found = rows as Row[]
  const last = found.at(-1)
  if (!last) return { from: null, last: start, unread: 0, concerning: [] }
  return {
    from: last.fromTransaction === null ? null : { transaction: last.fromTransaction, seq: last.fromSeq! },
    last: { transaction: last.transaction, seq: last.seq },
    unread: last.unread,
    concerning: found.filter(each => each.concerns).map(eventOf),
  }
}

const eventOf = ({ transaction, seq, kind, subjectId, actorId, scopes, facts, at }: Row): LogEvent => ({
  ...{ position: { transaction, seq }, kind, subjectId, actorId, scopes, facts, at },
})

/** Writes for what was found and moves the cursor; false when somebody else holds it, or has moved it since. */
export async function take(pool: Pool, reader: Reader, { from, last, concerning }: Found): Promise<boolean> {
  const client = await pool.connect()
  let committed = false
  const { name } = reader
  try {
    if (!from) await client.query('insert into event_reader (name) values ($1) on conflict do nothing', [name])
    const { tx, begun } = await beginOn(client)
    const [held] = await Promise.all([
      sql<Position>`select transaction_id::text as transaction, seq from event_reader where name = ${name} for update skip locked`.execute(
        tx,
      ),
      begun,
    ])
    const here = held.rows[0]
    const stands = here !== undefined && isSame(here, from ?? start)
    if (!stands) return false
    if (concerning.length > 0) await reader.handle(client, concerning)
    const { transaction, seq } = last
    // Given at once they travel at once.
    await Promise.all([
      sql`update event_reader set transaction_id = ${transaction}::xid8, seq = ${seq}, moved_at = now() where name = ${name}`.execute(
        tx,
      ),
      sql`commit`.execute(tx),
    ])
    committed = true
    endTurn(client, 'the step of the reader this belongs to is over')
    return true
  } finally {
    client.release(committed ? undefined : await rollBack(client))
  }
}
