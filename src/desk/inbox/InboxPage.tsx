/** The inbox: a list, and beside it the conversation the cursor stands on. Everything works by keys; nothing only by keys. */
import './inbox.css'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { type MouseEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Reason, Row } from '../../contract/conversations.ts'
import { t } from '../../words/desk.ts'
import { holdKeys } from '../compose/heldKeys.ts'
import { CloseDialog } from '../conversation/CloseDialog.tsx'
import { rememberNumber } from '../conversation/conversationQuery.ts'
import { Preview } from '../conversation/Preview.tsx'
import { useMe } from '../session/me.ts'
import { useActions } from '../shell/actions.ts'
import { BulkBar } from './BulkBar.tsx'
import { filterOf, type Shown, useList } from './filter.ts'
import { ListHead, viewName } from './ListHead.tsx'
import { ListPane } from './ListPane.tsx'
import { ChooseOne, NothingHere } from './NothingHere.tsx'
import { closeQuietly, own, putAway, takeBack } from './rowActs.ts'
import { isWide, useListState, usePrefetch } from './useListState.ts'

export function InboxPage() {
  const me = useMe()
  const navigate = useNavigate()
  const { view } = useParams({ from: '/desk/inbox/$view' })
  const { at, team, sort } = useSearch({ from: '/desk/inbox/$view' })
  const shown = useMemo<Shown>(
    () => ({ view, ...(team ? { team } : {}), ...(sort ? { sort } : {}) }),
    [view, team, sort],
  )
  const { asked, rows } = useList(filterOf(shown))
  const list = useListState(rows, at, view + (shown.team ?? ''))
  const current = rows.find(row => row.id === list.state.at) ?? null
  const [closing, setClosing] = useState<Row[] | null>(null)
  const named = viewName(shown, me.teams)
  useEffect(() => {
    document.title = t('inbox:title', { title: named })
  }, [named])

  // The cursor stands in the address, so that going back finds it.
  const number = current?.number
  // biome-ignore lint/correctness/useExhaustiveDependencies: the cursor leads the address, never the other way round
  useEffect(() => {
    const { view: _, ...search } = shown
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
  const picked = useRef<string | null>(null)
  const pick = useCallback(
    (row: Row, event: MouseEvent) => {
      rememberNumber(row.number, row.id)
      if (event.metaKey || event.ctrlKey || event.button !== 0) return
      if (event.shiftKey) {
        event.preventDefault()
        list.move({ is: 'range', id: row.id })
      } else if (event.detail > 0 && isWide() && picked.current !== row.id) {
        // The first click shows it beside the list, the second opens it.
        picked.current = row.id
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
        <ListHead shown={shown} teams={me.teams} named={named} loaded={rows.length} more={asked.hasNextPage} />
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
