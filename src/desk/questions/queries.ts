/** What is asked about questions that come again, and what becomes old by doing something about them. */
import * as contract from '../../contract/questions.ts'
import { besides, renew, whenStayed } from '../api.ts'
import { cache } from '../cache.ts'

export const beforeQuery = (conversationId: string) => ({
  ...whenStayed(contract.askedBefore, { conversationId }),
  staleTime: 5 * 60_000,
})
export const decisionsQuery = besides(contract.myDecisions, {})

export function renewQuestions() {
  renew(cache, contract.askedBefore, contract.recurringQuestions, contract.myDecisions)
}
