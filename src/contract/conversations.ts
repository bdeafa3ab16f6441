/** What the desk may ask of conversations: lists, one conversation, and one endpoint per thing a person does in it. */
import { z } from 'zod'
import { Cursor, Done, endpoint, Html, Id, MailAddress, Moment, Words } from './kit.ts'
import { PersonRef, PromiseView } from './promises.ts'

export const State = z.enum(['open', 'pending', 'solved', 'closed', 'aside', 'spam', 'trash', 'merged'])
export type State = z.infer<typeof State>
/** Reasons for closing with nothing owed. */
export const Reason = z.enum(['thanks', 'for-information', 'duplicate', 'no-answer-needed', 'other'])

/** What happens now: chosen with every reply. There is no plain "send". */
export const NextStep = z.discriminatedUnion('is', [
  z.strictObject({
    is: z.literal('we-get-back'),
    words: Words,
    dueAt: Moment,
    kind: z.enum(['reply', 'action']).default('reply'),
  }),
  z.strictObject({
    is: z.literal('your-turn'),
    askAgainAt: Moment,
    theirs: z.strictObject({ words: Words, dueAt: Moment }).optional(),
  }),
  z.strictObject({ is: z.literal('answered'), followUpAt: Moment }),
  /** A "no": the personal word stands in the mail; an alternative is offered, or why there is none (I8). */
  z.strictObject({
    is: z.literal('we-cannot'),
    personalWord: Words,
    alternative: z.discriminatedUnion('is', [
      z.strictObject({ is: z.literal('offer'), words: Words }),
      z.strictObject({ is: z.literal('none'), because: Words }),
    ]),
    followUpAt: Moment,
  }),
  z.strictObject({ is: z.literal('nothing-owed'), because: Reason }),
])
export type NextStep = z.infer<typeof NextStep>

export const Recipients = z.strictObject({
  to: z.array(MailAddress).max(100),
  cc: z.array(MailAddress).max(100).default([]),
})

export const View = z.enum(['mine', 'unowned', 'open', 'pending', 'solved', 'closed', 'all', 'aside', 'spam', 'trash'])
export type View = z.infer<typeof View>
export const Sort = z.enum(['due', 'latest'])

/** A row of a list: enough to draw it without another question. */
export const Row = z.object({
  id: Id,
  number: z.number(),
  subject: z.string(),
  state: State,
  preview: z.string(),
  version: z.number(),
  unseen: z.boolean(),
  customer: PersonRef,
  owner: PersonRef.nullable(),
  teamId: Id,
  lastAt: Moment,
  lastOurs: z.boolean(),
  neededBy: Moment.nullable(),
  /** the earliest open promise of ours (or theirs when pending) */
  promise: PromiseView.nullable(),
})
export type Row = z.infer<typeof Row>
const Which = { view: View.default('open'), teamId: Id.optional() }
export const list = endpoint(
  'GET',
  '/api/v1/conversations',
  z.strictObject({
    ...Which,
    sort: Sort.optional(),
    after: Cursor.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  z.object({ rows: z.array(Row), next: Cursor.nullable() }),
)
/** Capped at 1,000: `more` says that there are more. */
export const Count = z.object({ count: z.number(), more: z.boolean() })
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
    today: z.number(),
    trouble: z.number(),
  }),
)

export const Attachment = z.object({
  id: Id,
  name: z.string(),
  mediaType: z.string(),
  bytes: z.number(),
  inline: z.boolean(),
  contentId: z.string().nullable(),
  address: z.string(),
})
export const Recipient = z.object({
  role: z.enum(['to', 'cc']),
  address: z.string(),
  name: z.string(),
  personId: Id.nullable(),
})
export const SendingState = z.enum([
  'held',
  'waiting',
  'sending',
  'sent',
  'uncertain',
  'failed',
  'cancelled',
  'bounced',
])
export const MessageView = z.object({
  id: Id,
  kind: z.enum(['message', 'reply', 'note', 'acknowledgement', 'follow-up', 'call', 'automatic']),
  author: PersonRef.nullable(),
  authorRaw: z.string().nullable(),
  ours: z.boolean(),
  recipients: z.array(Recipient),
  from: z.string().nullable(),
  at: Moment,
  subject: z.string().nullable(),
  /** safe HTML, or null when only text exists; `trimmed…` is what is shown at once where it differs from the whole, the rest is collapsed */
  html: z.string().nullable(),
  trimmedHtml: z.string().nullable(),
  text: z.string(),
  trimmed: z.string().nullable(),
  language: z.string().nullable(),
  attachments: z.array(Attachment),
  hasRaw: z.boolean(),
  nextStep: NextStep.nullable(),
  /** how sending stands, per recipient; empty for what came in */
  sending: z.array(
    z.object({
      outboxId: Id,
      recipient: z.string(),
      state: SendingState,
      error: z.string().nullable(),
      at: Moment.nullable(),
    }),
  ),
  undoUntil: Moment.nullable(),
  takenBackAt: Moment.nullable(),
  promises: z.array(PromiseView),
})
export type MessageView = z.infer<typeof MessageView>
/** A line of history that is not a message: who did what. `words` of handovers are quoted; facts name ids and times. */
export const Happening = z.object({
  seq: z.number(),
  kind: z.string(),
  at: Moment,
  actor: PersonRef.nullable(),
  facts: z.record(z.string(), z.unknown()),
})

