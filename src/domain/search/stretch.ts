/** Stretches of time in which a common word is looked up: the newest first, each several times as long as the one before. Pure. */
import type { Statistics } from './statistics.ts'
import { dayLexeme, dayOf, monthLexeme, monthOf } from './vector.ts'

/** From when on; null is the beginning. */
export type Stretch = { from: Date | null }

const wider = 4
const dayMs = 86_400_000

/**
 * `share` of all messages are likely to match, and `wanted` matches are enough. What is likely to have few is looked up
 * everywhere at once. `before`: nothing from then on counts.
 */
export function stretches(statistics: Statistics, share: number, wanted: number, before: Date | null): Stretch[] {
  const { messages, times } = statistics
  if (messages * share <= wanted * 2 || times.length < 10) return [{ from: null }]
  const end = before ? times.findIndex(time => time >= before) : times.length - 1
  const last = end < 0 ? times.length - 1 : end
  const found: Stretch[] = []
  for (let part = (wanted * 1.3) / (messages * share); part < 1; part *= wider) {
    const at = last - Math.max(1, Math.ceil(part * (times.length - 1)))
    if (at <= 0) break
    found.push({ from: times[at]! })
  }
  return [...found, { from: null }]
}

/** The lexemes of all days in it, as one tsquery; null where all days count. Whole months stand for their days. */
export function queryOfStretch({ from }: Stretch, until: Date): string | null {
  if (!from) return null
  const lexemes: string[] = []
  const first = dayOf(from)
  const [firstMonth, lastMonth] = [monthOf(from), monthOf(until)]
  for (let day = first; monthOf(new Date(day * dayMs)) === firstMonth; day++) lexemes.push(dayLexeme(day))
  for (let month = firstMonth + 1; month <= lastMonth; month++) lexemes.push(monthLexeme(month))
  return `(${lexemes.map(each => `'${each}'`).join(' | ')})`
}
