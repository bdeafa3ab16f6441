/** What is asked of the server about asks, and what an act makes old. */
import * as contract from '../../contract/asks.ts'
import { open } from '../../contract/conversations.ts'
import { today } from '../../contract/today.ts'
import { besides, query, renew } from '../api.ts'
import { cache } from '../cache.ts'

export const asksQuery = (conversationId: string) => besides(contract.asksOf, { conversationId })
export const askQuery = (askId: string) => query(contract.openAsk, { askId })
export const mineQuery = besides(contract.myAsks, {})

export function renewAsks() {
  renew(cache, contract.asksOf, contract.openAsk, contract.myAsks, contract.answeredAsks, open, today)
}
