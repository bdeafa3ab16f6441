/**
 * The clock: says once of every promise that its time is near and once that it has fallen due, within about a second, as an event that live
 * views and history share. It decides nothing about the promise: whether it is overdue is derived from its times.
 * Why this is a loop and not a job per promise stands in docs/decisions/jobs-and-the-clock.md.
 */
import { type Db, inTransaction } from '../../platform/db/index.ts'
import { type Nudges, record } from '../../platform/events/index.ts'
import type { Log } from '../../platform/log/log.ts'
import { markComingDue, markFallenDue, markUnheeded } from './tables.ts'

export type ClockOptions = {
  db: Db
  log: Log
  nudges: Pick<Nudges, 'send'>
  clock: () => Date
  /** milliseconds between two looks */
  everyMs?: number
  /** what else comes due by the same clock; must stand being asked by several processes */
  also?: () => Promise<unknown>
}

export type PromiseClock = {
  /** when it last looked and the database answered; milliseconds since 1970 */
  lookedAt: () => number
  stop: () => Promise<void>
}

const together = 200

/** Any number of processes may run one: row locks share the work. Runs until `stop`. */
export function startClock(options: ClockOptions): PromiseClock {
  const { log } = options
  const stopping = new AbortController()
  let lookedAt = Date.now()
  const running = (async () => {
    while (!stopping.signal.aborted) {
      try {
        while ((await comeDue(options)) === together);
        while ((await fallDue(options)) === together);
        while ((await tellLeads(options)) === together);
        await options.also?.()
        lookedAt = Date.now()
      } catch (error) {
        log.warn({ err: error }, 'promises could not be looked at and are looked at again')
      }
      await rest(options.everyMs ?? 1000, stopping.signal)
    }
  })()
  return {
    lookedAt: () => lookedAt,
    async stop() {
      stopping.abort()
      await running
    },
  }
}

/** Says of every promise once that its time is near. Returns how many; at most a batch. */
export async function comeDue(options: Pick<ClockOptions, 'db' | 'nudges' | 'clock'>): Promise<number> {
  return tellOf(options, 'promise.coming-due', markComingDue)
}

/** One look. Returns how many had fallen due since; at most a batch. */
export async function fallDue(options: Pick<ClockOptions, 'db' | 'nudges' | 'clock'>): Promise<number> {
  return tellOf(options, 'promise.fell-due', markFallenDue)
}

/** Says once to those who lead that a time is near or past and nothing has happened. Returns how many; at most a batch. */
export async function tellLeads(options: Pick<ClockOptions, 'db' | 'nudges' | 'clock'>): Promise<number> {
  return tellOf(options, 'promise.went-unheeded', markUnheeded)
}

async function tellOf(
  options: Pick<ClockOptions, 'db' | 'nudges' | 'clock'>,
  kind: 'promise.coming-due' | 'promise.fell-due' | 'promise.went-unheeded',
  mark: typeof markFallenDue,
): Promise<number> {
  const now = options.clock()
  const marked = await inTransaction(options.db, async tx => {
    const promises = await mark(tx, now, together)
    await record(
      tx,
      ...promises.map(promise => ({
        kind,
        subjectId: promise.conversationId,
        actorId: null,
        scopes: promise.scopes,
        facts: { promiseId: promise.id, kind: promise.kind, dueAt: promise.dueAt.toISOString() },
        at: now,
      })),
    )
    return promises.length
  })
  if (marked > 0) options.nudges.send('happened')
  return marked
}

function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
