/** Everybody and every organisation we know, by name: typed ahead, a page at a time, and only what is near the window is drawn. */
import './list.css'
import './relationship.css'
import { IconBuilding } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { RelationRow } from '../../contract/organisations.ts'
import { Bones, Button, EmptyState, ErrorState, Portrait, Tick, Time } from '../../ui/index.ts'
import { t } from '../../words/relationship.ts'
import { Find } from '../pieces/Find.tsx'
import { useTyped } from '../pieces/useTyped.ts'
import { usePageTitle } from '../shell/usePageTitle.ts'
import { NewDialog } from './NewDialog.tsx'
import { relationsQuery } from './queries.ts'

const route = getRouteApi('/desk/people')

export function PeoplePage() {
  const { show, q = '', archived = false } = route.useSearch()
  const navigate = useNavigate()
  const is = show ?? 'people'
  const [making, setMaking] = useState(false)
  const scroll = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLInputElement>(null)
  // Whoever comes here looks for somebody.
  useEffect(() => field.current?.focus(), [])
  usePageTitle(t(`relationship:${is}`))
  const search = (next: { show?: 'organisations'; q?: string; archived?: true }) =>
    void navigate({ to: '/people', search: next, replace: true })
  const rest = { ...(show ? { show } : {}), ...(archived ? { archived } : {}) }
  const [text, setText] = useTyped(q, typed => search({ ...rest, ...(typed ? { q: typed } : {}) }))
  const asked = useInfiniteQuery(relationsQuery(is, q.trim(), archived))
  const rows = asked.data?.pages.flatMap(page => page.rows) ?? []
  return (
    <div className="people" ref={scroll}>
      <main className="relcol" id="page" tabIndex={-1}>
        <header className="listhead">
          <h1 className="title">{t(`relationship:${is}`)}</h1>
          <Button onClick={() => setMaking(true)}>{t(`relationship:list.new.${is}`)}</Button>
        </header>
        <nav className="kinds" aria-label={t('relationship:list.which')}>
          <Link to="/people" search={{}} className="kind" aria-current={is === 'people' ? 'page' : undefined}>
            {t('relationship:people')}
          </Link>
          <Link
            to="/people"
            search={{ show: 'organisations' }}
            className="kind"
            aria-current={is === 'organisations' ? 'page' : undefined}
          >
            {t('relationship:organisations')}
          </Link>
        </nav>
        <Find
          ref={field}
          label={t(`relationship:list.find.${is}`)}
          longest={100}
          value={text}
          onChange={setText}
          onKeyDown={event => {
            if (event.key === 'ArrowDown') move(scroll.current, event, 1)
          }}
        />
        {is === 'organisations' && (
          <Tick
            toggle
            label={t('relationship:list.archived')}
            checked={archived}
            onChange={event =>
              search({
                ...(show ? { show } : {}),
                ...(q ? { q } : {}),
                ...(event.currentTarget.checked ? { archived: true } : {}),
              })
            }
          />
        )}
        {asked.isPending && <Bones shape="list" rows={6} />}
        {asked.isError && !asked.data && <ErrorState asked={asked} />}
        {asked.isSuccess && rows.length === 0 && (
          <EmptyState title={t(q ? 'relationship:list.noneFound' : `relationship:list.none.${is}`)}>
            {!q && t(`relationship:list.noneLead.${is}`)}
          </EmptyState>
        )}
        <Rows key={is} is={is} rows={rows} asked={asked} scroll={scroll} />
      </main>
      {making && <NewDialog is={is} name={q} onClose={() => setMaking(false)} />}
    </div>
  )
}

/** From the field into the list and through it, and back. */
function move(within: HTMLElement | null, event: KeyboardEvent, by: 1 | -1) {
  const all = [...(within?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
  const at = all.indexOf(document.activeElement as HTMLElement)
  const next = at < 0 ? all[0] : at + by < 0 ? within?.querySelector('input') : all[at + by]
  if (!next) return
  event.preventDefault()
  ;(next as HTMLElement).focus()
}

type RowsProps = {
  is: 'people' | 'organisations'
  rows: RelationRow[]
  asked: {
    hasNextPage: boolean
    isFetchingNextPage: boolean
    isFetchNextPageError: boolean
    fetchNextPage: () => unknown
  }
  scroll: { current: HTMLDivElement | null }
}

function Rows({ is, rows, asked, scroll }: RowsProps) {
  const list = useRef<HTMLOListElement>(null)
  const [margin, setMargin] = useState(0)
  useLayoutEffect(() => {
    const above = list.current?.offsetTop ?? 0
    if (above !== margin) setMargin(above)
  })
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => 60,
    getItemKey: index => rows[index]?.id ?? index,
    overscan: 10,
    scrollMargin: margin,
  })
  const shown = virtual.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = asked
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError && last >= rows.length - 20) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage, last, rows.length])
  return (
    <ol
      ref={list}
      className="relrows"
      aria-label={t(`relationship:${is}`)}
      style={{ blockSize: virtual.getTotalSize() }}
    >
      {shown.map(({ index, start, key }) => {
        const row = rows[index]
        return (
          row && (
            <li
              key={key}
              data-index={index}
              ref={virtual.measureElement}
              aria-setsize={hasNextPage ? -1 : rows.length}
              aria-posinset={index + 1}
              style={{ insetBlockStart: start - margin }}
            >
              <One is={is} row={row} onMove={(event, by) => move(scroll.current, event, by)} />
            </li>
          )
        )
      })}
    </ol>
  )
}

type OneProps = { is: 'people' | 'organisations'; row: RelationRow; onMove: (event: KeyboardEvent, by: 1 | -1) => void }

function One({ is, row, onMove }: OneProps) {
  const aside = [
    row.about,
    row.organisations.map(({ name }) => name).join(', '),
    row.member ? t('relationship:list.member') : '',
    is === 'organisations' && row.people > 0 ? t('relationship:list.people', { count: row.people }) : '',
    row.archived ? t('relationship:list.isArchived') : '',
  ].filter(Boolean)
  const inner = (
    <>
      {is === 'people' ? (
        <Portrait name={row.name} us={row.member} />
      ) : (
        <span className="portrait" aria-hidden="true">
          <IconBuilding size={16} stroke={1.6} />
        </span>
      )}
      <span className="who2">
        <bdi className="strong cut">{row.name}</bdi>
        <span className="small muted cut aside">
          {aside.map(part => (
            <span key={part}>
              <bdi>{part}</bdi>
            </span>
          ))}
        </span>
      </span>
      {row.lastAt && <Time at={row.lastAt} shown="short" className="small muted" />}
    </>
  )
  const shared = {
    className: 'relrow',
    'data-row': true,
    onKeyDown: (event: KeyboardEvent) => {
      const by = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key] as 1 | -1 | undefined
      if (by && !event.ctrlKey && !event.metaKey && !event.altKey) onMove(event, by)
    },
  }
  return is === 'people' ? (
    <Link to="/people/$personId" params={{ personId: row.id }} search={{}} {...shared}>
      {inner}
    </Link>
  ) : (
    <Link to="/organisations/$organisationId" params={{ organisationId: row.id }} search={{}} {...shared}>
      {inner}
    </Link>
  )
}
