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

/** By the day on which they were last in touch; null: never. All of it in one pass. */
export type QuietDay = { day: string | null; all: number; past: number; keeperless: number; rhythmless: number }

export async function quietDays(db: Db, teams: Teams, zone: string, now: Date): Promise<QuietDay[]> {
  const { rows } = await sql<QuietDay>`
    select to_char(day, 'YYYY-MM-DD') as day, n as all, past, keeperless, rhythmless from (
      select (r.last_at at time zone ${zone})::date as day, count(*)::int as n,
        count(*) filter (where coalesce(r.last_at, r.since) < ${now}::timestamptz - make_interval(days => r.rhythm_days))::int as past,
        count(*) filter (where r.keeper_id is null)::int as keeperless, count(*) filter (where r.rhythm_days is null)::int as rhythmless
      from (${standing}) r where ${keptBy(teams)} group by 1) d`.execute(db)
  return rows
}

/** Only who was last in touch lies in a period; the rest is as it is now. */
export function quietFigures(days: readonly QuietDay[], { from, to }: Period): Figures {
  const figures: Figures = { all: 0, touched: 0, past: 0, keeperless: 0, rhythmless: 0, never: 0 }
  const add = (name: string, n: number) => {
    figures[name] = (figures[name] ?? 0) + n
  }
  for (const { day, all, past, keeperless, rhythmless } of days) {
    add('all', all)
    add('past', past)
    add('keeperless', keeperless)
    add('rhythmless', rhythmless)
    if (day === null) add('never', all)
    else if (day >= from && day <= to) add('touched', all)
  }
  return figures
}

export function quietSeries(days: readonly QuietDay[]): { day: string; measure: string; n: number }[] {
  return days.flatMap(({ day, all }) => (day === null ? [] : [{ day, measure: 'touched', n: all }]))
}
