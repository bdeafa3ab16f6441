/** Stretches of working time as people say them: minutes up to an hour, then hours. */
import { t } from '../../words/catalogue.ts'

export function workingTime(minutes: number): string {
  if (minutes < 60) return t('settings:minutes', { count: minutes })
  return t('settings:hours', { count: Math.round((minutes / 60) * 10) / 10 })
}

/** Minutes of the day as a clock time and back: 540 is "09:00", 1440 is "24:00" shown as the end of the day. */
export function clockOf(minutes: number): string {
  const shown = Math.min(minutes, 1439)
  return `${String(Math.floor(shown / 60)).padStart(2, '0')}:${String(shown % 60).padStart(2, '0')}`
}

export function minutesOf(clock: string): number | null {
  const found = /^(\d{2}):(\d{2})/.exec(clock)
  return found ? Number(found[1]) * 60 + Number(found[2]) : null
}
