/**
 * A reader of the log: takes events in order, writes rows for them, and moves its cursor in the same transaction, so
 * that a crash repeats nothing and skips nothing. Readers only write rows; what they cause outside is somebody else's.
 */
import type { Pool } from '../db/index.ts'
import type { Log } from '../log/log.ts'
import type { Nudges } from './nudge.ts'
import { pausing, takingTurns } from './rounds.ts'
import { batchOf, look, type Reader, take } from './unread.ts'

/** Unless a reader says otherwise: a flood of mail is read in few transactions, and leaves the disk to intake. */
const gatherMs = 150
/** What does not concern a reader is passed no oftener than this: looked at twice it is passed over twice. */
const passMs = 1000
/** So many readers of one process work at the same time: each more would keep a connection, with all that the database remembers for it. */
const atOnce = 2
const turns = new WeakMap<Pool, ReturnType<typeof takingTurns>>()

/** Follows until `stop`. Several processes may follow under one name: one at a time works, the others wait. */
export function follow(options: { pool: Pool; log: Log; nudges: Nudges; reader: Reader; restMs?: number }): {
  stop: () => Promise<void>
} {
  const { pool, log, reader } = options
  let stopped = false
  const bell = options.nudges.listen('happened')
  const restMs = options.restMs ?? 1000
  const pause = pausing()
  const inTurn = turns.get(pool) ?? takingTurns(atOnce)
  turns.set(pool, inTurn)
  const running = (async () => {
    let failures = 0
    let passedAt = 0
    const step = async () => {
      const found = await look(pool, reader)
      const passing = found.unread > 0 && found.concerning.length === 0
      const waits = passing && found.unread < batchOf(reader) && performance.now() - passedAt < passMs
      if (passing && !waits) passedAt = performance.now()
      return { unread: found.unread, taken: found.unread > 0 && !waits && (await take(pool, reader, found)) }
    }
    while (!stopped) {
      try {
        const { unread, taken } = await inTurn(step)
        failures = 0
        if (taken && unread >= batchOf(reader)) continue
        if (unread > 0 && !stopped) await pause.rest(Math.min(reader.gatherMs ?? gatherMs, restMs))
        if (!stopped) await bell.ring(restMs)
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
      pause.end()
      bell.close()
      await running
    },
  }
}

/** One step: up to a batch of events. Returns how many were read. */
export async function readOnce(pool: Pool, reader: Reader): Promise<number> {
  const found = await look(pool, reader)
  return found.unread > 0 && (await take(pool, reader, found)) ? found.unread : 0
}
