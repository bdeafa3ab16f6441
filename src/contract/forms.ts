/** Forms that customers fill in at /help/ask: what they ask for beside the words, of which kind, and when. Each leads to a mailbox and so to its team. */
import { z } from 'zod'
import { Done, endpoint, Id, Nothing } from './kit.ts'

export const FormFieldKind = z.enum(['line', 'text', 'number', 'date', 'choice', 'choices', 'yes-no'])
export type FormFieldKind = z.infer<typeof FormFieldKind>

/** `when`: asked only where that other field, which stands above it, was answered so. */
export const FormField = z.strictObject({
  id: Id,
  kind: FormFieldKind,
  label: z.string().trim().min(1).max(200),
  hint: z.string().trim().max(500).default(''),
  required: z.boolean().default(false),
  choices: z.array(z.string().trim().min(1).max(200)).max(50).default([]),
  /** the field of conversations that its answer becomes, too */
  fieldId: Id.nullable().default(null),
  when: z
    .strictObject({ fieldId: Id, is: z.string().max(200) })
    .nullable()
    .default(null),
})
export type FormField = z.infer<typeof FormField>

export const Form = z.object({
  id: Id,
  name: z.string(),
  intro: z.string(),
  mailboxId: Id,
  fields: z.array(FormField),
  asksNeededBy: z.boolean(),
  takesFiles: z.boolean(),
})
export type Form = z.infer<typeof Form>

export const forms = endpoint(
  'GET',
  '/api/v1/forms',
  Nothing,
  z.object({
    forms: z.array(Form),
    mailboxes: z.array(z.object({ id: Id, address: z.string(), team: z.string() })),
    /** of conversations, by the kinds that fit */
    fields: z.array(z.object({ id: Id, name: z.string(), kind: z.string() })),
  }),
)
/** Makes it, or replaces all of it. */
export const saveForm = endpoint(
  'PUT',
  '/api/v1/forms/:formId',
  z.strictObject({
    formId: Id,
    name: z.string().trim().min(1).max(100),
    intro: z.string().trim().max(500).default(''),
    mailboxId: Id,
    fields: z.array(FormField).max(30),
    asksNeededBy: z.boolean().default(true),
    takesFiles: z.boolean().default(true),
  }),
  z.object({ form: Form }),
)
export const removeForm = endpoint('DELETE', '/api/v1/forms/:formId', z.strictObject({ formId: Id }), Done)
