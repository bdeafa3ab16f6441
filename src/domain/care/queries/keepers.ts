/** Who may keep a relationship, and who stands in for a keeper. */
import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '../../../platform/db/index.ts'

/** Serves in a team, with an account that is open. `person` is a column or a value. */
export function servesNow(person: RawBuilder<unknown>, now: Date): RawBuilder<boolean> {
  return sql`exists (select from member m where m.person_id = ${person} and m.disabled_at is null and (m.expires_at is null or m.expires_at > ${now})
    and exists (select from team_member r join team t on t.id = r.team_id where r.person_id = m.person_id and r.role in ('lead', 'teammate') and t.archived_at is null))`
}

export async function isKeeper(on: Db | Tx, personId: string, now: Date): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`select ${servesNow(sql`${personId}::uuid`, now)} as is`.execute(on)
  return rows[0]!.is
}

export async function keepersNow(db: Db, now: Date): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{
    id: string
    name: string
  }>`select p.id, p.name from member k join person p on p.id = k.person_id
    where ${servesNow(sql`k.person_id`, now)} order by lower(p.name), p.id limit 1000`.execute(db)
  return rows
}
