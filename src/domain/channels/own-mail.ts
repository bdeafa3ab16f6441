/** Mail of the installation itself to its members: through which mailbox it goes, and how it is held back again. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'

/** The oldest that can send, rather one that had no trouble; null when there is none. */
export async function ownSender(tx: Tx): Promise<{ id: string; address: string } | null> {
  const { rows } = await sql<{ id: string; address: string }>`
    select id, address from mailbox where removed_at is null and paused_at is null and smtp is not null and not sample
    order by coalesce(alert, '') like 'smtp-%', created_at limit 1`.execute(tx)
  return rows[0] ?? null
}

/** Those that nobody has begun to send are not sent any more. */
export async function holdBack(tx: Tx, outboxIds: readonly string[], now: Date): Promise<void> {
  if (outboxIds.length === 0) return
  await sql`update outbox set state = 'cancelled', settled_at = ${now} where id = any(${outboxIds}::uuid[]) and state = 'waiting'`.execute(
    tx,
  )
}
