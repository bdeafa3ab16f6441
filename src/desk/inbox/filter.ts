/** Which conversations a list shows, as it stands in addresses and as the server is asked for it. */
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { list, Sort, View } from '../../contract/conversations.ts'
import { longestFilter, parseFilter } from '../../contract/filter-text.ts'
import { Column, type SavedView } from '../../contract/saved-views.ts'
import { filterOfView, sortsFor, statesOf } from '../../contract/views.ts'
import { ask } from '../api.ts'
import { rowsOf } from './rowPatches.ts'

/** `saved` names a saved view; then `q`, `sort` and `columns` are that view's, or what was made of them. */
export type Shown = { view: View; team?: string; q?: string; sort?: Sort; columns?: string; saved?: string }
export type Filter = { view: View; teamId?: string; q?: string; sort?: Sort }

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const textOf = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

/** Reads what an address says; what it says wrongly is left out. */
export function shownOf(search: Record<string, unknown>): Shown {
  const view = View.safeParse(search.view)
  const sort = Sort.safeParse(search.sort)
  const q = textOf(search.q).slice(0, longestFilter).trim()
  // "None" says that a saved view's own are not wanted.
  const columns = search.columns === 'none' ? 'none' : columnsOf(textOf(search.columns)).join()
  return {
    view: view.success ? view.data : 'open',
    ...(typeof search.team === 'string' && uuid.test(search.team) ? { team: search.team } : {}),
    ...(q ? { q } : {}),
    ...(sort.success ? { sort: sort.data } : {}),
    ...(columns ? { columns } : {}),
    ...(typeof search.saved === 'string' && uuid.test(search.saved) ? { saved: search.saved } : {}),
  }
}

export function columnsOf(text: string | undefined): Column[] {
  const said = new Set((text ?? '').split(','))
  return Column.options.filter(column => said.has(column))
}

/** A saved view as a list, with what the address says beyond it. */
export function shownOfSaved(saved: SavedView, search: Shown): Shown {
  const q = search.q ?? saved.q
  const columns = search.columns ?? saved.columns.join()
  return {
    view: 'all',
    ...(q ? { q } : {}),
    sort: search.sort ?? saved.sort,
    ...(columns ? { columns } : {}),
    saved: saved.id,
  }
}

/** The orders this list has, its own first. */
export function sortsOf({ view, q }: Shown): Sort[] {
  return sortsFor(statesOf(filterOfView(view, parseFilter(q ?? ''))))
}

export function sortOf(shown: Shown): Sort {
  const offered = sortsOf(shown)
  return shown.sort && offered.includes(shown.sort) ? shown.sort : offered[0]!
}

export function filterOf(shown: Shown): Filter {
  const { view, team, q } = shown
  return { view, ...(team ? { teamId: team } : {}), ...(q ? { q } : {}), sort: sortOf(shown) }
}

/** Where a list is: for going there, and back to it. */
export function placeOf(shown: Shown, at?: number) {
  const { view, saved, team, ...rest } = shown
  const here = at === undefined ? {} : { at }
  return saved
    ? { to: '/views/$viewId' as const, params: { viewId: saved }, search: { ...rest, ...here } }
    : { to: '/inbox/$view' as const, params: { view }, search: { ...rest, ...(team ? { team } : {}), ...here } }
}

export function listOptions(filter: Filter) {
  return infiniteQueryOptions({
    queryKey: [list.path, filter] as const,
    queryFn: ({ pageParam, signal }) => ask(list, { ...filter, limit: 50, after: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.next ?? undefined,
  })
}

export function useList(filter: Filter, enabled = true) {
  const asked = useInfiniteQuery({ ...listOptions(filter), enabled })
  const rows = useMemo(() => rowsOf(asked.data?.pages ?? []), [asked.data])
  return { asked, rows }
}
