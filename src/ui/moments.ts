/** How moments are written: short where they are near, with their day where they are not. Pure: now, zone and language are passed in. */
import { t } from '../words/catalogue.ts'
import type { Place } from './zone.ts'

const formats = new Map<string, Intl.DateTimeFormat>()
function format(place: Place, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${place.language}|${place.zone}|${name}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(place.language, { timeZone: place.zone, hourCycle: 'h23', ...options })
  formats.set(key, made)
  return made
}

/** A screen writes the same moments again and again, and each writing costs a good part of a tenth of a millisecond. */
const written = new Map<string, string>()
function write(at: number, place: Place, name: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${at}|${place.language}|${place.zone}|${name}`
  const known = written.get(key)
  if (known !== undefined) return known
  const text = format(place, name, options).format(at)
  if (written.size > 3000) written.clear()
  written.set(key, text)
  return text
}

const days = new Map<string, number>()
const minute = 60_000

/** The calendar day in the zone, as a count of days, so that days can be subtracted. */
export function dayOf(at: number, zone: string): number {
  const key = `${Math.floor(at / minute)}|${zone}`
  const known = days.get(key)
  if (known !== undefined) return known
  if (days.size > 3000) days.clear()
  const day = dayIn(at, zone)
  days.set(key, day)
  return day
}

function dayIn(at: number, zone: string): number {
  const parts = format({ zone, language: 'en-CA' }, 'day', { year: 'numeric', month: '2-digit', day: '2-digit' })
  const [year = 1970, month = 1, day = 1] = parts.format(at).split('-').map(Number)
  return Math.round(Date.UTC(year, month - 1, day) / 86_400_000)
}

export function clock(at: number, place: Place): string {
  return write(at, place, 'clock', { hour: '2-digit', minute: '2-digit' })
}

/** "11:00" today, "Mon 17:00" within six days, "Fri 27 Nov" further off, with the year when it is another one. */
export function shortMoment(at: number, now: number, place: Place): string {
  const days = dayOf(at, place.zone) - dayOf(now, place.zone)
  if (days === 0) return clock(at, place)
  if (Math.abs(days) <= 6) return `${format(place, 'weekday', { weekday: 'short' }).format(at)} ${clock(at, place)}`
  const sameYear = format(place, 'year', { year: 'numeric' }).format(at) === format(place, 'year', {}).format(now)
  return sameYear
    ? format(place, 'date', { day: 'numeric', month: 'short' }).format(at)
    : format(place, 'dateyear', { day: 'numeric', month: 'short', year: 'numeric' }).format(at)
}

/** "Tuesday 24 November" */
export function longDay(at: number, place: Place): string {
  return format(place, 'longday', { weekday: 'long', day: 'numeric', month: 'long' }).format(at)
}

/** "Tuesday 24 November 2026, 11:00 CET": what hovering or tapping shows. */
export function fullMoment(at: number, place: Place): string {
  return write(at, place, 'full', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  })
}

function stretch(ms: number, words: { Minutes: string; Hours: string; Days: string }): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes < 60) return t(words.Minutes, { count: Math.max(1, minutes) })
  if (minutes < 24 * 60) return t(words.Hours, { count: Math.round(minutes / 60) })
  return t(words.Days, { count: Math.round(minutes / (24 * 60)) })
}
const kind = (is: string) => ({
  Minutes: `desk:time.${is}Minutes`,
  Hours: `desk:time.${is}Hours`,
  Days: `desk:time.${is}Days`,
})

/** "in 18 min", "28 min ago". */
export function relative(at: number, now: number): string {
  const ms = at - now
  if (Math.abs(ms) < 45_000) return t('desk:time.now')
  return stretch(Math.abs(ms), kind(ms > 0 ? 'in' : 'ago'))
}

/** "17 h late". */
export function late(due: number, at: number): string {
  return at - due < 60_000 ? t('desk:time.lateNow') : stretch(at - due, kind('late'))
}
