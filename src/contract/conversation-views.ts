/** How conversations look from outside: states, next steps, rows of lists, and one conversation whole. */
import { z } from 'zod'
import { ConversationField } from './fields.ts'
import { Cursor, Id, Moment, Words } from './kit.ts'
import { Priority } from './marks.ts'
import { OfferView } from './options.ts'
import { PersonRef, PromiseView } from './promises.ts'
import { Preferred } from './relations.ts'
import { TagRef } from './tags.ts'

export const State = z.enum(['open', 'pending', 'solved', 'closed', 'aside', 'spam', 'trash', 'merged'])
export type State = z.infer<typeof State>
export const Channel = z.enum(['mail', 'phone', 'written', 'portal', 'chat'])
export type Channel = z.infer<typeof Channel>
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
      /** the options that the reply offers */
      z.strictObject({ is: z.literal('options') }),
    ]),
    followUpAt: Moment,
  }),
  z.strictObject({ is: z.literal('nothing-owed'), because: Reason }),
])
export type NextStep = z.infer<typeof NextStep>

export const View = z.enum(['mine', 'unowned', 'open', 'pending', 'solved', 'closed', 'all', 'aside', 'spam', 'trash'])
export type View = z.infer<typeof View>
/** `waiting`: who waits for us the longest. */
export const Sort = z.enum(['due', 'latest', 'oldest', 'priority', 'waiting'])
export type Sort = z.infer<typeof Sort>

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
  priority: Priority,
  /** the first four: a fourth says that there are more than the three a row shows */
  tags: z.array(TagRef),
  /** my own reminder */
  snoozedUntil: Moment.nullable(),
  /** who has begun to write here: me before others */
  draftBy: PersonRef.nullable(),
  /** came by chat: whether its customer is there now */
  chat: z.enum(['here', 'left']).nullable(),
})
export type Row = z.infer<typeof Row>
/** Capped at 1,000: `more` says that there are more. */
export const Count = z.object({ count: z.number(), more: z.boolean() })
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
  kind: z.enum(['message', 'reply', 'note', 'acknowledgement', 'follow-up', 'call', 'automatic', 'forward']),
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
  /** the options it offered */
  offer: OfferView.nullable(),
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
  channel: Channel,
  outcome: z.string().nullable(),
  closedBecause: z.string().nullable(),
  team: z.object({ id: Id, name: z.string() }),
  owner: PersonRef.nullable(),
  answering: PersonRef,
  neededBy: Moment.nullable(),
  priority: Priority,
  tags: z.array(TagRef),
  /** all it may carry, in their order, with what is said there */
  fields: z.array(ConversationField),
  followers: z.array(PersonRef),
  following: z.boolean(),
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
    /** where they would rather be reached, shown beside what is written to them */
    preferred: Preferred,
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
      suspendedBecause: z.string().nullable(),
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
    /** the customer asked for answers at another address than they wrote from; `to` names it already */
    replyTo: z.object({ address: z.string(), insteadOf: z.string(), otherDomain: z.boolean() }).nullable(),
    getBackAt: Moment,
    askAgainAt: Moment,
    followUpAt: Moment,
  }),
  may: z.object({ write: z.boolean(), handOver: z.boolean(), trash: z.boolean() }),
})
export type ConversationView = z.infer<typeof ConversationView>
/** Multipart upload goes to POST /api/v1/uploads (field `file`) and answers this. Files come from GET /files/:attachmentId. */
export const Upload = z.object({ id: Id, name: z.string(), bytes: z.number(), mediaType: z.string() })
export type Upload = z.infer<typeof Upload>
