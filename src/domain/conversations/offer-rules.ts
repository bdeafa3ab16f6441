/** What options may be offered, and what a choice does to a conversation and its promises. Pure: no clock, no database. */
import type { NextStep } from '../../contract/conversations.ts'
import type { NewOffer } from '../../contract/options.ts'
import { promiseOf, replyPromise } from './rules.ts'
import type { Change, Standing, Times } from './standing.ts'

/** Longer than this nothing is held for anybody. */
const longestMs = 60 * 86_400_000

/** What is wrong with it, as a code of a refusal; null: it can be offered. */
export function offerTrouble(
  offer: NewOffer,
  step: NextStep,
  now: Date,
): 'options-past' | 'options-too-long' | 'options-promise-early' | 'options-same' | 'options-need-turn' | null {
  const until = Date.parse(offer.until)
  if (until <= now.getTime()) return 'options-past'
  if (until > now.getTime() + longestMs) return 'options-too-long'
  if (offer.options.some(({ promise }) => promise && Date.parse(promise.dueAt) <= until)) return 'options-promise-early'
  if (new Set(offer.options.map(({ words }) => words.toLowerCase())).size < offer.options.length) return 'options-same'
  // Who is asked to choose is not told that all is answered.
  if (step.is === 'answered' || step.is === 'nothing-owed') return 'options-need-turn'
  return null
}

export type Choice = {
  /** what the picked option promises */
  promise: { words: string; dueAt: Date } | null
  /** who offered it: gives the promise where nobody owns the conversation */
  byId: string
  /** the promise an earlier choice made */
  before: string | null
}

/** They chose: it is our turn. What the option promises is made; without one they are answered like after any message. */
export function afterChoice(before: Standing, choice: Choice, times: Times): Change {
  const earlier = before.open.filter(each => each.id === choice.before)
  const asked = before.open.filter(each => each.kind === 'ask-again' || each.kind === 'follow-up')
  const ends = [
    ...earlier.map(each => ({ id: each.id, how: 'released' as const, why: 'chose-anew' })),
    ...asked.map(each => ({ id: each.id, how: 'released' as const, why: 'chose' })),
  ]
  const owed = before.open.some(each => each.direction === 'ours' && each.kind === 'reply')
  const { promise } = choice
  const makes = promise
    ? [promiseOf(before, 'action', before.ownerId ?? choice.byId, promise.words, promise.dueAt)]
    : owed
      ? []
      : [replyPromise(before, times, true)]
  return { state: 'open', closedBecause: null, outcome: null, moves: { ends, makes } }
}
