/** Conversations go for good, with all that hangs at them. Mail that made their messages is remembered as removed, so that it does not come in again. Whoever calls has looked whether they may. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'

/** What was merged into one goes with it. Fails with 23503 where something else still names a message of theirs. */
export async function removeConversations(tx: Tx, ids: readonly string[]): Promise<void> {
  const all = sql`(with recursive family as (select unnest(${[...ids]}::uuid[]) as id
    union select c.id from conversation c join family f on c.merged_into = f.id) select id from family)`
  const messages = sql`(select id from message where conversation_id in ${all})`
  await sql`update delivery set became = 'removed', reason = null, raw = null, raw_file = null, reading = null, message_id = null, ask_message_id = null
    where message_id in ${messages} or ask_message_id in (select m.id from ask_message m join ask a on a.id = m.ask_id where a.conversation_id in ${all})
      or id in (select r.delivery_id from delivery_report r where r.message_id in ${messages})`.execute(tx)
  await sql`delete from presence where conversation_id in ${all}`.execute(tx)
  await sql`delete from handover where conversation_id in ${all}`.execute(tx)
  await sql`update conversation set previous_id = null where previous_id in ${all}`.execute(tx)
  await sql`delete from conversation where id in ${all}`.execute(tx)
}
