/** How much the members of teams that give out what is new have open, counted so that two batches never give one member more than their limit. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import type { Load } from './assign-rules.ts'

export type NamedLoad = Load & { name: string }

/** Waits for its turn with each team until the transaction ends. Those who are away get nothing; who got something longest ago comes first. */
export async function loadsOf(tx: Tx, teamIds: readonly string[], now: Date): Promise<Map<string, NamedLoad[]>> {
  const found = new Map<string, NamedLoad[]>(teamIds.map(id => [id, []]))
  if (teamIds.length === 0) return found
  for (const id of [...teamIds].sort())
    await sql`select pg_advisory_xact_lock(hashtextextended(${`pond:assign ${id}`}, 0))`.execute(tx)
  const { rows } = await sql<NamedLoad & { teamId: string }>`
    select r.team_id, r.person_id, p.name, r.load_limit as "limit",
      (select count(*) from conversation c where c.owner_id = r.person_id and c.team_id = r.team_id and c.state = 'open')::int as open
    from team_member r join member m using (person_id) join person p on p.id = r.person_id
    where r.team_id = any(${teamIds}::uuid[]) and r.role in ('lead', 'teammate') and m.disabled_at is null and (m.expires_at is null or m.expires_at > ${now})
      and not exists (select from absence a where a.person_id = r.person_id and a.during @> ${now}::timestamptz)
    order by (select max(c.opened_at) from conversation c where c.owner_id = r.person_id and c.team_id = r.team_id and c.state = 'open') nulls first, r.person_id`.execute(
    tx,
  )
  for (const { teamId, ...load } of rows) found.get(teamId)!.push(load)
  return found
}
