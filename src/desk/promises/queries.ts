/** What the screens of the ledger ask, and what gets old when a promise changed. */
import { infiniteQueryOptions } from '@tanstack/react-query'
import * as conversations from '../../contract/conversations.ts'
import { ledger, promiseFacts } from '../../contract/ledger.ts'
import { myPromises } from '../../contract/promises.ts'
import { today } from '../../contract/today.ts'
import { ask, type Input, query, renew } from '../api.ts'
import { cache } from '../cache.ts'
import type { LedgerSearch } from './ledgerSearch.ts'

type Asked = Omit<Input<typeof ledger>, 'after'>

/** What an address asks the server. */
export function askedBy({ of = 'mine', id, direction, state, late }: LedgerSearch, me: string): Asked {
  const whose =
    of === 'mine' || (of !== 'all' && !id)
      ? { byId: me }
      : of === 'team'
        ? { teamId: id }
        : of === 'person'
          ? { byId: id }
          : of === 'customer'
            ? { customerId: id }
            : {}
  return {
    ...whose,
    direction: direction ?? (of === 'mine' || of === 'person' ? 'ours' : 'all'),
    state: state ?? 'open',
    ...(late ? { late: 'true' as unknown as Asked['late'] } : {}),
  }
}

export const ledgerQuery = (asked: Asked) =>
  infiniteQueryOptions({
    queryKey: [ledger.path, asked] as const,
    queryFn: ({ pageParam, signal }) => ask(ledger, { ...asked, ...(pageParam ? { after: pageParam } : {}) }, signal),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  })

export const factsQuery = (promiseId: string) => query(promiseFacts, { promiseId })

export const renewPromises = () =>
  renew(cache, ledger, promiseFacts, myPromises, today, conversations.open, conversations.list, conversations.counts)
