/** Conversations as other slices use them. */

export { closeSilent } from './commands/follow-up.ts'
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
