/** What the desk may ask of the whole ledger: making, breaking and releasing promises, a kind word about theirs, and the lists. */
import { z } from 'zod'
import { Cursor, Done, endpoint, Html, Id, Moment, Words } from './kit.ts'
import { Because, DuePromise, LetGo, PromiseView } from './promises.ts'

/** A promise said beside the next step: ours is a thing to do, theirs a thing they said they would do. */
export const AlsoPromised = z.strictObject({ direction: z.enum(['ours', 'theirs']), words: Words, dueAt: Moment })
export type AlsoPromised = z.infer<typeof AlsoPromised>
export const AlsoPromisedList = z.array(AlsoPromised).max(10).default([])

const One = { promiseId: Id }
const Made = z.object({ promise: PromiseView })

/**
 * Writes down a promise in a conversation, always by somebody's word. `messageId` is the message in which it was said:
 * theirs in what they wrote, ours in a call.
 */
export const makePromise = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/promises',
  z.strictObject({ conversationId: Id, messageId: Id.optional(), ...AlsoPromised.shape }),
  Made,
)

/**
 * Says honestly that one of ours was not kept. `tell` goes to whom it was made and is nobody's words but the writer's.
 * 409 `promise-needed` when nothing would be promised any more: then `instead` is.
 */
export const breakPromise = endpoint(
  'POST',
  '/api/v1/promises/:promiseId/break',
  z.strictObject({
    ...One,
    because: Because,
    tell: Words.optional(),
    instead: z.strictObject({ words: Words, dueAt: Moment }).optional(),
  }),
  z.object({ done: z.literal(true), promise: PromiseView.nullable() }),
)

/** It binds nobody any more, with a reason; what is told is told by a reply. */
export const releasePromise = endpoint(
  'POST',
  '/api/v1/promises/:promiseId/release',
  z.strictObject({ ...One, because: LetGo, words: z.string().trim().max(2000).default('') }),
  Done,
)

/** Why one of ours was kept late: offered when it is over, and never asked for. 409 `not-kept-late` for any other. */
export const explainPromise = endpoint(
  'POST',
  '/api/v1/promises/:promiseId/why',
  z.strictObject({ ...One, because: Because, words: z.string().trim().max(200).default('') }),
  Made,
)

/** What is known beside an empty page: what was promised, to whom, when it was told, how often it was moved. */
export const promiseFacts = endpoint(
  'GET',
  '/api/v1/promises/:promiseId',
  z.strictObject(One),
  z.object({
    promise: DuePromise,
    /** earlier times of the same promise, oldest first */
    earlier: z.array(PromiseView),
    /** whether the conversation would be left with nothing promised */
    last: z.boolean(),
    tellable: z.boolean(),
  }),
)

/** A kind word about what they promised: words to begin with, in their language, and to whom they would go. */
export const preparedReminder = endpoint(
  'GET',
  '/api/v1/promises/:promiseId/reminder',
  z.strictObject(One),
  z.object({ body: z.string(), line: z.string(), to: z.string().nullable() }),
)
export const remind = endpoint(
  'POST',
  '/api/v1/promises/:promiseId/reminder',
  z.strictObject({ ...One, body: Html }),
  z.object({ promise: PromiseView, messageId: Id }),
)

export const LedgerState = z.enum(['open', 'overdue', 'kept', 'kept-late', 'renegotiated', 'broken', 'released', 'all'])
export type LedgerState = z.infer<typeof LedgerState>
export const LedgerDirection = z.enum(['ours', 'theirs', 'inside', 'all'])
export type LedgerDirection = z.infer<typeof LedgerDirection>

/** `late`: due after what the customer said depends on it. */
export const LedgerRow = DuePromise.extend({ late: z.boolean() })
export type LedgerRow = z.infer<typeof LedgerRow>

/**
 * The ledger as a list, of what the reader may see: by person, team, customer, conversation or relationship; all of them
 * when none is named. Open ones by due time, ended ones by when they ended, the latest first.
 */
export const ledger = endpoint(
  'GET',
  '/api/v1/promises',
  z.strictObject({
    byId: Id.optional(),
    teamId: Id.optional(),
    customerId: Id.optional(),
    conversationId: Id.optional(),
    relationshipId: Id.optional(),
    direction: LedgerDirection.default('all'),
    state: LedgerState.default('open'),
    /** only those later than their customer needs them */
    late: z.stringbool().default(false),
    after: Cursor.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  z.object({ rows: z.array(LedgerRow), next: Cursor.nullable() }),
)
