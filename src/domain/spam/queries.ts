/** Blocked senders and how the filter stands, as screens show them. */
import { sql } from 'kysely'
import type { z } from 'zod'
import type { BlockedSender, spamSettings } from '../../contract/spam.ts'
import type { Db, Tx } from '../../platform/db/index.ts'
import { type Member, sortsIn, visibleTeams } from '../access/index.ts'
import { sortingState } from '../automation/index.ts'
import { needed } from './rules.ts'

/** What is blocked for all is known to all who sort somewhere. */
export function seesBlocked(actor: Member, it: { teamId: string | null }): boolean {
  return it.teamId === null ? actor.administrator || visibleTeams(actor).length > 0 : sortsIn(actor, it.teamId)
}

const most = 2000
const month = 30 * 86_400_000

type Row = {
  id: string
  kind: BlockedSender['kind']
  name: string
  teamId: string | null
  byId: string | null
  byName: string | null
  at: Date
  caught: number
}

export async function blockedViews(
  on: Db | Tx,
  actor: Member,
  now: Date,
  blockedId: string | null = null,
): Promise<BlockedSender[]> {
  const { rows } = await sql<Row>`
    select b.id, b.kind, b.normal as name, b.team_id, b.by_id, p.name as by_name, b.at,
      (select count(*) from spam_verdict v where v.blocked_id = b.id and v.at > ${new Date(now.getTime() - month)})::int as caught
    from blocked_sender b left join person p on p.id = b.by_id
    where (${blockedId}::uuid is null or b.id = ${blockedId}::uuid)
      and (b.team_id is null or ${actor.administrator} or b.team_id = any(${[...actor.roles.keys()]}::uuid[])) order by b.at desc, b.id desc limit ${most}`.execute(
    on,
  )
  return rows
    .filter(row => seesBlocked(actor, row))
    .map(({ byId, byName, at, ...row }) => ({
      ...row,
      by: byId ? { id: byId, name: byName ?? '' } : null,
      at: at.toISOString(),
    }))
}

export async function settingsView(db: Db, now: Date): Promise<z.input<typeof spamSettings.output>> {
  const state = await sortingState(db)
  const { rows } = await sql<{ caught: number; takenBack: number }>`
    select count(*)::int as caught, (count(*) filter (where c.state <> 'spam' and c.state <> 'trash'))::int as taken_back
    from spam_verdict v join conversation c on c.id = v.conversation_id where v.at > ${new Date(now.getTime() - month)} and v.why <> 'blocked'`.execute(
    db,
  )
  const { filter, above, upstream, spam, ham } = state
  return { filter, above, upstream, taught: { spam, ham, needed }, ...rows[0]! }
}
