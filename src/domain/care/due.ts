/** When a check-in is due: a rhythm after the last contact, on a working moment of the keeper's calendar, and never in the past. Pure. */
import { afterDays, type WorkingCalendar } from '../promises/index.ts'
import { takenOnADay } from './rules.ts'

/** For a keeper whose teams have no calendar: working days from nine to five. */
export function officeHours(zone: string): WorkingCalendar {
  const hours = [1, 2, 3, 4, 5].map(weekday => ({ weekday, from: 540, to: 1020 }))
  return { id: 'office', zone, hours, holidays: new Set() }
}

/** `turn`: how many overdue ones the same keeper was given before this one at the same moment. */
export function checkInDue(
  calendar: WorkingCalendar,
  it: { from: Date; rhythmDays: number; now: Date; turn: number },
): { dueAt: Date; late: boolean } {
  const dueAt = afterDays(calendar, it.from, it.rhythmDays)
  if (dueAt > it.now) return { dueAt, late: false }
  let [at, days] = [it.now, 1 + Math.floor(it.turn / takenOnADay)]
  for (; days > 0; days--) at = afterDays(calendar, at, 1)
  return { dueAt: at, late: true }
}
