/** Times to propose for a new due time, and the browser's date field in a named zone. */
import { daysLater, momentOf, wallOf, weekdayOf } from '../../contract/wall-clock.ts'

const two = (number: number) => String(number).padStart(2, '0')

/** As `datetime-local` wants it: "2026-11-24T11:00". */
export function toWall(at: number, zone: string): string {
  const wall = wallOf(new Date(at), zone)
  return `${wall.year}-${two(wall.month)}-${two(wall.day)}T${two(wall.hour)}:${two(wall.minute)}`
}

export function fromWall(text: string, zone: string): number | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/.exec(text)
  if (!found) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = found.slice(1).map(Number)
  return momentOf({ year, month, day, hour, minute }, zone).getTime()
}

export type Proposal = { name: 'twoHours' | 'endOfDay' | 'tomorrow' | 'friday' | 'monday'; at: number }

/** Round times ahead that people mean: in two hours, by the end of the day, tomorrow, Friday, Monday. */
export function proposals(now: number, zone: string): Proposal[] {
  const wall = wallOf(new Date(now), zone)
  const day = weekdayOf(wall)
  const on = (days: number, hour: number) => momentOf({ ...daysLater(wall, days), hour, minute: 0 }, zone).getTime()
  const soon = Math.ceil((now + 2 * 3_600_000) / 900_000) * 900_000
  const found: Proposal[] = [{ name: 'twoHours', at: soon }]
  if (wall.hour < 15) found.push({ name: 'endOfDay', at: on(0, 17) })
  if (day < 5) found.push({ name: 'tomorrow', at: on(1, 12) })
  if (day < 4) found.push({ name: 'friday', at: on(5 - day, 12) })
  found.push({ name: 'monday', at: on(8 - day, 12) })
  return found
}
