/** Times as the visitor reads them: in their own zone and language, near days by their names. */
import { now } from './clock.ts'
import { given } from './given.ts'

const day = 86_400_000
/** Of the visitor's own region where it is the same language: hours are written differently in each. */
const own = navigator.languages.find(tag => tag.split('-')[0] === given.language) ?? given.language
const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(own, options)
const clock = format({ hour: '2-digit', minute: '2-digit' })
const comma = given.language === 'ar' ? '،' : ','
const midnight = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()

/** "15:00" today, "tomorrow, 10:00", "Fri 27 Nov, 10:00". */
export function moment(iso: string, named = false): string {
  const at = new Date(iso)
  const days = Math.round((midnight(at) - midnight(new Date(now()))) / day)
  if (days === 0 && !named) return clock.format(at)
  const which =
    days === 0 || days === 1
      ? new Intl.RelativeTimeFormat(given.language, { numeric: 'auto' }).format(days, 'day')
      : format({ weekday: 'short', day: 'numeric', month: 'short' }).format(at)
  return `${which}${comma} ${clock.format(at)}`
}

/** "in 3 hours", "2 hours ago". */
export function away(iso: string): string {
  const minutes = Math.round((Date.parse(iso) - now()) / 60_000)
  const words = new Intl.RelativeTimeFormat(given.language)
  if (Math.abs(minutes) < 60) return words.format(minutes, 'minute')
  if (Math.abs(minutes) < 36 * 60) return words.format(Math.round(minutes / 60), 'hour')
  return words.format(Math.round(minutes / 1440), 'day')
}

export const inMinutes = (count: number) =>
  new Intl.NumberFormat(given.language, { style: 'unit', unit: 'minute', unitDisplay: 'long' }).format(count)

export const listed = (names: readonly string[]) =>
  new Intl.ListFormat(given.language, { type: 'conjunction' }).format(names)
