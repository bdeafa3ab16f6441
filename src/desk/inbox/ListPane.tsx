/** The list itself: only the rows in sight are drawn, more are fetched as one comes near the end, and nothing jumps when rows come or go. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type MouseEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react'
import type { Row } from '../../contract/conversations.ts'
import type { Column } from '../../contract/saved-views.ts'
import { Bones, ErrorState } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ColumnHeads, tracksOf } from './Cells.tsx'
import type { Shown, useList } from './filter.ts'
import { ListRow } from './ListRow.tsx'
import type { ListState } from './listKeys.ts'
import { keptInPlace } from './rowPatches.ts'

const heightOf = (table: boolean) => {
  const compact = document.documentElement.dataset.density === 'compact'
  return table ? (compact ? 36 : 46) : compact ? 56 : 84
}

type Props = ReturnType<typeof useList> & {
  shown: Shown
  state: ListState
  /** counts up with every key that moved the cursor: then the row takes the focus */
  moves: number
  empty: ReactNode
  /** of a wide list; none: rows of two and three lines */
  columns: readonly Column[]
  onPick: (row: Row, event: MouseEvent) => void
  onChoose: (row: Row, range: boolean) => void
}

export function ListPane({ asked, rows, shown, state, moves, empty, columns, onPick, onChoose }: Props) {
  const scroll = useRef<HTMLDivElement>(null)
  const height = heightOf(columns.length > 0)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    getItemKey: index => rows[index]?.id ?? index,
    overscan: 6,
    scrollPaddingStart: 8,
    scrollPaddingEnd: 24,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another height makes every measure old
  useEffect(() => virtual.measure(), [height])
  useKeptInPlace(rows, scroll.current, height)
  useFocusFollows(virtual, rows, state.at, moves)

  const shownRows = virtual.getVirtualItems()
  const last = shownRows.at(-1)?.index ?? 0
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = asked
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError && last >= rows.length - 15) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage, last, rows.length])

  if (asked.isPending)
    return (
      <div className="listbody pad">
        <Bones shape="list" rows={6} />
      </div>
    )
  if (asked.error && rows.length === 0)
    return (
      <div className="listbody pad">
        <ErrorState asked={asked} title={t('inbox:failing')} />
      </div>
    )
  if (rows.length === 0) return <div className="listbody pad">{empty}</div>
  return (
    <div
      className="listbody"
      ref={scroll}
      style={columns.length > 0 ? ({ '--tracks': tracksOf(columns) } as CSSProperties) : undefined}
    >
      {columns.length > 0 && <ColumnHeads columns={columns} />}
      {/* biome-ignore lint/a11y/noRedundantRoles: a list without markers loses its role in one browser */}
      <ol role="list" aria-label={t('inbox:list')} style={{ blockSize: virtual.getTotalSize() }}>
        {shownRows.map(({ index, start, key }) => {
          const row = rows[index]
          if (!row) return null
          return (
            <li
              key={key}
              aria-setsize={hasNextPage ? -1 : rows.length}
              aria-posinset={index + 1}
              style={{ insetBlockStart: start, blockSize: height }}
            >
              <ListRow
                row={row}
                shown={shown}
                current={state.at === row.id || (state.at === null && index === 0 && moves < 0)}
                chosen={state.chosen.has(row.id)}
                columns={columns}
                choosing={state.chosen.size > 0}
                onPick={onPick}
                onChoose={onChoose}
              />
            </li>
          )
        })}
      </ol>
      {isFetchingNextPage && (
        <p className="small muted more" role="status">
          {t('inbox:reading', { count: rows.length })}
        </p>
      )}
      {isFetchNextPageError && (
        <p className="small more" role="alert">
          {t('inbox:failing')}{' '}
          <button type="button" className="link" onClick={() => void fetchNextPage()}>
            {t('desk:state.tryAgain')}
          </button>
        </p>
      )}
    </div>
  )
}

function useKeptInPlace(rows: readonly Row[], element: HTMLDivElement | null, height: number) {
  const before = useRef<string[]>([])
  useLayoutEffect(() => {
    const now = rows.map(({ id }) => id)
    const was = before.current
    before.current = now
    if (!element || was.length === 0 || was.join() === now.slice(0, was.length).join()) return
    const top = keptInPlace(was, now, element.scrollTop, height)
    if (top !== element.scrollTop) element.scrollTop = top
  }, [rows, element, height])
}

function useFocusFollows(
  virtual: { scrollToIndex: (index: number) => void },
  rows: readonly Row[],
  at: string | null,
  moves: number,
) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a key moves the focus, never a row that came or went
  useEffect(() => {
    if (moves === 0 || at === null) return
    const index = rows.findIndex(({ id }) => id === at)
    if (index < 0) return
    virtual.scrollToIndex(index)
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`[data-row="${at}"]`)?.focus({ preventScroll: true }),
    )
  }, [moves])
}
