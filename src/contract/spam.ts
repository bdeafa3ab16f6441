/** Spam: what the filter was taught and how sure it must be, whose mail goes there in any case, and blocking a sender. */
import { z } from 'zod'
import { Done, endpoint, Id, Moment, Nothing } from './kit.ts'
import { PersonRef } from './promises.ts'

export const SpamSettings = z.object({
  filter: z.boolean(),
  above: z.enum(['careful', 'usual', 'strict']),
  upstream: z.boolean(),
})
export const spamSettings = endpoint(
  'GET',
  '/api/v1/spam',
  Nothing,
  SpamSettings.extend({
    taught: z.object({ spam: z.number(), ham: z.number(), needed: z.number() }),
    /** arrived in spam by itself in the last 30 days, and taken back since */
    caught: z.number(),
    takenBack: z.number(),
  }),
)
export const changeSpamSettings = endpoint(
  'PUT',
  '/api/v1/spam',
  z.strictObject({
    filter: z.boolean().optional(),
    above: z.enum(['careful', 'usual', 'strict']).optional(),
    upstream: z.boolean().optional(),
  }),
  Done,
)
/** Forgets every lesson; what lies in spam stays there. */
export const forgetSpam = endpoint('POST', '/api/v1/spam/forget', Nothing, Done)

export const BlockedSender = z.object({
  id: Id,
  kind: z.enum(['address', 'domain']),
  name: z.string(),
  /** null: for the whole installation */
  teamId: Id.nullable(),
  by: PersonRef.nullable(),
  at: Moment,
  /** mails that went to spam because of it in the last 30 days */
  caught: z.number(),
})
export type BlockedSender = z.infer<typeof BlockedSender>
/** Those of the teams one serves in, and the installation's. */
export const blockedSenders = endpoint(
  'GET',
  '/api/v1/blocked-senders',
  Nothing,
  z.object({ blocked: z.array(BlockedSender) }),
)
/** An address or a domain; for a team one serves in, or, by an administrator, for the installation. */
export const blockSender = endpoint(
  'POST',
  '/api/v1/blocked-senders',
  z.strictObject({ sender: z.string().trim().min(3).max(320), teamId: Id.nullable() }),
  z.object({ blocked: BlockedSender }),
)
export const unblockSender = endpoint(
  'DELETE',
  '/api/v1/blocked-senders/:blockedId',
  z.strictObject({ blockedId: Id }),
  Done,
)
/** From a conversation: blocks whoever it is for, in its team, and puts it into spam. */
export const blockCustomer = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/block',
  z.strictObject({ conversationId: Id, as: z.enum(['address', 'domain']) }),
  z.object({ blockedId: Id, name: z.string() }),
)
