/** How Today is divided: late, the now line, the next hours, later today, this week, further off. Pure. */
import type { DuePromise } from '../../contract/promises.ts'
import { dayOf } from '../../ui/moments.ts'
import { t } from '../../words/catalogue.ts'
import { capital, spelled } from '../../words/numbers.ts'

export type GroupName = 'late' | 'hours' | 'today' | 'week' | 'further'
export type Group = { is: GroupName; due: DuePromise[] } | { is: 'now' }

const nextHours = 3 * 3_600_000

export function byTime(due: DuePromise[]): DuePromise[] {
  return [...due].sort((a, b) => Date.parse(a.promise.dueAt) - Date.parse(b.promise.dueAt))
}

export function groupOf(dueAt: number, now: number, zone: string): GroupName {
  if (dueAt <= now) return 'late'
  const days = dayOf(dueAt, zone) - dayOf(now, zone)
  if (dueAt - now <= nextHours) return 'hours'
  if (days === 0) return 'today'
  return days <= 6 ? 'week' : 'further'
}

/** Groups in order, with the now line after what is late (or first when nothing is). */
export function groups(ordered: DuePromise[], now: number, zone: string): Group[] {
  const found: Group[] = []
  const ahead: Group[] = []
  for (const due of ordered) {
    const is = groupOf(Date.parse(due.promise.dueAt), now, zone)
    const where = is === 'late' ? found : ahead
    const last = where.at(-1)
    if (last && last.is === is && 'due' in last) last.due.push(due)
    else where.push({ is, due: [due] })
  }
  return [...found, { is: 'now' }, ...ahead]
}

/** "Two promises are late. Four more fall due today." */
export function titleOf(overdue: number, today: number): string {
  const late = overdue > 0 ? t('today:late', { count: overdue, number: spelled(overdue) }) : ''
  const key = overdue > 0 ? 'today:moreToday' : 'today:dueToday'
  const ahead = today > 0 ? t(key, { count: today, number: spelled(today) }) : ''
  if (!late && !ahead) return t('today:nothingToday')
  return capital([late, ahead].filter(Boolean).join(' '))
}
