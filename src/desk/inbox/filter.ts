/** Which conversations a list shows, as it stands in addresses and as the server is asked for it. */
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { list, Sort, View } from '../../contract/conversations.ts'
import { ask } from '../api.ts'
import { rowsOf } from './rowPatches.ts'

export type Shown = { view: View; team?: string; sort?: 'due' | 'latest' }
export type Filter = { view: View; teamId?: string; sort: 'due' | 'latest' }

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Reads what an address says; what it says wrongly is left out. */
export function shownOf(search: Record<string, unknown>): Shown {
  const view = View.safeParse(search.view)
  const sort = Sort.safeParse(search.sort)
  return {
    view: view.success ? view.data : 'open',
    ...(typeof search.team === 'string' && uuid.test(search.team) ? { team: search.team } : {}),
    ...(sort.success ? { sort: sort.data } : {}),
  }
}

/** Only where a promise of ours or theirs is open is there a due time to sort by. */
export const canSortByDue = (view: View) => ['mine', 'unowned', 'open', 'pending'].includes(view)

export function filterOf({ view, team, sort }: Shown): Filter {
  return {
    view,
    ...(team ? { teamId: team } : {}),
    sort: canSortByDue(view) ? (sort ?? 'due') : 'latest',
  }
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
