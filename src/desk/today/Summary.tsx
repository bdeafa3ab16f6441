/** How the day goes, in a sentence or two from the ledger: what was kept, what was told later in time, what stands. No score, nobody else. */
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { dayOf, usePlace } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import type { TodayView } from './todayQuery.ts'

export function Summary({ of, now }: { of: TodayView['summary']; now: number }) {
  const { zone, language } = usePlace()
  const until = of.until ? Date.parse(of.until) : null
  const sentences = [
    of.kept > 0 && t('today:summary.kept', { count: of.kept }),
    of.keptLate > 0 && t('today:summary.keptLate', { count: of.keptLate }),
    of.moved > 0 && t('today:summary.moved', { count: of.moved }),
    of.standing > 0 &&
      until !== null &&
      // What falls due today stands in the heading.
      dayOf(until, zone) !== dayOf(now, zone) &&
      t('today:summary.standing', {
        count: of.standing,
        day: new Intl.DateTimeFormat(language, { timeZone: zone, weekday: 'long' }).format(until),
      }),
  ].filter(sentence => typeof sentence === 'string')
  if (sentences.length === 0) return null
  const late = of.keptLate > 0 && t('today:summary.keptLate', { count: of.keptLate })
  return (
    <p className="muted lead summary">
      {sentences.map((sentence, at) => (
        <Fragment key={sentence}>
          {at > 0 && ' '}
          {/* Why may be said there, by whoever wants to. */}
          {sentence === late ? (
            <Link to="/promises" search={{ state: 'kept-late' }} title={t('desk:promise.sayWhy')}>
              {sentence}
            </Link>
          ) : (
            sentence
          )}
        </Fragment>
      ))}
    </p>
  )
}
