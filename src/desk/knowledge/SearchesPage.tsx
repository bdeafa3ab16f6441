/** What was looked for outside and not found: the words and how often. Whoever reads it writes what is missing. */
import './knowledge.css'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import * as contract from '../../contract/knowledge.ts'
import * as around from '../../contract/knowledge-around.ts'
import { Bones, Button, EmptyState, ErrorState, Time, usePlace } from '../../ui/index.ts'
import { t } from '../../words/knowledge.ts'
import { ask, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { notice, noticeFailure } from '../shell/notices.ts'
import { usePageTitle } from '../shell/usePageTitle.ts'
import { languageName } from './languages.ts'
import { haveNow, missesQuery } from './queries.ts'

export function SearchesPage() {
  const asked = useQuery(missesQuery)
  const place = usePlace()
  const navigate = useNavigate()
  usePageTitle(t('knowledge:misses'))
  const settle = async (miss: around.SearchMiss, quiet = false) => {
    try {
      await ask(around.settleMiss, { words: miss.words, language: miss.language })
      renew(cache, around.searchMisses)
      if (!quiet) notice({ title: t('knowledge:missSettled'), detail: miss.words })
    } catch (error) {
      noticeFailure(error)
    }
  }
  const write = async (miss: around.SearchMiss) => {
    try {
      const title = miss.words.charAt(0).toUpperCase() + miss.words.slice(1)
      const made = await ask(contract.makeArticle, { language: miss.language, title, body: '<p></p>' })
      haveNow(made)
      await settle(miss, true)
      void navigate({ to: '/knowledge/$articleId', params: { articleId: made.article.id }, search: {} })
    } catch (error) {
      noticeFailure(error)
    }
  }
  return (
    <main className="page knowledge" id="page" tabIndex={-1}>
      <header>
        <p className="small">
          <Link to="/knowledge" search={{}}>
            {t('knowledge:title')}
          </Link>
        </p>
        <h1 className="title">{t('knowledge:misses')}</h1>
        <p className="muted">{t('knowledge:missesLead')}</p>
      </header>
      {asked.isPending && <Bones shape="list" rows={4} />}
      {asked.isError && !asked.data && <ErrorState asked={asked} />}
      {asked.data?.misses.length === 0 && (
        <EmptyState title={t('knowledge:noMisses')}>{t('knowledge:noMissesLead')}</EmptyState>
      )}
      <ul className="misses">
        {asked.data?.misses.map(miss => (
          <li key={`${miss.language} ${miss.words}`}>
            <div>
              <p className="strong" dir="auto">
                {miss.words}
              </p>
              <p className="small muted">
                {t('knowledge:missTimes', { count: miss.times })} · {languageName(miss.language, place.language)} ·{' '}
                <Time at={miss.lastAt} shown="relative" />
              </p>
            </div>
            <span className="acts">
              <Button onClick={() => void write(miss)}>{t('knowledge:missWrite')}</Button>
              <Button kind="quiet" onClick={() => void settle(miss)}>
                {t('knowledge:missLeave')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </main>
  )
}
