/** What the head of every page says: how many conversations wait for them, and whether one can write to us at all. */
import { sql } from 'kysely'
import type { Db } from '../../platform/db/index.ts'

export async function waitingFor(db: Db, personId: string | null): Promise<{ waiting: number; writes: boolean }> {
  const { rows } = await sql<{ waiting: number; writes: boolean }>`
    select (select count(*)::int from conversation c where c.customer_id = ${personId}::uuid and (c.state = 'pending'
        or (c.state = 'solved' and exists (select from follow_up f where f.conversation_id = c.id and f.verdict is null and f.message_id is not null)))) as waiting,
      exists (select from mailbox b join team t on t.id = b.team_id where b.removed_at is null and b.paused_at is null and b.smtp is not null and t.archived_at is null) as writes`.execute(
    db,
  )
  return rows[0]!
}
