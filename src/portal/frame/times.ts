/** Times as the pages outside say them: near days by their names, short, in one zone. Pure. */
import { dateFormat, farFormat, listFormat } from './formats.ts'

export type Clock = {
  language: string
  zone: string
  now: Date
  word: (key: string, gaps: Record<string, unknown>) => string
}

/** "12:45 today", "10:00 tomorrow", "Thu 26 Nov, 10:00": where a sentence ends with it. */
export function atTime(at: Date, clock: Clock): string {
  const days = dayNumber(at, clock.zone) - dayNumber(clock.now, clock.zone)
  const time = timeOf(at, clock)
  if (days === 0) return clock.word('time.today', { time })
  if (days === 1) return clock.word('time.tomorrow', { time })
  return clock.word('time.day', { day: dayOf(at, clock), time })
}

/** "by today, 14:30" as a promise says it. */
export function dueTime(at: Date, clock: Clock): string {
  const days = dayNumber(at, clock.zone) - dayNumber(clock.now, clock.zone)
  const time = timeOf(at, clock)
  if (days >= -1 && days <= 1)
    return clock.word('time.near', { day: relative(clock.language).format(days, 'day'), time })
  return clock.word('time.day', { day: dayOf(at, clock), time })
}

/** "in 4 hours", "17 hours ago". */
export function howFar(at: Date, { language, now }: Clock): string {
  const minutes = (at.getTime() - now.getTime()) / 60_000
  const far = Math.abs(minutes)
  const format = relative(language)
  if (far < 60) return format.format(Math.trunc(minutes) || (minutes < 0 ? -1 : 1), 'minute')
  if (far < 36 * 60) return format.format(Math.round(minutes / 60), 'hour')
  return format.format(Math.round(minutes / 1440), 'day')
}

export function timeOf(at: Date, { language, zone }: Clock): string {
  return dateFormat(latin(language), {
    ...{ timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  }).format(at)
}

export function dayOf(at: Date, { language, zone, now }: Clock): string {
  const far = Math.abs(dayNumber(at, zone) - dayNumber(now, zone)) > 300
  return dateFormat(latin(language), {
    ...{ timeZone: zone, weekday: 'short', day: 'numeric', month: 'short' },
    ...(far ? { year: 'numeric' } : {}),
  }).format(at)
}

/** "Ana, Hiroshi or Leïla". */
export function anyOf(names: readonly string[], language: string, type: 'disjunction' | 'conjunction'): string {
  return listFormat(latin(language), type).format(names)
}

export function weekday(day: string, language: string): string {
  return dateFormat(latin(language), { weekday: 'long', timeZone: 'UTC' }).format(new Date(`${day}T12:00Z`))
}

/** "08:30" of minutes since midnight; the end of a day is 24:00. */
export function minutesOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

const relative = (language: string) => farFormat(latin(language))

/** Numbers of conversations and times stand side by side: one kind of digits for both. */
const latin = (language: string) => `${language === 'en' ? 'en-GB' : language}-u-nu-latn`

/** Many times in a page are of few minutes, and a calendar takes long to ask. */
const days = new Map<string, number>()
const mostDays = 2000

function dayNumber(at: Date, zone: string): number {
  const key = `${Math.floor(at.getTime() / 60_000)} ${zone}`
  const before = days.get(key)
  if (before !== undefined) return before
  const [year, month, day] = dateFormat('en-CA', { timeZone: zone }).format(at).split('-').map(Number)
  const number = Math.round(Date.UTC(year!, month! - 1, day!) / 86_400_000)
  if (days.size >= mostDays) days.clear()
  days.set(key, number)
  return number
}
