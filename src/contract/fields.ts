/** Fields an installation adds to its conversations, people and organisations: typed, of one team or of all, in an order, archived rather than lost. */
import { z } from 'zod'
import { Done, endpoint, Id } from './kit.ts'
import { MarkName } from './tags.ts'

export const FieldKind = z.enum(['text', 'number', 'date', 'yes-no', 'choice', 'choices', 'link'])
export type FieldKind = z.infer<typeof FieldKind>
/** What carries it. */
export const FieldAbout = z.enum(['conversation', 'person', 'organisation'])
export type FieldAbout = z.infer<typeof FieldAbout>
export const FieldChoice = z.object({ id: Id, words: z.string(), archived: z.boolean() })
export type FieldChoice = z.infer<typeof FieldChoice>
/** By kind: text and link a string, number a number, date "2026-11-24", yes-no a boolean, choice an id of a choice, choices several. */
export const FieldValue = z.union([z.string().max(4000), z.number(), z.boolean(), z.array(Id).max(200)]).nullable()
export type FieldValue = z.infer<typeof FieldValue>
export const FieldDefinition = z.object({
  id: Id,
  name: z.string(),
  kind: FieldKind,
  choices: z.array(FieldChoice),
})
export type FieldDefinition = z.infer<typeof FieldDefinition>
/** A field as a conversation shows it: with its value, null where nothing is said. */
export const ConversationField = FieldDefinition.extend({ value: FieldValue })
export type ConversationField = z.infer<typeof ConversationField>

export const FieldView = FieldDefinition.extend({
  about: FieldAbout,
  team: z.object({ id: Id, name: z.string() }).nullable(),
  archived: z.boolean(),
  /** who asks may change it: an administrator, or who leads its team */
  mayChange: z.boolean(),
})
export type FieldView = z.infer<typeof FieldView>
export const fields = endpoint('GET', '/api/v1/fields', z.strictObject({}), z.object({ fields: z.array(FieldView) }))

const Choices = z
  .array(z.strictObject({ id: Id.optional(), words: MarkName, archived: z.boolean().default(false) }))
  .max(200)
export const makeField = endpoint(
  'POST',
  '/api/v1/fields',
  z.strictObject({
    name: MarkName,
    kind: FieldKind,
    choices: Choices.default([]),
    about: FieldAbout.default('conversation'),
    /** of conversations only: people and organisations belong to no team */
    teamId: Id.nullable().default(null),
  }),
  z.object({ field: FieldView }),
)
/** The kind of a field stays what it was: its values are of that kind. */
export const changeField = endpoint(
  'PUT',
  '/api/v1/fields/:fieldId',
  z.strictObject({
    fieldId: Id,
    name: MarkName.optional(),
    choices: Choices.optional(),
    archived: z.boolean().optional(),
  }),
  z.object({ field: FieldView }),
)
/** To stand before that one, or last. */
export const moveField = endpoint(
  'POST',
  '/api/v1/fields/:fieldId/move',
  z.strictObject({ fieldId: Id, beforeId: Id.nullable() }),
  Done,
)

export const setField = endpoint(
  'PUT',
  '/api/v1/conversations/:conversationId/fields/:fieldId',
  z.strictObject({ conversationId: Id, fieldId: Id, value: FieldValue }),
  z.object({ value: FieldValue }),
)
