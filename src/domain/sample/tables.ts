/** What the telling asks of rows, the mark it puts on what it made, and the one thing no command does: trouble with a mail server. Changes only rows of a mailbox from which nothing leaves. */
import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/index.ts'

export async function chainOf(db: Db, conversationId: string): Promise<string[]> {
  const { rows } = await sql<{ rfcId: string }>`
    select rfc_id from message where conversation_id = ${conversationId}::uuid and rfc_id is not null order by at, id`.execute(
    db,
  )
  return rows.map(row => row.rfcId)
}

export async function subjectOf(db: Db, conversationId: string): Promise<string> {
  const { rows } = await sql<{
    subject: string
  }>`select subject from conversation where id = ${conversationId}::uuid`.execute(db)
  return rows[0]!.subject
}

export async function versionOf(tx: Tx, conversationId: string): Promise<number> {
  const { rows } = await sql<{
    version: number
  }>`select version from conversation where id = ${conversationId}::uuid`.execute(tx)
  return rows[0]!.version
}

export async function customerOf(tx: Tx, conversationId: string): Promise<string> {
  const { rows } = await sql<{
    written: string
  }>`select a.written from participant p join address a on a.id = p.address_id
    where p.conversation_id = ${conversationId}::uuid and p.role = 'customer'`.execute(tx)
  return rows[0]!.written
}

/** The earliest open promise there. */
export async function promiseOf(tx: Tx, conversationId: string, direction: 'ours' | 'theirs'): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from promise
    where conversation_id = ${conversationId}::uuid and ended_at is null and direction = ${direction} order by due_at limit 1`.execute(
    tx,
  )
  return rows[0]!.id
}

/** The one thing no command does: a mail server that went silent, and one that asks for patience. Only rows that cannot leave. */
export async function becomeUncertain(tx: Tx, conversationId: string, at: Date) {
  await sql`update outbox set state = 'uncertain', tries = 1, error = 'pond:line-cut', committed_at = ${at}, settled_at = ${at}
    where conversation_id = ${conversationId}::uuid and purpose = 'reply' and mailbox_id in (select id from mailbox where sample)`.execute(
    tx,
  )
}

export async function waitForServer(tx: Tx, conversationId: string, now: Date) {
  await sql`update outbox set state = 'waiting', tries = 4, error = '451 4.7.1 Greylisted, please try again later', settled_at = null,
      not_before = ${new Date(now.getTime() + 28 * 60_000)}
    where conversation_id = ${conversationId}::uuid and purpose = 'reply' and mailbox_id in (select id from mailbox where sample)`.execute(
    tx,
  )
}

export async function markSample(
  tx: Tx,
  table: 'article' | 'article_category' | 'community_category' | 'topic',
  id: string,
): Promise<void> {
  await sql`update ${sql.table(table)} set sample = true where id = ${id}::uuid`.execute(tx)
}

/** Where an installation wants no community, the sample tells of none. */
export async function communityIsOff(db: Db): Promise<boolean> {
  const { rows } = await sql`select from community_setting where off`.execute(db)
  return rows.length > 0
}
