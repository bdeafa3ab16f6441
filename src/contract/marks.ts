/** How urgent a conversation is, who follows it, and who was mentioned in it. Tags and fields have files of their own. */
import { z } from 'zod'
import { Cursor, Done, endpoint, Id, Moment } from './kit.ts'
import { PersonRef } from './promises.ts'

/** -1 low, 0 normal, 1 high, 2 urgent. */
export const Priority = z.union([z.literal(-1), z.literal(0), z.literal(1), z.literal(2)])
export type Priority = z.infer<typeof Priority>

const One = { conversationId: Id }
export const prioritise = endpoint(
  'PUT',
  '/api/v1/conversations/:conversationId/priority',
  z.strictObject({ ...One, priority: Priority }),
  Done,
)
export const follow = endpoint(
  'PUT',
  '/api/v1/conversations/:conversationId/follow',
  z.strictObject({ ...One, following: z.boolean() }),
  z.object({ following: z.boolean(), followers: z.array(PersonRef) }),
)
/** Members who may read this conversation, whose name begins like this or has a word that does: whom a note in it may mention. */
export const mentionable = endpoint(
  'GET',
  '/api/v1/conversations/:conversationId/mentionable',
  z.strictObject({ ...One, like: z.string().trim().max(100).default('') }),
  z.object({ people: z.array(PersonRef) }),
)

export const MentionView = z.object({
  messageId: Id,
  conversation: z.object({ id: Id, number: z.number(), subject: z.string(), customer: PersonRef }),
  by: PersonRef.nullable(),
  at: Moment,
  preview: z.string(),
})
export type MentionView = z.infer<typeof MentionView>
/** Where one was mentioned and has not looked yet, newest first. Opening the conversation (`markSeen`) makes them seen. */
export const myMentions = endpoint(
  'GET',
  '/api/v1/mentions',
  z.strictObject({ after: Cursor.optional(), limit: z.coerce.number().int().min(1).max(100).default(30) }),
  z.object({ mentions: z.array(MentionView), next: Cursor.nullable() }),
)
