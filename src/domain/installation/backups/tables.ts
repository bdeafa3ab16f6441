/** Rows about backups made from here: the only place that writes them. The backups themselves are folders. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/db/index.ts'

export type BackupRow = {
  id: string
  folder: string
  askedBy: string | null
  askedName: string | null
  askedAt: Date
  state: 'waiting' | 'running' | 'made' | 'failed' | 'removed'
  madeAt: Date | null
  bytes: string | null
  rowCount: string | null
  fileCount: string | null
  verifying: 'no' | 'waiting' | 'running' | 'good' | 'bad'
  verifiedAt: Date | null
  done: number
  total: number
  trouble: string | null
  findings: string[]
}

/** Its folder is named by the moment; two of one second are told apart by the id. */
export async function addBackup(tx: Tx, askedBy: string | null, now: Date): Promise<string> {
  const id = randomUUIDv7()
  const folder = `${now.toISOString().slice(0, 19).replaceAll(':', '').replace('T', '-')}-${id.slice(-6)}`
  await tx.insertInto('backup').values({ id, folder, askedBy, askedAt: now, state: 'waiting' }).execute()
  return id
}

const mostShown = 100

export async function backupRows(on: Db | Tx, backupId: string | null = null): Promise<BackupRow[]> {
  const { rows } =
    await sql<BackupRow>`select b.id, b.folder, b.asked_by, p.name as asked_name, b.asked_at, b.state, b.made_at,
      b.bytes::text, b.row_count::text, b.file_count::text, b.verifying, b.verified_at, b.done, b.total, b.trouble, b.findings
    from backup b left join person p on p.id = b.asked_by
    where b.state <> 'removed' and (${backupId}::uuid is null or b.id = ${backupId}::uuid)
    order by b.asked_at desc, b.id limit ${mostShown}`.execute(on)
  return rows
}

type Change = Partial<{
  state: BackupRow['state']
  madeAt: Date
  bytes: number
  rowCount: number
  fileCount: number
  verifying: BackupRow['verifying']
  verifiedAt: Date | null
  step: string | null
  done: number
  total: number
  beatAt: Date
  trouble: string | null
  findings: string[]
}>

export async function changeBackup(on: Db | Tx, backupId: string, change: Change): Promise<void> {
  const { findings, ...rest } = change
  await on
    .updateTable('backup')
    .set({ ...rest, ...(findings === undefined ? {} : { findings: JSON.stringify(findings) }) })
    .where('id', '=', backupId)
    .execute()
}

/** Waits for a backup under way, so that one is not asked for twice. */
export async function isUnderWay(tx: Tx): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended('pond:backup', 0))`.execute(tx)
  const row = await tx.selectFrom('backup').select('id').where('state', 'in', ['waiting', 'running']).executeTakeFirst()
  return row !== undefined
}

/** Made by the schedule at or after a moment, however it ended. */
export async function wasScheduled(tx: Tx, since: Date): Promise<boolean> {
  const row = await tx
    .selectFrom('backup')
    .select('id')
    .where('askedBy', 'is', null)
    .where('askedAt', '>=', since)
    .executeTakeFirst()
  return row !== undefined
}

/** Beyond the newest ones the schedule made; those somebody asked for stay until somebody removes them. */
export async function oldScheduled(db: Db, keep: number): Promise<BackupRow[]> {
  const made = (await backupRows(db)).filter(row => row.askedBy === null && row.state === 'made')
  return made.slice(keep)
}
