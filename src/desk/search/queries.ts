/** What search asks the server, page after page; what was shown stays until the next answer is there. */
import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query'
import { recentSearches, type SearchSort, search } from '../../contract/search.ts'
import { ask, query } from '../api.ts'

export type Sought = { q: string; sort: SearchSort; typing: boolean }

export function searchPages({ q, sort, typing }: Sought) {
  return infiniteQueryOptions({
    queryKey: [search.path, { q, sort, typing }] as const,
    queryFn: ({ pageParam, signal }) =>
      ask(search, { q, sort, typing: typing ? 'true' : 'false', ...(pageParam ? { after: pageParam } : {}) }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
    enabled: q.trim() !== '',
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
}

export const recentQuery = query(recentSearches, {})
