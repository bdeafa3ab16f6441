/** Today, the start page: what I promised by due time, with a key to act on each; beside it what waits for me and what was promised to us. */
import './today.css'
import './beside.css'
import { useMediaQuery } from '@mantine/hooks'
import { IconLayoutSidebarRight } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { type DuePromise, keepPromise } from '../../contract/promises.ts'
import { Bones, ErrorState, firstName, longDay, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, Problem } from '../api.ts'
import { pictureStands } from '../picture.ts'
import { keptNotice } from '../promises/WhyLate.tsx'
import { useMe } from '../session/me.ts'
import { notice, noticeFailure } from '../shell/notices.ts'
import { usePageTitle } from '../shell/usePageTitle.ts'
import { Covering } from '../sorting/Covering.tsx'
import { type DueActing, useActing } from './acting.tsx'
import { Beside, useSections, useWaiting } from './Beside.tsx'
import { EmptyToday } from './EmptyToday.tsx'
import { byTime, titleOf } from './groups.ts'
import { Ledger } from './Ledger.tsx'
import { NewTime } from './NewTime.tsx'
import { Summary } from './Summary.tsx'
import { laterQuery, renewToday, type TodayView, todayQuery } from './todayQuery.ts'

const DecideDue = lazy(() => import('./DecideDue.tsx').then(it => ({ default: it.DecideDue })))
const Drawer = lazy(() => import('../pieces/Drawer.tsx').then(({ Drawer }) => ({ default: Drawer })))

export function TodayPage() {
  const asked = useQuery(todayQuery)
  const view = asked.data
  const later = useInfiniteQuery(laterQuery(view?.next ?? null))
  const wide = useMediaQuery('(min-width: 1201px)', true)
  const [drawn, draw] = useState(false)
  const [moving, setMoving] = useState<DuePromise | null>(null)
  const [deciding, setDeciding] = useState<DuePromise | null>(null)
  const now = useNow()
  const rows = useDueRows(view, later.data, { move: setMoving, decide: setDeciding })
  const sections = useSections(view)
  const aside = wide || drawn
  const acting = useActing([...rows, ...(aside ? sections.flatMap(({ items }) => items) : [])], firstAhead(rows, now))
  const waiting = useWaiting(view, sections)
  const closeDeciding = useCallback(() => setDeciding(null), [])
  const more = view?.next != null && (later.data === undefined || later.hasNextPage)
  usePageTitle(t('desk:nav.today'))
  const settled = !asked.isPending
  useEffect(() => {
    if (settled) pictureStands()
  }, [settled])
  const beside = view && <Beside view={view} sections={sections} {...acting} />
  return (
    <div className="today">
      <main className="column" id="page">
        <Heading view={view}>
          {!wide && waiting > 0 && (
            <button type="button" className="link opens" onClick={() => draw(true)}>
              <IconLayoutSidebarRight size={18} stroke={1.6} aria-hidden="true" />
              {t('today:waits', { count: waiting })}
            </button>
          )}
        </Heading>
        <Covering />
        {asked.isPending && (
          <div className="ledger">
            <Bones rows={6} />
          </div>
        )}
        {asked.isError && !view && (
          <div className="ledger">
            <ErrorState asked={asked} />
          </div>
        )}
        {view && rows.length === 0 && <EmptyToday />}
        {rows.length > 0 && <Ledger rows={rows} {...acting} />}
        {more && (
          <p className="later">
            <button
              type="button"
              className="link"
              disabled={later.isFetching}
              onClick={() => void (later.data ? later.fetchNextPage() : later.refetch())}
            >
              {t('today:more')}
            </button>
          </p>
        )}
      </main>
      {wide && (
        <aside className="beside" aria-label={t('desk:nav.side')}>
          {beside}
        </aside>
      )}
      {!wide && drawn && (
        <Suspense>
          <Drawer label={t('desk:nav.side')} onClose={() => draw(false)}>
            <div className="today">
              <div className="beside">{beside}</div>
            </div>
          </Drawer>
        </Suspense>
      )}
      {moving && <NewTime due={moving} onClose={() => setMoving(null)} />}
      <Suspense>{deciding && <DecideDue due={deciding} onClose={closeDeciding} />}</Suspense>
    </div>
  )
}

function useDueRows(
  view: TodayView | undefined,
  later: { pages: { promises: DuePromise[] }[] } | undefined,
  { move, decide }: Record<'move' | 'decide', (due: DuePromise) => void>,
): DueActing[] {
  const navigate = useNavigate()
  const keeping = useMutation({
    mutationFn: ({ promise }: DuePromise) => ask(keepPromise, { promiseId: promise.id }),
    onSuccess: (_, { promise }) => keptNotice(t('today:doneNow'), promise),
    onError: (error, { conversation }) => {
      if (!(error instanceof Problem && error.code === 'cannot-keep' && conversation)) return noticeFailure(error)
      // Nothing else is owed there: telling them that it is done keeps it, and says what comes next.
      notice({ title: t('today:tellDone', { name: firstName(conversation.customer.name) }) })
      void navigate({
        to: '/conversations/$conversationId',
        params: { conversationId: conversation.id },
        search: { write: 'reply' },
      })
    },
    onSettled: renewToday,
  })
  const ordered = useMemo(
    () => byTime([...(view?.due ?? []), ...(later?.pages.flatMap(page => page.promises) ?? [])]),
    [view, later],
  )
  const keep = keeping.mutate
  const me = useMe()
  const rowOf = (due: DuePromise): DueActing => {
    const { promise, conversation } = due
    const go = (write?: 'reply' | 'follow-up') => {
      if (!conversation) return
      void navigate({
        to: '/conversations/$conversationId',
        params: { conversationId: conversation.id },
        search: write ? { write } : {},
      })
    }
    return {
      due,
      key: `promise ${promise.id}`,
      open: () => go(),
      reply: () => go(promise.kind === 'follow-up' ? 'follow-up' : 'reply'),
      move: () => move(due),
      ...(promise.by.is === 'person' && promise.by.id !== me.id ? { of: promise.by.id } : {}),
      // What was promised in reply is kept by answering.
      ...(promise.kind === 'action' ? { done: () => keep(due) } : {}),
      // A decision is kept by deciding.
      ...(promise.kind === 'decision' ? { done: () => decide(due) } : {}),
    }
  }
  // Rows that are the same are not drawn again, whatever else comes in beside them.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what acts never changes
  return useMemo(() => ordered.map(rowOf), [ordered, me.id])
}

function Heading({ view, children }: { view: TodayView | undefined; children: ReactNode }) {
  const me = useMe()
  const now = useNow()
  const place = usePlace()
  const duty = me.teams.filter(({ onDuty }) => onDuty).map(({ name }) => name)
  return (
    <header>
      <p className="small muted">{longDay(now, place)}</p>
      <h1 className="title">{view ? titleOf(view.overdue, view.today) : longDay(now, place)}</h1>
      {duty.length > 0 && (
        <p className="muted lead">{t('today:onDuty', { teams: new Intl.ListFormat(place.language).format(duty) })}</p>
      )}
      {view && <Summary of={view.summary} now={now} />}
      {children}
    </header>
  )
}

/** Where one begins: the first that is not late yet, else the first. */
function firstAhead(rows: DueActing[], now: number): string | undefined {
  return (rows.find(({ due }) => Date.parse(due.promise.dueAt) > now) ?? rows[0])?.key
}
