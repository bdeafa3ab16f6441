/** Channels: the ways in and out. What other slices may use. */
import './words.ts'

export type { Arrived, TakeIn, Taken } from './arrived.ts'
export {
  type LinkClaim,
  type LinkPurpose,
  type LinkStanding,
  type LinkSubject,
  linkStands,
  linkToken,
  readLink,
} from './links.ts'
export { newRfcId, oneMail } from './one-mail.ts'
export { automaticBudget, enqueue, type Outgoing } from './outgoing.ts'
export { holdBack, ownSender } from './own-mail.ts'
export {
  isOurLoopMark,
  readToken,
  type TokenClaim,
  type TokenPurpose,
  type TokenSubject,
  tokenAddress,
  tokenHolds,
} from './reply-token.ts'
export { momentIn, zoneName } from './send/moments.ts'
export { settleSampleRows } from './send/rows.ts'
export { sentenceOf, type ToldItem } from './send/told.ts'
export { type Channels, type ChannelsParts, startChannels } from './start.ts'
