/** The inbox: a list, and beside it the conversation the cursor stands on. Everything works by keys; nothing only by keys. */
import './inbox.css'
import { IconArrowsSort, IconChevronDown } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { type MouseEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { counts, type Reason, type Row, type View } from '../../contract/conversations.ts'
import { Button, EmptyState, Keys } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { query } from '../api.ts'
import { holdKeys } from '../compose/heldKeys.ts'
import { CloseDialog } from '../conversation/CloseDialog.tsx'
import { prefetchConversation, rememberNumber } from '../conversation/conversationQuery.ts'
import { Preview } from '../conversation/Preview.tsx'
import { Menu } from '../pieces/Menu.tsx'
import { useMe } from '../session/me.ts'
import { useActions } from '../shell/actions.ts'
import { BulkBar } from './BulkBar.tsx'
import { canSortByDue, filterOf, type Shown, useList } from './filter.ts'
import { ListPane } from './ListPane.tsx'
import { type ListState, type Move, moved, nothingChosen, settled } from './listKeys.ts'
import { closeQuietly, own, putAway, takeBack } from './rowActs.ts'

const views: View[] = ['mine', 'open', 'unowned', 'pending', 'solved', 'closed', 'all', 'aside', 'spam', 'trash']
const isWide = () => window.matchMedia('(min-width: 761px)').matches

export function InboxPage() {
  const me = useMe()
  const navigate = useNavigate()
  const { view } = useParams({ from: '/desk/inbox/$view' })
  const { at, ...search } = useSearch({ from: '/desk/inbox/$view' })
  const shown = useMemo<Shown>(() => ({ view, ...search }), [view, search.team, search.sort])
  const { asked, rows } = useList(filterOf(shown))
  const list = useListState(rows, at, view + (shown.team ?? ''))
  const current = rows.find(row => row.id === list.state.at) ?? null
  const [closing, setClosing] = useState<Row[] | null>(null)
  const named = viewName(shown, me.teams)
  useTitle(named)

  // The cursor stands in the address, so that going back finds it.
  const number = current?.number
  useEffect(() => {
    if (number !== undefined && number !== at)
      void navigate({ to: '/inbox/$view', params: { view }, search: { ...search, at: number }, replace: true })
  }, [number])
  usePrefetch(rows, current)

  const open = (row: Row | null, write?: 'reply' | 'note') => {
    if (!row) return
    rememberNumber(row.number, row.id)
    if (write) holdKeys()
    const params = { conversationId: String(row.number) }
    void navigate({ to: '/conversations/$conversationId', params, search: { ...shown, ...(write ? { write } : {}) } })
  }
  const pick = useCallback(
    (row: Row, event: MouseEvent) => {
      rememberNumber(row.number, row.id)
      if (event.metaKey || event.ctrlKey || event.button !== 0) return
      if (event.shiftKey) {
        event.preventDefault()
        list.move({ is: 'range', id: row.id })
      } else if (event.detail > 0 && isWide() && list.at.current !== row.id) {
        event.preventDefault()
        list.move({ is: 'to', id: row.id })
      }
    },
    [list.move],
  )
  const choose = useCallback(
    (row: Row, range: boolean) => list.move({ is: range ? 'range' : 'toggle', id: row.id }),
    [list.move],
  )
  const chosen = rows.filter(row => list.state.chosen.has(row.id))
  const meant = chosen.length > 0 ? chosen : current ? [current] : []
  const act = (what: (rows: Row[]) => unknown) => {
    if (meant.length === 0) return
    list.move({ is: 'clear' })
    what(meant)
  }
  const away = view === 'spam' || view === 'trash'
  const key = (id: string, keys: string, run: () => void, group: 'here' | 'lists' = 'here') => ({
    id: `inbox.${id}`,
    label: t(`inbox:key.${id}`),
    keys,
    group,
    run,
  })
  useActions([
    key('down', 'j', () => list.byKey({ is: 'down' }), 'lists'),
    key('up', 'k', () => list.byKey({ is: 'up' }), 'lists'),
    { ...key('down2', 'ArrowDown', () => list.byKey({ is: 'down' }), 'lists'), hidden: true },
    { ...key('up2', 'ArrowUp', () => list.byKey({ is: 'up' }), 'lists'), hidden: true },
    key('open', 'Enter', () => open(current), 'lists'),
    key('choose', 'x', () => list.move({ is: 'toggle' }), 'lists'),
    key('range', 'Shift+X', () => list.move({ is: 'range' }), 'lists'),
    { ...key('clear', 'Escape', () => list.move({ is: 'clear' }), 'lists'), hidden: true },
    key('reply', 'r', () => open(current, 'reply')),
    key('note', 'n', () => open(current, 'note')),
    ...(away
      ? [key('takeBack', 'e', () => act(takeBack))]
      : [
          key('close', 'e', () => meant.length > 0 && setClosing(meant)),
          key('mine', 'i', () => act(all => own(all, me))),
          key('trash', '#', () => act(all => putAway(all, 'trash'))),
          key('spam', '!', () => act(all => putAway(all, 'spam'))),
        ]),
  ])

  return (
    <main id="page" tabIndex={-1} className="inbox" data-empty={rows.length === 0 || undefined}>
      <section className="list" aria-label={named}>
        <header>
          <ViewMenu shown={shown} teams={me.teams} named={named} />
          <HowMany shown={shown} loaded={rows.length} more={asked.hasNextPage} />
          {canSortByDue(view) && <SortMenu shown={shown} />}
        </header>
        <ListPane
          {...{ asked, rows, shown }}
          state={list.state}
          moves={list.moves}
          onPick={pick}
          onChoose={choose}
          empty={<NothingHere shown={shown} />}
        />
        {chosen.length > 0 && (
          <BulkBar
            chosen={chosen.length}
            loaded={rows.length}
            named={named}
            away={away}
            onAll={() => list.move({ is: 'all' })}
            onClear={() => list.move({ is: 'clear' })}
            onMine={() => act(all => own(all, me))}
            onClose={() => setClosing(chosen)}
            onTrash={() => act(all => putAway(all, 'trash'))}
            onSpam={() => act(all => putAway(all, 'spam'))}
            onTakeBack={() => act(takeBack)}
          />
        )}
      </section>
      <article className="prev" aria-label={t('inbox:preview')}>
        {current ? (
          <Preview key={current.id} row={current} onWrite={write => open(current, write)} shown={shown} />
        ) : (
          rows.length > 0 && <ChooseOne />
        )}
      </article>
      {closing && (
        <CloseDialog
          count={closing.length}
          onCancel={() => setClosing(null)}
          onClose={(because: (typeof Reason.options)[number]) => {
            setClosing(null)
            list.move({ is: 'clear' })
            void closeQuietly(closing, because)
          }}
        />
      )}
    </main>
  )
}

/** Keeps the cursor and the choice through moves and through rows that come and go. */
function useListState(rows: readonly Row[], at: number | undefined, filter: string) {
  const order = useMemo(() => rows.map(({ id }) => id), [rows])
  const [state, setState] = useState<ListState>(nothingChosen)
  const [moves, setMoves] = useState(0)
  const before = useRef<{ order: string[]; filter: string }>({ order: [], filter })
  const latest = useRef({ order, at: state.at })
  latest.current = { order, at: state.at }
  useEffect(() => {
    const { order: was, filter: old } = before.current
    before.current = { order, filter }
    setState(now => {
      const start = old === filter ? settled(now, was, order) : nothingChosen
      if (start.at !== null || order.length === 0) return start
      const named = rows.find(row => row.number === at)?.id
      return { ...start, at: named ?? (isWide() ? (order[0] ?? null) : null) }
    })
  }, [order, filter])
  const move = useCallback((step: Move) => setState(now => moved(now, step, latest.current.order)), [])
  const byKey = (step: Move) => {
    move(step)
    setMoves(count => count + 1)
  }
  const atNow = useRef(state.at)
  atNow.current = state.at
  return { state, move, byKey, moves, at: atNow }
}

/** The rows beside the cursor are read before they are asked for, so that j and k show at once. */
function usePrefetch(rows: readonly Row[], current: Row | null) {
  useEffect(() => {
    if (!current) return
    const soon = setTimeout(() => {
      const index = rows.indexOf(current)
      for (const row of [rows[index + 1], rows[index - 1]]) if (row) prefetchConversation(row.id)
    }, 150)
    return () => clearTimeout(soon)
  }, [rows, current])
}

function useTitle(title: string) {
  useEffect(() => {
    document.title = t('inbox:title', { title })
  }, [title])
}

export function viewName(shown: Shown, teams: readonly { id: string; name: string }[]): string {
  const team = teams.find(({ id }) => id === shown.team)?.name
  if (!team) return t(`inbox:view.${shown.view}`)
  return shown.view === 'open' ? team : t('inbox:inTeam', { view: t(`inbox:view.${shown.view}`), team })
}

function ViewMenu(props: { shown: Shown; teams: readonly { id: string; name: string }[]; named: string }) {
  const { shown, teams, named } = props
  const navigate = useNavigate()
  const go = (view: View, team?: string) =>
    void navigate({ to: '/inbox/$view', params: { view }, search: team ? { team } : {} })
  return (
    <h1 className="title">
      <Menu
        label={t('inbox:otherList')}
        target={
          <button type="button" className="viewname">
            <span className="cut">{named}</span>
            <IconChevronDown size={18} stroke={1.6} aria-hidden="true" />
          </button>
        }
        items={[
          ...views.map(view => ({
            label: t(`inbox:view.${view}`),
            current: shown.view === view && !shown.team,
            run: () => go(view),
          })),
          ...(teams.length > 0 ? [{ section: t('inbox:teams') }] : []),
          ...teams.map(({ id, name }) => ({
            label: name,
            current: shown.team === id && shown.view === 'open',
            run: () => go('open', id),
          })),
        ]}
      />
    </h1>
  )
}

function SortMenu({ shown }: { shown: Shown }) {
  const navigate = useNavigate()
  const sort = shown.sort ?? 'due'
  const { view, sort: _, ...rest } = shown
  const other = sort === 'due' ? 'latest' : 'due'
  return (
    <Button
      kind="quiet"
      className="r"
      icon={<IconArrowsSort size={18} stroke={1.6} aria-hidden="true" />}
      title={t('inbox:sortBy', { sort: t(`inbox:sort.${other}`) })}
      onClick={() =>
        void navigate({
          to: '/inbox/$view',
          params: { view },
          search: other === 'due' ? rest : { ...rest, sort: other },
          replace: true,
        })
      }
    >
      {t(`inbox:sort.${sort}`)}
    </Button>
  )
}

function HowMany({ shown, loaded, more }: { shown: Shown; loaded: number; more: boolean }) {
  const { data } = useQuery(query(counts, {}))
  const { view, team } = shown
  const counted =
    team && view === 'open'
      ? data?.teams.find(({ teamId }) => teamId === team)?.open
      : !team && (view === 'mine' || view === 'unowned' || view === 'open' || view === 'pending')
        ? data?.[view]
        : undefined
  const known = counted ?? (more ? undefined : { count: loaded, more: false })
  if (!known) return null
  return <span className="muted num">{t(known.more ? 'desk:count.more' : 'inbox:count', { count: known.count })}</span>
}

function NothingHere({ shown }: { shown: Shown }) {
  const { data } = useQuery(query(counts, {}))
  const kind = ['mine', 'unowned', 'open', 'pending'].includes(shown.view) ? shown.view : 'other'
  const waiting = data?.pending.count ?? 0
  const nobody = data?.unowned.count ?? 0
  const acts = (
    <>
      {shown.view === 'mine' && nobody > 0 && (
        <Link to="/inbox/$view" params={{ view: 'unowned' }} search={{}} className="btn">
          {t('inbox:empty.seeUnowned', { count: nobody })}
        </Link>
      )}
      <Link to="/" className="link">
        {t('desk:state.backToToday')}
      </Link>
      <span className="small muted">
        <Keys keys="g t" />
      </span>
    </>
  )
  return (
    <EmptyState title={t(`inbox:empty.${kind}`)} acts={acts}>
      {t(`inbox:empty.${kind}Lead`, { count: waiting })}
    </EmptyState>
  )
}

function ChooseOne() {
  return (
    <div className="pad">
      <EmptyState
        title={t('inbox:chooseOne')}
        acts={
          <span className="small muted keyrow">
            <Keys keys="j" /> <Keys keys="k" /> {t('inbox:moves')} <Keys keys="Enter" /> {t('inbox:opens')}{' '}
            <Keys keys="?" /> {t('inbox:allKeys')}
          </span>
        }
      >
        {t('inbox:earliestOnTop')}
      </EmptyState>
    </div>
  )
}
