/** Who answers for a conversation (I1), as parts of a query: its owner while they can, else their deputy while they are away, else who is on duty, else the team's fallback person. Columns are named as they stand in the query. */
import { type RawBuilder, sql } from 'kysely'

const isOpen = (now: Date) => sql`m.disabled_at is null and (m.expires_at is null or m.expires_at > ${now})`

/** In an absence that was entered. */
function isAway(person: string, now: Date): RawBuilder<boolean> {
  return sql`exists (select from absence ab where ab.person_id = ${sql.ref(person)} and ab.during @> ${now}::timestamptz)`
}

/** The owner, unless their account is closed, they left the team, or they are away. */
function ownerWhoCan(owner: string, team: string, now: Date): RawBuilder<string | null> {
  return sql`(select r.person_id from team_member r join member m using (person_id)
    where r.person_id = ${sql.ref(owner)} and r.team_id = ${sql.ref(team)} and r.role <> 'partner' and ${isOpen(now)}
      and not ${isAway('r.personId', now)})`
}

/** Who stands in for somebody who is away: they serve in that team, and are there themselves. */
function deputyOf(person: string, team: string, now: Date): RawBuilder<string | null> {
  return sql`(select dr.person_id from absence da join team_member dr on dr.person_id = da.deputy_id join member m on m.person_id = dr.person_id
    where da.person_id = ${sql.ref(person)} and da.during @> ${now}::timestamptz and dr.team_id = ${sql.ref(team)}
      and dr.role in ('lead', 'teammate') and ${isOpen(now)} and not ${isAway('dr.personId', now)}
    order by upper(da.during), dr.person_id limit 1)`
}

/** Of several on duty `rather`, else whose time ends first; nobody who is away. */
export function onDuty(team: string, now: Date, rather: string | null = null): RawBuilder<string | null> {
  return sql`(select d.person_id from duty d join member m using (person_id)
    where d.team_id = ${sql.ref(team)} and d.during @> ${now}::timestamptz and ${isOpen(now)} and not ${isAway('d.personId', now)}
    order by d.person_id is not distinct from ${rather}::uuid desc, upper(d.during), d.person_id limit 1)`
}

/** Who answers for a team where nobody owns: there is always one. */
export function answeringFor(
  columns: { team: string; fallback: string },
  now: Date,
  rather: string | null = null,
): RawBuilder<string> {
  const { team, fallback } = columns
  return sql`coalesce(${onDuty(team, now, rather)}, ${deputyOf(fallback, team, now)}, ${sql.ref(fallback)})`
}

export function answering(columns: { owner: string; team: string; fallback: string }, now: Date): RawBuilder<string> {
  const { owner, team } = columns
  return sql`coalesce(${ownerWhoCan(owner, team, now)}, ${deputyOf(owner, team, now)}, ${answeringFor(columns, now)})`
}

/** Members of these teams who can't answer now (away, or their account is closed) and for whom this one does, with the team. */
export function coveredBy(personId: string, teams: readonly string[], now: Date): RawBuilder<unknown> {
  const place = { team: 'gone.teamId', fallback: 'gone.fallbackId' }
  return sql`(select gone.person_id, gone.team_id from (
      select r.person_id, r.team_id, t.fallback_id from team_member r join member m using (person_id) join team t on t.id = r.team_id
      where r.team_id = any(${teams}::uuid[]) and r.person_id <> ${personId}::uuid and (not (${isOpen(now)}) or ${isAway('r.personId', now)}) offset 0) gone
    where ${personId}::uuid = coalesce(${deputyOf('gone.personId', place.team, now)}, ${answeringFor(place, now, personId)}))`
}

/** Who stands for a member in what belongs to no team: they themselves while they serve and are there, else the deputy of their absence, else nobody. */
export function standingFor(person: string, now: Date): RawBuilder<string | null> {
  const canServe = sql`${isOpen(now)} and not ${isAway('m.personId', now)} and exists (select from team_member sr join team st on st.id = sr.team_id
    where sr.person_id = m.person_id and sr.role in ('lead', 'teammate') and st.archived_at is null)`
  return sql`coalesce((select m.person_id from member m where m.person_id = ${sql.ref(person)} and ${canServe}),
    (select m.person_id from absence da join member m on m.person_id = da.deputy_id
      where da.person_id = ${sql.ref(person)} and da.during @> ${now}::timestamptz and ${canServe} order by upper(da.during), m.person_id limit 1))`
}
