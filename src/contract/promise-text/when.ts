/** The time a sentence names, counted from a given moment in a given zone. Knows no language itself and guesses no time that is not said. */
import { daysLater, momentOf, type Wall, wallOf, weekdayOf } from '../wall-clock.ts'
import { oneOf, type Times, word } from './speech.ts'

export type Asked = { now: Date; zone: string; usual: { hour: number; minute: number } }
/** `from` and `to` are its place in the sentence. */
export type When = { dueAt: Date; day: string; from: number; to: number }

type Day = Pick<Wall, 'year' | 'month' | 'day'>
type Place = { from: number; to: number }
type FoundDay = Place & { day: Day }
type FoundClock = Place & { hour: number; minute: number }

/** The time nearest to `near`, a place in the sentence; null when none is said. */
export function whenIn(sentence: string, times: Times, near: number, asked: Asked): When | null {
  const today = wallOf(asked.now, asked.zone)
  const moment = momentsIn(sentence, times, asked).sort(by(near))[0]
  const day = daysIn(sentence, times, today).sort(by(near))[0]
  if (moment && (!day || distance(moment, near) <= distance(day, near))) return moment
  const clock = clocksIn(sentence, times).sort(by(day ? day.from : near))[0]
  if (!day && !clock) return null
  return together(day, clock, today, asked)
}

function together(day: FoundDay | undefined, clock: FoundClock | undefined, today: Wall, asked: Asked): When {
  const at = clock ?? asked.usual
  const wall: Wall = { ...(day?.day ?? today), hour: at.hour, minute: at.minute }
  let dueAt = momentOf(wall, asked.zone)
  // "By three" said at four means tomorrow's; "today" said after hours is what is left of it.
  if (dueAt <= asked.now && !day) dueAt = momentOf(daysLater(wall, 1), asked.zone)
  if (dueAt <= asked.now && !clock) dueAt = momentOf({ ...wall, hour: 23, minute: 59 }, asked.zone)
  const shown = wallOf(dueAt, asked.zone)
  const places = [day, clock].filter(each => each !== undefined)
  return {
    dueAt,
    day: iso(shown),
    from: Math.min(...places.map(each => each.from)),
    to: Math.max(...places.map(each => each.to)),
  }
}

const two = (number: number) => String(number).padStart(2, '0')
const iso = (day: Day) => `${day.year}-${two(day.month)}-${two(day.day)}`
const distance = (place: Place, near: number) => Math.min(Math.abs(place.from - near), Math.abs(place.to - near))
const by = (near: number) => (a: Place, b: Place) => distance(a, near) - distance(b, near)

function all(sentence: string, pattern: RegExp): (RegExpExecArray & Place)[] {
  const global = new RegExp(pattern.source, pattern.flags.includes('g') ? pattern.flags : `${pattern.flags}g`)
  return [...sentence.matchAll(global)].map(match =>
    Object.assign(match as RegExpExecArray, { from: match.index, to: match.index + match[0].length }),
  )
}

/** "In two hours" is a moment; "in two days" is a day. */
function momentsIn(sentence: string, times: Times, { now, zone }: Asked): When[] {
  return all(sentence, times.within).flatMap(match => {
    const unit = times.units[match.groups?.u ?? '']
    const n = amount(match.groups?.n ?? match.groups?.u, times)
    if (n === null || (unit !== 'hour' && unit !== 'minute')) return []
    const dueAt = new Date(now.getTime() + n * (unit === 'hour' ? 3_600_000 : 60_000))
    return [{ dueAt, day: iso(wallOf(dueAt, zone)), from: match.from, to: match.to }]
  })
}

/** The unit alone means one of it, or two where a language has a form for that. */
function amount(said: string | undefined, times: Times): number | null {
  if (said === undefined) return null
  if (/^\d{1,3}$/.test(said)) return Number(said)
  return times.numbers[said] ?? (said in times.units ? 1 : null)
}

