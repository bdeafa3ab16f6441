/** How the pond says things: when we were in touch, what is owed and by when. Whole sentences; days are days of one's own calendar. */
import type { PondOne } from '../../contract/pond.ts'
import { dayOf, firstName, late, type Place, shortMoment } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import type { Relation } from './relations.ts'

export const daysBetween = (at: number, now: number, place: Place) =>
  Math.max(0, dayOf(now, place.zone) - dayOf(at, place.zone))

export function touchedWords(at: number | null, now: number, place: Place): string {
  if (at === null) return t('pond:neverShort')
  const days = daysBetween(at, now, place)
  if (days === 0) return t('pond:today')
  return days === 1 ? t('pond:yesterday') : t('pond:daysAgo', { count: days })
}

const isLate = ({ owed }: Relation) => owed === 'late' || owed === 'theirs-late'

/** "17 h late", "Fri 11:00": what stands under a name. */
export function timeWords(relation: Relation, now: number, place: Place): string | null {
  if (relation.due === null) return null
  return isLate(relation) ? late(relation.due, now) : shortMoment(relation.due, now, place)
}

/** "by 17 h", "by Fri 11:00": what stands behind "We are late" and "We owe". */
export function byWords(relation: Relation, now: number, place: Place): string {
  if (relation.due === null) return ''
  if (!isLate(relation)) return t('pond:by', { time: shortMoment(relation.due, now, place) })
  const minutes = Math.max(1, Math.round((now - relation.due) / 60_000))
  if (minutes < 60) return t('pond:lateBy.minutes', { count: minutes })
  if (minutes < 1440) return t('pond:lateBy.hours', { count: Math.round(minutes / 60) })
  return t('pond:lateBy.days', { count: Math.round(minutes / 1440) })
}

/** What a screen reader hears of somebody in the picture. */
export function saidOf(relation: Relation, now: number, place: Place): string {
  const owed = [t(`pond:owed.${relation.owed}`), byWords(relation, now, place)].filter(Boolean).join(' ')
  if (relation.lastAt === null) return t('pond:said.never', { name: relation.name, owed })
  return t('pond:said.touched', { name: relation.name, when: touchedWords(relation.lastAt, now, place), owed })
}

/** The same where the name stands already. */
export function tipOf(relation: Relation, now: number, place: Place): string {
  const owed = [t(`pond:owed.${relation.owed}`), byWords(relation, now, place)].filter(Boolean).join(' ')
  if (relation.lastAt === null) return t('pond:tip.never', { owed })
  return t('pond:tip.touched', { when: touchedWords(relation.lastAt, now, place), owed })
}

/** "34 days since Hiroshi was in touch with Aino." */
export function sinceWords(one: PondOne, now: number, place: Place): string {
  if (one.lastAt === null) return t('pond:since.never')
  const count = daysBetween(Date.parse(one.lastAt), now, place)
  const [by, whom] = [one.lastBy && firstName(one.lastBy.name), one.lastWith && firstName(one.lastWith.name)]
  const of = by ? (whom ? 'both' : 'us') : one.lastKind === 'message' ? (whom ? 'whom' : 'them') : 'plain'
  return count === 0 ? t(`pond:since.${of}Today`, { by, whom }) : t(`pond:since.${of}`, { count, by, whom })
}

export function rhythmWords(relation: Pick<Relation, 'rhythm'>, past: boolean): string {
  if (relation.rhythm === null) return t('pond:rhythmNone')
  return past ? t('pond:rhythmPast', { count: relation.rhythm }) : t('pond:rhythm', { count: relation.rhythm })
}
