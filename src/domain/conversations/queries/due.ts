/**
 * Which open promises are mine to keep now: by name, my teams' while I answer for them, and those of members I cover. Said
 * once, for the list, its figures and the rail. For whom I answer is asked first, apart: it is a long question about few rows.
 */
import { type RawBuilder, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Db } from '../../../platform/db/index.ts'
import { answeringFor, coveredBy, type Member, ownedOnlyTeams, visibleTeams } from '../../access/index.ts'

export type Keeping = {
  personId: string
  /** where I see anything at all */
  teams: string[]
  /** whose unowned conversations I answer for right now (I1) */
  answered: string[]
  covered: { personIds: string[]; teamIds: string[] }
  day: Day
}
/** My day in my own zone, and the night after Sunday. Days have 23 to 25 hours. */
export type Day = { from: Date; until: Date; endOfWeek: Date }

export async function keepingOf(db: Db, actor: Member, now: Date): Promise<Keeping> {
  const served = visibleTeams(actor)
  const me = sql`${actor.personId}::uuid`
  const { rows } = await sql<{ zone: string; answered: string[]; personIds: string[]; teamIds: string[] }>`
    select coalesce(p.zone, (select zone from installation), 'UTC') as zone,
      array(select t.id from team t where t.id = any(${served}::uuid[]) and ${me} = ${answeringFor({ team: 't.id', fallback: 't.fallbackId' }, now, actor.personId)}) as answered,
      coalesce(g.person_ids, '{}') as person_ids, coalesce(g.team_ids, '{}') as team_ids
    from person p left join lateral (select array_agg(person_id) as person_ids, array_agg(team_id) as team_ids from ${coveredBy(actor.personId, served, now)} k) g on true
    where p.id = ${me}`.execute(db)
  const { zone, answered, personIds, teamIds } = rows[0]!
  const teams = [...served, ...ownedOnlyTeams(actor)]
  return { personId: actor.personId, teams, answered, covered: { personIds, teamIds }, day: dayIn(zone, now) }
}

function dayIn(zone: string, now: Date): Day {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).toPlainDate()
  const midnight = (days: number) => new Date(today.add({ days }).toZonedDateTime(zone).epochMilliseconds)
  return { from: midnight(0), until: midnight(1), endOfWeek: midnight(8 - today.dayOfWeek) }
}

/** What an expert said they would answer by stands among what they were asked, without the conversation, which is not theirs to see. */
const namedByExpert = sql`(p.kind = 'ask' and p.to_person_id is not null)`

/** Id and due time of the first so many of each sort; `within` speaks of `promise p`. "offset 0" keeps each look at a conversation a look at one row. */
export function mineToKeep(keeping: Keeping, within: RawBuilder<unknown>, limit: number): RawBuilder<unknown> {
  const { personId, teams, answered, covered } = keeping
  const first = sql`order by p.due_at, p.id limit ${limit}`
  return sql`(select p.id, p.due_at from promise p where p.by_person_id = ${personId}::uuid and p.direction <> 'theirs' and not ${namedByExpert} and p.ended_at is null and ${within}
      and (case when p.conversation_id is null then p.kind <> 'check-in' else exists (select from conversation c where c.id = p.conversation_id and c.team_id = any(${teams}::uuid[]) offset 0) end) ${first})
    union all (select w.id, w.due_at from unnest(${answered}::uuid[]) t(id) cross join lateral
      (select p.id, p.due_at from promise p where p.by_team_id = t.id and p.by_person_id is null and p.ended_at is null and ${within} ${first}) w)
    union all (select w.id, w.due_at from unnest(${covered.personIds}::uuid[], ${covered.teamIds}::uuid[]) g(person_id, team_id) cross join lateral
      (select p.id, p.due_at from promise p where p.by_person_id = g.person_id and p.direction <> 'theirs' and not ${namedByExpert} and p.kind <> 'reminder' and p.ended_at is null and ${within}
        and case when p.conversation_id is null then p.by_team_id = g.team_id and p.kind <> 'check-in' else exists (select from conversation c where c.id = p.conversation_id and c.team_id = g.team_id offset 0) end ${first}) w)`
}

const mostCounted = 1000

export async function dueFigures(db: Db, keeping: Keeping, now: Date): Promise<{ overdue: number; today: number }> {
  const { rows } = await sql<{ overdue: number; today: number }>`
    select (count(*) filter (where due_at < ${now}))::int as overdue, (count(*) filter (where due_at >= ${now}))::int as today
    from (${mineToKeep(keeping, sql`p.due_at < ${keeping.day.until}`, mostCounted)}) n`.execute(db)
  return rows[0]!
}
