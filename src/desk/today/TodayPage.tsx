/** Today: what I promised, by due time, with a key to act on each; beside it what was promised to us. */
import './today.css'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import { type DuePromise, myPromises } from '../../contract/promises.ts'
import { Bones, clock, ErrorState, longDay, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, query } from '../api.ts'
import { useMe } from '../session/me.ts'
import { useActions } from '../shell/actions.ts'
import { usePageTitle } from '../shell/usePageTitle.ts'
import { Covering } from '../sorting/Covering.tsx'
import { DueRow } from './DueRow.tsx'
import { EmptyToday } from './EmptyToday.tsx'
import { byTime, groups, titleOf } from './groups.ts'
import { NewTime } from './NewTime.tsx'
import { Theirs } from './Theirs.tsx'

export function TodayPage() {
  const asked = useInfiniteQuery({
    queryKey: [myPromises.path, { direction: 'ours' as const }],
    queryFn: ({ pageParam, signal }) =>
      ask(myPromises, { direction: 'ours', ...(pageParam ? { after: pageParam } : {}) }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
  })
  const theirs = useQuery(query(myPromises, { direction: 'theirs' }))
  const first = asked.data?.pages[0]
  const due = useMemo(() => asked.data?.pages.flatMap(page => page.promises) ?? [], [asked.data])
  const title = first ? titleOf(first.overdue, first.today) : ''
  usePageTitle(t('desk:nav.today'))
  return (
    <div className="today">
      <main className="column" id="page">
        <Heading title={title} />
        <Covering />
        {asked.isPending && (
          <div className="ledger">
            <Bones rows={6} />
          </div>
        )}
        {asked.isError && due.length === 0 && (
          <div className="ledger">
            <ErrorState asked={asked} />
          </div>
        )}
        {asked.isSuccess && due.length === 0 && <EmptyToday />}
        {due.length > 0 && <Ledger due={due} />}
        {asked.hasNextPage && (
          <p className="later">
            <button
              type="button"
              className="link"
              disabled={asked.isFetchingNextPage}
              onClick={() => void asked.fetchNextPage()}
            >
              {t('today:more')}
            </button>
          </p>
        )}
      </main>
      <aside className="beside" aria-label={t('desk:nav.side')}>
        <Theirs asked={theirs} />
      </aside>
    </div>
  )
}

function Heading({ title }: { title: string }) {
  const me = useMe()
  const now = useNow()
  const place = usePlace()
  const duty = me.teams.filter(({ onDuty }) => onDuty).map(({ name }) => name)
  return (
    <header>
      <p className="small muted">{longDay(now, place)}</p>
      <h1 className="title">{title || longDay(now, place)}</h1>
      {duty.length > 0 && (
        <p className="muted lead">{t('today:onDuty', { teams: new Intl.ListFormat(place.language).format(duty) })}</p>
      )}
    </header>
  )
}

function Ledger({ due }: { due: DuePromise[] }) {
  const now = useNow()
  const place = usePlace()
  const navigate = useNavigate()
  const list = useRef<HTMLDivElement>(null)
  const ordered = useMemo(() => byTime(due), [due])
  const [chosenId, choose] = useState<string | null>(null)
  const [moving, setMoving] = useState<DuePromise | null>(null)
  const at = Math.max(
    0,
    ordered.findIndex(({ promise }) => promise.id === (chosenId ?? firstAhead(ordered, now))),
  )
  const chosen = ordered[at]
  const step = (by: number) => {
    const next = ordered[Math.min(ordered.length - 1, Math.max(0, at + by))]
    if (next) choose(next.promise.id)
  }
  const open = (one: DuePromise | undefined, write?: 'reply' | 'follow-up') => {
    if (!one?.conversation) return
    void navigate({
      to: '/conversations/$conversationId',
      params: { conversationId: one.conversation.id },
      search: write ? { write } : {},
    })
  }
  const reply = (one: DuePromise | undefined) => open(one, one?.promise.kind === 'follow-up' ? 'follow-up' : 'reply')
  useActions([
    { id: 'today-down', label: t('today:key.down'), keys: 'j', group: 'lists', hidden: true, run: () => step(1) },
    { id: 'today-up', label: t('today:key.up'), keys: 'k', group: 'lists', hidden: true, run: () => step(-1) },
    {
      id: 'today-open',
      label: t('today:key.open'),
      keys: 'Enter',
      group: 'lists',
      hidden: true,
      run: () => open(chosen),
    },
    { id: 'today-reply', label: t('today:key.reply'), keys: 'r', group: 'here', run: () => reply(chosen) },
    {
      id: 'today-time',
      label: t('today:key.newTime'),
      keys: 'z',
      group: 'here',
      run: () => chosen && setMoving(chosen),
    },
  ])
  useEffect(() => {
    if (chosenId) list.current?.querySelector('[data-focus]')?.scrollIntoView({ block: 'nearest' })
  }, [chosenId])
  return (
    <div className="ledger" ref={list}>
      {groups(ordered, now, place.zone).map(group =>
        group.is === 'now' ? (
          <div className="now" key="now" aria-hidden="true">
            <time>{clock(now, place)}</time>
            <span>{t('desk:time.now')}</span>
          </div>
        ) : (
          <section key={group.is} aria-labelledby={`due-${group.is}`}>
            <h2 className="section" id={`due-${group.is}`}>
              {t(`today:group.${group.is}`)}
            </h2>
            <ol>
              {group.due.map(one => (
                <DueRow
                  key={one.promise.id}
                  due={one}
                  chosen={one === chosen}
                  choose={() => choose(one.promise.id)}
                  reply={() => reply(one)}
                  move={() => setMoving(one)}
                />
              ))}
            </ol>
          </section>
        ),
      )}
      {moving && <NewTime due={moving} onClose={() => setMoving(null)} />}
    </div>
  )
}

/** Where one begins: the first that is not late yet, else the first. */
function firstAhead(ordered: DuePromise[], now: number): string | undefined {
  return (ordered.find(({ promise }) => Date.parse(promise.dueAt) > now) ?? ordered[0])?.promise.id
}
