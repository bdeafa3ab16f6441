/** On Today, beside the ledger: with whom one wants to be in touch by the end of the week. Shows nothing where there is nobody. */
import './care.css'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { dayOf, Portrait, rippleOf, Time, useNow, usePlace } from '../../../ui/index.ts'
import { t } from '../../../words/care.ts'
import { soonQuery } from './careQuery.ts'
import { contactWords } from './careWords.ts'

export function TodayCheckIns() {
  const [now, place] = [useNow(), usePlace()]
  const { data } = useQuery(soonQuery(now, place))
  if (!data || data.rows.length === 0) return null
  /** The rings say what the words beside them say. */
  const ripple = ({ lastContactAt, rhythmDays }: (typeof data.rows)[number]) => {
    if (!lastContactAt || rhythmDays === null) return {}
    const days = dayOf(now, place.zone) - dayOf(Date.parse(lastContactAt), place.zone)
    return { ripple: rippleOf(days, rhythmDays) }
  }
  return (
    <section aria-labelledby="today-check-ins">
      <h2 className="section" id="today-check-ins">
        {t('care:today')}
      </h2>
      <ul>
        {data.rows.map(row => (
          <li key={row.relationshipId} className="it acts-on intouch">
            <Portrait name={row.party.name} {...ripple(row)} />
            <div>
              <p className="top">
                <Link to="/check-ins/$checkInId" params={{ checkInId: row.checkIn?.id ?? '' }} className="strong cut">
                  {row.party.name}
                </Link>
                {row.checkIn && <Time at={row.checkIn.dueAt} shown="relative" className="small muted" />}
              </p>
              <p className="small muted two">{contactWords(row, now, place)}</p>
            </div>
          </li>
        ))}
      </ul>
      {data.next && (
        <Link to="/check-ins" search={{}} className="link small">
          {t('care:todayAll')}
        </Link>
      )}
    </section>
  )
}
