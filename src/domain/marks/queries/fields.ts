/** Fields as their settings show them, and one as a conversation needs it to judge a value. */
import { sql } from 'kysely'
import type { FieldView } from '../../../contract/fields.ts'
import type { Db, Tx } from '../../../platform/db/index.ts'
import { type Member, maySettleField, seesField } from '../../access/index.ts'
import type { FieldRow } from '../tables/fields.ts'

type Row = FieldRow & { teamName: string | null }

/** In their order, archived ones too; those of teams this actor has nothing to do with are not there. */
export async function listFields(on: Db | Tx, actor: Member): Promise<FieldView[]> {
  const { rows } = await sql<Row>`select f.id, f.name, f.kind, f.choices, f.team_id, f.archived_at, t.name as team_name
    from custom_field f left join team t on t.id = f.team_id order by f.position, f.id`.execute(on)
  return rows
    .filter(row => seesField(actor, row))
    .map(row => ({
      id: row.id,
      name: row.name,
      kind: row.kind,
      choices: row.choices,
      team: row.teamId ? { id: row.teamId, name: row.teamName ?? '' } : null,
      archived: row.archivedAt !== null,
      mayChange: maySettleField(actor, row),
    }))
}

/** One that conversations of this team carry now; null for another team's, or an archived one. */
export async function fieldFor(tx: Tx, fieldId: string, teamId: string): Promise<FieldRow | null> {
  const { rows } = await sql<FieldRow>`select id, name, kind, choices, team_id, archived_at from custom_field
    where id = ${fieldId}::uuid and archived_at is null and (team_id is null or team_id = ${teamId}::uuid) for share`.execute(
    tx,
  )
  return rows[0] ?? null
}