export const ConversationView = z.object({
  id: Id,
  number: z.number(),
  subject: z.string(),
  state: State,
  version: z.number(),
  channel: z.enum(['mail', 'phone', 'written']),
  outcome: z.string().nullable(),
  closedBecause: z.string().nullable(),
  team: z.object({ id: Id, name: z.string() }),
  owner: PersonRef.nullable(),
  answering: PersonRef,
  neededBy: Moment.nullable(),
  handovers: z.number(),
  openedAt: Moment,
  customer: z.object({
    id: Id,
    name: z.string(),
    addresses: z.array(
      z.object({ id: Id, kind: z.string(), written: z.string(), suspendedBecause: z.string().nullable() }),
    ),
    language: z.string().nullable(),
    zone: z.string().nullable(),
    since: Moment,
    promisesKept: z.number(),
    promisesMade: z.number(),
  }),
  participants: z.array(
    z.object({
      addressId: Id,
      personId: Id,
      name: z.string(),
      address: z.string(),
      role: z.enum(['customer', 'taking-part', 'copied', 'suggested']),
    }),
  ),
  mailbox: z.object({ id: Id, address: z.string(), fromName: z.string(), canSend: z.boolean() }).nullable(),
  promises: z.array(PromiseView),
  messages: z.array(MessageView),
  earlier: Cursor.nullable(),
  happenings: z.array(Happening),
  previous: z.object({ id: Id, number: z.number(), subject: z.string() }).nullable(),
  others: z.array(
    z.object({
      id: Id,
      number: z.number(),
      subject: z.string(),
      state: State,
      dueAt: Moment.nullable(),
      lastAt: Moment,
    }),
  ),
  present: z.array(z.object({ person: PersonRef, doing: z.enum(['reading', 'writing']) })),
  drafts: z.array(
    z.object({
      kind: z.enum(['reply', 'note']),
      body: z.string(),
      choices: z.record(z.string(), z.unknown()),
      seenVersion: z.number(),
      savedAt: Moment,
    }),
  ),
  /** what the composer starts from: recipients a reply would go to, and suggested times (working calendar) */
  reply: z.object({
    to: z.array(Recipient),
    cc: z.array(Recipient),
    getBackAt: Moment,
    askAgainAt: Moment,
    followUpAt: Moment,
  }),
  may: z.object({ write: z.boolean(), handOver: z.boolean(), trash: z.boolean() }),
})
export type ConversationView = z.infer<typeof ConversationView>
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
    attachments: z.array(Id).max(50).default([]),
  }),
  Outcome,
)
/** Close with nothing owed and no message. */
export const closeQuietly = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/close',
  z.strictObject({ ...One, seenVersion: z.int(), because: Reason }),
  Outcome,
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
  z.strictObject({ ...One, body: Html, attachments: z.array(Id).max(50).default([]) }),
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
    attachments: z.array(Id).max(50).default([]),
  }),
  z.object({ conversationId: Id, messageId: Id }),
)

export const takeOwnership = endpoint('POST', '/api/v1/conversations/:conversationId/own', z.strictObject(One), Done)
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
  }),
  Done,
)
/** First owner of an unowned one: not a handover. */
export const assign = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/assign',
  z.strictObject({ ...One, memberId: Id }),
  Done,
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
  z.strictObject({ ...One, seenVersion: z.int(), body: Html }),
  Outcome,
)
export const preparedFollowUp = endpoint(
  'GET',
  '/api/v1/conversations/:conversationId/follow-up',
  z.strictObject(One),
  z.object({ body: z.string(), recipients: z.array(Recipient) }),
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
/** Multipart upload goes to POST /api/v1/uploads (field `file`) and answers this. Files come from GET /files/:attachmentId. */
export const Upload = z.object({ id: Id, name: z.string(), bytes: z.number(), mediaType: z.string() })
/** People whose name or address starts like this, for opening a conversation. */
export const findPeople = endpoint(
  'GET',
  '/api/v1/people',
  z.strictObject({ like: z.string().trim().min(1).max(100) }),
  z.object({ people: z.array(z.object({ id: Id, name: z.string(), address: z.string().nullable() })) }),
)
