/** Clock times in a named zone and back again, by what Intl knows. Knows nothing of working hours. */
export type Wall = { year: number; month: number; day: number; hour: number; minute: number }

const readers = new Map<string, Intl.DateTimeFormat>()

function readerOf(zone: string): Intl.DateTimeFormat {
  const known = readers.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  })
  readers.set(zone, made)
  return made
}

/** What the clock on the wall shows in that zone. */
export function wallOf(at: Date, zone: string): Wall {
  const parts: Record<string, number> = {}
  for (const part of readerOf(zone).formatToParts(at)) parts[part.type] = Number(part.value)
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0 } = parts
  return { year, month, day, hour, minute }
}

const asIfUtc = (wall: Wall) => Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute)

/** The moment at which the wall shows this; in the hour a change of clocks skips, as long after the change. */
export function momentOf(wall: Wall, zone: string): Date {
  const wanted = asIfUtc(wall)
  const nearer = (guess: number) => guess + wanted - asIfUtc(wallOf(new Date(guess), zone))
  const second = nearer(nearer(wanted))
  const third = nearer(second)
  // Two corrections reach the moment wherever there is one; around a skipped hour they go to and fro.
  return new Date(Math.max(second, third))
}

/** The same clock time, so many calendar days later. */
export function daysLater(wall: Wall, days: number): Wall {
  const date = new Date(Date.UTC(wall.year, wall.month - 1, wall.day + days))
  return { ...wall, year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

/** 1 is Monday, as in ISO 8601. */
export function weekdayOf(wall: Wall): number {
  return new Date(Date.UTC(wall.year, wall.month - 1, wall.day)).getUTCDay() || 7
}
