/** All articles: found by state, language, category and words, with what is due, what failed and what was verified. */
import './knowledge.css'
import { IconFileImport, IconFolders, IconPlus, IconZoomQuestion } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import * as contract from '../../contract/knowledge.ts'
import { Bones, Button, Choice, EmptyState, ErrorState, usePlace } from '../../ui/index.ts'
import { t } from '../../words/knowledge.ts'
import { ask } from '../api.ts'
import { Find } from '../pieces/Find.tsx'
import { useTyped } from '../pieces/useTyped.ts'
import { useMe } from '../session/me.ts'
import { noticeFailure } from '../shell/notices.ts'
import { usePageTitle } from '../shell/usePageTitle.ts'
import { ArticleLine } from './ArticleLine.tsx'
import { CategoriesDialog } from './CategoriesDialog.tsx'
import { CategoryChoice } from './CategoryChoice.tsx'
import { ImportDialog } from './ImportDialog.tsx'
import { languageName } from './languages.ts'
import type { ListSearch } from './listSearch.ts'
import { categoriesQuery, haveNow, writesKnowledge } from './queries.ts'

const route = getRouteApi('/desk/knowledge')
const states = [undefined, ...contract.articleStates] as const

export function KnowledgePage() {
  const me = useMe()
  const place = usePlace()
  const search = route.useSearch()
  const navigate = useNavigate()
  const [doing, setDoing] = useState<'categories' | 'import' | null>(null)
  usePageTitle(t('knowledge:title'))
  const go = (part: { [Key in keyof ListSearch]?: ListSearch[Key] | undefined }) => {
    const next = { ...search, ...part }
    const filled = Object.fromEntries(Object.entries(next).filter(([, value]) => value)) as ListSearch
    void navigate({ to: '/knowledge', search: filled, replace: true })
  }
  const [text, setText] = useTyped(search.q ?? '', q => go({ q: q || undefined }))
  const { category, ...rest } = search
  const asked = useInfiniteQuery({
    queryKey: [contract.articles.path, search],
    queryFn: ({ signal, pageParam }) =>
      ask(
        contract.articles,
        { ...rest, ...(category ? { categoryId: category } : {}), ...(pageParam ? { after: pageParam } : {}) },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  })
  const { data: tree } = useQuery(categoriesQuery)
  const rows = asked.data?.pages.flatMap(page => page.articles) ?? []
  const writes = writesKnowledge(me)
  const make = async () => {
    try {
      const made = await ask(contract.makeArticle, {
        ...{ language: me.installation.language, title: '', body: '<p></p>' },
        ...(category ? { categoryId: category } : {}),
      })
      haveNow(made)
      void navigate({ to: '/knowledge/$articleId', params: { articleId: made.article.id }, search: {} })
    } catch (error) {
      noticeFailure(error)
    }
  }
  const filtered = Object.keys(search).length > 0
  const nothing = asked.isSuccess && rows.length === 0 && !filtered && text === ''
  return (
    <main className="page knowledge" id="page" tabIndex={-1}>
      <header className="knowhead">
        <div>
          <h1 className="title">{t('knowledge:title')}</h1>
          <p className="muted">{t('knowledge:lead')}</p>
        </div>
        {writes && (
          <Button
            kind="primary"
            icon={<IconPlus size={17} stroke={1.8} aria-hidden="true" />}
            onClick={() => void make()}
          >
            {t('knowledge:new')}
          </Button>
        )}
      </header>
      {writes && (
        <div className="knowtools">
          <Button
            kind="quiet"
            icon={<IconFolders size={17} stroke={1.6} aria-hidden="true" />}
            onClick={() => setDoing('categories')}
          >
            {t('knowledge:categories')}
          </Button>
          <Link className="btn" data-quiet to="/knowledge/searches">
            <IconZoomQuestion size={17} stroke={1.6} aria-hidden="true" />
            {t('knowledge:misses')}
          </Link>
          <Button
            kind="quiet"
            icon={<IconFileImport size={17} stroke={1.6} aria-hidden="true" />}
            onClick={() => setDoing('import')}
          >
            {t('knowledge:inAndOut')}
          </Button>
        </div>
      )}
      {!nothing && (
        <>
          <Find label={t('knowledge:find')} value={text} onChange={setText} />
          <div className="knowfilters">
            <Choice
              label={t('knowledge:filter.state')}
              value={search.state ?? ''}
              onChange={event => go({ state: states.find(each => each === event.currentTarget.value) })}
            >
              {states.map(each => (
                <option key={each ?? ''} value={each ?? ''}>
                  {t(`knowledge:state.${each ?? 'all'}`)}
                </option>
              ))}
            </Choice>
            <CategoryChoice
              everywhere
              value={category ?? ''}
              onChange={event => go({ category: event.currentTarget.value || undefined })}
            />
            <Choice
              label={t('knowledge:filter.language')}
              value={search.language ?? ''}
              onChange={event => go({ language: event.currentTarget.value || undefined })}
            >
              <option value="">{t('knowledge:filter.anyLanguage')}</option>
              {[...new Set(['en', 'de', 'es', 'fr', 'ar', ...(search.language ? [search.language] : [])])].map(each => (
                <option key={each} value={each}>
                  {languageName(each, place.language)}
                </option>
              ))}
            </Choice>
          </div>
        </>
      )}
      {asked.isPending && <Bones shape="list" rows={6} />}
      {asked.isError && !asked.data && <ErrorState asked={asked} />}
      {asked.isSuccess && rows.length === 0 && (
        <EmptyState title={t(filtered ? 'knowledge:noneFound' : 'knowledge:none')}>
          {t(filtered ? 'knowledge:noneFoundLead' : 'knowledge:noneLead')}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <ul className="articles" aria-label={t('knowledge:title')}>
          {rows.map(row => (
            <ArticleLine key={row.id} row={row} categories={tree?.categories ?? []} />
          ))}
        </ul>
      )}
      {asked.hasNextPage && (
        <p>
          <Button busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
            {t('knowledge:more')}
          </Button>
        </p>
      )}
      {doing === 'categories' && <CategoriesDialog onClose={() => setDoing(null)} />}
      {doing === 'import' && <ImportDialog onClose={() => setDoing(null)} />}
    </main>
  )
}
