/** What pages of goodwill ask, and what becomes old when something was given, decided or taken back. */
import * as contract from '../../contract/goodwill.ts'
import { today } from '../../contract/today.ts'
import { besides, query, renew } from '../api.ts'
import { cache } from '../cache.ts'

export const settingsQuery = query(contract.goodwillSettings, {})
export const oftenQuery = query(contract.oftenGiven, {})
export const toDecideQuery = besides(contract.goodwillToDecide, {})
export const allowanceQuery = (conversationId?: string) =>
  query(contract.allowance, conversationId ? { conversationId } : {})

export function renewGoodwill() {
  renew(cache, contract.goodwillLedger, contract.allowance, contract.oftenGiven, contract.goodwillToDecide, today)
}
