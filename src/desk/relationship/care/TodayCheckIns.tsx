/** On Today, beside the ledger: with whom one wants to be in touch by the end of the week. Shows nothing where there is nobody. */
import './care.css'
import '../../../words/care.ts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { checkIns } from '../../../contract/care.ts'
import { Time, useNow, usePlace } from '../../../ui/index.ts'
import { t } from '../../../words/catalogue.ts'
import { query } from '../../api.ts'
import { proposals } from '../../today/times.ts'
import { contactWords } from './careWords.ts'

const most = 5

export function TodayCheckIns() {
  const [now, place] = [useNow(), usePlace()]
  // Until Monday: asked anew when that moves on, not with every minute.
  const until = new Date(proposals(now, place.zone).at(-1)?.at ?? now).toISOString()
  const { data } = useQuery(query(checkIns, { until, limit: most }))
  if (!data || data.rows.length === 0) return null
  return (
    <section aria-labelledby="today-check-ins">
      <h2 className="section" id="today-check-ins">
        {t('care:today')}
      </h2>
      <ul>
        {data.rows.map(row => (
          <li key={row.relationshipId} className="it acts-on">
            <p className="top">
              <Link to="/check-ins/$checkInId" params={{ checkInId: row.checkIn?.id ?? '' }} className="strong cut">
                {row.party.name}
              </Link>
              {row.checkIn && <Time at={row.checkIn.dueAt} shown="relative" className="small muted" />}
            </p>
            <p className="small muted two">{contactWords(row, now, place)}</p>
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