function daysIn(sentence: string, times: Times, today: Wall): FoundDay[] {
  const in_ = (days: number) => daysLater(today, days)
  const weekday = weekdayOf(today)
  const found: FoundDay[] = []
  const add = (place: Place, day: Day | null) => {
    // Of two that overlap the first, longer one says it: "the day after tomorrow".
    if (day && !found.some(each => each.from < place.to && place.from < each.to))
      found.push({ day, from: place.from, to: place.to })
  }
  for (const match of all(sentence, times.date))
    add(match, dated(Number(match.groups?.d), monthOf(match.groups?.m ?? '', times), match.groups?.y, today))
  for (const match of all(sentence, /(?<!\d)(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})(?!\d)/u))
    add(match, dated(Number(match.groups?.d), Number(match.groups?.m), match.groups?.y, today))
  for (const match of all(
    sentence,
    /(?<![\d.,/:])(?<a>\d{1,2})[./](?<b>\d{1,2})(?:[./](?<y>\d{4}|\d{2}))?\.?(?![\d/%])/u,
  ))
    add(match, numeric(match, times, today))
  const nextMonday = 8 - weekday
  for (const match of all(sentence, weekdayOfNextWeek(times))) {
    const which = indexOf(match.groups?.w1 ?? match.groups?.w2 ?? '', times.weekdays)
    add(match, in_(nextMonday + which))
  }
  // Said on a Saturday it is the week to come.
  const friday = weekday <= 5 ? 5 - weekday : 12 - weekday
  for (const match of all(sentence, times.endOfWeek)) add(match, in_(friday))
  for (const match of all(sentence, times.nextWeek)) add(match, in_(nextMonday + 4))
  for (const match of all(sentence, times.endOfMonth)) add(match, lastOfMonth(today))
  for (const match of all(sentence, times.within)) {
    const n = amount(match.groups?.n ?? match.groups?.u, times)
    const unit = times.units[match.groups?.u ?? '']
    const each = unit === 'day' ? 1 : unit === 'week' ? 7 : unit === 'month' ? 30 : null
    if (n !== null && each !== null) add(match, in_(n * each))
  }
  for (const [pattern, days] of times.days) for (const match of all(sentence, pattern)) add(match, in_(days))
  for (const match of all(sentence, word(`(?<w>${oneOf(times.weekdays)})`))) {
    const ahead = (indexOf(match.groups?.w ?? '', times.weekdays) + 1 - weekday + 7) % 7
    add(match, in_(ahead === 0 ? 7 : ahead))
  }
  return found
}

function weekdayOfNextWeek({ weekdays, ofNextWeek }: Times): RegExp {
  const names = oneOf(weekdays)
  return word(`(?<w1>${names})\\s+(?:${ofNextWeek.source})|(?:${ofNextWeek.source})\\s+(?:on\\s+)?(?<w2>${names})`)
}

const indexOf = (name: string, names: readonly string[]) =>
  names.findIndex(each => each.split('|').includes(name.toLowerCase()))

function monthOf(name: string, times: Times): number {
  return indexOf(name, times.months) + 1
}

function numeric(match: RegExpExecArray, times: Times, today: Wall): Day | null {
  const [a, b] = [Number(match.groups?.a), Number(match.groups?.b)]
  const slash = match[0].includes('/')
  // "2.5" is a number unless a second point or a slash says otherwise.
  if (!slash && !/^\d{1,2}\.\d{1,2}\./.test(match[0])) return null
  const [day, month] = times.dayFirst || !slash ? [a, b] : [b, a]
  return dated(day, month, match.groups?.y, today)
}

/** A day without a year is the next one to come. */
function dated(day: number, month: number, said: string | undefined, today: Wall): Day | null {
  if (!(month >= 1 && month <= 12) || !(day >= 1 && day <= 31)) return null
  const past = month < today.month || (month === today.month && day < today.day)
  const year = said ? Number(said.length === 2 ? `20${said}` : said) : today.year + (past ? 1 : 0)
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? { year, month, day } : null
}

function lastOfMonth(today: Wall): Day {
  const date = new Date(Date.UTC(today.year, today.month, 0))
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

function clocksIn(sentence: string, times: Times): FoundClock[] {
  const clocks = all(sentence, times.clock).flatMap(match => {
    const { h = '', min = '0', half } = match.groups ?? {}
    const [written, minute] = [Number(h), Number(min)]
    const late = half !== undefined && /^(p|م|بعد)/i.test(half)
    const hour = half === undefined ? written : (written % 12) + (late ? 12 : 0)
    if (hour > 23 || minute > 59 || h === '') return []
    return [{ hour, minute, from: match.from, to: match.to }]
  })
  if (clocks.length > 0) return clocks
  return times.parts.flatMap(([pattern, hour]) =>
    all(sentence, pattern).map(({ from, to }) => ({ hour, minute: 0, from, to })),
  )
}
