/** What Today asks: one question for the page; what comes after its first hundred promises is asked when somebody wants it. */
import { infiniteQueryOptions } from '@tanstack/react-query'
import { myPromises } from '../../contract/promises.ts'
import { today } from '../../contract/today.ts'
import { ask, type Output, query, renew } from '../api.ts'
import { cache } from '../cache.ts'

export type TodayView = Output<typeof today>

/** A draft is saved without an event: the page asks again when it is come back to. */
export const todayQuery = { ...query(today, {}), staleTime: 5_000 }

export const laterQuery = (after: string | null) =>
  infiniteQueryOptions({
    queryKey: [myPromises.path, { direction: 'ours' as const, after }] as const,
    queryFn: ({ pageParam, signal }) => ask(myPromises, { direction: 'ours', after: pageParam ?? '' }, signal),
    initialPageParam: after,
    getNextPageParam: page => page.next,
    enabled: false,
  })

export const renewToday = () => renew(cache, today, myPromises)
