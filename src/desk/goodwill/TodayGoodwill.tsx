/** On Today of who leads: what somebody wants to give and may not alone. Shows nothing where nobody asks. */
import './goodwill.css'
import { useQuery } from '@tanstack/react-query'
import { t } from '../../words/care.ts'
import { useMe } from '../session/me.ts'
import { Given } from './Given.tsx'
import { toDecideQuery } from './goodwillQuery.ts'

export function TodayGoodwill() {
  const leads = useMe().teams.some(({ role }) => role === 'lead')
  const { data } = useQuery({ ...toDecideQuery, enabled: leads })
  if (!data || data.rows.length === 0) return null
  return (
    <section aria-labelledby="today-goodwill">
      <h2 className="section" id="today-goodwill">
        {t('goodwill:today')}
      </h2>
      <ul className="givens">
        {data.rows.map(it => (
          <Given key={it.id} it={it} />
        ))}
      </ul>
    </section>
  )
}
