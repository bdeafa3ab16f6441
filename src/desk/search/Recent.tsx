/** Before anything is typed: what one looked for lately, each to be forgotten, and what can be looked for. */
import { IconClockSearch, IconX } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { forgetSearch, forgetSearches } from '../../contract/search.ts'
import { EmptyState } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask } from '../api.ts'
import { noticeFailure } from '../shell/notices.ts'
import { recentQuery } from './queries.ts'

export function Recent({ onSearch }: { onSearch: (text: string) => void }) {
  const client = useQueryClient()
  const { data } = useQuery(recentQuery)
  const searches = data?.searches ?? []
  const forget = (id: string | null) => {
    client.setQueryData(recentQuery.queryKey, before =>
      before ? { searches: id === null ? [] : before.searches.filter(each => each.id !== id) } : before,
    )
    const done = id === null ? ask(forgetSearches, {}) : ask(forgetSearch, { searchId: id })
    done.catch(noticeFailure).finally(() => void client.invalidateQueries({ queryKey: recentQuery.queryKey }))
  }
  return (
    <>
      <EmptyState title={t('search:start')}>{t('search:startLead')}</EmptyState>
      {searches.length > 0 && (
        <section className="recent" aria-label={t('search:recent')}>
          <header>
            <h2 className="section">{t('search:recent')}</h2>
            <button type="button" className="link small" onClick={() => forget(null)}>
              {t('search:forgetAll')}
            </button>
          </header>
          <ul>
            {searches.map(({ id, text }) => (
              <li key={id}>
                <button type="button" className="again" data-hit onClick={() => onSearch(text)}>
                  <IconClockSearch size={17} stroke={1.6} aria-hidden="true" />
                  <bdi className="cut">{text}</bdi>
                </button>
                <button
                  type="button"
                  className="icon"
                  aria-label={t('search:forget', { text })}
                  title={t('search:forget', { text })}
                  onClick={() => forget(id)}
                >
                  <IconX size={15} stroke={1.7} aria-hidden="true" />
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
