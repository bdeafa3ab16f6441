/** Counts beside the names of lists, in one question along indexes alone. Never counts further than a person reads: "1,000+". */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../../platform/db/index.ts'
import { type Member, ownedOnlyTeams, visibleTeams } from '../../access/index.ts'
import { keepingOf, mineToKeep } from './due.ts'

export const cap = 1000
/** Of what is to be kept today: each of them is looked up in its conversation. */
const mostToday = 100

type Row = {
  mine: number
  unowned: number
  pending: number
  today: number
  trouble: number
  teams: { teamId: string; open: number }[]
}

export async function counts(db: Db, actor: Member, now: Date) {
  const teams = visibleTeams(actor)
  const all = [...teams, ...ownedOnlyTeams(actor)]
  const me = sql`${actor.personId}::uuid`
  const upTo = (most: number, from: RawBuilder<unknown>) =>
    sql`(select count(*) from (select ${from} limit ${most}) n)::int`
  const capped = (from: RawBuilder<unknown>) => upTo(cap + 1, from)
  const keeping = await keepingOf(db, actor, now)
  // Quarantine is for administrators, and for who leads the mailbox's team.
  const led = [...actor.roles].filter(([, role]) => role === 'lead').map(([teamId]) => teamId)
  const snoozed = sql`array(select conversation_id from promise where kind = 'reminder' and by_person_id = ${me} and ended_at is null and due_at > ${now})`
  const { rows } = await sql<Row>`select
    ${capped(sql`from conversation c where c.owner_id = ${me} and c.state = 'open' and c.team_id = any(${all}::uuid[]) and c.id <> all(${snoozed})`)} as mine,
    ${capped(sql`from conversation c where c.team_id = any(${teams}::uuid[]) and c.state = 'open' and c.owner_id is null`)} as unowned,
    ${capped(sql`from conversation c where c.team_id = any(${teams}::uuid[]) and c.state = 'pending'`)} as pending,
    (select count(*) from (${mineToKeep(keeping, sql`p.due_at < ${keeping.day.until}`, mostToday)}) n)::int as today,
    ${upTo(100, sql`from outbox o join conversation c on c.id = o.conversation_id where o.state in ('uncertain', 'failed') and c.team_id = any(${teams}::uuid[])`)}
      + ${upTo(100, sql`from delivery d join mailbox b on b.id = d.mailbox_id where d.became = 'quarantined' and (${actor.administrator} or b.team_id = any(${led}::uuid[]))`)} as trouble,
    (select coalesce(jsonb_agg(jsonb_build_object('teamId', t.id, 'open', ${capped(sql`from conversation c where c.team_id = t.id and c.state = 'open'`)})), '[]') from unnest(${teams}::uuid[]) t(id)) as teams`.execute(
    db,
  )
  const row = rows[0]!
  const open = row.teams.reduce((sum, team) => sum + team.open, 0)
  return {
    mine: capOf(row.mine),
    unowned: capOf(row.unowned),
    open: capOf(open),
    pending: capOf(row.pending),
    today: row.today,
    trouble: row.trouble,
    teams: row.teams.map(team => ({ teamId: team.teamId, open: capOf(team.open) })),
  }
}

export function capOf(count: number) {
  return { count: Math.min(count, cap), more: count > cap }
}
