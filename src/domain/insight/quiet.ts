/** Quiet relationships, counted as they are now: past their rhythm, kept by nobody. A team's are those its members keep. Names nobody. */
import { type RawBuilder, sql } from 'kysely'
import type { Figures } from '../../contract/insight.ts'
import type { Db } from '../../platform/db/index.ts'
import type { Period } from './periods.ts'
import { standing } from './standing.ts'

/** null: whatever lies in any team, and outside all. */
export type Teams = string[] | null

const keptBy = (teams: Teams): RawBuilder<unknown> =>
  teams === null
    ? sql`true`
    : sql`r.keeper_id in (select person_id from team_member where team_id = any(${teams}::uuid[]) and role in ('lead', 'teammate'))`

const within = ({ from, to }: Period, zone: string) =>
  sql`r.last_at >= ${from}::date::timestamp at time zone ${zone} and r.last_at < (${to}::date + 1)::timestamp at time zone ${zone}`

export async function quietFigures(db: Db, teams: Teams, period: Period, zone: string, now: Date): Promise<Figures> {
  const { rows } = await sql<Figures>`
    select count(*)::float8 as all, count(*) filter (where ${within(period, zone)})::float8 as touched,
      count(*) filter (where r.rhythm_days is not null and coalesce(r.last_at, r.since) < ${now}::timestamptz - make_interval(days => r.rhythm_days))::float8 as past,
      count(*) filter (where r.keeper_id is null)::float8 as keeperless, count(*) filter (where r.rhythm_days is null)::float8 as rhythmless,
      count(*) filter (where r.last_at is null)::float8 as never
    from (${standing}) r where ${keptBy(teams)}`.execute(db)
  return rows[0]!
}

/** How many were last in touch on each day. */
export async function quietSeries(db: Db, teams: Teams, period: Period, zone: string) {
  const { rows } = await sql<{ day: string; measure: string; n: number }>`
    select to_char(r.last_at at time zone ${zone}, 'YYYY-MM-DD') as day, 'touched' as measure, count(*)::float8 as n
    from (${standing}) r where ${within(period, zone)} and ${keptBy(teams)} group by 1`.execute(db)
  return rows
}
