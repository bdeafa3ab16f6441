/** What I was asked: what waits for my answer, and what I answered before with what came of it. Works for whoever has an account and no team. */
import './asks.css'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { answeredAsks } from '../../contract/asks.ts'
import { Bones, EmptyState, ErrorState } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask } from '../api.ts'
import { usePageTitle } from '../shell/usePageTitle.ts'
import { AskRows } from './AskRows.tsx'
import { mineQuery } from './queries.ts'

export function AsksPage() {
  const asked = useQuery(mineQuery)
  const before = useInfiniteQuery({
    queryKey: [answeredAsks.path, {}],
    queryFn: ({ pageParam, signal }) => ask(answeredAsks, pageParam ? { after: pageParam } : {}, signal),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  })
  const answered = before.data?.pages.flatMap(page => page.asks) ?? []
  usePageTitle(t('asks:mine'))
  return (
    <main id="page" tabIndex={-1} className="page askspage">
      <h1 className="title">{t('asks:mine')}</h1>
      <p className="muted lead">{t('asks:mineLead')}</p>
      {asked.isPending && <Bones rows={4} />}
      {asked.isError && !asked.data && <ErrorState asked={asked} />}
      {asked.data && asked.data.forMe.length === 0 && answered.length === 0 && (
        <EmptyState title={t('asks:empty')}>{t('asks:emptyLead')}</EmptyState>
      )}
      {asked.data && asked.data.forMe.length > 0 && (
        <section>
          <h2 className="section">{t('asks:forMe')}</h2>
          <AskRows asks={asked.data.forMe} is="forMe" />
        </section>
      )}
      {answered.length > 0 && (
        <section>
          <h2 className="section">{t('asks:before')}</h2>
          <AskRows asks={answered} is="news" />
          {before.hasNextPage && (
            <button
              type="button"
              className="link"
              disabled={before.isFetching}
              onClick={() => void before.fetchNextPage()}
            >
              {t('asks:more')}
            </button>
          )}
        </section>
      )}
    </main>
  )
}
