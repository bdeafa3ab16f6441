/** HTTP for backups. Nothing of a backup is ever sent: what is said is where it lies, and what brings it back. */
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import * as contract from '../../../contract/keeping.ts'
import { type Db, inTransaction } from '../../../platform/db/index.ts'
import { serve } from '../../../platform/http/index.ts'
import { installation, needProof, type Rights } from '../../access/index.ts'
import { makeBackup, removeBackup, scheduleOf, setSchedule, verifyBackup } from './commands.ts'
import { type BackupRow, backupRows } from './tables.ts'
import { backupFolder } from './work.ts'

export type BackupRoutesParts = { db: Db; rights: Rights; dataDir: string; keyOutside: boolean }

const done = { done: true } as const

export function backupRoutes(app: FastifyInstance, { db, rights, dataDir, keyOutside }: BackupRoutesParts) {
  const folder = resolve(backupFolder(dataDir))
  const right = rights.administrator
  serve(app, contract.backups, right, async () => ({
    backups: (await backupRows(db)).map(row => viewOf(row, folder)),
    folder,
    schedule: await scheduleOf(db),
    zone: (await installation(db)).zone,
    keyOutside,
  }))
  serve(app, contract.makeBackup, right, async (_, { actor, now }) => ({
    backupId: await inTransaction(db, tx => makeBackup(tx, actor, now)),
  }))
  serve(app, contract.verifyBackup, right, async ({ backupId }) => {
    await inTransaction(db, tx => verifyBackup(tx, backupId))
    return done
  })
  serve(app, contract.removeBackup, right, async ({ backupId }, { actor, now }) => {
    const gone = await inTransaction(db, async tx => {
      await needProof(tx, actor, now)
      return removeBackup(tx, actor, backupId, now)
    })
    await rm(join(folder, gone), { recursive: true, force: true })
    return done
  })
  serve(app, contract.setBackupSchedule, right, async (schedule, { actor, now }) => {
    await inTransaction(db, tx => setSchedule(tx, actor, schedule, now))
    return { schedule }
  })
}

function viewOf(row: BackupRow, folder: string): z.input<typeof contract.BackupView> {
  const path = join(folder, row.folder)
  return {
    id: row.id,
    path,
    askedBy: row.askedName,
    askedAt: row.askedAt.toISOString(),
    state: row.state === 'removed' ? 'failed' : row.state,
    madeAt: row.madeAt?.toISOString() ?? null,
    bytes: row.bytes === null ? null : Number(row.bytes),
    rows: row.rowCount === null ? null : Number(row.rowCount),
    files: row.fileCount === null ? null : Number(row.fileCount),
    gone: row.state === 'made' && !existsSync(path),
    verifying: row.verifying,
    verifiedAt: row.verifiedAt?.toISOString() ?? null,
    done: Math.min(row.done, row.total),
    total: row.total,
    trouble: row.trouble,
    findings: row.findings,
    command: `DATA_DIR=/path/to/an/empty/folder bin/pond restore '${path}' --verify`,
  }
}
