/** What days in a filter mean: `today`, `yesterday`, `7d`, `2026-10-01`, `week`, `before:…`. Pure; days are those of a zone, also with 23 or 25 hours. */
import { Temporal } from 'temporal-polyfill'

/** From a moment (included) to a moment (not included); null has no end. */
export type Range = { from: Date | null; to: Date | null }
export type Clock = { now: Date; zone: string }

/** One day as somebody wrote it: its first moment, and that of the day after. Null for what is no day. */
export function dayRange(text: string, clock: Clock): { from: Date; to: Date } | null {
  const day = dayOf(text.toLowerCase(), clock)
  return day && between(day, day.add({ days: 1 }), clock.zone)
}

/** A time by which something is due: besides days also `overdue`, `week`, `before:` and `after:` a day. */
export function dueRange(text: string, clock: Clock): Range | null {
  const lower = text.toLowerCase()
  if (lower === 'overdue') return { from: null, to: clock.now }
  if (lower === 'week') {
    const today = todayOf(clock)
    const monday = today.subtract({ days: today.dayOfWeek - 1 })
    return between(monday, monday.add({ days: 7 }), clock.zone)
  }
  const [, side, rest] = /^(?:(before|after):)?(.+)$/.exec(lower) ?? []
  const day = rest === undefined ? null : dayRange(rest, clock)
  if (!day) return null
  return side === 'before' ? { from: null, to: day.from } : side === 'after' ? { from: day.to, to: null } : day
}

function dayOf(text: string, clock: Clock): Temporal.PlainDate | null {
  const today = todayOf(clock)
  if (text === 'today') return today
  if (text === 'yesterday') return today.subtract({ days: 1 })
  if (text === 'tomorrow') return today.add({ days: 1 })
  const back = /^(\d{1,4})d$/.exec(text)
  if (back) return today.subtract({ days: Number(back[1]) })
  const [, year, month, day] = /^([12]\d{3})-(\d{1,2})-(\d{1,2})$/.exec(text) ?? []
  if (!year) return null
  try {
    return Temporal.PlainDate.from(
      { year: Number(year), month: Number(month), day: Number(day) },
      { overflow: 'reject' },
    )
  } catch {
    return null
  }
}

function todayOf({ now, zone }: Clock) {
  return Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).toPlainDate()
}

function between(first: Temporal.PlainDate, last: Temporal.PlainDate, zone: string) {
  const at = (day: Temporal.PlainDate) => new Date(day.toZonedDateTime(zone).epochMilliseconds)
  return { from: at(first), to: at(last) }
}
