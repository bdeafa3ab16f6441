/** Teams, roles and duty: the only place that writes them. Refuses to leave a team without its fallback person. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Role } from '../../../contract/session.ts'
import type { Tx } from '../../../platform/db/index.ts'

export type TeamRow = {
  id: string
  name: string
  fallbackId: string
  calendarId: string
  replyWithin: number
  followUpDays: number
  reopenDays: number
}

export async function makeTeamRow(tx: Tx, team: Omit<TeamRow, 'id'>, now: Date): Promise<string> {
  const id = randomUUIDv7()
  await tx
    .insertInto('team')
    .values({ id, ...team, createdAt: now })
    .execute()
  return id
}

/** The door to a team for writing: held until the end of the transaction. */
export async function openTeam(tx: Tx, teamId: string): Promise<TeamRow | null> {
  const row = await tx
    .selectFrom('team')
    .select(['id', 'name', 'fallbackId', 'calendarId', 'replyWithin', 'followUpDays', 'reopenDays'])
    .where('id', '=', teamId)
    .where('archivedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return row ?? null
}

export async function changeTeamRow(tx: Tx, teamId: string, change: Partial<Omit<TeamRow, 'id'>>): Promise<void> {
  if (Object.keys(change).length === 0) return
  await tx.updateTable('team').set(change).where('id', '=', teamId).execute()
}

export async function roleIn(tx: Tx, teamId: string, personId: string): Promise<Role | null> {
  const row = await tx
    .selectFrom('teamMember')
    .select('role')
    .where('teamId', '=', teamId)
    .where('personId', '=', personId)
    .executeTakeFirst()
  return (row?.role as Role | undefined) ?? null
}

export async function giveRole(tx: Tx, teamId: string, personId: string, role: Role, now: Date): Promise<void> {
  await tx
    .insertInto('teamMember')
    .values({ teamId, personId, role, since: now })
    .onConflict(conflict => conflict.columns(['teamId', 'personId']).doUpdateSet({ role }))
    .execute()
}

/** Unfinished matters they own there: without a role nobody could open them in their name. */
export async function ownedIn(tx: Tx, teamId: string, personId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from conversation
    where owner_id = ${personId} and team_id = ${teamId} and state in ('open', 'pending', 'solved')`.execute(tx)
  return rows[0]!.count
}

export async function takeRole(tx: Tx, teamId: string, personId: string): Promise<boolean> {
  const gone = await tx
    .deleteFrom('teamMember')
    .where('teamId', '=', teamId)
    .where('personId', '=', personId)
    .returning('personId')
    .executeTakeFirst()
  return gone !== undefined
}

export type DutyRow = { id: string; personId: string; name: string; from: Date; to: Date }

export async function addDutyRow(
  tx: Tx,
  duty: { teamId: string; personId: string; from: Date; to: Date },
): Promise<string> {
  const id = randomUUIDv7()
  await sql`insert into duty (id, team_id, person_id, during)
    values (${id}, ${duty.teamId}, ${duty.personId}, tstzrange(${duty.from}, ${duty.to}))`.execute(tx)
  return id
}

export async function hasDutyIn(
  tx: Tx,
  duty: { teamId: string; personId: string; from: Date; to: Date },
): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select exists (select from duty where team_id = ${duty.teamId}
    and person_id = ${duty.personId} and during && tstzrange(${duty.from}, ${duty.to})) as found`.execute(tx)
  return rows[0]!.found
}

/** What lies ahead goes, what runs ends now, what was stays as it was. False: there is no such duty, or it is over. */
export async function endDuty(tx: Tx, which: { teamId: string; dutyId: string }, now: Date): Promise<boolean> {
  const ended = await sql`update duty set during = tstzrange(lower(during), ${now})
    where id = ${which.dutyId} and team_id = ${which.teamId} and lower(during) < ${now} and upper(during) > ${now}`.execute(
    tx,
  )
  const gone = await sql`delete from duty
    where id = ${which.dutyId} and team_id = ${which.teamId} and lower(during) >= ${now}`.execute(tx)
  return Number(ended.numAffectedRows ?? 0) + Number(gone.numAffectedRows ?? 0) > 0
}

/** Likewise for everything somebody has before them, in one team or in all. */
export async function endDuties(tx: Tx, personId: string, teamId: string | null, now: Date): Promise<void> {
  await sql`delete from duty where person_id = ${personId} and (${teamId}::uuid is null or team_id = ${teamId}) and lower(during) >= ${now}`.execute(
    tx,
  )
  await sql`update duty set during = tstzrange(lower(during), ${now})
    where person_id = ${personId} and (${teamId}::uuid is null or team_id = ${teamId}) and during @> ${now}::timestamptz`.execute(
    tx,
  )
}
