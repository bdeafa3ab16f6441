/** One conversation in the cache: read by id, found by number, patched before the server answers. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import * as contract from '../../contract/conversations.ts'
import { ask } from '../api.ts'
import { cache } from '../cache.ts'
import { keepingEarlier } from './viewPatches.ts'

type View = contract.ConversationView

const keyOf = (conversationId: string) => [contract.open.path, { conversationId }] as const
const numberKey = (number: number) => [contract.openByNumber.path, { number }] as const

export function conversationOptions(conversationId: string) {
  return queryOptions({
    queryKey: keyOf(conversationId),
    queryFn: async ({ signal }): Promise<View> => {
      const fresh = await ask(contract.open, { conversationId }, signal)
      return keepingEarlier(cache.getQueryData(keyOf(conversationId)), fresh)
    },
  })
}

/** What a list knows already need not be asked again. */
export function rememberNumber(number: number, id: string) {
  cache.setQueryData(numberKey(number), { id })
}

/** Reads them ahead, the first one first, and makes their words ready to be shown. */
export async function prefetchConversations(ids: readonly string[]) {
  for (const id of ids) await cache.prefetchQuery(conversationOptions(id))
  for (const id of ids) {
    const view = conversationNow(id)
    if (view) await import('./safeBodies.ts').then(({ makeAhead }) => makeAhead(view)).catch(() => {})
  }
}

export function patchConversation(id: string, change: (view: View) => View) {
  cache.setQueryData<View>(keyOf(id), view => view && change(view))
}

export function renewConversation(id: string) {
  return cache.invalidateQueries({ queryKey: keyOf(id) })
}

export function conversationNow(id: string): View | undefined {
  return cache.getQueryData<View>(keyOf(id))
}

/** Opens what an address names: a number or an id. */
export function useConversation(named: string) {
  const number = /^\d{1,15}$/.test(named) ? Number(named) : null
  const found = useQuery({
    queryKey: numberKey(number ?? 0),
    queryFn: ({ signal }) => ask(contract.openByNumber, { number: number ?? 0 }, signal),
    enabled: number !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const id = number === null ? named : (found.data?.id ?? null)
  const asked = useQuery({ ...conversationOptions(id ?? ''), enabled: id !== null })
  return { id, view: asked.data ?? null, asked: number !== null && !id ? found : asked }
}
