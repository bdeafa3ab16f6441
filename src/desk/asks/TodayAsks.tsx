/** On Today: what I was asked, answers that came back to me, and what became of answers I gave. Shows only what there is. */
import './asks.css'
import { useQuery } from '@tanstack/react-query'
import { t } from '../../words/desk.ts'
import { AskRows } from './AskRows.tsx'
import { mineQuery } from './queries.ts'

export function TodayAsks() {
  const { data } = useQuery(mineQuery)
  if (!data) return null
  return (['forMe', 'back', 'news'] as const).map(is =>
    data[is].length === 0 ? null : (
      <section key={is} aria-labelledby={`asks-${is}`}>
        <h2 className="section" id={`asks-${is}`}>
          {t(`asks:today.${is}`)}
        </h2>
        <AskRows asks={data[is]} is={is} />
      </section>
    ),
  )
}
