/** Teams, duty and calendars as screens show them. */
import { sql } from 'kysely'
import type { z } from 'zod'
import type { CalendarView, DutyView, TeamView } from '../../../contract/teams.ts'
import type { Db, Tx } from '../../../platform/db/index.ts'
import type { Actor } from '../actor.ts'
import { seesTeam } from '../policy.ts'

type Team = z.input<typeof TeamView>

/** Those the actor sees, or one of them. */
export async function teamViews(on: Db | Tx, actor: Actor, now: Date, teamId: string | null = null): Promise<Team[]> {
  const { rows } = await sql<Team>`
    select t.id, t.name, t.calendar_id, t.reply_within, t.follow_up_days, t.reopen_days,
      jsonb_build_object('id', f.id, 'name', f.name) as fallback,
      coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'role', tm.role) order by lower(p.name), p.id)
        from team_member tm join person p on p.id = tm.person_id join member m on m.person_id = p.id
        where tm.team_id = t.id and m.disabled_at is null and (m.expires_at is null or m.expires_at > ${now})), '[]') as members,
      coalesce((select jsonb_agg(distinct jsonb_build_object('id', p.id, 'name', p.name))
        from duty d join person p on p.id = d.person_id join member m on m.person_id = p.id
        where d.team_id = t.id and d.during @> ${now}::timestamptz
          and m.disabled_at is null and (m.expires_at is null or m.expires_at > ${now})), '[]') as on_duty
    from team t join person f on f.id = t.fallback_id
    where t.archived_at is null and (${teamId}::uuid is null or t.id = ${teamId}) order by lower(t.name), t.id`.execute(
    on,
  )
  return rows.filter(team => seesTeam(actor, team.id))
}

const most = 500

export async function dutiesOf(
  on: Db | Tx,
  which: { teamId: string; from: Date; to: Date; dutyId?: string },
): Promise<z.input<typeof DutyView>[]> {
  const { rows } = await sql<{ id: string; memberId: string; name: string; from: Date; to: Date }>`
    select d.id, d.person_id as member_id, p.name, lower(d.during) as "from", upper(d.during) as "to"
    from duty d join person p on p.id = d.person_id
    where d.team_id = ${which.teamId} and d.during && tstzrange(${which.from}, ${which.to})
      and (${which.dutyId ?? null}::uuid is null or d.id = ${which.dutyId ?? null})
    order by lower(d.during), d.id limit ${most}`.execute(on)
  return rows.map(row => ({ ...row, from: row.from.toISOString(), to: row.to.toISOString() }))
}

export async function teamExists(on: Db | Tx, teamId: string): Promise<boolean> {
  const row = await on
    .selectFrom('team')
    .select('id')
    .where('id', '=', teamId)
    .where('archivedAt', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

type Calendar = z.input<typeof CalendarView>

export async function calendarViews(on: Db | Tx, calendarId: string | null = null): Promise<Calendar[]> {
  const { rows } = await sql<Calendar>`
    select c.id, c.name, c.zone,
      coalesce((select jsonb_agg(jsonb_build_object('weekday', h.weekday, 'from', h.from_minute, 'to', h.to_minute)
        order by h.weekday, h.from_minute) from calendar_hours h where h.calendar_id = c.id), '[]') as hours,
      coalesce((select jsonb_agg(jsonb_build_object('day', h.day::text, 'name', h.name) order by h.day)
        from holiday h where h.calendar_id = c.id), '[]') as holidays
    from calendar c where ${calendarId}::uuid is null or c.id = ${calendarId} order by lower(c.name), c.id`.execute(on)
  return rows
}
