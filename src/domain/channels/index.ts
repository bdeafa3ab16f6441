/** Channels: the ways in and out. What other slices may use. */
export type { Arrived, TakeIn, Taken } from './arrived.ts'
export { type FetchersOptions, startFetchers } from './fetch/fetchers.ts'
export { automaticBudget, Content, enqueue, type Outgoing } from './outgoing.ts'
export {
  isOurLoopMark,
  loopMark,
  readToken,
  type TokenClaim,
  type TokenPurpose,
  type TokenSubject,
  tokenAddress,
  tokenHolds,
} from './reply-token.ts'
export { type SenderOptions, startSender } from './send/sender.ts'
