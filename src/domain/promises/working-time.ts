/**
 * Working time: when a target of working minutes is reached, by a calendar's zone, hours and holidays. It is working time while
 * the clock on the wall shows working hours: an hour that clocks skip is nobody's, one that comes twice is worked twice. Pure.
 */
import { Temporal } from 'temporal-polyfill'
import { spanAt } from './zone-offsets.ts'

export type Hours = { weekday: number; from: number; to: number }
/** `weekday` 1 is Monday; `from` and `to` are minutes since midnight; holidays are ISO days. */
export type WorkingCalendar = { id: string; zone: string; hours: readonly Hours[]; holidays: ReadonlySet<string> }

/** After so many days in a row without working time the plain clock counts: a promise always gets a time. */
const longestWait = 400
const minuteMs = 60_000
const dayMs = 86_400_000

/** The moment at which `minutes` of working time have passed since `from`; rounded up to the full minute. */
export function afterWorkingMinutes(calendar: WorkingCalendar, from: Date, minutes: number): Date {
  const begin = Math.ceil(from.getTime() / minuteMs) * minuteMs
  const week = weekOf(calendar)
  let [at, left, idleSince] = [begin, minutes, begin]
  while (at - idleSince < longestWait * dayMs) {
    const { until, offset } = spanAt(calendar.zone, at)
    const day = Math.floor((at + offset) / dayMs)
    const midnight = day * dayMs - offset
    const end = Math.min(until, midnight + dayMs)
    for (const stretch of stretchesOn(week, day)) {
      const opens = Math.max(at, midnight + stretch.from * minuteMs)
      const closes = Math.min(end, midnight + stretch.to * minuteMs)
      const length = Math.floor((closes - opens) / minuteMs)
      if (length <= 0) continue
      if (length >= left) return new Date(opens + left * minuteMs)
      left -= length
      idleSince = closes
    }
    at = end
  }
  return new Date(begin + minutes * minuteMs)
}

type Week = { days: readonly (readonly { from: number; to: number }[])[]; holidays: ReadonlySet<number> }

const weeks = new WeakMap<WorkingCalendar, Week>()

/** By days since 1970, Thursday first; hours that overlap count once. */
function weekOf(calendar: WorkingCalendar): Week {
  const before = weeks.get(calendar)
  if (before) return before
  const days = Array.from({ length: 7 }, (_, day) => {
    const weekday = ((day + 3) % 7) + 1
    const merged: { from: number; to: number }[] = []
    const sorted = calendar.hours.filter(each => each.weekday === weekday).sort((a, b) => a.from - b.from)
    for (const { from, to } of sorted) {
      const last = merged.at(-1)
      if (last && from <= last.to) last.to = Math.max(last.to, to)
      else merged.push({ from, to })
    }
    return merged
  })
  const holidays = new Set([...calendar.holidays].map(day => Math.floor(Date.parse(`${day}T00:00:00Z`) / dayMs)))
  const week = { days, holidays }
  weeks.set(calendar, week)
  return week
}

const none: Week['days'][number] = []
const stretchesOn = (week: Week, day: number) =>
  week.holidays.has(day) ? none : (week.days[((day % 7) + 7) % 7] ?? none)

/** The first working moment at or after `days` calendar days from `from`, at the same hour where that is open. */
export function afterDays(calendar: WorkingCalendar, from: Date, days: number): Date {
  const target = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO(calendar.zone).add({ days })
  return nextWorkingMoment(calendar, new Date(target.epochMilliseconds))
}

export function nextWorkingMoment(calendar: WorkingCalendar, from: Date): Date {
  const rounded = new Date(Math.ceil(from.getTime() / 60_000) * 60_000)
  if (isWorking(calendar, rounded)) return rounded
  // One minute further is inside a stretch: one back is its opening.
  return new Date(afterWorkingMinutes(calendar, rounded, 1).getTime() - 60_000)
}

/** Where people work around the clock the morning begins nevertheless. */
const morning = { hour: 8 }

/** The first working moment of a morning, on or after the day that is `days` after that of `from` in the calendar's zone. */
export function opensAfter(calendar: WorkingCalendar, from: Date, days: number): Date {
  const day = zoned(calendar, from).toPlainDate().add({ days })
  const begins = day.toZonedDateTime({ timeZone: calendar.zone, plainTime: new Temporal.PlainTime(morning.hour) })
  return nextWorkingMoment(calendar, new Date(begins.epochMilliseconds))
}

/** One to seven: on a Monday the next one is meant. */
export function daysToMonday(calendar: WorkingCalendar, from: Date): number {
  return 8 - zoned(calendar, from).dayOfWeek
}

function zoned(calendar: WorkingCalendar, at: Date): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(calendar.zone)
}

export function isWorking(calendar: WorkingCalendar, at: Date): boolean {
  const local = at.getTime() + spanAt(calendar.zone, at.getTime()).offset
  const day = Math.floor(local / dayMs)
  const minute = Math.floor((local - day * dayMs) / minuteMs)
  return stretchesOn(weekOf(calendar), day).some(({ from, to }) => from <= minute && minute < to)
}

/** When the working time that runs at `at` ends today; null when it is none, and where it goes on over midnight. */
export function closesAt(calendar: WorkingCalendar, at: Date): Date | null {
  const { until, offset } = spanAt(calendar.zone, at.getTime())
  const local = at.getTime() + offset
  const day = Math.floor(local / dayMs)
  const minute = (local - day * dayMs) / minuteMs
  const now = stretchesOn(weekOf(calendar), day).find(({ from, to }) => from <= minute && minute < to)
  if (!now) return null
  const end = new Date(Math.min(until, day * dayMs - offset + now.to * minuteMs))
  return isWorking(calendar, end) ? null : end
}
