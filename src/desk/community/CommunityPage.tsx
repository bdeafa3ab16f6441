/** The community as teammates meet it: topics found by what they want, by category and words; what waits for a look stands on top. */
import './community.css'
import { IconPlus, IconSettings, IconShieldQuestion } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import * as contract from '../../contract/community-desk.ts'
import { Bones, Button, Choice, EmptyState, ErrorState, usePlace } from '../../ui/index.ts'
import { t } from '../../words/community.ts'
import { ask } from '../api.ts'
import { Find } from '../pieces/Find.tsx'
import { useTyped } from '../pieces/useTyped.ts'
import { useActions } from '../shell/actions.ts'
import { usePageTitle } from '../shell/usePageTitle.ts'
import { BeginDialog } from './BeginDialog.tsx'
import { FollowCategory } from './FollowCategory.tsx'
import type { ListSearch } from './listSearch.ts'
import { categoryName, homeQuery } from './queries.ts'
import { TopicLine } from './TopicLine.tsx'

const route = getRouteApi('/desk/community')
const look = { size: 17, stroke: 1.6, 'aria-hidden': true } as const

export function CommunityPage() {
  const place = usePlace()
  const search = route.useSearch()
  const navigate = useNavigate()
  const [beginning, setBeginning] = useState(false)
  const home = useQuery(homeQuery)
  const { may, categories = [], queue, on, following = [] } = home.data ?? {}
  usePageTitle(t('community:title'))
  const go = (part: { [Key in keyof ListSearch]?: ListSearch[Key] | undefined }) => {
    const next = Object.fromEntries(Object.entries({ ...search, ...part }).filter(([, value]) => value)) as ListSearch
    void navigate({ to: '/community', search: next, replace: true })
  }
  const [text, setText] = useTyped(search.q ?? '', q => go({ q: q || undefined }))
  const { category, ...rest } = search
  const asked = useInfiniteQuery({
    queryKey: [contract.communityTopics.path, search],
    queryFn: ({ signal, pageParam }) =>
      ask(
        contract.communityTopics,
        { ...rest, ...(category ? { categoryId: category } : {}), ...(pageParam ? { after: pageParam } : {}) },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  })
  const rows = asked.data?.pages.flatMap(page => page.topics) ?? []
  const writes = may?.write === true && categories.some(({ archived }) => !archived)
  useActions(
    writes
      ? [
          {
            id: 'community-begin',
            label: t('community:begin'),
            keys: 'c',
            group: 'here',
            icon: IconPlus,
            run: () => setBeginning(true),
          },
        ]
      : [],
  )
  const isFiltered = Object.keys(search).length > 0
  const isBare = home.isSuccess && categories.length === 0
  return (
    <main className="page community" id="page" tabIndex={-1}>
      <header className="comhead">
        <div>
          <h1 className="title">{t('community:title')}</h1>
          <p className="muted">{t('community:lead')}</p>
        </div>
        {writes && (
          <Button
            kind="primary"
            icon={<IconPlus size={17} stroke={1.8} aria-hidden="true" />}
            onClick={() => setBeginning(true)}
          >
            {t('community:begin')}
          </Button>
        )}
      </header>
      {home.data && !isBare && (
        <div className="comtools">
          {queue !== null && (
            <Link className="btn" data-quiet to="/community/queue">
              <IconShieldQuestion {...look} />
              {queue ? t('community:queueCount', { count: queue }) : t('community:queueNone')}
            </Link>
          )}
          {may?.settle && (
            <Link className="btn" data-quiet to="/settings/community">
              <IconSettings {...look} />
              {t('community:settings.go')}
            </Link>
          )}
        </div>
      )}
      {home.data && !isBare && !on && <p className="comnote">{t('community:off')}</p>}
      {isBare && (
        <EmptyState
          title={t('community:bare')}
          acts={
            may?.settle && (
              <Link className="btn" data-primary to="/settings/community">
                {t('community:bareAct')}
              </Link>
            )
          }
        >
          {t(may?.settle ? 'community:bareLead' : 'community:bareOthers')}
        </EmptyState>
      )}
      {!isBare && (
        <>
          <Find label={t('community:find')} value={text} onChange={setText} />
          <div className="comfilters">
            <Choice
              label={t('community:filter.show')}
              value={search.show ?? ''}
              onChange={event => go({ show: contract.topicFilters.find(each => each === event.currentTarget.value) })}
            >
              <option value="">{t('community:show.all')}</option>
              {contract.topicFilters.map(each => (
                <option key={each} value={each}>
                  {t(`community:show.${each}`)}
                </option>
              ))}
            </Choice>
            <Choice
              label={t('community:filter.category')}
              value={category ?? ''}
              onChange={event => go({ category: event.currentTarget.value || undefined })}
            >
              <option value="">{t('community:filter.everywhere')}</option>
              {categories.map(each => (
                <option key={each.id} value={each.id}>
                  {categoryName(each, place.language)}
                </option>
              ))}
            </Choice>
          </div>
          {category && categories.some(({ id }) => id === category) && (
            <FollowCategory categoryId={category} follows={following.includes(category)} />
          )}
          {asked.isPending && <Bones shape="list" rows={6} />}
          {asked.isError && !asked.data && <ErrorState asked={asked} />}
          {asked.isSuccess && rows.length === 0 && (
            <EmptyState title={t(isFiltered ? 'community:noneFound' : 'community:none')}>
              {t(isFiltered ? 'community:noneFoundLead' : 'community:noneLead')}
            </EmptyState>
          )}
        </>
      )}
      {rows.length > 0 && (
        <ul className="comtopics" aria-label={t('community:title')}>
          {rows.map(row => (
            <TopicLine key={row.id} row={row} />
          ))}
        </ul>
      )}
      {asked.hasNextPage && (
        <p>
          <Button busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
            {t('community:more')}
          </Button>
        </p>
      )}
      {beginning && (
        <BeginDialog categories={categories} categoryId={category ?? null} onClose={() => setBeginning(false)} />
      )}
    </main>
  )
}
