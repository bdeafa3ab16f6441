/** How a chat stands, as the desk shows it beside its conversation: whether its customer is here, and how far they have read. */
import { sql } from 'kysely'
import type { ChatAtDesk } from '../../contract/chat.ts'
import type { Db } from '../../platform/db/index.ts'
import { goneMs } from './presence.ts'

type Row = Omit<ChatAtDesk, 'leftAt' | 'present'> & { leftAt: Date | null }

/** Null where the conversation is no chat, or was only looked at in one. */
export async function chatOnDesk(db: Db, conversationId: string, now: Date): Promise<ChatAtDesk | null> {
  const { rows } = await sql<Row>`
    select c.left_at, coalesce((select m.kind = 'message' from message m where m.conversation_id = c.conversation_id and m.kind in ('message', 'reply') and m.taken_back_at is null order by m.at desc, m.id desc limit 1), false) as waits,
      coalesce(s.known, false) as known, coalesce(s.origin, '') as origin,
      (select p.doing from chat_presence p where p.conversation_id = c.conversation_id and p.seen_at > ${new Date(now.getTime() - goneMs)} order by p.doing desc limit 1) as doing,
      (select l.message_id from chat_line l join message m on m.id = l.message_id where l.conversation_id = c.conversation_id and m.kind = 'reply' and m.taken_back_at is null
        and l.seq <= (select max(x.seen_seq) from chat_seat x where x.conversation_id = c.conversation_id) order by l.seq desc limit 1) as seen_id,
      (select a.written from participant x join address a on a.id = x.address_id where x.conversation_id = c.conversation_id and x.role = 'customer' and a.kind = 'mail' order by x.since desc limit 1) as address
    from chat c left join lateral (select t.known, t.origin from chat_seat x join chat_session t on t.id = x.session_id
      where x.conversation_id = c.conversation_id order by t.seen_at desc limit 1) s on true
    where c.conversation_id = ${conversationId}::uuid and (c.left_at is not null or exists (select from chat_seat x where x.conversation_id = c.conversation_id))`.execute(
    db,
  )
  const row = rows[0]
  if (!row) return null
  return { ...row, present: row.leftAt === null, leftAt: row.leftAt?.toISOString() ?? null }
}
