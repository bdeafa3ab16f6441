/**
 * One act on many conversations, and taking it back. Each conversation is checked as if it were alone: what may not be
 * done to one is said for that one, and the others go on. What one may not see is absent, like an id that never was.
 */
import { z } from 'zod'
import { Reason } from './conversation-views.ts'
import { endpoint, Id, Moment, Words } from './kit.ts'

export const mostAtOnce = 200

export const BulkAct = z.discriminatedUnion('is', [
  /** take an unowned one */
  z.strictObject({ is: z.literal('own') }),
  /** give an unowned one to a member of its team */
  z.strictObject({ is: z.literal('assign'), memberId: Id }),
  /** with an introduction where the customer was told who has it; without one such a conversation answers `needs-introduction` */
  z.strictObject({ is: z.literal('move'), toTeamId: Id, reason: Words, introduction: Words.optional() }),
  z.strictObject({ is: z.literal('tag'), tagId: Id }),
  z.strictObject({ is: z.literal('untag'), tagId: Id }),
  z.strictObject({ is: z.literal('priority'), priority: z.int().min(-1).max(2) }),
  z.strictObject({ is: z.literal('close'), because: Reason }),
  z.strictObject({ is: z.literal('snooze'), until: Moment }),
  z.strictObject({ is: z.literal('wake') }),
  z.strictObject({ is: z.literal('spam') }),
  z.strictObject({ is: z.literal('trash') }),
  /** out of spam or trash */
  z.strictObject({ is: z.literal('take-back') }),
  z.strictObject({ is: z.literal('follow') }),
  z.strictObject({ is: z.literal('unfollow') }),
])
export type BulkAct = z.infer<typeof BulkAct>

/** In the order asked; `code` is a refusal's, null when it was done (also when it was so already). */
export const BulkResult = z.object({ id: Id, done: z.boolean(), code: z.string().nullable() })
export type BulkResult = z.infer<typeof BulkResult>

/** POST up to 200 ids and one act. `undo` is for `undoAct`; null when nothing changed or it can't be taken back. */
export const bulk = endpoint(
  'POST',
  '/api/v1/conversations/bulk',
  z.strictObject({ ids: z.array(Id).min(1).max(mostAtOnce), act: BulkAct }),
  z.object({ results: z.array(BulkResult), done: z.number(), undo: Id.nullable() }),
)

/**
 * Brings back what was before the act with this token, of one conversation or of many; only for who did it, for a day.
 * A conversation that somebody changed since stays as it is and answers `changed-since`.
 */
export const undoAct = endpoint(
  'POST',
  '/api/v1/acts/:undo/undo',
  z.strictObject({ undo: Id }),
  z.object({ results: z.array(BulkResult), done: z.number() }),
)
