/**
 * "Take next": the most urgent conversation that nobody has, of the teams one serves in, becomes one's own. Two who ask at
 * once get two different ones. Gives nothing beyond what a team's limit lets one have open.
 */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import { type Member, visibleTeams } from '../../access/index.ts'
import { give } from './ownership.ts'

export type Taken = { is: 'taken'; id: string; number: number } | { is: 'nothing' | 'full'; id: null; number: null }

export async function takeNext(tx: Tx, actor: Member, now: Date): Promise<Taken> {
  const teams = visibleTeams(actor)
  const room = await teamsWithRoom(tx, actor, teams)
  if (room.length === 0) return { is: teams.length > 0 ? 'full' : 'nothing', id: null, number: null }
  // As many as may be held by others who ask at this very moment; more only if all of them are.
  for (const many of [20, 500]) {
    const { next, some } = await lockNext(tx, actor, room, many, now)
    if (next) {
      await give(tx, actor, next.id, actor.personId, now)
      return { is: 'taken', ...next }
    }
    if (!some) break
  }
  return { is: 'nothing', id: null, number: null }
}

/** Locks one's own rows there first and counts then, so that asking twice at once counts twice. */
async function teamsWithRoom(tx: Tx, actor: Member, teams: string[]): Promise<string[]> {
  const me = sql`${actor.personId}::uuid`
  const mine = sql`from team_member tm where tm.person_id = ${me} and tm.team_id = any(${teams}::uuid[])`
  await sql`select ${mine} order by tm.team_id for no key update`.execute(tx)
  const { rows } = await sql<{ teamId: string }>`
    select tm.team_id ${mine} and (tm.load_limit is null or tm.load_limit > (select count(*) from (select from conversation c
      where c.owner_id = ${me} and c.state = 'open' and c.team_id = tm.team_id limit 10001) n))`.execute(tx)
  return rows.map(row => row.teamId)
}

async function lockNext(tx: Tx, actor: Member, teams: string[], many: number, now: Date) {
  const order = sql`-c.priority, c.due_at, c.id`
  const snoozed = sql`array(select conversation_id from promise where kind = 'reminder' and by_person_id = ${actor.personId}::uuid and ended_at is null and due_at > ${now})`
  const candidates = await sql<{ id: string }>`
    select w.id from unnest(${teams}::uuid[]) t(id) cross join lateral (select c.id, c.priority, c.due_at from conversation c
      where c.team_id = t.id and c.state = 'open' and c.owner_id is null and c.id <> all(${snoozed}) order by ${order} limit ${many}) w
    order by -w.priority, w.due_at, w.id limit ${many}`.execute(tx)
  const ids = candidates.rows.map(row => row.id)
  if (ids.length === 0) return { next: null, some: false }
  const { rows } = await sql<{ id: string; number: number }>`
    select c.id, c.number from conversation c where c.id = any(${ids}::uuid[]) and c.state = 'open' and c.owner_id is null
      and c.team_id = any(${teams}::uuid[]) order by ${order} limit 1 for update skip locked`.execute(tx)
  return { next: rows[0] ?? null, some: true }
}
