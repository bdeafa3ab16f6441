/** Absences, how teams give out what is new, and how much one member gets: the only place that writes them. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Assigns } from '../../../contract/absences.ts'
import type { Db, Tx } from '../../../platform/db/index.ts'

export type AbsenceRow = { id: string; personId: string; deputyId: string | null; from: Date; to: Date }

export async function addAbsenceRow(tx: Tx, it: Omit<AbsenceRow, 'id'> & { byId: string }, now: Date): Promise<string> {
  const id = randomUUIDv7()
  await sql`insert into absence (id, person_id, deputy_id, during, by_id, created_at)
    values (${id}, ${it.personId}, ${it.deputyId}, tstzrange(${it.from}, ${it.to}), ${it.byId}, ${now})`.execute(tx)
  return id
}

/** The door to an absence for writing. */
export async function openAbsence(tx: Tx, id: string): Promise<AbsenceRow | null> {
  const { rows } = await sql<AbsenceRow>`select id, person_id, deputy_id, lower(during) as "from", upper(during) as "to"
    from absence where id = ${id}::uuid for update`.execute(tx)
  return rows[0] ?? null
}

export async function isAbsentIn(tx: Tx, personId: string, from: Date, to: Date): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select exists (select from absence where person_id = ${personId}::uuid
    and during && tstzrange(${from}, ${to})) as found`.execute(tx)
  return rows[0]!.found
}

/** What runs ends now, what lies ahead goes. */
export async function endAbsenceRow(tx: Tx, it: AbsenceRow, now: Date): Promise<void> {
  if (it.from < now)
    await sql`update absence set during = tstzrange(lower(during), ${now}) where id = ${it.id}::uuid`.execute(tx)
  else await sql`delete from absence where id = ${it.id}::uuid`.execute(tx)
}

/** Teams in which the first one has a part and the second one serves. */
export async function teamsCovered(on: Db | Tx, personId: string, deputyId: string): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`select count(*)::int as count from team_member a join team_member b using (team_id)
    where a.person_id = ${personId}::uuid and a.role <> 'partner' and b.person_id = ${deputyId}::uuid and b.role in ('lead', 'teammate')`.execute(
    on,
  )
  return rows[0]!.count
}

export async function teamsOf(on: Db | Tx, personId: string): Promise<string[]> {
  const { rows } = await sql<{ teamId: string }>`select r.team_id from team_member r join team t on t.id = r.team_id
    where r.person_id = ${personId}::uuid and t.archived_at is null`.execute(on)
  return rows.map(row => row.teamId)
}

export async function setAssignsOf(tx: Tx, teamId: string, assigns: z.infer<typeof Assigns>): Promise<void> {
  await sql`update team set assigns = ${assigns} where id = ${teamId}::uuid`.execute(tx)
}

/** False: this is no member of that team. */
export async function setLimitOf(tx: Tx, teamId: string, personId: string, limit: number | null): Promise<boolean> {
  const { rows } = await sql`update team_member set load_limit = ${limit}::int
    where team_id = ${teamId}::uuid and person_id = ${personId}::uuid returning person_id`.execute(tx)
  return rows.length > 0
}
