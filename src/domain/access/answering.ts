/** Who answers for a conversation (I1), as parts of a query: its owner while they can, else who is on duty, else the team's fallback person. Columns are named as they stand in the query. */
import { type RawBuilder, sql } from 'kysely'

const isOpen = (now: Date) => sql`m.disabled_at is null and (m.expires_at is null or m.expires_at > ${now})`

/** The owner, unless their account is closed or they left the team. */
function ownerWhoCan(owner: string, team: string, now: Date): RawBuilder<string | null> {
  return sql`(select r.person_id from team_member r join member m using (person_id)
    where r.person_id = ${sql.ref(owner)} and r.team_id = ${sql.ref(team)} and r.role <> 'partner' and ${isOpen(now)})`
}

/** Of several on duty `rather`, else whose time ends first. */
export function onDuty(team: string, now: Date, rather: string | null = null): RawBuilder<string | null> {
  return sql`(select d.person_id from duty d join member m using (person_id)
    where d.team_id = ${sql.ref(team)} and d.during @> ${now}::timestamptz and ${isOpen(now)}
    order by d.person_id is not distinct from ${rather}::uuid desc, upper(d.during), d.person_id limit 1)`
}

export function answering(columns: { owner: string; team: string; fallback: string }, now: Date): RawBuilder<string> {
  const { owner, team, fallback } = columns
  return sql`coalesce(${ownerWhoCan(owner, team, now)}, ${onDuty(team, now)}, ${sql.ref(fallback)})`
}

/** Members of these teams who no longer can: others cover what they promised. */
export function goneFrom(teams: readonly string[], now: Date): RawBuilder<unknown> {
  return sql`(select distinct r.person_id from team_member r join member m using (person_id)
    where r.team_id = any(${teams}::uuid[]) and not (${isOpen(now)}))`
}
