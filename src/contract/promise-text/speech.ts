/** What a language tells the reader of promises: how somebody says that they will do something, what takes it back, and how times are said. Shapes, and word borders that know every script. */

/** `timed`: only together with a time; "I can send it" alone says what is possible, not what will be. */
export type Commit = { says: RegExp; timed?: boolean }

export type Speech = {
  commits: readonly Commit[]
  /** in the same clause: "not", "never" */
  denies: RegExp
  /** before the promise, in the same sentence: "if you …", "I hope that …" */
  depends: RegExp
  times: Times
  /** what stands before the thing itself: "I'll ", "Ich werde " */
  leadIn?: RegExp
}

export type Times = {
  /** days from today */
  days: readonly [RegExp, number][]
  /** Monday first; `{}` in `weekday` is one of them */
  weekdays: readonly string[]
  months: readonly string[]
  /** before a weekday that is one of next week, or after it */
  ofNextWeek: RegExp
  nextWeek: RegExp
  endOfWeek: RegExp
  endOfMonth: RegExp
  /** "in two days": a number and a unit in groups `n` and `u` */
  within: RegExp
  units: Readonly<Record<string, 'minute' | 'hour' | 'day' | 'week' | 'month'>>
  numbers: Readonly<Record<string, number>>
  /** groups `d` and `m`, a month by its name */
  date: RegExp
  /** a clock time in groups `h`, `min` and `half` (am, pm) */
  clock: RegExp
  /** parts of a day, by the hour in which they end */
  parts: readonly [RegExp, number][]
  /** day before month in "3/12" */
  dayFirst: boolean
}

const edge = '[\\p{L}\\p{M}\\p{N}_]'

/** A whole word or phrase, in any script. */
export const word = (source: string, flags = 'iu') => new RegExp(`(?<!${edge})(?:${source})(?!${edge})`, flags)

/** One of many, the longest first. */
export const oneOf = (words: readonly string[]) =>
  words
    .flatMap(each => each.split('|'))
    .sort((a, b) => b.length - a.length)
    .join('|')
