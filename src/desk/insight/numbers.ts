/** How figures and days are written in one's own language. Pure. */
import type { Place } from '../../ui/index.ts'

type Format = { format(value: number): string }
const formats = new Map<string, Format>()
function format(key: string, make: () => Format): Format {
  const known = formats.get(key)
  if (known) return known
  const made = make()
  formats.set(key, made)
  return made
}

export const numberWords = (value: number, { language }: Place) =>
  format(`n ${language}`, () => new Intl.NumberFormat(language)).format(value)

/** Whole percents; nothing is a share of nothing. */
export function shareWords(n: number, of: number, { language }: Place): string {
  if (of === 0) return '–'
  return format(
    `p ${language}`,
    () => new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }),
  ).format(n / of)
}

/** "24 Nov", of another year with it. A day is a day, in whatever zone. */
export function dayWords(day: string, { language }: Place): string {
  const at = Date.parse(`${day}T12:00:00Z`)
  const thisYear = day.slice(0, 4) === new Date().toISOString().slice(0, 4)
  const options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', timeZone: 'UTC' }
  if (!thisYear) options.year = 'numeric'
  return format(`d ${language} ${thisYear}`, () => new Intl.DateTimeFormat(language, options)).format(at)
}
