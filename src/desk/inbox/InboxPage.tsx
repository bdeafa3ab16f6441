/** The inbox: a list, and beside it (or over it, where the list is wide) the conversation the cursor stands on. Everything works by keys; nothing only by keys. */
import './inbox.css'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { type MouseEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Row } from '../../contract/conversations.ts'
import { t } from '../../words/desk.ts'
import { holdKeys } from '../compose/heldKeys.ts'
import { rememberNumber } from '../conversation/conversationQuery.ts'
import { Preview } from '../conversation/Preview.tsx'
import { useMe } from '../session/me.ts'
import { useActions } from '../shell/actions.ts'
import { BulkBar } from './BulkBar.tsx'
import { columnsOf, filterOf, placeOf, type Shown, shownOf, useList } from './filter.ts'
import { ListHead, viewName } from './ListHead.tsx'
import { ListPane } from './ListPane.tsx'
import { ChooseOne, NothingHere } from './NothingHere.tsx'
import { Peek } from './Peek.tsx'
import type { SavedView } from './savedViews.ts'
import { useBulk } from './useBulk.tsx'
import { isWide, useListState, usePrefetch, useWide } from './useListState.ts'

export function InboxPage() {
  const { view } = useParams({ from: '/desk/inbox/$view' })
  const { at, ...search } = useSearch({ from: '/desk/inbox/$view' })
  const said = JSON.stringify(search)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `said` is the search
  const shown = useMemo<Shown>(() => shownOf({ ...search, view }), [view, said])
  return <Inbox shown={shown} at={at} />
}

export function Inbox({ shown, at, saved }: { shown: Shown; at: number | undefined; saved?: SavedView }) {
  const me = useMe()
  const navigate = useNavigate()
  const { asked, rows } = useList(filterOf(shown))
  const list = useListState(rows, at, JSON.stringify(filterOf(shown)))
  const current = rows.find(row => row.id === list.state.at) ?? null
  const [peeking, setPeeking] = useState(false)
  const named = viewName(shown, me.teams)
  const isTable = useWide(1100)
  const columns = useMemo(() => (isTable ? columnsOf(shown.columns) : []), [isTable, shown.columns])
  useEffect(() => {
    document.title = t('inbox:title', { title: named })
  }, [named])

  // The cursor stands in the address, so that going back finds it.
  const number = current?.number
  // biome-ignore lint/correctness/useExhaustiveDependencies: the cursor leads the address, never the other way round
  useEffect(() => {
    // Whoever is on the way elsewhere is not called back by a row that left.
    const here = shown.saved ? `/views/${shown.saved}` : `/inbox/${shown.view}`
    if (number !== undefined && number !== at && location.pathname === here)
      void navigate({ ...placeOf(shown, number), replace: true })
  }, [number])
  usePrefetch(rows, current)

  const open = (row: Row | null, write?: 'reply' | 'note') => {
    if (!row) return
    rememberNumber(row.number, row.id)
    if (write) holdKeys()
    const params = { conversationId: String(row.number) }
    void navigate({ to: '/conversations/$conversationId', params, search: { ...shown, ...(write ? { write } : {}) } })
  }
  const picked = useRef<string | null>(null)
  const beside = columns.length === 0
  const pick = useCallback(
    (row: Row, event: MouseEvent) => {
      rememberNumber(row.number, row.id)
      if (event.metaKey || event.ctrlKey || event.button !== 0) return
      if (event.shiftKey) {
        event.preventDefault()
        list.move({ is: 'range', id: row.id })
      } else if (event.detail > 0 && isWide() && beside && picked.current !== row.id) {
        // The first click shows it beside the list, the second opens it.
        picked.current = row.id
        event.preventDefault()
        list.move({ is: 'to', id: row.id })
      }
    },
    [list.move, beside],
  )
  const choose = useCallback(
    (row: Row, range: boolean) => list.move({ is: range ? 'range' : 'toggle', id: row.id }),
    [list.move],
  )
  const chosen = rows.filter(row => list.state.chosen.has(row.id))
  const away = rows.length > 0 && rows.every(({ state }) => state === 'spam' || state === 'trash')
  const bulk = useBulk(
    () => (chosen.length > 0 ? chosen : current ? [current] : []),
    away,
    () => list.move({ is: 'clear' }),
  )
  const peek = () => {
    if (!current) return
    if (!beside || !isWide()) setPeeking(before => !before)
    else document.querySelector('.prev .stream')?.scrollBy({ top: 320, behavior: 'smooth' })
  }
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
    key('peek', 'Space', peek, 'lists'),
    key('choose', 'x', () => list.move({ is: 'toggle' }), 'lists'),
    key('range', 'Shift+X', () => list.move({ is: 'range' }), 'lists'),
    key('all', '$mod+a', () => list.move({ is: 'all' }), 'lists'),
    { ...key('clear', 'Escape', () => list.move({ is: 'clear' }), 'lists'), hidden: true },
    key('reply', 'r', () => open(current, 'reply')),
    key('note', 'n', () => open(current, 'note')),
  ])

  const preview = current && (
    <Preview key={current.id} row={current} onWrite={write => open(current, write)} shown={shown} />
  )
  return (
    <main
      id="page"
      tabIndex={-1}
      className="inbox"
      data-empty={rows.length === 0 || undefined}
      data-table={!beside || undefined}
    >
      <section className="list" aria-label={named}>
        <ListHead
          {...{ shown, saved, named }}
          teams={me.teams}
          loaded={rows.length}
          more={asked.hasNextPage}
          notUnderstood={asked.data?.pages[0]?.notUnderstood ?? []}
        />
        <ListPane
          {...{ asked, rows, shown, columns }}
          state={list.state}
          moves={list.moves}
          onPick={pick}
          onChoose={choose}
          empty={<NothingHere shown={shown} named={named} />}
        />
        {chosen.length > 0 && (
          <BulkBar
            chosen={chosen.length}
            loaded={rows.length}
            {...{ named, away }}
            onAll={() => list.move({ is: 'all' })}
            onClear={() => list.move({ is: 'clear' })}
            onDo={bulk.run}
          />
        )}
      </section>
      {beside && (
        <article className="prev" aria-label={t('inbox:preview')}>
          {preview || (rows.length > 0 && <ChooseOne />)}
        </article>
      )}
      {peeking && current && (
        <Peek
          label={t('inbox:preview')}
          onClose={() => setPeeking(false)}
          onDown={() => list.move({ is: 'down' })}
          onUp={() => list.move({ is: 'up' })}
          onOpen={() => open(current)}
        >
          {preview}
        </Peek>
      )}
      {bulk.asking}
    </main>
  )
}
