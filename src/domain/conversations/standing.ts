/** What a decision about a conversation needs to know of it, and what a decision says. Shapes only. */
import type { NextStep, State } from '../../contract/conversations.ts'
import type { PromiseTarget } from '../../contract/promises.ts'
import type { Moves, OpenPromise } from '../promises/index.ts'

export type Standing = {
  id: string
  state: State
  ownerId: string | null
  teamId: string
  customerId: string
  closedAt: Date | null
  open: readonly OpenPromise[]
}

/** Times the working calendar and the team's targets give for this conversation at this moment. */
export type Times = {
  now: Date
  /** when an automatic reply promise falls due */
  replyDue: Date
  /** whose target that is */
  target?: PromiseTarget
  reopenDays: number
}

export type Change = {
  state: State
  closedBecause: string | null
  outcome: 'answered' | 'no' | 'verified' | 'unverified' | null
  moves: Moves
}

export type Step = NextStep
