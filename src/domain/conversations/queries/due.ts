/** Which open promises are mine to keep now: by name, my teams' while I answer for them, and those of members I cover. Said once, for the list, its figures and the rail. */
import { type RawBuilder, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Db } from '../../../platform/db/index.ts'
import { answeringFor, coveredBy, type Member, ownedOnlyTeams, visibleTeams } from '../../access/index.ts'

/** Teams whose unowned conversations I answer for right now (I1). */
function answeredTeams(actor: Member, now: Date): RawBuilder<unknown> {
  return sql`(select t.id from team t where t.id = any(${visibleTeams(actor)}::uuid[])
    and ${actor.personId}::uuid = ${answeringFor({ team: 't.id', fallback: 't.fallbackId' }, now, actor.personId)} offset 0)`
}

/** Id and due time of the first so many of each sort; `within` speaks of `promise p`. */
export function mineToKeep(actor: Member, now: Date, within: RawBuilder<unknown>, limit: number): RawBuilder<unknown> {
  const teams = [...visibleTeams(actor), ...ownedOnlyTeams(actor)]
  const first = sql`order by p.due_at, p.id limit ${limit}`
  return sql`(select p.id, p.due_at from promise p where p.by_person_id = ${actor.personId}::uuid and p.direction <> 'theirs' and p.ended_at is null and ${within}
      and exists (select from conversation c where c.id = p.conversation_id and c.team_id = any(${teams}::uuid[])) ${first})
    union all (select w.id, w.due_at from ${answeredTeams(actor, now)} t cross join lateral
      (select p.id, p.due_at from promise p where p.by_team_id = t.id and p.by_person_id is null and p.ended_at is null and ${within} ${first}) w)
    union all (select w.id, w.due_at from ${coveredBy(actor.personId, visibleTeams(actor), now)} g cross join lateral
      (select p.id, p.due_at from promise p join conversation c on c.id = p.conversation_id where p.by_person_id = g.person_id and p.direction <> 'theirs'
        and p.kind <> 'reminder' and c.team_id = g.team_id and p.ended_at is null and ${within} ${first}) w)`
}

export const mostCounted = 1000

export async function dueFigures(
  db: Db,
  actor: Member,
  now: Date,
  until: Date,
): Promise<{ overdue: number; today: number }> {
  const { rows } = await sql<{ overdue: number; today: number }>`
    select (count(*) filter (where due_at < ${now}))::int as overdue, (count(*) filter (where due_at >= ${now}))::int as today
    from (${mineToKeep(actor, now, sql`p.due_at < ${until}`, mostCounted)}) n`.execute(db)
  return rows[0]!
}

export type Day = { from: Date; until: Date; endOfWeek: Date }

/** My day in my own zone, and the night after Sunday. Days have 23 to 25 hours. */
export async function myDay(db: Db, actor: Member, now: Date): Promise<Day> {
  const { rows } = await sql<{ zone: string }>`
    select coalesce(p.zone, (select zone from installation), 'UTC') as zone from person p where p.id = ${actor.personId}::uuid`.execute(
    db,
  )
  const zone = rows[0]?.zone ?? 'UTC'
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).toPlainDate()
  const midnight = (days: number) => new Date(today.add({ days }).toZonedDateTime(zone).epochMilliseconds)
  return { from: midnight(0), until: midnight(1), endOfWeek: midnight(8 - today.dayOfWeek) }
}
