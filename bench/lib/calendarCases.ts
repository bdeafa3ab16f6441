/** Random calendars and moments for the arithmetic of working time; the same seed makes the same cases. */
import type { WorkingCalendar } from '../../src/domain/promises/working-time.ts'
import { firstYear, lastYear, type ZoneTable } from './wallOracle.ts'

const dayMs = 86_400_000
export type Chance = () => number

/** Mulberry32. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const upTo = (chance: Chance, most: number) => Math.floor(chance() * (most + 1))

/** Offices, shifts through the night, two stretches a day, around the clock, a single hour at the time clocks change. */
function hoursOf(chance: Chance) {
  const kind = upTo(chance, 5)
  const days = [1, 2, 3, 4, 5, 6, 7].filter(day => (kind === 3 ? true : chance() < (day < 6 ? 0.9 : 0.25)))
  if (days.length === 0) days.push(1 + upTo(chance, 6))
  return days.flatMap(weekday => {
    if (kind === 3) return [{ weekday, from: 0, to: 1440 }]
    if (kind === 4) return [{ weekday, from: 60 + upTo(chance, 90), to: 151 + upTo(chance, 90) }]
    const from = upTo(chance, 900)
    const to = from + 1 + upTo(chance, 1440 - from - 1)
    if (kind < 3 || to > 1300) return [{ weekday, from, to }]
    const again = to + 1 + upTo(chance, 60)
    return [
      { weekday, from, to },
      { weekday, from: again, to: again + 1 + upTo(chance, 1440 - again - 1) },
    ]
  })
}

/** `near`: a moment to stay within three days of. */
export function aCase(chance: Chance, table: ZoneTable, near: number | null) {
  const [begin, end] = [Date.UTC(firstYear, 0, 1), Date.UTC(lastYear + 1, 0, 1)]
  const middle = near ?? begin + chance() * (end - begin)
  const from = Math.floor(middle + (chance() - (near === null ? 0.5 : 0.8)) * 6 * dayMs)
  const holidays = new Set<string>()
  for (let n = upTo(chance, 3); n > 0; n--)
    holidays.add(new Date(from + upTo(chance, 8) * dayMs).toISOString().slice(0, 10))
  const calendar: WorkingCalendar = { id: 'any', zone: table.zone, hours: hoursOf(chance), holidays }
  return { calendar, from, minutes: 1 + Math.floor(chance() ** 2 * 1500) }
}

/** Every change of the years looked at. */
export function changesOf(table: ZoneTable): number[] {
  return [...table.from].filter(at => at >= Date.UTC(firstYear, 0, 1) && at < Date.UTC(lastYear + 1, 0, 1))
}
