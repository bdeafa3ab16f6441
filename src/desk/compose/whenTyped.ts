/** Reads a time somebody typed ("tomorrow 14:00", "fri 9", "27 nov", "in 2 days"). Guesses no year long gone and never throws. */
import { daysLater, momentOf, type Wall, wallOf, weekdayOf } from '../../contract/wall-clock.ts'

/** The words of the reader's language, from the catalogue; each list holds what may be typed for one idea. */
export type TimeWords = {
  today: string[]
  tomorrow: string[]
  minutes: string[]
  hours: string[]
  days: string[]
  weeks: string[]
  noise: string[]
}
export type Typing = {
  now: Date
  zone: string
  language: string
  words: TimeWords
  /** the clock time meant when only a day is typed */
  usual: { hour: number; minute: number }
}

/** The moment meant, or null when it can't be told. A moment in the past comes back as it is: the form says so. */
export function whenTyped(text: string, typing: Typing): Date | null {
  const tokens = tokensOf(text, typing.words)
  if (tokens.length === 0 || tokens.length > 6) return null
  return relative(tokens, typing) ?? absolute(tokens, typing)
}

function tokensOf(text: string, words: TimeWords): string[] {
  return text
    .toLowerCase()
    .replace(/[,;]/g, ' ')
    .replace(/(\d)t(\d)/g, '$1 $2')
    .replace(/(\d)\s*(am|pm)\b/g, '$1$2')
    .split(/\s+/)
    .filter(token => token !== '' && !words.noise.includes(token))
}

function relative(tokens: string[], { now, zone, words }: Typing): Date | null {
  const glued = /^\+?(\d{1,4})(\p{L}+)$/u.exec(tokens[0] ?? '')
  const [count, unit] = glued ? [glued[1], glued[2]] : [tokens[0]?.replace(/^\+/, ''), tokens[1]]
  if (tokens.length !== (glued ? 1 : 2) || !count || !unit || !/^\d{1,4}$/.test(count)) return null
  const n = Number(count)
  if (words.minutes.includes(unit)) return new Date(now.getTime() + n * 60_000)
  if (words.hours.includes(unit)) return new Date(now.getTime() + n * 3_600_000)
  const days = words.days.includes(unit) ? n : words.weeks.includes(unit) ? n * 7 : null
  return days === null ? null : momentOf(daysLater(wallOf(now, zone), days), zone)
}

type Day = { year: number; month: number; day: number }
type Clock = { hour: number; minute: number }

function absolute(tokens: string[], typing: Typing): Date | null {
  const today = wallOf(typing.now, typing.zone)
  let rest = tokens
  const clock = takeClock(rest)
  if (clock) rest = clock.rest
  const day = takeDay(rest, today, typing)
  if (day) rest = day.rest
  // "fri 9", "27 nov 9": a bare hour is one only beside a day.
  const bare = day && !clock && rest.length === 1 && /^\d{1,2}$/.test(rest[0] ?? '') ? Number(rest[0]) : null
  if (bare !== null && bare < 24) rest = []
  if (rest.length > 0 || (!clock && !day)) return null
  const at: Clock = clock?.clock ?? (bare !== null ? { hour: bare, minute: 0 } : typing.usual)
  const wall: Wall = { ...(day?.day ?? today), ...at }
  const moment = momentOf(wall, typing.zone)
  // A clock time alone means the next time the clock shows it; a weekday's own name means today only while that is ahead.
  if (moment > typing.now || (day && !day.weekday)) return moment
  return momentOf(daysLater(wall, day ? 7 : 1), typing.zone)
}

function takeClock(tokens: string[]): { clock: Clock; rest: string[] } | null {
  for (const [index, token] of tokens.entries()) {
    const match = /^(\d{1,2})(?::(\d{2}))?(am|pm|h)?$/.exec(token)
    if (!match || (match[2] === undefined && match[3] === undefined)) continue
    const half = match[3] === 'pm' || match[3] === 'am'
    const written = Number(match[1])
    const hour = half ? (written % 12) + (match[3] === 'pm' ? 12 : 0) : written
    const minute = Number(match[2] ?? 0)
    if (hour > 23 || minute > 59 || (half && (written < 1 || written > 12))) return null
    return { clock: { hour, minute }, rest: tokens.toSpliced(index, 1) }
  }
  return null
}

type TakenDay = { day: Day; weekday: boolean; rest: string[] }

