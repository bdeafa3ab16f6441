/**
 * Working time: when a target of working minutes is reached, by a calendar's zone, hours and holidays. Pure; all zone
 * arithmetic is Temporal's, so that days with 23 or 25 hours come out right.
 */
import { Temporal } from 'temporal-polyfill'

export type Hours = { weekday: number; from: number; to: number }
/** `weekday` 1 is Monday; `from` and `to` are minutes since midnight; holidays are ISO days. */
export type WorkingCalendar = { id: string; zone: string; hours: readonly Hours[]; holidays: ReadonlySet<string> }

/** After so many days in a row without working time the plain clock counts: a promise always gets a time. */
const longestWait = 400

/** The moment at which `minutes` of working time have passed since `from`; rounded up to the full minute. */
export function afterWorkingMinutes(calendar: WorkingCalendar, from: Date, minutes: number): Date {
  let left = minutes
  const begin = Temporal.Instant.fromEpochMilliseconds(Math.ceil(from.getTime() / 60_000) * 60_000).toZonedDateTimeISO(
    calendar.zone,
  )
  let day = begin.toPlainDate()
  for (let idleDays = 0; idleDays < longestWait; idleDays++) {
    for (const stretch of stretchesOf(calendar, day)) {
      const opens = later(stretch.opens, begin)
      const length = minutesBetween(opens, stretch.closes)
      if (length <= 0) continue
      if (length >= left) return new Date(opens.add({ minutes: left }).epochMilliseconds)
      left -= length
      idleDays = 0
    }
    day = day.add({ days: 1 })
  }
  return new Date(begin.add({ minutes }).epochMilliseconds)
}

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
  const moment = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(calendar.zone)
  return stretchesOf(calendar, moment.toPlainDate()).some(
    each =>
      Temporal.ZonedDateTime.compare(each.opens, moment) <= 0 &&
      Temporal.ZonedDateTime.compare(moment, each.closes) < 0,
  )
}

function stretchesOf(calendar: WorkingCalendar, day: Temporal.PlainDate) {
  if (calendar.holidays.has(day.toString())) return []
  return calendar.hours
    .filter(each => each.weekday === day.dayOfWeek)
    .sort((a, b) => a.from - b.from)
    .map(each => ({ opens: at(calendar, day, each.from), closes: at(calendar, day, each.to) }))
}

function at(calendar: WorkingCalendar, day: Temporal.PlainDate, minute: number): Temporal.ZonedDateTime {
  if (minute === 1440) return day.add({ days: 1 }).toZonedDateTime(calendar.zone)
  return day.toZonedDateTime({
    timeZone: calendar.zone,
    plainTime: new Temporal.PlainTime(Math.floor(minute / 60), minute % 60),
  })
}

function later(a: Temporal.ZonedDateTime, b: Temporal.ZonedDateTime) {
  return Temporal.ZonedDateTime.compare(a, b) < 0 ? b : a
}

function minutesBetween(a: Temporal.ZonedDateTime, b: Temporal.ZonedDateTime): number {
  return Math.floor((b.epochMilliseconds - a.epochMilliseconds) / 60_000)
}
