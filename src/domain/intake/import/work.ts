/**
 * Old mail that was sent to the desk, taken in as a job: one import at a time, with word of how far it is. A worker that
 * stops or dies leaves what came in; the next one goes on behind it. The files go when the import has ended.
 */
import { existsSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Db, inTransaction } from '../../../platform/db/index.ts'
import { type Nudges, record } from '../../../platform/events/index.ts'
import type { Task } from '../../../platform/jobs/index.ts'
import type { Log } from '../../../platform/log/log.ts'
import { type ImportDeps, importPath } from './import.ts'
import { changeImport, forgetImports, goingOn, type ImportRow, importRow, leftBehind } from './tables.ts'

export type ImportWork = ImportDeps & { db: Db; nudges: Pick<Nudges, 'send'>; log: Log; dataDir: string }

export const importFolder = (dataDir: string, importId: string) => join(dataDir, 'imports', importId)

const hour = 3_600_000
const day = 24 * hour
const keptDays = 90

export function importTasks(parts: ImportWork): Task[] {
  const idOf = (payload: unknown) => String((payload as { importId?: unknown }).importId)
  return [
    { name: 'bring-mail', act: (payload, signal) => bring(parts, idOf(payload), signal) },
    { name: 'sweep-imports', every: '47 * * * *', act: () => sweep(parts) },
  ]
}

export async function bring(parts: ImportWork, importId: string, signal: AbortSignal): Promise<void> {
  const row = await importRow(parts.db, importId)
  if (row?.state !== 'waiting' && row?.state !== 'running') return
  await changeImport(parts.db, importId, { state: 'running' })
  const told = progress(parts.db, importId)
  try {
    const folder = importFolder(parts.dataDir, importId)
    const report = await importPath(parts, folder, {
      mailboxId: row.mailboxId,
      signal,
      after: { report: row, bytes: row.bytesRead },
      onProgress: told.tell,
    })
    await told.end()
    // A job that comes back without a word is over: what is left is for the next worker.
    if (!report.done) throw new Error('Stopped before the end of the import')
    await end(parts, row, { state: 'done' })
  } catch (error) {
    await told.end()
    if (signal.aborted) throw error
    parts.log.error({ err: error, importId }, 'old mail did not come in whole')
    await end(parts, row, { state: 'failed', trouble: troubleOf(error) })
  }
}

/** How far it is, at most twice a second and always at last. */
function progress(db: Db, importId: string) {
  let told = 0
  let newest: (() => Promise<unknown>) | undefined
  let telling: Promise<unknown> = Promise.resolve()
  const say = () => {
    const saying = newest
    newest = undefined
    told = Date.now()
    if (saying) telling = telling.then(saying)
    telling.catch(() => {})
  }
  return {
    tell: ({ done: _, ...figures }: { done: boolean; mails: number; messages: number }, bytesRead: number) => {
      newest = () => changeImport(db, importId, { ...figures, bytesRead })
      if (Date.now() - told > 500) say()
    },
    end: () => {
      say()
      return telling
    },
  }
}

export async function end(
  parts: Pick<ImportWork, 'db' | 'nudges' | 'clock' | 'dataDir'>,
  row: Pick<ImportRow, 'id' | 'mailboxId' | 'teamId' | 'askedBy'>,
  how: { state: 'done' } | { state: 'failed'; trouble: string },
): Promise<void> {
  const now = parts.clock()
  await inTransaction(parts.db, async tx => {
    if (!(await changeImport(tx, row.id, { ...how, endedAt: now }))) return
    const { mails = 0 } = (await importRow(tx, row.id)) ?? {}
    await record(tx, {
      kind: 'import.progressed',
      subjectId: row.mailboxId,
      actorId: row.askedBy,
      scopes: [row.teamId],
      facts: { mailboxId: row.mailboxId, importId: row.id, mails, done: how.state === 'done' },
      at: now,
    })
  })
  parts.nudges.send('happened')
  await rm(importFolder(parts.dataDir, row.id), { recursive: true, force: true })
}

export async function sweep(parts: ImportWork): Promise<void> {
  const now = parts.clock()
  for (const row of await leftBehind(parts.db, new Date(now.getTime() - day)))
    await end(parts, row, { state: 'failed', trouble: 'left' })
  // A backup that was brought back knows of imports, and has neither their files nor their jobs.
  for (const row of await goingOn(parts.db, new Date(now.getTime() - hour)))
    if (!existsSync(importFolder(parts.dataDir, row.id))) await end(parts, row, { state: 'failed', trouble: 'gone' })
  await forgetImports(parts.db, new Date(now.getTime() - keptDays * day))
  // A folder whose row went with its mailbox.
  const all = join(parts.dataDir, 'imports')
  for (const name of await readdir(all).catch(() => [])) {
    const folder = join(all, name)
    const { mtimeMs } = await stat(folder)
    if (mtimeMs > now.getTime() - day || !/^[\da-f-]{36}$/.test(name)) continue
    const row = await importRow(parts.db, name)
    if (!row || row.endedAt !== null) await rm(folder, { recursive: true, force: true })
  }
}

function troubleOf(error: unknown): string {
  const code = (error as { code?: unknown }).code
  if (code === 'ENOSPC') return 'disk-full'
  return code === 'ENOENT' ? 'gone' : 'broken'
}
