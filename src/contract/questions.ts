/** Questions that come again: earlier ones like it with our answers, which are the same, what teaches, and who decides about the cause. */
import { z } from 'zod'
import { Cursor, Done, endpoint, Id, Moment, Nothing, Words } from './kit.ts'
import { PersonRef, PromiseView } from './promises.ts'

/** Further back nobody counts how often something was asked. */
export const recurringDays = 90

/** What we answered then, in its first words. */
const EarlierAnswer = z.object({
  messageId: Id,
  by: PersonRef.nullable(),
  at: Moment,
  excerpt: z.string(),
  /** the customer said that it held */
  verified: z.boolean(),
})

export const EarlierQuestion = z.object({
  conversationId: Id,
  number: z.number(),
  subject: z.string(),
  excerpt: z.string(),
  customer: PersonRef,
  at: Moment,
  answer: EarlierAnswer.nullable(),
})
export type EarlierQuestion = z.infer<typeof EarlierQuestion>

export const Outcome = z.enum(['fixed', 'taught', 'stays'])
export type Outcome = z.infer<typeof Outcome>

export const RecurringQuestion = z.object({
  id: Id,
  teamId: Id,
  teamName: z.string(),
  /** the subject and first words of the newest one */
  subject: z.string(),
  excerpt: z.string(),
  /** conversations of the last 90 days, and how many people they are of */
  asked: z.number(),
  people: z.number(),
  latestAt: Moment,
  latestNumber: z.number(),
  savedReply: z.object({ id: Id, name: z.string() }).nullable(),
  /** the latest promise to decide about its cause */
  decision: PromiseView.nullable(),
  outcome: z.object({ is: Outcome, words: z.string(), at: Moment }).nullable(),
})
export type RecurringQuestion = z.infer<typeof RecurringQuestion>

/** Earlier questions like the one this conversation began with, as far as one may read them. */
export const askedBefore = endpoint(
  'GET',
  '/api/v1/conversations/:conversationId/asked-before',
  z.strictObject({ conversationId: Id }),
  z.object({
    /** by this person, newest first */
    bySame: z.array(EarlierQuestion),
    /** by others: the most alike, rather different ones */
    byOthers: z.array(EarlierQuestion),
    /** how many other people asked this in the last 90 days */
    others: z.number(),
    recurring: RecurringQuestion.nullable(),
  }),
)

/** What we answered there, to begin a reply or a page with. Of another person's conversation without what is theirs alone. */
export const earlierAnswer = endpoint(
  'GET',
  '/api/v1/conversations/:conversationId/asked-before/:earlierId/answer',
  z.strictObject({ conversationId: Id, earlierId: Id }),
  z.object({
    html: z.string(),
    at: Moment,
    by: PersonRef.nullable(),
    language: z.string().nullable(),
    verified: z.boolean(),
    /** how many places were held back: greetings, names, addresses, numbers */
    heldBack: z.number(),
  }),
)

/** Whether two ask the same. It teaches the matching; null takes back what was said. */
export const judgeQuestions = endpoint(
  'PUT',
  '/api/v1/conversations/:conversationId/asked-before/:earlierId',
  z.strictObject({ conversationId: Id, earlierId: Id, same: z.boolean().nullable() }),
  Done,
)

/** What comes again and again in the teams one leads, most asked first. */
export const recurringQuestions = endpoint(
  'GET',
  '/api/v1/recurring-questions',
  z.strictObject({ teamId: Id.optional(), after: Cursor.optional() }),
  z.object({ questions: z.array(RecurringQuestion), next: Cursor.nullable() }),
)

/** Who could decide about its cause: those who lead the team, else its fallback. */
export const decidersOf = endpoint(
  'GET',
  '/api/v1/recurring-questions/:recurringId/deciders',
  z.strictObject({ recurringId: Id }),
  z.object({ people: z.array(PersonRef) }),
)

/** A promise of a lead to decide about the cause, by then; one that is open already is not doubled. */
export const askForDecision = endpoint(
  'POST',
  '/api/v1/recurring-questions/:recurringId/decision',
  z.strictObject({ recurringId: Id, byId: Id, words: Words, dueAt: Moment }),
  z.object({ question: RecurringQuestion }),
)

/** What was decided: by the lead who promised it, or another of the team. It keeps the promise. */
export const decide = endpoint(
  'PUT',
  '/api/v1/recurring-questions/:recurringId/decision',
  z.strictObject({ recurringId: Id, outcome: Outcome, words: Words }),
  z.object({ question: RecurringQuestion }),
)

/** Names the saved reply that teaches it; null for none. */
export const teachWith = endpoint(
  'PUT',
  '/api/v1/recurring-questions/:recurringId/teaching',
  z.strictObject({ recurringId: Id, savedReplyId: Id.nullable() }),
  z.object({ question: RecurringQuestion }),
)

/** Decisions I promised and have not answered, the soonest first. */
export const myDecisions = endpoint(
  'GET',
  '/api/v1/decisions/mine',
  Nothing,
  z.object({ questions: z.array(RecurringQuestion) }),
)
