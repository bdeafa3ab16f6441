/** All of questions that runs beside requests: the reader of the log, and the comparing of what it wrote down. */
import type { Db, Pool } from '../../platform/db/index.ts'
import { follow, type Nudges, startRounds } from '../../platform/events/index.ts'
import type { Log } from '../../platform/log/log.ts'
import { questionReader } from './reader.ts'
import { sortSome } from './sorting.ts'

export type QuestionsOptions = { db: Db; pool: Pool; log: Log; nudges: Nudges; clock: () => Date; restMs?: number }

/** Any number of processes may run it: one reads at a time, and what two compare at once comes to the same. */
export function startQuestions(options: QuestionsOptions): { stop: () => Promise<void> } {
  const { db, pool, log, nudges, clock } = options
  const reader = follow({ pool, log, nudges, reader: questionReader() })
  const comparing = startRounds({
    ...{ nudges, log, topic: 'happened', pauseMs: 500, restMs: options.restMs ?? 3000 },
    async act(going) {
      for (let began = performance.now(); going() && (await sortSome(db, clock())) > 0; began = performance.now())
        // Whoever answers requests and takes mail in goes first: three quarters of the time are theirs.
        await new Promise(resolve => setTimeout(resolve, Math.max(50, 3 * (performance.now() - began))))
    },
    failed: 'questions could not be compared and are compared again',
  })
  return {
    async stop() {
      await Promise.all([reader.stop(), comparing.stop()])
    },
  }
}
