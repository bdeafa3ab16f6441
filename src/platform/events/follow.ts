/**
 * A reader of the log: takes events in order, writes rows for them, and moves its cursor in the same transaction, so
 * that a crash repeats nothing and skips nothing. Readers only write rows; what they cause outside is somebody else's.
 */
import type { PoolClient } from 'pg'
import type { Pool } from '../db/index.ts'
import type { Log } from '../log/log.ts'
import type { Nudges } from './nudge.ts'
import { type LogEvent, readAfter } from './positions.ts'

export type Reader = { name: string; batch?: number; handle: (client: PoolClient, events: LogEvent[]) => Promise<void> }

/** Whoever has just read waits so long for what else comes: a flood of mail is read in few transactions, and leaves the disk to intake. */
const gatherMs = 150

/** Follows until `stop`. Several processes may follow under one name: one at a time works, the others wait. */
export function follow(options: { pool: Pool; log: Log; nudges: Nudges; reader: Reader; restMs?: number }): {
  stop: () => Promise<void>
} {
  const { pool, log, reader } = options
  let stopped = false
  const bell = options.nudges.listen('happened')
  const restMs = options.restMs ?? 1000
  let wake = () => {}
  const gather = () =>
    new Promise<void>(resolve => {
      const timer = setTimeout(resolve, Math.min(gatherMs, restMs))
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const running = (async () => {
    let failures = 0
    while (!stopped) {
      try {
        const moved = await readOnce(pool, reader)
        failures = 0
        if (moved >= (reader.batch ?? 500)) continue
        if (moved > 0 && !stopped) await gather()
        await bell.ring(restMs)
      } catch (error) {
        failures++
        log.error({ err: error, reader: reader.name }, 'a reader of the log failed and tries again')
        await bell.ring(Math.min(30_000, 250 * 2 ** failures))
      }
    }
  })()
  return {
    stop: async () => {
      stopped = true
      wake()
      bell.close()
      await running
    },
  }
}

/** One step: up to a batch of events. Returns how many were read. */
export async function readOnce(pool: Pool, reader: Reader): Promise<number> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query('insert into event_reader (name) values ($1) on conflict do nothing', [reader.name])
    const { rows } = await client.query(
      'select transaction_id::text as transaction, seq from event_reader where name = $1 for update skip locked',
      [reader.name],
    )
    const events = rows[0] ? await readAfter(client, rows[0], reader.batch ?? 500) : []
    const last = events.at(-1)
    if (last) {
      await reader.handle(client, events)
      await client.query(
        'update event_reader set transaction_id = $2::xid8, seq = $3, moved_at = now() where name = $1',
        [reader.name, last.position.transaction, last.position.seq],
      )
    }
    await client.query('commit')
    return events.length
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}
