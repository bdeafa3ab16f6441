/** Which saved replies stood in an answer, and what came of it: counted for the words, never for a person. An answer that did not hold proposes an edit. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { absent } from '../../platform/http/index.ts'
import type { Member } from '../access/index.ts'
import { seesSavedReply } from './rules.ts'
import { openSavedReply } from './tables.ts'

/** What the writer may not see, or what is gone by now, was not used: it changes nothing about the reply. */
export async function rememberUse(tx: Tx, actor: Member, messageId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const { rows } = await sql<{ id: string; ownerId: string | null; teamId: string | null }>`
    select id, owner_id, team_id from saved_reply where id = any(${[...new Set(ids)]}::uuid[])`.execute(tx)
  const used = rows.filter(row => seesSavedReply(actor, row)).map(row => row.id)
  await sql`insert into saved_reply_use (message_id, saved_reply_id) select ${messageId}::uuid, unnest(${used}::uuid[])`.execute(
    tx,
  )
}

/** The verdict on an answer that these messages gave. */
export async function learn(
  tx: Tx,
  it: { messageIds: readonly string[]; followUpId: string; held: boolean },
  now: Date,
): Promise<void> {
  const { rows } = await sql<{ id: string; ownerId: string | null; teamId: string | null }>`
    select r.id, r.owner_id, r.team_id from saved_reply r where r.id in (select saved_reply_id from saved_reply_use where message_id = any(${[...it.messageIds]}::uuid[]))
    order by r.id for update`.execute(tx)
  if (rows.length === 0) return
  const ids = rows.map(row => row.id)
  if (it.held) await sql`update saved_reply set verified = verified + 1 where id = any(${ids}::uuid[])`.execute(tx)
  else {
    const flags = ids.map(() => randomUUIDv7())
    await sql`insert into saved_reply_flag (id, saved_reply_id, follow_up_id, made_at)
      select f.id, f.reply_id, ${it.followUpId}::uuid, ${now} from unnest(${flags}::uuid[], ${ids}::uuid[]) f(id, reply_id)
      on conflict (saved_reply_id, follow_up_id) do nothing`.execute(tx)
  }
  await record(
    tx,
    ...rows.map(row => ({
      kind: 'saved-reply.changed' as const,
      subjectId: row.id,
      actorId: null,
      scopes: [row.ownerId, row.teamId].filter(scope => scope !== null),
      facts: it.held ? { verified: true } : { flagged: true },
      at: now,
    })),
  )
}

/** Somebody who may change it has read what did not hold, and has mended the words or left them. */
export async function settleFlags(tx: Tx, actor: Member, savedReplyId: string, now: Date): Promise<void> {
  await openSavedReply(tx, actor, savedReplyId)
  const { rows } = await sql`update saved_reply_flag set settled_at = ${now}, settled_by = ${actor.personId}::uuid
    where saved_reply_id = ${savedReplyId}::uuid and settled_at is null returning id`.execute(tx)
  if (rows.length === 0) throw absent()
}
