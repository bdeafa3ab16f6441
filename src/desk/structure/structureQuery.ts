/** How a conversation hangs together with others, in the cache: asked beside it, renewed with it. */
import { useQuery } from '@tanstack/react-query'
import * as conversations from '../../contract/conversations.ts'
import type { Endpoint } from '../../contract/kit.ts'
import * as promises from '../../contract/promises.ts'
import * as contract from '../../contract/structure.ts'
import { ask, besides, type Input, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { noticeFailure } from '../shell/notices.ts'

export function useStructure(conversationId: string, enabled = true): contract.Structure | null {
  return useQuery({ ...besides(contract.structure, { conversationId }), enabled }).data ?? null
}

/** Everything that an act of this kind may have changed. */
export function renewAll() {
  renew(cache, contract.structure, conversations.open, conversations.list, conversations.counts, promises.myPromises)
}

/** Asks, and tells when it was refused; null then. */
export async function actOn<E extends Endpoint>(endpoint: E, input: Input<E>) {
  try {
    const answer = await ask(endpoint, input)
    renewAll()
    return answer
  } catch (problem) {
    renewAll()
    noticeFailure(problem)
    return null
  }
}
