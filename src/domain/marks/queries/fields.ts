/** Fields as their settings show them, and one as a conversation needs it to judge a value. */
import { sql } from 'kysely'
import type { ConversationField, FieldView } from '../../../contract/fields.ts'
import type { Db, Tx } from '../../../platform/db/index.ts'
import { type Member, maySettleField, seesField } from '../../access/index.ts'
import type { FieldRow } from '../tables/fields.ts'

type Row = FieldRow & { teamName: string | null }

/** In their order, archived ones too; those of teams this actor has nothing to do with are not there. */
export async function listFields(on: Db | Tx, actor: Member): Promise<FieldView[]> {
  const { rows } =
    await sql<Row>`select f.id, f.name, f.kind, f.choices, f.about, f.team_id, f.archived_at, t.name as team_name
    from custom_field f left join team t on t.id = f.team_id order by f.position, f.id`.execute(on)
  return rows
    .filter(row => seesField(actor, row))
    .map(row => ({
      id: row.id,
      name: row.name,
      kind: row.kind,
      choices: row.choices,
      about: row.about,
      team: row.teamId ? { id: row.teamId, name: row.teamName ?? '' } : null,
      archived: row.archivedAt !== null,
      mayChange: maySettleField(actor, row),
    }))
}

/** One that conversations of this team carry now; null for another team's, or an archived one. */
export async function fieldFor(tx: Tx, fieldId: string, teamId: string): Promise<FieldRow | null> {
  const { rows } = await sql<FieldRow>`select id, name, kind, choices, about, team_id, archived_at from custom_field
    where id = ${fieldId}::uuid and about = 'conversation' and archived_at is null and (team_id is null or team_id = ${teamId}::uuid) for share`.execute(
    tx,
  )
  return rows[0] ?? null
}

/** One that people, or organisations, carry now. */
export async function fieldOf(tx: Tx, fieldId: string, about: 'person' | 'organisation'): Promise<FieldRow | null> {
  const { rows } = await sql<FieldRow>`select id, name, kind, choices, about, team_id, archived_at from custom_field
    where id = ${fieldId}::uuid and about = ${about} and archived_at is null for share`.execute(tx)
  return rows[0] ?? null
}

/** All that a person or an organisation may carry, in their order, with what is said. */
export async function fieldsAbout(
  on: Db | Tx,
  about: 'person' | 'organisation',
  id: string,
): Promise<ConversationField[]> {
  const { rows } = await sql<ConversationField>`select f.id, f.name, f.kind, f.choices, v.value from custom_field f
    left join ${sql.table(`${about}_field`)} v on v.field_id = f.id and v.${sql.ref(`${about}_id`)} = ${id}::uuid
    where f.about = ${about} and f.archived_at is null order by f.position, f.id`.execute(on)
  return rows
}
