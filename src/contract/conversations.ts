/** What the desk may ask of conversations: lists, one conversation, and one endpoint per thing a person does in it. */
import { z } from 'zod'
import {
  ConversationView,
  Count,
  MessageView,
  NextStep,
  Reason,
  Recipient,
  Row,
  Sort,
  State,
  View,
} from './conversation-views.ts'
import { FilterText } from './filter-text.ts'
import { Cursor, Done, endpoint, Html, Id, MailAddress, Moment, Words } from './kit.ts'
import { AlsoPromisedList } from './ledger.ts'
import { NewOffer } from './options.ts'
import { PersonRef, PromiseView } from './promises.ts'

export * from './conversation-views.ts'

/** A part of a filter that means nothing to who asks: no such name, too many of it, no day. */
export const NotUnderstood = z.object({ term: z.string(), why: z.enum(['unknown', 'too-many', 'no-day']) })

export const Recipients = z.strictObject({
  to: z.array(MailAddress).max(100),
  cc: z.array(MailAddress).max(100).default([]),
})

const Which = { view: View.default('open'), teamId: Id.optional() }
export const list = endpoint(
  'GET',
  '/api/v1/conversations',
  z.strictObject({
    ...Which,
    /** what `filter-text` reads; what names nothing matches nothing and is told back */
    q: FilterText.optional(),
    sort: Sort.optional(),
    after: Cursor.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  z.object({
    rows: z.array(Row),
    next: Cursor.nullable(),
    /** the order they came in: the one asked for, where the list has it */
    sort: Sort,
    notUnderstood: z.array(NotUnderstood),
  }),
)
export const counts = endpoint(
  'GET',
  '/api/v1/conversations/counts',
  z.strictObject({}),
  z.object({
    mine: Count,
    unowned: Count,
    open: Count,
    pending: Count,
    teams: z.array(z.object({ teamId: Id, open: Count })),
    /** counted no further than a hundred */
    today: z.number(),
    trouble: z.number(),
  }),
)

const One = { conversationId: Id }
export const open = endpoint('GET', '/api/v1/conversations/:conversationId', z.strictObject(One), ConversationView)
/** By number, for links people type. */
export const openByNumber = endpoint(
  'GET',
  '/api/v1/conversations/number/:number',
  z.strictObject({ number: z.coerce.number().int().positive() }),
  z.object({ id: Id }),
)
export const earlierMessages = endpoint(
  'GET',
  '/api/v1/conversations/:conversationId/messages',
  z.strictObject({ ...One, before: Cursor }),
  z.object({ messages: z.array(MessageView), earlier: Cursor.nullable() }),
)

const Outcome = z.object({
  messageId: Id.nullable(),
  state: State,
  version: z.number(),
  promises: z.array(PromiseView),
  undoUntil: Moment.nullable(),
})
/** 409 with code `stale` and facts {messages, version} when something newer than seenVersion came from the customer or a colleague. */
export const reply = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/replies',
  z.strictObject({
    ...One,
    seenVersion: z.int(),
    body: Html,
    recipients: Recipients,
    nextStep: NextStep,
    /** promised beside the next step; each by somebody's yes */
    promised: AlsoPromisedList,
    attachments: z.array(Id).max(50).default([]),
    options: NewOffer.nullable().default(null),
    /** saved replies that stand in it */
    used: z.array(Id).max(20).default([]),
  }),
  Outcome,
)
/** Close with nothing owed and no message. */
export const closeQuietly = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/close',
  z.strictObject({ ...One, seenVersion: z.int(), because: Reason }),
  Outcome.extend({ undo: Id.nullable() }),
)
export const undoReply = endpoint(
  'POST',
  '/api/v1/messages/:messageId/undo',
  z.strictObject({ messageId: Id }),
  z.object({ body: z.string(), state: State, version: z.number() }),
)
export const note = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/notes',
  /** `messageId` made by whoever asks: the same note sent twice is kept once. */
  z.strictObject({
    ...One,
    messageId: Id.optional(),
    body: Html,
    promised: AlsoPromisedList,
    attachments: z.array(Id).max(50).default([]),
  }),
  z.object({ messageId: Id }),
)

/** Open a conversation: write first (goes out by mail) or note a phone call. It starts with a next step. */
export const begin = endpoint(
  'POST',
  '/api/v1/conversations',
  z.strictObject({
    is: z.enum(['written', 'phone']),
    teamId: Id,
    mailboxId: Id.nullable().default(null),
    customer: z.strictObject({
      personId: Id.optional(),
      name: z.string().trim().max(300).optional(),
      address: MailAddress.optional(),
      phone: z.string().trim().max(40).optional(),
    }),
    cc: z.array(MailAddress).max(50).default([]),
    subject: z.string().trim().min(1).max(500),
    body: Html,
    nextStep: NextStep,
    promised: AlsoPromisedList,
    attachments: z.array(Id).max(50).default([]),
    /** writing this is that check-in; refused where the person's contact budget is spent */
    checkInId: Id.optional(),
  }),
  z.object({ conversationId: Id, messageId: Id }),
)

