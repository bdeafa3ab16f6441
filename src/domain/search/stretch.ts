/** Stretches of time in which a common word is looked up: the newest first, each several times as long as the one before. Pure. */
import type { Statistics } from './statistics.ts'
import { nthStretch, stretchDays, timeLexeme } from './vector.ts'

/** From when on; null is the beginning. */
export type Stretch = { from: Date | null }

const wider = 4

/**
 * `share` of all messages are likely to match, and `wanted` matches are enough. What is likely to have few is looked up
 * everywhere at once. `before`: nothing from then on counts.
 */
export function stretches(statistics: Statistics, share: number, wanted: number, before: Date | null): Stretch[] {
  const { messages, times } = statistics
  if (messages * share <= wanted * 2 || times.length < 10) return [{ from: null }]
  const end = before ? times.findIndex(time => time >= before) : -1
  const last = end < 0 ? times.length - 1 : end
  const found: Stretch[] = []
  for (let part = wanted / (messages * share); part < 1; part *= wider) {
    const at = last - part * (times.length - 1)
    if (at <= 0) break
    found.push({ from: timeAt(times, at) })
  }
  return [...found, { from: null }]
}

/** Between two known times messages are taken to be spread evenly. */
function timeAt(times: readonly Date[], at: number): Date {
  const [before, after] = [times[Math.floor(at)]!, times[Math.ceil(at)]!]
  return new Date(before.getTime() + (after.getTime() - before.getTime()) * (at % 1))
}

const dayMs = 86_400_000
/** More of them in one question cost more than what a longer one reads in vain. */
const most = 10

/** The lexemes of the time from then until now, as one tsquery; null where all times count. What lies ahead of now counts, a little. */
export function queryOfStretch({ from }: Stretch, now: Date): string | null {
  if (!from) return null
  const until = new Date(now.getTime() + dayMs)
  const fits = stretchDays.findIndex((_, size) => nthStretch(size, until) - nthStretch(size, from) < most)
  const size = fits < 0 ? stretchDays.length - 1 : fits
  const lexemes: string[] = []
  for (let nth = nthStretch(size, from); nth <= nthStretch(size, until); nth++) lexemes.push(timeLexeme(size, nth))
  return `(${lexemes.map(each => `'${each}'`).join(' | ')})`
}
