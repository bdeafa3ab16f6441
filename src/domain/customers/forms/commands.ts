/** Forms are made, changed and put away by administrators. Refuses one that asks for what nobody can answer. */
import type { z } from 'zod'
import type { Form, saveForm as saveFormEndpoint } from '../../../contract/forms.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import type { Member } from '../../access/index.ts'
import { formTrouble } from './rules.ts'
import { archiveForm, choiceIds, isMailbox, saveFormRow } from './tables.ts'

export async function saveForm(
  tx: Tx,
  actor: Member,
  input: z.output<typeof saveFormEndpoint.input>,
  now: Date,
): Promise<Form> {
  const { formId, ...rest } = input
  const trouble = formTrouble(input.fields)
  if (trouble) throw new Refusal('form-troubled', 400, { fields: [trouble] })
  if (!(await isMailbox(tx, input.mailboxId))) throw absent()
  const wanted = input.fields.flatMap(({ fieldId }) => fieldId ?? [])
  const known = await choiceIds(tx, wanted)
  if (wanted.some(id => !known.has(id))) throw absent()
  const form = { id: formId, ...rest }
  await saveFormRow(tx, form, now)
  await told(tx, actor, formId, now)
  return form
}

export async function removeForm(tx: Tx, actor: Member, formId: string, now: Date) {
  if (!(await archiveForm(tx, formId, now))) throw absent()
  await told(tx, actor, formId, now)
  return { done: true as const }
}

function told(tx: Tx, actor: Member, formId: string, now: Date) {
  return record(tx, {
    ...{ kind: 'installation.changed', subjectId: null, actorId: actor.personId, scopes: [], at: now },
    facts: { setting: 'forms', formId },
  })
}
