/** Places in the log, and the one query that reads it in commit order without skipping a late commit. */
import type { Pool } from '../db/index.ts'

/** Ordered by transaction, then sequence. Both as text: transaction ids are 64 bits wide. */
export type Position = { transaction: string; seq: number }

export type LogEvent = {
  position: Position
  kind: string
  subjectId: string | null
  actorId: string | null
  scopes: string[]
  facts: Record<string, unknown>
  at: Date
}

export const start: Position = { transaction: '0', seq: 0 }

export function positionText(position: Position): string {
  return `${position.transaction}.${position.seq}`
}

/** Null for anything that is not a position. */
export function readPosition(text: string): Position | null {
  const found = /^(\d{1,19})\.(\d{1,15})$/.exec(text)
  return found ? { transaction: found[1]!, seq: Number(found[2]) } : null
}

export function isBefore(a: Position, b: Position): boolean {
  const left = BigInt(a.transaction)
  const right = BigInt(b.transaction)
  return left === right ? a.seq < b.seq : left < right
}

export const isSame = (a: Position, b: Position) => a.transaction === b.transaction && a.seq === b.seq

type Runs = { query: Pool['query'] }

/** Events after a position, oldest first, below every transaction that is still running. */
export async function readAfter(on: Runs, after: Position, limit: number, upTo?: Position): Promise<LogEvent[]> {
  const bound = upTo ? 'and (transaction_id, seq) <= ($4::xid8, $5)' : ''
  const { rows } = await on.query({
    name: upTo ? 'log-after-up-to' : 'log-after',
    text: `select transaction_id::text as transaction, seq, kind, subject_id, actor_id, scopes, facts, at from event
      where (transaction_id, seq) > ($1::xid8, $2) and transaction_id < pg_snapshot_xmin(pg_current_snapshot()) ${bound}
      order by transaction_id, seq limit $3`,
    values: [after.transaction, after.seq, limit, ...(upTo ? [upTo.transaction, upTo.seq] : [])],
  })
  return rows.map(row => ({
    position: { transaction: row.transaction, seq: row.seq },
    kind: row.kind,
    subjectId: row.subject_id,
    actorId: row.actor_id,
    scopes: row.scopes,
    facts: row.facts,
    at: row.at,
  }))
}

/** The last position readers may have read: where a new follower begins. */
export async function lastPosition(on: Runs): Promise<Position> {
  const { rows } = await on.query(
    `select transaction_id::text as transaction, seq from event
      where transaction_id < pg_snapshot_xmin(pg_current_snapshot()) order by transaction_id desc, seq desc limit 1`,
  )
  return rows[0] ?? start
}
