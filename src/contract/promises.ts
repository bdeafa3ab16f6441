/** What the desk may ask of the promise ledger, and how a promise looks from outside. */
import { z } from 'zod'
import { Cursor, Done, endpoint, Id, Moment, Words } from './kit.ts'

export const PromiseKind = z.enum([
  'reply',
  'action',
  'ask-again',
  'follow-up',
  'check-in',
  'ask',
  'renewal',
  'decision',
  'reminder',
])
export type PromiseKind = z.infer<typeof PromiseKind>

/** Derived from the ledger's times when it is asked, never stored. */
export const PromiseState = z.enum([
  'open',
  'soon',
  'overdue',
  'kept',
  'kept-late',
  'renegotiated',
  'broken',
  'released',
])
export type PromiseState = z.infer<typeof PromiseState>

/** Whose reply target set the time of an automatic promise. */
export const PromiseTarget = z.enum(['team', 'organisation', 'service', 'agreement'])
export type PromiseTarget = z.infer<typeof PromiseTarget>

/** Why one of ours was given another time or broken: for learning from it, never for counting people. */
export const Because = z.enum([
  'took-longer',
  'waits-for-others',
  'came-between',
  'lost-sight',
  'they-asked',
  'cannot',
  'other',
])
export type Because = z.infer<typeof Because>
/** Why a promise no longer binds anybody. */
export const LetGo = z.enum(['not-needed', 'they-said-so', 'done-otherwise', 'mistake', 'other'])
export type LetGo = z.infer<typeof LetGo>

/** Who somebody is, as far as a list or a chip needs. */
export const PersonRef = z.object({ id: Id, name: z.string() })
export const PartyRef = z.object({ id: Id, name: z.string(), is: z.enum(['person', 'team']) })

export const PromiseView = z.object({
  id: Id,
  conversationId: Id.nullable(),
  kind: PromiseKind,
  direction: z.enum(['ours', 'theirs', 'inside']),
  by: PartyRef,
  to: PartyRef.nullable(),
  /** what was promised; empty when nobody has put it in words: the catalogue then says it by kind ("answers", "asks again", "asks whether it held") */
  words: z.string(),
  automatic: z.boolean(),
  madeAt: Moment,
  dueAt: Moment,
  toldAt: Moment.nullable(),
  state: PromiseState,
  endedAt: Moment.nullable(),
  endedWhy: z.string().nullable(),
  /** what a person said about its end, in their own words */
  endedWords: z.string().nullable(),
  target: PromiseTarget.nullable(),
  /** theirs: when we last put in a kind word about it */
  remindedAt: Moment.nullable(),
  /** the due time it was moved to, when renegotiated or broken by a later one */
  movedTo: Moment.nullable(),
})
export type PromiseView = z.infer<typeof PromiseView>

/** A promise on Today: with the conversation it belongs to. */
export const DuePromise = z.object({
  promise: PromiseView,
  conversation: z
    .object({
      id: Id,
      number: z.number(),
      subject: z.string(),
      customer: PersonRef,
      state: z.string(),
      neededBy: Moment.nullable(),
      draft: Moment.nullable(),
    })
    .nullable(),
})
export type DuePromise = z.infer<typeof DuePromise>

/** My open promises by due time, and those of my teams that nobody owns while I am on duty or their fallback. */
export const myPromises = endpoint(
  'GET',
  '/api/v1/promises/mine',
  z.strictObject({ after: Cursor.optional(), direction: z.enum(['ours', 'theirs']).default('ours') }),
  z.object({ promises: z.array(DuePromise), next: Cursor.nullable(), overdue: z.number(), today: z.number() }),
)

/** Move an open promise of ours to another time, with words that are sent to the customer when `tell` is set. */
export const renegotiate = endpoint(
  'POST',
  '/api/v1/promises/:promiseId/renegotiate',
  z.strictObject({
    promiseId: Id,
    dueAt: Moment,
    words: Words,
    tell: Words.optional(),
    because: Because.optional(),
  }),
  z.object({ promise: PromiseView }),
)

/** Say that an `action` or `their` promise was kept. */
export const keepPromise = endpoint('POST', '/api/v1/promises/:promiseId/keep', z.strictObject({ promiseId: Id }), Done)