function takeDay(tokens: string[], today: Wall, { words, language }: Typing): TakenDay | null {
  for (const [index, token] of tokens.entries()) {
    const rest = tokens.toSpliced(index, 1)
    const plain = token.replace(/\.$/, '')
    if (words.today.includes(plain)) return { day: today, weekday: false, rest }
    if (words.tomorrow.includes(plain)) return { day: daysLater(today, 1), weekday: false, rest }
    const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(token)
    if (iso) return checked({ year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) }, false, rest)
    const short = /^(\d{1,2})[./](\d{1,2})(?:[./](\d{2}|\d{4})?)?$/.exec(token)
    if (short) return numeric(short, today, language, rest)
    const weekday = named(plain, language, 'weekday')
    if (weekday) {
      const ahead = (weekday - weekdayOf(today) + 7) % 7
      const named = takeDay(rest, today, { words, language } as Typing)
      // "Thu 26 Nov": the date says it, the weekday is only company.
      return named && !named.weekday ? named : { day: daysLater(today, ahead), weekday: true, rest }
    }
    const month = named(plain, language, 'month')
    if (month) return besideMonth(tokens, index, month, today)
  }
  return null
}

function numeric(match: RegExpExecArray, today: Wall, language: string, rest: string[]): TakenDay | null {
  const monthFirst = match[0].includes('/') && monthComesFirst(language)
  const [a, b] = [Number(match[1]), Number(match[2])]
  const [day, month] = monthFirst ? [b, a] : [a, b]
  const year = match[3] === undefined ? undefined : Number(match[3].length === 2 ? `20${match[3]}` : match[3])
  return checked(inComingYear({ year, month, day }, today), false, rest)
}

function besideMonth(tokens: string[], index: number, month: number, today: Wall): TakenDay | null {
  const before = /^(\d{1,2})\.?$/.exec(tokens[index - 1] ?? '')
  const after = /^(\d{1,2})\.?$/.exec(tokens[index + 1] ?? '')
  const number = before ?? after
  if (!number) return null
  const from = before ? index - 1 : index
  const rest = tokens.toSpliced(from, 2)
  const year = /^\d{4}$/.exec(rest[from] ?? '')?.[0]
  if (year) rest.splice(from, 1)
  const day = { year: year === undefined ? undefined : Number(year), month, day: Number(number[1]) }
  return checked(inComingYear(day, today), false, rest)
}

/** A day without a year is the next one to come. */
function inComingYear(day: { year: number | undefined; month: number; day: number }, today: Wall): Day {
  if (day.year !== undefined) return { ...day, year: day.year }
  const past = day.month < today.month || (day.month === today.month && day.day < today.day)
  return { ...day, year: today.year + (past ? 1 : 0) }
}

function checked(day: Day, weekday: boolean, rest: string[]): TakenDay | null {
  const date = new Date(Date.UTC(day.year, day.month - 1, day.day))
  const real = date.getUTCMonth() === day.month - 1 && date.getUTCDate() === day.day
  return real ? { day, weekday, rest } : null
}

function monthComesFirst(language: string): boolean {
  const parts = new Intl.DateTimeFormat(language, { month: 'numeric', day: 'numeric' }).formatToParts(0)
  return parts.findIndex(part => part.type === 'month') < parts.findIndex(part => part.type === 'day')
}

const lists = new Map<string, string[]>()

/** Which weekday (1 = Monday) or month (1 = January) a word begins; three letters are enough. */
function named(word: string, language: string, what: 'weekday' | 'month'): number | null {
  if (word.length < 2 || /\d/.test(word)) return null
  const key = `${language} ${what}`
  const names = lists.get(key) ?? namesOf(language, what)
  lists.set(key, names)
  const index = names.findIndex(name => name === word || (word.length >= 3 && name.startsWith(word)))
  return index < 0 ? null : index + 1
}

function namesOf(language: string, what: 'weekday' | 'month'): string[] {
  const writer = new Intl.DateTimeFormat(language, { [what]: 'long', timeZone: 'UTC' })
  const days = what === 'weekday' ? [5, 6, 7, 8, 9, 10, 11].map(day => Date.UTC(1970, 0, day)) : []
  const months = what === 'month' ? Array.from({ length: 12 }, (_, month) => Date.UTC(1970, month, 15)) : []
  return [...days, ...months].map(at => writer.format(at).toLowerCase())
}
