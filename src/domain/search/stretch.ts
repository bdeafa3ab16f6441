/** Stretches of time in which a common word is looked up: the newest first, each several times as long as the one before. Pure. */
import { lexeme } from './sought.ts'
import type { Statistics } from './statistics.ts'
import { nthStretch, stretchDays, teamLexeme, timeLexeme } from './vector.ts'

/** From when on; null is the beginning. */
export type Stretch = { from: Date | null }

const wider = 4
/** So few more than wanted are cheaper read than a question about time. */
const spare = 1.2

/**
 * `share` of all messages are likely to match, and `wanted` matches are enough. What is likely to have few is looked up
 * everywhere at once. `before`: nothing from then on counts.
 */
export function stretches(statistics: Statistics, share: number, wanted: number, before: Date | null): Stretch[] {
  const { messages, times } = statistics
  if (messages * share <= wanted * spare || times.length < 10) return [{ from: null }]
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
/** So much longer than asked a stretch may be: a few messages read in vain cost less than another lexeme. */
const vain = 1 / 10
/** More lexemes than this in one question cost more than mail of other teams that is looked at. */
const mostTogether = 24

/**
 * The lexemes of these teams, and of the time from then until now, as one tsquery: as few as may be, because the index looks
 * at all of them for every message. Teams and times are asked for together where they are few; many stand beside each other.
 */
export function queryOfPlaces({ from }: Stretch, now: Date, teamIds: readonly string[]): string {
  // Who sees no team finds nothing this way.
  if (teamIds.length === 0) return lexeme('@t')
  const teams = teamIds.map(teamLexeme)
  if (!from) return oneOf(teams)
  const times = timesFrom(from, now)
  if (times.length * teams.length > mostTogether) return `${oneOf(teams)} & ${oneOf(times)}`
  return oneOf(teams.flatMap(team => times.map(time => `${time}${team}`)))
}

/** The time from then until now alone; null: all of it. */
export const queryOfTimes = ({ from }: Stretch, now: Date): string | null => from && oneOf(timesFrom(from, now))

/** Small stretches until a larger one begins, and so on. What lies ahead of now counts, a little: nothing is lost by a stretch that ends there. */
function timesFrom(from: Date, now: Date): string[] {
  const until = now.getTime() + dayMs
  const first = Math.max(
    0,
    stretchDays.findLastIndex(
      (days, size) => from.getTime() - nthStretch(size, from) * days * dayMs <= (until - from.getTime()) * vain,
    ),
  )
  const lexemes: string[] = []
  let at = nthStretch(first, from) * stretchDays[first]! * dayMs
  while (at <= until) {
    const size = stretchDays.findLastIndex(days => at % (days * dayMs) === 0)
    lexemes.push(timeLexeme(size, nthStretch(size, new Date(at))))
    at += stretchDays[size]! * dayMs
  }
  return lexemes
}

const oneOf = (lexemes: readonly string[]) => `(${lexemes.map(lexeme).join(' | ')})`
