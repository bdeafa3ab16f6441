/** The work of backups, as jobs: made into a folder beside the data, verified in a database of their own that nobody else uses, and those the schedule made too many of. May die and run again. */
import { chmod, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import {
  BackupProblem,
  checkInvariants,
  checkRestored,
  type Invariant,
  loadBackup,
  saveBackup,
} from '../../../platform/backup/index.ts'
import { type Db, inTransaction, migrate } from '../../../platform/db/index.ts'
import { startEmbedded } from '../../../platform/embedded/index.ts'
import { type Nudges, record } from '../../../platform/events/index.ts'
import type { Task } from '../../../platform/jobs/index.ts'
import type { Log } from '../../../platform/log/log.ts'
import { askForBackup, scheduledSince, scheduleOf } from './commands.ts'
import { backupRows, changeBackup, oldScheduled } from './tables.ts'

export type BackupWork = {
  db: Db
  nudges: Pick<Nudges, 'send'>
  log: Log
  clock: () => Date
  url: string
  dataDir: string
  version: string
  invariants: readonly Invariant[]
}

export const backupFolder = (dataDir: string) => join(dataDir, 'backups')

export function backupTasks(parts: BackupWork): Task[] {
  return [
    { name: 'make-backup', act: payload => make(parts, idOf(payload)) },
    { name: 'verify-backup', act: payload => verify(parts, idOf(payload)) },
    { name: 'schedule-backup', every: '*/10 * * * *', act: () => bySchedule(parts) },
  ]
}

const idOf = (payload: unknown) => String((payload as { backupId?: unknown }).backupId)

/** How far it is, for whoever looks; a line a table, at most a few times a second. */
function progress({ db, clock }: BackupWork, backupId: string, total: number) {
  let done = 0
  let told = 0
  let telling = Promise.resolve()
  return {
    tell: (step: string) => {
      done++
      if (Date.now() - told < 300) return
      told = Date.now()
      telling = telling.then(() => changeBackup(db, backupId, { step, done, total, beatAt: clock() })).catch(() => {})
    },
    end: () => telling,
  }
}

async function make(parts: BackupWork, backupId: string): Promise<void> {
  const { db, clock } = parts
  const [row] = await backupRows(db, backupId)
  if (row?.state !== 'waiting' && row?.state !== 'running') return
  const folder = join(backupFolder(parts.dataDir), row.folder)
  await changeBackup(db, backupId, { state: 'running', done: 0, total: 0, beatAt: clock() })
  const told = progress(parts, backupId, await countTables(db))
  try {
    // What a worker left that died goes first: a backup is whole or it is none.
    await rm(folder, { recursive: true, force: true })
    await mkdir(backupFolder(parts.dataDir), { recursive: true, mode: 0o700 })
    const source = { url: parts.url, dataDir: parts.dataDir, pond: parts.version }
    const manifest = await saveBackup(source, folder, told.tell)
    await told.end()
    await changeBackup(db, backupId, {
      state: 'made',
      madeAt: new Date(manifest.madeAt),
      bytes: await sizeOf(folder),
      rowCount: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
      fileCount: manifest.files.count,
      trouble: null,
    })
    await tell(parts, backupId, row.askedBy, 'backup.made', { folder: row.folder })
    await prune(parts)
  } catch (error) {
    await told.end()
    await rm(folder, { recursive: true, force: true }).catch(() => {})
    parts.log.error({ err: error, backupId }, 'a backup was not made')
    await changeBackup(db, backupId, { state: 'failed', trouble: troubleOf(error), findings: [sentenceOf(error)] })
    await tell(parts, backupId, row.askedBy, 'backup.failed', { folder: row.folder, trouble: troubleOf(error) })
  }
}

/** A PostgreSQL of its own for the time: a long restore in ours would hold up whoever follows the log. */
async function verify(parts: BackupWork, backupId: string): Promise<void> {
  const { db, clock } = parts
  const [row] = await backupRows(db, backupId)
  if (row?.state !== 'made' || (row.verifying !== 'waiting' && row.verifying !== 'running')) return
  const folder = join(backupFolder(parts.dataDir), row.folder)
  await changeBackup(db, backupId, { verifying: 'running', done: 0, total: 0, beatAt: clock() })
  const told = progress(parts, backupId, (await countTables(db)) + 2)
  const scratch = await mkdtemp(join(parts.dataDir, 'verifying-'))
  let server: Awaited<ReturnType<typeof startEmbedded>> | undefined
  try {
    await chmod(scratch, 0o711)
    server = await startEmbedded({ dataDir: scratch, log: parts.log })
    const target = { url: server.url, dataDir: scratch }
    const manifest = await loadBackup(folder, target, told.tell)
    const findings = await checkRestored(target, folder, manifest)
    await migrate(target.url)
    findings.push(...(await checkInvariants(target.url, parts.invariants)))
    const wrong = findings.filter(({ ok }) => !ok).map(({ line }) => line)
    await told.end()
    await verified(parts, row, wrong, wrong.length === 0 ? null : 'differs')
  } catch (error) {
    await told.end()
    parts.log.error({ err: error, backupId }, 'a backup was not verified')
    await verified(parts, row, [sentenceOf(error)], troubleOf(error))
  } finally {
    const elsewhere = server?.place.home
    await server?.stop().catch(() => {})
    if (elsewhere && !elsewhere.startsWith(scratch))
      await rm(elsewhere, { recursive: true, force: true }).catch(() => {})
    await rm(scratch, { recursive: true, force: true }).catch(() => {})
  }
}

async function verified(
  parts: BackupWork,
  row: { id: string; askedBy: string | null },
  findings: string[],
  trouble: string | null,
) {
  const verifying = trouble === null ? 'good' : 'bad'
  await changeBackup(parts.db, row.id, { verifying, verifiedAt: parts.clock(), findings, trouble })
  await tell(parts, row.id, null, 'backup.verified', { good: trouble === null, wrong: findings.length })
}

async function bySchedule(parts: BackupWork): Promise<void> {
  await inTransaction(parts.db, async tx => {
    const since = await scheduledSince(tx, parts.clock())
    if (since) await askForBackup(tx, null, parts.clock(), since)
  })
}

async function prune(parts: BackupWork): Promise<void> {
  const { keep } = await scheduleOf(parts.db)
  for (const row of await oldScheduled(parts.db, keep)) {
    await rm(join(backupFolder(parts.dataDir), row.folder), { recursive: true, force: true })
    await changeBackup(parts.db, row.id, { state: 'removed' })
  }
}

async function tell(
  parts: BackupWork,
  backupId: string,
  actorId: string | null,
  kind: 'backup.made' | 'backup.failed' | 'backup.verified',
  facts: Record<string, unknown>,
) {
  const told = { subjectId: backupId, actorId, scopes: [], at: parts.clock() }
  await inTransaction(parts.db, tx => record(tx, { kind, ...told, facts }))
  parts.nudges.send('happened')
}

async function countTables(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relpersistence = 'p'`.execute(db)
  return rows[0]!.count
}

/** Codes for what a person can do something about; the sentence of the backup itself stands beside it. */
function troubleOf(error: unknown): string {
  const code = (error as { code?: unknown }).code
  if (code === 'ENOSPC') return 'disk-full'
  if (code === 'EACCES' || code === 'EPERM') return 'no-room-for-us'
  return error instanceof BackupProblem ? 'backup-problem' : 'broken'
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 500) : String(error)
}

async function sizeOf(folder: string): Promise<number> {
  let bytes = 0
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size
  }
  return bytes
}
