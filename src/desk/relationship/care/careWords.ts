/** How keeping in touch is put into words: when we were last in touch, how often we are, and how a touch was. */
import type { CheckInRow, TouchView } from '../../../contract/care.ts'
import { dayOf, type Place } from '../../../ui/index.ts'
import { t } from '../../../words/catalogue.ts'

/** "34 days since you spoke, usually 30" */
export function contactWords(
  row: Pick<CheckInRow, 'lastContactAt' | 'lastContactKind' | 'rhythmDays'>,
  now: number,
  place: Place,
): string {
  if (!row.lastContactAt) return t('care:last.never')
  const days = dayOf(now, place.zone) - dayOf(Date.parse(row.lastContactAt), place.zone)
  const kind = row.lastContactKind ?? 'message'
  const last = days <= 0 ? t(`care:last.today.${kind}`) : t(`care:last.${kind}`, { count: days })
  return row.rhythmDays === null ? last : t('care:last.usually', { last, count: row.rhythmDays })
}

export function touchWords(touch: TouchView): string {
  const kind = t(`care:kind.${touch.kind}`)
  return touch.minutes === null ? kind : t('care:touch.minutes', { kind, count: touch.minutes })
}

export const pageOf = (party: { is: 'person' | 'organisation'; id: string }) =>
  party.is === 'person' ? `/people/${party.id}` : `/organisations/${party.id}`
