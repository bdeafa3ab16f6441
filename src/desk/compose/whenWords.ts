/** Times as the composer says them and suggests them, in the person's zone. */

import { daysLater, momentOf, wallOf, weekdayOf } from '../../contract/wall-clock.ts'
import type { Place } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import type { TimeWords } from './whenTyped.ts'

/** Making one of these costs more than all it is ever asked. */
const formats = new Map<string, Intl.DateTimeFormat>()

function written(at: string, { language, zone }: Place, withTime: boolean): string {
  const key = `${language} ${zone} ${withTime}`
  const day = { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short' } as const
  const time = withTime ? ({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const) : {}
  const format = formats.get(key) ?? new Intl.DateTimeFormat(language, { ...day, ...time })
  formats.set(key, format)
  return format.format(Date.parse(at))
}

/** "Thu 26 Nov, 08:00": a promise always names its day. */
export const whenWords = (at: string, place: Place) => written(at, place, true)

/** "Sat 28 Nov": what somebody needs something by; the time is in the title. */
export const dayWords = (at: string, place: Place) => written(at, place, false)

export function typedWords(): TimeWords {
  const list = (key: string) => t(`compose:typed.${key}`).split(' ')
  return {
    today: list('today'),
    tomorrow: list('tomorrow'),
    minutes: list('minutes'),
    hours: list('hours'),
    days: list('days'),
    weeks: list('weeks'),
    noise: list('noise'),
  }
}

/** A few times people mean most often; those already past are left out. */
export function likelyTimes(now: Date, zone: string): { key: string; at: string }[] {
  const today = wallOf(now, zone)
  const at = (days: number, hour: number) => momentOf({ ...daysLater(today, days), hour, minute: 0 }, zone)
  const toMonday = 8 - weekdayOf(today)
  const all = [
    { key: 'inTwoHours', at: new Date(Math.ceil(now.getTime() / 900_000) * 900_000 + 7_200_000) },
    { key: 'today', at: at(0, 17) },
    { key: 'tomorrow', at: at(1, 9) },
    { key: 'inThreeDays', at: at(3, 9) },
    { key: 'monday', at: at(toMonday, 9) },
    { key: 'inAWeek', at: at(7, 9) },
  ]
  return all
    .filter(({ at }) => at.getTime() > now.getTime() + 600_000)
    .map(({ key, at }) => ({ key, at: at.toISOString() }))
}

/** How a promise stands to what they need: "two days before she needs it". */
export function againstNeedWords(dueAt: string, neededBy: string): string {
  const days = Math.round((Date.parse(neededBy) - Date.parse(dueAt)) / 86_400_000)
  if (Date.parse(dueAt) > Date.parse(neededBy)) return t('compose:need.late', { count: Math.max(1, -days) })
  return days === 0 ? t('compose:need.sameDay') : t('compose:need.before', { count: days })
}
