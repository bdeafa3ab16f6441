/** Asks: what a colleague or a partner is asked from a conversation, how they answer, and how the answer is relayed. Nothing here is ever shown to the conversation's customer. */
import { z } from 'zod'
import { ConversationView } from './conversation-views.ts'
import { Cursor, Done, endpoint, Html, Id, MailAddress, Moment, Nothing, Words } from './kit.ts'
import { PersonRef, PromiseView } from './promises.ts'

/** open: waits for the expert · answered: waits to be relayed · relayed: the customer has it · closed: not needed any more */
export const AskState = z.enum(['open', 'answered', 'relayed', 'closed'])
export type AskState = z.infer<typeof AskState>
export const Verdict = z.enum(['worked', 'incomplete', 'wrong'])

export const AskFile = z.object({
  id: Id,
  name: z.string(),
  mediaType: z.string(),
  bytes: z.number(),
  address: z.string(),
})
export const AskMessage = z.object({
  id: Id,
  kind: z.enum(['question', 'answer', 'back', 'automatic']),
  author: PersonRef.nullable(),
  /** set where the author wrote from another address than the one that was asked */
  from: z.string().nullable(),
  at: Moment,
  html: z.string().nullable(),
  trimmedHtml: z.string().nullable(),
  text: z.string(),
  trimmed: z.string().nullable(),
  files: z.array(AskFile),
  /** came after the ask was closed */
  late: z.boolean(),
  /** how its mail stands; null: none was sent */
  sending: z.enum(['waiting', 'sending', 'sent', 'uncertain', 'failed', 'cancelled', 'bounced']).nullable(),
})
export type AskMessage = z.infer<typeof AskMessage>
/** A message of the customer's conversation that goes along with the question. */
export const AskContext = z.object({
  id: Id,
  author: z.string(),
  ours: z.boolean(),
  at: Moment,
  html: z.string().nullable(),
  text: z.string(),
})

export const AskView = z.object({
  id: Id,
  state: AskState,
  words: z.string(),
  by: PersonRef,
  expert: PersonRef.extend({ address: z.string().nullable(), member: z.boolean(), gone: z.boolean() }),
  askedAt: Moment,
  answeredAt: Moment.nullable(),
  relayedAt: Moment.nullable(),
  closedAt: Moment.nullable(),
  promise: PromiseView.nullable(),
  context: z.array(AskContext),
  messages: z.array(AskMessage),
  verdict: Verdict.nullable(),
  thanks: z.object({ words: z.string(), by: PersonRef, at: Moment }).nullable(),
  bounced: z.boolean(),
  /** what the reader may do here */
  may: z.object({ answer: z.boolean(), nameTime: z.boolean(), relay: z.boolean(), tend: z.boolean() }),
  /** the customer's conversation, for those who may read it */
  conversation: z.object({ id: Id, number: z.number(), subject: z.string(), customer: PersonRef }).nullable(),
})
export type AskView = z.infer<typeof AskView>

const One = { askId: Id }
const In = { conversationId: Id }

/** Exactly one of `memberId` and `address`: a colleague, or anybody who can be written to. */
export const makeAsk = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/asks',
  z.strictObject({
    ...In,
    memberId: Id.optional(),
    address: MailAddress.optional(),
    name: z.string().trim().max(300).optional(),
    body: Html,
    /** messages of the conversation that the expert may see; none: only the question */
    context: z.array(Id).max(50).default([]),
    /** attachments of those messages that go along, too; none by itself */
    files: z.array(Id).max(20).default([]),
    dueAt: Moment,
  }),
  z.object({ askId: Id, promise: PromiseView }),
)
/** All asks of a conversation, oldest first. */
export const asksOf = endpoint(
  'GET',
  '/api/v1/conversations/:conversationId/asks',
  z.strictObject(In),
  z.object({ asks: z.array(AskView) }),
)
/** Who could be asked: colleagues whose name or address is like this. */
export const findExperts = endpoint(
  'GET',
  '/api/v1/conversations/:conversationId/experts',
  z.strictObject({ ...In, like: z.string().trim().max(100).default('') }),
  z.object({
    experts: z.array(
      z.object({
        id: Id,
        name: z.string(),
        address: z.string().nullable(),
        member: z.boolean(),
        teams: z.array(z.string()),
        /** open asks that wait for them already */
        waiting: z.number(),
      }),
    ),
  }),
)

const AskRow = z.object({
  id: Id,
  state: AskState,
  words: z.string(),
  by: PersonRef,
  expert: PersonRef,
  at: Moment,
  dueAt: Moment.nullable(),
  /** the expert named it */
  named: z.boolean(),
  verdict: Verdict.nullable(),
  thanked: z.boolean(),
  conversation: ConversationView.pick({ id: true, number: true, subject: true })
    .extend({ customer: PersonRef })
    .nullable(),
})
export type AskRow = z.infer<typeof AskRow>
/** `forMe`: what I was asked and have not answered. `back`: answers that came to me and wait to be relayed. `news`: what came of what I said, newest first. */
export const myAsks = endpoint(
  'GET',
  '/api/v1/asks/mine',
  Nothing,
  z.object({ forMe: z.array(AskRow), back: z.array(AskRow), news: z.array(AskRow) }),
)
/** What I was asked and answered before, newest first. */
export const answeredAsks = endpoint(
  'GET',
  '/api/v1/asks/answered',
  z.strictObject({ after: Cursor.optional() }),
  z.object({ asks: z.array(AskRow), next: Cursor.nullable() }),
)
export const openAsk = endpoint('GET', '/api/v1/asks/:askId', z.strictObject(One), AskView)

/** The expert's answer, or a question in return (`back`); of those who asked: a further question, which opens it again. */
export const writeInAsk = endpoint(
  'POST',
  '/api/v1/asks/:askId/messages',
  z.strictObject({ ...One, body: Html, is: z.enum(['answer', 'back', 'question']) }),
  z.object({ messageId: Id }),
)
/** The expert says by when; or whoever asked writes down what the expert said. */
export const nameTime = endpoint(
  'POST',
  '/api/v1/asks/:askId/time',
  z.strictObject({ ...One, dueAt: Moment }),
  z.object({ promise: PromiseView }),
)
/** Words to begin the reply with, in the customer's language; `copy` is whom to copy when the expert is introduced. */
export const relay = endpoint(
  'POST',
  '/api/v1/asks/:askId/relay',
  z.strictObject({ ...One, introduce: z.boolean().default(false) }),
  z.object({ body: z.string(), copy: z.object({ name: z.string(), address: z.string() }).nullable() }),
)
/** It is not needed any more. The expert is told. */
export const closeAsk = endpoint('POST', '/api/v1/asks/:askId/close', z.strictObject(One), Done)
export const thankExpert = endpoint(
  'POST',
  '/api/v1/asks/:askId/thanks',
  z.strictObject({ ...One, words: Words }),
  Done,
)
