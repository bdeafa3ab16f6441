/** Who is away, as several screens ask it, and the days of an absence as people say them. */
import { type AbsenceView, absences, covering } from '../../contract/absences.ts'
import { daysLater, momentOf, wallOf } from '../../contract/wall-clock.ts'
import type { Place } from '../../ui/index.ts'
import { besides, query } from '../api.ts'
import { dayWords } from '../compose/whenWords.ts'

export const absencesQuery = query(absences, {})
export const coveringQuery = besides(covering, {})

export function awayNow(all: readonly AbsenceView[] | undefined, personId: string, now: number) {
  return all?.find(one => one.member.id === personId && Date.parse(one.from) <= now && now < Date.parse(one.to))
}

/** The last day of it: one that ends at midnight ends with the day before. */
export function lastDay(to: string, place: Place): string {
  return dayWords(new Date(Date.parse(to) - 60_000).toISOString(), place)
}

/** "2026-11-24", so many days from now. */
export function dayFrom(now: number, days: number, zone: string): string {
  const { year, month, day } = daysLater(wallOf(new Date(now), zone), days)
  return [String(year), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-')
}

/** Midnight at the beginning of a day, or of the day after it; null for what is no day. */
export function midnight(text: string, zone: string, after = 0): Date | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!found) return null
  const [year = 0, month = 0, day = 0] = found.slice(1).map(Number)
  return momentOf(daysLater({ year, month, day, hour: 0, minute: 0 }, after), zone)
}
