/** What chats leave behind that nobody needs: files that were never sent, sessions nobody comes back to, and troubles long over. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'

const day = 86_400_000

export async function sweepChats(tx: Tx, now: Date): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * day)
  await sql`delete from chat_upload where created_at < ${before(1)}`.execute(tx)
  await sql`delete from chat_presence where seen_at < ${before(1)}`.execute(tx)
  await sql`delete from chat_session where coalesce(ended_at, seen_at) < ${before(90)}`.execute(tx)
  await sql`delete from chat_trouble where last_at < ${before(30)}`.execute(tx)
}
