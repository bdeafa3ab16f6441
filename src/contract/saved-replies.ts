/** Saved replies: starting points for what one writes often, of one person, one team or everybody, in several languages. */
import { z } from 'zod'
import { Done, endpoint, Id, Moment, Nothing } from './kit.ts'

export const savedReplySteps = ['we-get-back', 'your-turn', 'answered', 'we-cannot', 'nothing-owed'] as const
export const Whose = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('mine') }),
  z.strictObject({ is: z.literal('team'), teamId: Id }),
  z.strictObject({ is: z.literal('everybody') }),
])
export type Whose = z.infer<typeof Whose>

/** Longer words are an article or a file. */
const Body = z.string().max(100_000)
const Language = z
  .string()
  .trim()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
  .max(20)
const Shortcut = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[^\s/]{1,30}$/)

export const SavedReply = z.object({
  id: Id,
  name: z.string(),
  shortcut: z.string().nullable(),
  whose: z.discriminatedUnion('is', [
    z.object({ is: z.literal('mine') }),
    z.object({ is: z.literal('team'), teamId: Id }),
    z.object({ is: z.literal('everybody') }),
  ]),
  teamName: z.string().nullable(),
  nextStep: z.enum(savedReplySteps).nullable(),
  /** the first is taken for languages that have none */
  texts: z.array(z.object({ language: z.string(), body: z.string() })),
  used: z.number(),
  /** how often an answer with it held */
  verified: z.number(),
  /** answers with it that did not hold, for whoever may change it; with the customer's words where one may read them */
  flags: z.array(
    z.object({
      id: Id,
      at: Moment,
      verdict: z.enum(['incomplete', 'wrong']),
      said: z.string(),
      conversationId: Id.nullable(),
      number: z.number().nullable(),
    }),
  ),
  archivedAt: Moment.nullable(),
  changedAt: Moment,
  mayChange: z.boolean(),
})
export type SavedReply = z.infer<typeof SavedReply>

const Fields = {
  name: z.string().trim().min(1).max(100),
  shortcut: Shortcut.nullable().default(null),
  whose: Whose,
  nextStep: z.enum(savedReplySteps).nullable().default(null),
  texts: z
    .array(z.strictObject({ language: Language, body: Body }))
    .min(1)
    .max(20),
}

/** All that one may use or change; archived ones are told apart by their time. */
export const savedReplies = endpoint(
  'GET',
  '/api/v1/saved-replies',
  Nothing,
  z.object({ savedReplies: z.array(SavedReply) }),
)
/** 422 `unknown-variable` names in `facts.unknown` what can't be filled; 409 `shortcut-taken`. */
export const makeSavedReply = endpoint(
  'POST',
  '/api/v1/saved-replies',
  z.strictObject(Fields),
  z.object({ savedReply: SavedReply }),
)
export const changeSavedReply = endpoint(
  'PUT',
  '/api/v1/saved-replies/:savedReplyId',
  z.strictObject({ savedReplyId: Id, ...Fields }),
  z.object({ savedReply: SavedReply }),
)
export const archiveSavedReply = endpoint(
  'PUT',
  '/api/v1/saved-replies/:savedReplyId/archived',
  z.strictObject({ savedReplyId: Id, archived: z.boolean() }),
  z.object({ savedReply: SavedReply }),
)
/** Whoever may change it has read what did not hold, and mended the words or left them. */
export const settleFlags = endpoint(
  'POST',
  '/api/v1/saved-replies/:savedReplyId/flags/settle',
  z.strictObject({ savedReplyId: Id }),
  z.object({ savedReply: SavedReply }),
)
/** It was put into what somebody writes: counted for the words, never for the person. */
export const useSavedReply = endpoint(
  'POST',
  '/api/v1/saved-replies/:savedReplyId/used',
  z.strictObject({ savedReplyId: Id }),
  Done,
)
