/** A form that somebody filled in becomes a message, and its answers become values of the conversation's fields where they are meant to. */
import { sql } from 'kysely'
import type { FormField } from '../../../contract/forms.ts'
import type { Db, Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import { systemActor } from '../../access/index.ts'
import { setField, setNeededBy } from '../../conversations/index.ts'
import type { Filled } from './rules.ts'
import { choiceIds } from './tables.ts'

type Told = { conversationId: string; fields: readonly FormField[]; filled: Filled; neededBy: Date | null }

/** Beside the message, which says all of it in words, too. A field that the team has not, or that changed meanwhile, is left out. */
export async function noteAnswers(
  change: <T>(act: (tx: Tx) => Promise<T>) => Promise<T>,
  { conversationId, fields, filled, neededBy }: Told,
  now: Date,
): Promise<void> {
  const actor = systemActor('portal')
  if (neededBy) await change(tx => setNeededBy(tx, actor, { conversationId, neededBy: neededBy.toISOString() }, now))
  for (const { id, fieldId } of fields) {
    const values = (filled.get(id) ?? []).map(each => each.trim()).filter(Boolean)
    if (fieldId === null || values.length === 0) continue
    try {
      await change(async tx => {
        const field = (await choiceIds(tx, [fieldId])).get(fieldId)
        const value = field && valueFor(field, values)
        if (value !== undefined) await setField(tx, actor, { conversationId, fieldId, value }, now)
      })
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem
    }
  }
}

function valueFor(
  { kind, choices }: { kind: string; choices: { id: string; words: string }[] },
  values: readonly string[],
) {
  const first = values[0] ?? ''
  const idOf = (words: string) => choices.find(each => each.words.toLowerCase() === words.toLowerCase())?.id
  switch (kind) {
    case 'number':
      return Number(first.replace(',', '.'))
    case 'yes-no':
      return first === 'yes'
    case 'choice':
      return idOf(first)
    case 'choices':
      return values.flatMap(each => idOf(each) ?? [])
    default:
      return values.join(', ')
  }
}

export type Receipt = { number: number; owner: string | null; team: string; dueAt: Date | null }

/** Who has it and by when, for whoever has just sent it; null for what was put aside. */
export async function receiptOf(db: Db, conversationId: string): Promise<Receipt | null> {
  const { rows } = await sql<Receipt>`
    select c.number, o.name as owner, t.name as team,
      (select min(p.due_at) from promise p where p.conversation_id = c.id and p.ended_at is null and p.direction = 'ours' and p.kind = 'reply') as due_at
    from conversation c join team t on t.id = c.team_id left join person o on o.id = c.owner_id
    where c.id = ${conversationId}::uuid and c.state in ('open', 'pending', 'solved')`.execute(db)
  const row = rows[0]
  return row ? { ...row, number: Number(row.number) } : null
}
