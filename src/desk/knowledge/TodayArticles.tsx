/** On Today: articles of mine that want to be looked at again. Shows nothing where there are none. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import * as contract from '../../contract/knowledge.ts'
import { Time } from '../../ui/index.ts'
import { t } from '../../words/knowledge.ts'
import { query } from '../api.ts'
import { useMe } from '../session/me.ts'
import { readsKnowledge } from './queries.ts'

export function TodayArticles() {
  const me = useMe()
  const { data } = useQuery({
    ...query(contract.articles, { state: 'review-due', ownerId: me.id }),
    enabled: readsKnowledge(me),
  })
  if (!data || data.articles.length === 0) return null
  return (
    <section aria-labelledby="today-articles">
      <h2 className="section" id="today-articles">
        {t('knowledge:today')}
      </h2>
      <ul>
        {data.articles.map(row => (
          <li key={row.id} className="it">
            <p className="top">
              <Link
                to="/knowledge/$articleId"
                params={{ articleId: row.id }}
                search={{}}
                className="strong cut"
                dir="auto"
              >
                {row.editions[0]?.title || t('knowledge:untitled')}
              </Link>
              {row.reviewDueAt && <Time at={row.reviewDueAt} shown="relative" className="small muted" />}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