/** `undo` is for `undoAct` of contract/bulk; null when nothing changed. */
const DoneWithUndo = z.object({ done: z.literal(true), undo: Id.nullable() })
export const takeOwnership = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/own',
  z.strictObject(One),
  DoneWithUndo,
)
/** A handover: reason, new owner or team, and the introduction the customer receives (I6). */
export const handOver = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/handover',
  z.strictObject({
    ...One,
    seenVersion: z.int(),
    toMemberId: Id.nullable(),
    toTeamId: Id,
    reason: Words,
    introduction: Words,
    /** how things stand, for the new owner; inside */
    summary: z.string().trim().max(4000).optional(),
    /** open promises of ours that get a new time, told in the introduction; all others are taken over as they stand */
    promises: z
      .array(z.strictObject({ promiseId: Id, dueAt: Moment, words: Words }))
      .max(50)
      .default([]),
  }),
  Done,
)
/** First owner of an unowned one: not a handover. */
export const assign = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/assign',
  z.strictObject({ ...One, memberId: Id }),
  DoneWithUndo,
)
export const setNeededBy = endpoint(
  'PUT',
  '/api/v1/conversations/:conversationId/needed-by',
  z.strictObject({ ...One, neededBy: Moment.nullable() }),
  Done,
)
/** Spam, trash, and taking either back. */
export const putAway = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/put-away',
  z.strictObject({ ...One, as: z.enum(['spam', 'trash']) }),
  Done,
)
export const takeBack = endpoint('POST', '/api/v1/conversations/:conversationId/take-back', z.strictObject(One), Done)
/** Accept or decline somebody new on Cc; change the customer of a verified forward back. */
export const settleParticipant = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/participants/:addressId',
  z.strictObject({ ...One, addressId: Id, as: z.enum(['copied', 'left']) }),
  Done,
)
/** A forward was attributed to the person in it: give the conversation back to whoever forwarded. */
export const undoForward = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/undo-forward',
  z.strictObject({ ...One }),
  Done,
)
/** Send the prepared follow-up, and judge what came of it by hand. */
export const sendFollowUp = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/follow-up',
  /** `also`: other conversations of the same person that this one mail asks about */
  z.strictObject({ ...One, seenVersion: z.int(), body: Html, also: z.array(Id).max(5).default([]) }),
  /** `notAsked`: their budget of unasked contacts refused it, and the conversation is closed, unverified */
  Outcome.extend({ notAsked: z.enum(['limit', 'opted-out']).nullable() }),
)
export const preparedFollowUp = endpoint(
  'GET',
  '/api/v1/conversations/:conversationId/follow-up',
  z.strictObject(One),
  z.object({
    body: z.string(),
    recipients: z.array(Recipient),
    also: z.array(z.object({ id: Id, number: z.number(), subject: z.string(), dueAt: Moment })),
    /** they can't be asked now */
    refused: z.object({ because: z.enum(['limit', 'opted-out']), freeAt: Moment.nullable() }).nullable(),
  }),
)
export const judgeFollowUp = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/verdict',
  z.strictObject({
    ...One,
    verdict: z.enum(['worked', 'incomplete', 'wrong']),
    said: z.string().max(5000).default(''),
  }),
  Outcome,
)

export const saveDraft = endpoint(
  'PUT',
  '/api/v1/conversations/:conversationId/drafts/:kind',
  z.strictObject({
    ...One,
    kind: z.enum(['reply', 'note']),
    body: z.string().max(1_000_000),
    choices: z.record(z.string(), z.unknown()).default({}),
    seenVersion: z.int(),
  }),
  z.object({ savedAt: Moment }),
)
export const dropDraft = endpoint(
  'DELETE',
  '/api/v1/conversations/:conversationId/drafts/:kind',
  z.strictObject({ ...One, kind: z.enum(['reply', 'note']) }),
  Done,
)
/** "I am here": every 20 s while looking or writing. */
export const bePresent = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/presence',
  z.strictObject({ ...One, doing: z.enum(['reading', 'writing', 'gone']) }),
  z.object({ present: z.array(z.object({ person: PersonRef, doing: z.enum(['reading', 'writing']) })) }),
)
export const markSeen = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/seen',
  z.strictObject({ ...One, version: z.int() }),
  Done,
)
/** People whose name or address starts like this, for opening a conversation. */
export const findPeople = endpoint(
  'GET',
  '/api/v1/people',
  z.strictObject({ like: z.string().trim().min(1).max(100) }),
  z.object({ people: z.array(z.object({ id: Id, name: z.string(), address: z.string().nullable() })) }),
)
