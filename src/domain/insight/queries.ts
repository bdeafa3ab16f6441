/** Reads Insight for who asks: the teams they may ask about, and sums of the days. Refuses a team that is not theirs as if it did not exist. */
import { type RawBuilder, sql } from 'kysely'
import { type Figures, type InsightPage, type InsightView, measuresOf } from '../../contract/insight.ts'
import type { Db } from '../../platform/db/index.ts'
import { absent, Refusal } from '../../platform/http/index.ts'
import { granted, type Member, visibleTeams } from '../access/index.ts'
import { beforeThat, firstDays, gatheredAt, type Period, periodOf } from './periods.ts'
import { quietDays, quietFigures, quietSeries, type Teams } from './quiet.ts'

export type Asked = {
  page: InsightPage
  days: string
  from?: string | undefined
  to?: string | undefined
  teamId?: string | undefined
}

async function teamsFor(db: Db, actor: Member): Promise<{ id: string; name: string }[]> {
  const mine = actor.administrator ? sql`true` : sql`id = any(${visibleTeams(actor)}::uuid[])`
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from team where ${mine} and archived_at is null order by lower(name), id`.execute(db)
  return rows
}

/** An administrator knows every team's figures, also those of teams that are no more; others those of teams in which they serve. */
function askedAbout(actor: Member, asked: Asked, teams: { id: string }[]): Teams {
  if (asked.teamId === undefined) return actor.administrator ? null : teams.map(({ id }) => id)
  if (!teams.some(({ id }) => id === asked.teamId)) throw absent()
  return [asked.teamId]
}

type Summed = { day: string; measure: string; n: number }

async function summed(db: Db, page: InsightPage, teams: Teams, { from, to }: Period): Promise<Summed[]> {
  const ofTeams: RawBuilder<unknown> = teams === null ? sql`true` : sql`team_id = any(${teams}::uuid[])`
  const { rows } = await sql<Summed>`
    select to_char(day, 'YYYY-MM-DD') as day, measure, sum(n)::float8 as n from insight_day
    where ${ofTeams} and measure = any(${[...measuresOf[page]]}::text[]) and day between ${from}::date and ${to}::date
    group by 1, 2`.execute(db)
  return rows
}

function together(rows: readonly Summed[]): Figures {
  const figures: Figures = {}
  for (const { measure, n } of rows) figures[measure] = (figures[measure] ?? 0) + n
  return figures
}

function gathered(rows: readonly Summed[], period: Period): InsightView['series'] {
  const by = new Map(firstDays(period).map(day => [day, {} as Figures]))
  for (const { day, measure, n } of rows) {
    const figures = day < period.from || day > period.to ? undefined : by.get(gatheredAt(day, period))
    if (figures) figures[measure] = (figures[measure] ?? 0) + n
  }
  return [...by].map(([day, figures]) => ({ day, figures }))
}

async function place(db: Db, now: Date): Promise<{ zone: string; today: string; counting: boolean }> {
  const { rows } = await sql<{ zone: string; today: string; counting: boolean }>`
    select zone, to_char(${now}::timestamptz at time zone zone, 'YYYY-MM-DD') as today, exists (select from insight_due) as counting
    from (select coalesce((select zone from installation), 'UTC') as zone) place`.execute(db)
  return rows[0]!
}

export async function insightView(db: Db, actor: Member, asked: Asked, now: Date): Promise<InsightView> {
  const [{ zone, today, counting }, teams] = await Promise.all([place(db, now), teamsFor(db, actor)])
  const about = askedAbout(actor, asked, teams)
  const period = periodOf(asked, today)
  const mayExport = mayTakeAlong(actor, asked.teamId, teams).length > 0
  const shown = { ...period, teams, mayExport, counting }
  if (asked.page === 'quiet') {
    const days = await quietDays(db, about, zone, now)
    const before = {
      touched: quietFigures(days, beforeThat(period)).touched ?? 0,
      all: quietFigures(days, period).all ?? 0,
    }
    return { ...shown, figures: quietFigures(days, period), before, series: gathered(quietSeries(days), period) }
  }
  const [rows, before] = await Promise.all([
    summed(db, asked.page, about, period),
    summed(db, asked.page, about, beforeThat(period)),
  ])
  return { ...shown, figures: together(rows), before: together(before), series: gathered(rows, period) }
}

/** Of the teams asked about, those whose figures this member may take along. */
function mayTakeAlong(actor: Member, teamId: string | undefined, teams: readonly { id: string }[]) {
  return teams.filter(({ id }) => (teamId === undefined || id === teamId) && granted(actor, 'export', id))
}

/** One row a stretch and team, of the teams whose figures this member may take along. */
export async function insightRows(db: Db, actor: Member, asked: Asked, now: Date) {
  const [{ zone, today }, teams] = await Promise.all([place(db, now), teamsFor(db, actor)])
  askedAbout(actor, asked, teams)
  const allowed = mayTakeAlong(actor, asked.teamId, teams) as { id: string; name: string }[]
  if (allowed.length === 0 && !actor.administrator) throw new Refusal('not-yours', 403)
  const period = periodOf(asked, today)
  const rows: Record<string, string | number>[] = []
  for (const team of allowed) {
    const days =
      asked.page === 'quiet'
        ? quietSeries(await quietDays(db, [team.id], zone, now))
        : await summed(db, asked.page, [team.id], period)
    for (const { day, figures } of gathered(days, period))
      rows.push({
        from: day,
        by: period.by,
        team: team.name,
        ...Object.fromEntries(columnsOf(asked.page).map(name => [name, figures[name] ?? 0])),
      })
  }
  return { period, rows }
}

/** Of quiet relationships only the day they were last in touch lies on a day; the rest is as it is now. */
export const columnsOf = (page: InsightPage): readonly string[] => (page === 'quiet' ? ['touched'] : measuresOf[page])
