/** Rows of a conversation as a whole: set to how it stands, its promises and messages brought elsewhere. Decides nothing and records nothing. */
import { sql } from 'kysely'
import type { State } from '../../contract/conversations.ts'
import type { Tx } from '../../platform/db/index.ts'
import type { OpenPromise } from '../promises/index.ts'
import type { Change } from './standing.ts'
import type { Conversation } from './tables.ts'

/** What a conversation is set back to; times as text, so that it survives JSON. */
export type Head = {
  state: State
  closedBecause: string | null
  outcome: Change['outcome']
  closedAt: string | null
  neededBy: string | null
}

export function headOf(conversation: Conversation): Head {
  return {
    state: conversation.state,
    closedBecause: conversation.closedBecause,
    outcome: conversation.outcome,
    closedAt: conversation.closedAt?.toISOString() ?? null,
    neededBy: conversation.neededBy?.toISOString() ?? null,
  }
}

/** Its due time follows from the ledger as it lies in the transaction by then. */
export async function setHead(
  tx: Tx,
  id: string,
  head: Head & { version: number; mergedInto?: string | null; ownerId?: string | null; teamId?: string },
): Promise<void> {
  const live = head.state === 'open' || head.state === 'pending' || head.state === 'solved'
  await sql`update conversation set state = ${head.state}, closed_because = ${head.closedBecause}, outcome = ${head.outcome}, closed_at = ${head.closedAt}::timestamptz,
      needed_by = ${head.neededBy}::timestamptz, version = ${head.version}, merged_into = ${head.mergedInto ?? null}::uuid,
      owner_id = ${head.ownerId === undefined ? sql`owner_id` : sql`${head.ownerId}::uuid`}, team_id = ${head.teamId === undefined ? sql`team_id` : sql`${head.teamId}::uuid`},
      due_at = ${live ? sql`(select min(due_at) from promise where conversation_id = ${id}::uuid and ended_at is null and direction = 'ours')` : sql`null`}
    where id = ${id}::uuid`.execute(tx)
}

/** What lists show of a conversation whose messages came or went. */
export async function refreshLast(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`update conversation c set last_at = l.at, last_ours = l.ours, preview = l.preview
    from unnest(${[...ids]}::uuid[]) w(id) cross join lateral (
      select m.at, m.kind in ('reply', 'follow-up', 'call') as ours, left(regexp_replace(coalesce(m.trimmed, m.body_text), '\\s+', ' ', 'g'), 200) as preview from message m
      where m.conversation_id = w.id and m.kind <> 'note' and m.taken_back_at is null order by m.at desc, m.id desc limit 1) l
    where c.id = w.id`.execute(tx)
}

/** Returns the ids of those that were there to be moved. What they did was done elsewhere: it can't be taken back from here. */
export async function moveMessages(
  tx: Tx,
  fromId: string,
  toId: string,
  ids: readonly string[] | 'all',
): Promise<string[]> {
  const which = ids === 'all' ? sql`` : sql`and id = any(${[...ids]}::uuid[])`
  const { rows } = await sql<{ id: string }>`
    update message set conversation_id = ${toId}::uuid, undo = null where conversation_id = ${fromId}::uuid ${which} returning id`.execute(
    tx,
  )
  const moved = rows.map(row => row.id)
  if (moved.length > 0)
    await sql`update mention set conversation_id = ${toId}::uuid where conversation_id = ${fromId}::uuid and message_id = any(${moved}::uuid[])`.execute(
      tx,
    )
  return moved
}

export async function movePromises(
  tx: Tx,
  fromId: string,
  toId: string,
  ids: readonly string[] | 'all',
): Promise<string[]> {
  const which = ids === 'all' ? sql`` : sql`and id = any(${[...ids]}::uuid[])`
  const { rows } = await sql<{ id: string }>`
    update promise set conversation_id = ${toId}::uuid where conversation_id = ${fromId}::uuid ${which} returning id`.execute(
    tx,
  )
  return rows.map(row => row.id)
}

/** Of these, the promises that still stand ended as this act ended them. */
export async function endedBy(tx: Tx, ids: readonly string[], why: string): Promise<OpenPromise[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<OpenPromise>`
    select id, kind, direction, by_person_id, due_at, automatic, told_at from promise where id = any(${[...ids]}::uuid[]) and ended_how = 'released' and ended_why = ${why}`.execute(
    tx,
  )
  return rows
}

export async function reopen(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`update promise set ended_at = null, ended_how = null, ended_why = null, replaced_by = null where id = any(${[...ids]}::uuid[])`.execute(
    tx,
  )
}
