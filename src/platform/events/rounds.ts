/**
 * Work that is looked for again and again: soon after something happened, by itself after a rest, and no oftener than it makes
 * sense. Without that pause every message would be followed by a look of everybody. What fails is said and tried again.
 */
import type { Log } from '../log/log.ts'
import type { Nudges, Topic } from './nudge.ts'

type Rounds = {
  nudges: Pick<Nudges, 'listen'>
  log: Log
  topic: Topic
  /** from the end of one round to the begin of the next at least */
  pauseMs: number
  /** without a nudge it looks after so long by itself */
  restMs: number
  act: (going: () => boolean) => Promise<void>
  /** what is said when a round fails */
  failed: string
}

export function startRounds({ nudges, log, topic, pauseMs, restMs, act, failed }: Rounds): {
  stop: () => Promise<void>
} {
  const bell = nudges.listen(topic)
  const pause = pausing()
  let stopped = false
  const running = (async () => {
    while (!stopped) {
      await act(() => !stopped).catch(error => log.warn({ err: error }, failed))
      if (!stopped) await pause.rest(Math.min(pauseMs, restMs))
      if (!stopped) await bell.ring(restMs)
    }
  })()
  return {
    async stop() {
      stopped = true
      pause.end()
      bell.close()
      await running
    },
  }
}

/** A rest that can be ended at once. */
export function pausing() {
  let ended = false
  let wake = () => {}
  return {
    rest: (ms: number) =>
      new Promise<void>(resolve => {
        const timer = setTimeout(resolve, ms)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
        if (ended) wake()
      }),
    end() {
      ended = true
      wake()
    },
  }
}

/** Lets so many work at the same time; the others wait in the order in which they came. */
export function takingTurns(atOnce: number) {
  const waiting: (() => void)[] = []
  let busy = 0
  return async <T>(act: () => Promise<T>): Promise<T> => {
    if (busy >= atOnce) await new Promise<void>(resolve => waiting.push(resolve))
    else busy++
    try {
      return await act()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else busy--
    }
  }
}
