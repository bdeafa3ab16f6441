/** All SQL that changes fields, and the door to one. */
import { sql } from 'kysely'
import type { FieldAbout, FieldChoice, FieldDefinition } from '../../../contract/fields.ts'
import type { Tx } from '../../../platform/db/index.ts'

export type FieldRow = FieldDefinition & { about: FieldAbout; teamId: string | null; archivedAt: Date | null }
const columns = sql`id, name, kind, choices, about, team_id, archived_at`

/** Locks it; null when there is none. */
export async function openField(tx: Tx, id: string): Promise<FieldRow | null> {
  const { rows } = await sql<FieldRow>`select ${columns} from custom_field where id = ${id}::uuid for update`.execute(
    tx,
  )
  return rows[0] ?? null
}

/** All that stand in the order, first to last, locked. Read after the lock: who waited for it must see what the one before them did. */
export async function lockOrder(tx: Tx): Promise<{ id: string; archived: boolean }[]> {
  await sql`select from custom_field order by id for update`.execute(tx)
  const { rows } = await sql<{ id: string; archived: boolean }>`
    select id, archived_at is not null as archived from custom_field order by position, id`.execute(tx)
  return rows
}

/** Goes last. */
export async function insertField(
  tx: Tx,
  field: FieldDefinition & { about: FieldAbout; teamId: string | null },
  now: Date,
): Promise<void> {
  await sql`insert into custom_field (id, name, kind, choices, about, team_id, position, created_at)
    values (${field.id}, ${field.name}, ${field.kind}, ${JSON.stringify(field.choices)}::jsonb, ${field.about}, ${field.teamId},
      (select coalesce(max(position), 0) + 1 from custom_field), ${now})`.execute(tx)
}

export async function saveField(
  tx: Tx,
  id: string,
  to: { name: string; choices: FieldChoice[]; archivedAt: Date | null },
): Promise<void> {
  await sql`update custom_field set name = ${to.name}, choices = ${JSON.stringify(to.choices)}::jsonb, archived_at = ${to.archivedAt} where id = ${id}::uuid`.execute(
    tx,
  )
}

export async function saveOrder(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`update custom_field f set position = o.at from unnest(${ids}::uuid[]) with ordinality o(id, at) where f.id = o.id and f.position <> o.at`.execute(
    tx,
  )
}

/** Which of these values, as stored, name this choice: a choice in use is archived rather than lost. */
export async function choicesInUse(tx: Tx, fieldId: string, choiceIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select x.id from unnest(${choiceIds}::text[]) x(id) where exists
    (select from (select field_id, value from conversation_field union all select field_id, value from person_field union all select field_id, value from organisation_field) v
      where v.field_id = ${fieldId}::uuid and (v.value = to_jsonb(x.id) or v.value @> to_jsonb(array[x.id])))`.execute(
    tx,
  )
  return new Set(rows.map(row => row.id))
}
