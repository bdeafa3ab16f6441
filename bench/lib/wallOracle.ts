/**
 * Working time by stepping one minute after the other, over a table of every zone's offsets that is made from what Intl shows on
 * the wall, and not from what the product uses. Slow and plain on purpose: the product is held to it.
 */
import type { WorkingCalendar } from '../../src/domain/promises/working-time.ts'

export type ZoneTable = { zone: string; from: Float64Array; offset: Float64Array }
export const firstYear = 2020
export const lastYear = 2035

const minuteMs = 60_000
const dayMs = 86_400_000

/** What the wall of a zone shows, as minutes apart from UTC. */
function reader(zone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  })
  return at => {
    const [day, month, year, hour, minute, second] = format.format(at).match(/\d+/g)!.map(Number)
    return Date.UTC(year!, month! - 1, day!, hour!, minute!, second!) - at
  }
}

/** Every change of a zone's clocks in those years: found by looking once in ten days, and then by halves. */
export function tableOf(zone: string): ZoneTable {
  const offsetAt = reader(zone)
  const [begin, end] = [Date.UTC(firstYear - 1, 11, 1), Date.UTC(lastYear + 3, 0, 1)]
  const from = [begin]
  const offset = [offsetAt(begin)]
  for (let at = begin; at < end; at += 10 * dayMs) {
    let low = at
    let before = offsetAt(at)
    // Two changes within ten days, as around Ramadan, are found one after the other.
    for (let day = at + dayMs; day <= at + 10 * dayMs; day += dayMs) {
      const after = offsetAt(day)
      if (after !== before) {
        let high = day
        while (high - low > 1000) {
          const middle = low + Math.floor((high - low) / 2000) * 1000
          if (offsetAt(middle) === before) low = middle
          else high = middle
        }
        from.push(high)
        offset.push(after)
      }
      low = day
      before = after
    }
  }
  return { zone, from: Float64Array.from(from), offset: Float64Array.from(offset) }
}

/** Minutes of one week and the holidays, laid out so that a step is one look. */
export function layout(calendar: WorkingCalendar) {
  const works = new Uint8Array(7 * 1440)
  for (const { weekday, from, to } of calendar.hours)
    works.fill(1, (weekday - 1) * 1440 + from, (weekday - 1) * 1440 + to)
  const holidays = new Set([...calendar.holidays].map(day => Date.parse(`${day}T00:00:00Z`) / dayMs))
  return { works, holidays, none: calendar.hours.length === 0 }
}

/** Null when the table ends before. */
export function stepped(
  table: ZoneTable,
  { works, holidays, none }: ReturnType<typeof layout>,
  from: number,
  minutes: number,
): number | null {
  let at = Math.ceil(from / minuteMs) * minuteMs
  if (none) return at + minutes * minuteMs
  let left = minutes
  let place = 0
  while (place + 1 < table.from.length && table.from[place + 1]! <= at) place++
  let day = Number.NaN
  let free = false
  while (at < table.from[0]! + 19 * 366 * dayMs) {
    while (place + 1 < table.from.length && table.from[place + 1]! <= at) place++
    const local = at + table.offset[place]!
    const today = Math.floor(local / dayMs)
    if (today !== day) {
      day = today
      free = holidays.has(day)
    }
    const minute = Math.floor((local - day * dayMs) / minuteMs)
    if (!free && works[((((day + 3) % 7) + 7) % 7) * 1440 + minute] === 1) left--
    at += minuteMs
    if (left === 0) return at
  }
  return null
}
