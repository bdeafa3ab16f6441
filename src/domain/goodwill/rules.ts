/** Allowances and their periods, and when what was given away is alike. Pure. */
import { Temporal } from 'temporal-polyfill'
import type { Period } from '../../contract/goodwill.ts'

const months = { month: 1, quarter: 3, year: 12 }

/** The calendar month, quarter or year around a moment, in a zone. */
export function periodAround(period: Period, zone: string, now: Date): { from: Date; until: Date } {
  const day = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).toPlainDate()
  const month = day.month - ((day.month - 1) % months[period])
  const first = day.with({ month, day: 1 })
  const midnight = (date: Temporal.PlainDate) => new Date(date.toZonedDateTime(zone).epochMilliseconds)
  return { from: midnight(first), until: midnight(first.add({ months: months[period] })) }
}

/** What may still be given without asking. */
export function leftOf(allowance: number, given: number): number {
  return Math.max(0, allowance - given)
}

/** What costs nothing countable is always within. */
export function isWithin(minor: number, left: number): boolean {
  return minor === 0 || minor <= left
}

/** The words that say what a reason is about, without marks, numbers and the small ones. */
export function wordsOf(text: string): Set<string> {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return new Set((plain.match(/\p{L}+/gu) ?? []).filter(word => word.length > 3 || !/^[a-z]+$/.test(word)))
}

/** Half of all their words are common. */
export function isAlike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.size === 0 || b.size === 0) return false
  const common = [...a].filter(word => b.has(word)).length
  return common * 2 >= a.size + b.size - common
}

/** Gathers what has the same kind and an alike reason; the first of a group stands for it. Groups of at least `times`, the largest first. */
export function gather<Given extends { kind: string; reason: string }>(
  given: readonly Given[],
  times: number,
): Given[][] {
  const groups: { words: Set<string>; all: Given[] }[] = []
  for (const each of given) {
    const words = wordsOf(each.reason)
    const group = groups.find(one => one.all[0]!.kind === each.kind && isAlike(one.words, words))
    if (group) group.all.push(each)
    else groups.push({ words, all: [each] })
  }
  return groups
    .map(group => group.all)
    .filter(all => all.length >= times)
    .sort((a, b) => b.length - a.length)
}
