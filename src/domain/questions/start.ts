/** All of questions that runs beside requests: the reader of the log, and the comparing of what it wrote down. */
import type { Db, Pool } from '../../platform/db/index.ts'
import { follow, type Nudges } from '../../platform/events/index.ts'
import type { Log } from '../../platform/log/log.ts'
import { questionReader } from './reader.ts'
import { sortSome } from './sorting.ts'

export type QuestionsOptions = { db: Db; pool: Pool; log: Log; nudges: Nudges; clock: () => Date; restMs?: number }

/** Any number of processes may run it: one reads at a time, and what two compare at once comes to the same. */
export function startQuestions(options: QuestionsOptions): { stop: () => Promise<void> } {
  const { db, pool, log, nudges, clock } = options
  const reader = follow({ pool, log, nudges, reader: questionReader() })
  const bell = nudges.listen('happened')
  let stopped = false
  const comparing = (async () => {
    while (!stopped) {
      try {
        for (let began = performance.now(); !stopped && (await sortSome(db, clock())) > 0; began = performance.now())
          // Whoever answers requests and takes mail in goes first: three quarters of the time are theirs.
          await new Promise(resolve => setTimeout(resolve, Math.max(50, 3 * (performance.now() - began))))
      } catch (error) {
        log.warn({ err: error }, 'questions could not be compared and are compared again')
      }
      if (!stopped) await bell.ring(options.restMs ?? 3000)
    }
  })()
  return {
    async stop() {
      stopped = true
      bell.close()
      await Promise.all([reader.stop(), comparing])
    },
  }
}
