/** Conversations as other slices use them. */

export { aside as madeSafe } from './aside.ts'
export { begin } from './commands/begin.ts'
export { keepUpload } from './commands/beside.ts'
export { changeCustomer } from './commands/customer.ts'
export { finishAsCustomer } from './commands/finish.ts'
export { sendFollowUp } from './commands/follow-up.ts'
export { sendDue } from './commands/later.ts'
export { stopLater } from './commands/later-stop.ts'
export { setField } from './commands/marks.ts'
export { note } from './commands/note.ts'
export { choose } from './commands/offer.ts'
export { handOver, own } from './commands/ownership.ts'
export { promiseAsCustomer } from './commands/promised.ts'
export { putAway } from './commands/put-away.ts'
export { renegotiate } from './commands/renegotiate.ts'
export { closeQuietly, replyTo } from './commands/reply.ts'
export { refuseIfPutAway, save, staysAsItIs } from './commands/save.ts'
export { setNeededBy } from './commands/settle.ts'
export { takeNext } from './commands/take-next.ts'
export { answerFollowUp, closeSilent, judgeFollowUp } from './commands/verdict.ts'
export { asDownload } from './files.ts'
export { breakPromise, keepPromise, releasePromise } from './ledger/end.ts'
export { explainPromise } from './ledger/explain.ts'
export { makePromise } from './ledger/make.ts'
export { remind } from './ledger/remind.ts'
export { resolveRecipients, sendOut } from './outward.ts'
export { pictureRoutes } from './pictures/routes.ts'
export type { Filter } from './queries/filter.ts'
export { resolveFilters, seenBy } from './queries/filter.ts'
export { patiently } from './queries/list.ts'
export { offersOf } from './queries/offers.ts'
export {
  type ConversationOutside,
  conversationOutside,
  type FollowUpOutside,
  followUpOutside,
  type OfferOutside,
  offerOutside,
} from './queries/outside.ts'
export { type Sender, senderFor, suggestedTimes } from './reach.ts'
export { removeConversations } from './removing.ts'
export { conversationRoutes } from './routes.ts'
export { afterCustomerWrites, afterFirstMail, afterHardBounce } from './rules.ts'
export type { Change, Standing, Times } from './standing.ts'
export {
  type Conversation,
  type FreshAttachment,
  type FreshConversation,
  type FreshMessage,
  type FreshParticipant,
  insertAttachments,
  insertConversations,
  insertMessages,
  insertParticipants,
  type Kept,
  lockConversations,
  nameFiles,
  openConversation,
  saveConversations,
} from './tables.ts'
export { isBlank, type Written } from './text.ts'
