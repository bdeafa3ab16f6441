/** Rows about old mail being brought in from the desk: the only place that writes them. The mails themselves go through intake. */
import { randomUUIDv7 } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '../../../platform/db/index.ts'

export type ImportRow = {
  id: string
  mailboxId: string
  teamId: string
  address: string
  askedBy: string
  askedName: string | null
  askedAt: Date
  state: 'receiving' | 'waiting' | 'running' | 'done' | 'failed'
  bytes: number
  bytesRead: number
  mails: number
  messages: number
  reports: number
  quarantined: number
  known: number
  trouble: string | null
  endedAt: Date | null
}

export async function addImport(on: Db | Tx, mailboxId: string, askedBy: string, now: Date): Promise<string> {
  const id = randomUUIDv7()
  await on.insertInto('mailImport').values({ id, mailboxId, askedBy, askedAt: now }).execute()
  return id
}

const rows = (where: RawBuilder<unknown>) => sql<ImportRow>`
  select i.id, i.mailbox_id, m.team_id, m.address, i.asked_by, p.name as asked_name, i.asked_at, i.state,
    i.bytes::float8 as bytes, i.bytes_read::float8 as bytes_read, i.mails, i.messages, i.reports, i.quarantined, i.known, i.trouble, i.ended_at
  from mail_import i join mailbox m on m.id = i.mailbox_id left join person p on p.id = i.asked_by where ${where}`

export async function importRow(on: Db | Tx, id: string): Promise<ImportRow | undefined> {
  return (await rows(sql`i.id = ${id}`).execute(on)).rows[0]
}

/** What is under way, and what ended since. */
export async function importRows(on: Db | Tx, since: Date): Promise<ImportRow[]> {
  const asked = sql`i.ended_at is null or i.ended_at > ${since} order by i.asked_at desc, i.id desc limit 20`
  return (await rows(asked).execute(on)).rows
}

type Change = Partial<
  Pick<
    ImportRow,
    'state' | 'bytes' | 'bytesRead' | 'mails' | 'messages' | 'reports' | 'quarantined' | 'known' | 'trouble' | 'endedAt'
  >
>
/** False: it had ended, and stays as it is. */
export async function changeImport(on: Db | Tx, id: string, change: Change): Promise<boolean> {
  const { numUpdatedRows } = await on
    .updateTable('mailImport')
    .set(change)
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function addBytes(on: Db | Tx, id: string, bytes: number): Promise<void> {
  await sql`update mail_import set bytes = bytes + ${bytes} where id = ${id}`.execute(on)
}

/** Whoever sent the files went away before the last of them. */
export async function leftBehind(on: Db | Tx, before: Date): Promise<ImportRow[]> {
  return (await rows(sql`i.state = 'receiving' and i.asked_at < ${before}`).execute(on)).rows
}

/** Asked for long enough ago that their files, were they still here, would be read by now. */
export async function goingOn(on: Db | Tx, before: Date): Promise<ImportRow[]> {
  return (await rows(sql`i.state in ('waiting', 'running') and i.asked_at < ${before}`).execute(on)).rows
}

export async function forgetImports(on: Db | Tx, before: Date): Promise<void> {
  await on.deleteFrom('mailImport').where('endedAt', '<', before).execute()
}
