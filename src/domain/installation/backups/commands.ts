/** Backups asked for from the desk or by the schedule: the work itself is a job. Refuses a second one while one is under way. */
import type { BackupSchedule } from '../../../contract/keeping.ts'
import type { Db, Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { addJob } from '../../../platform/jobs/index.ts'
import { changeSetting, installation, type Member, settingsOfInstallation } from '../../access/index.ts'
import { addBackup, type BackupRow, backupRows, changeBackup, isUnderWay, wasScheduled } from './tables.ts'

const starting: BackupSchedule = { hour: null, keep: 7 }

export async function scheduleOf(on: Db | Tx): Promise<BackupSchedule> {
  const { backups } = await settingsOfInstallation(on)
  return { ...starting, ...(backups as Partial<BackupSchedule> | undefined) }
}

/** Null when one is under way, or the schedule's own was made since. */
export async function askForBackup(
  tx: Tx,
  askedBy: string | null,
  now: Date,
  unlessSince: Date | null = null,
): Promise<string | null> {
  if (await isUnderWay(tx)) return null
  if (unlessSince && (await wasScheduled(tx, unlessSince))) return null
  const backupId = await addBackup(tx, askedBy, now)
  await addJob(tx, 'make-backup', { backupId }, { key: `backup ${backupId}` })
  await record(tx, { kind: 'backup.asked', subjectId: backupId, actorId: askedBy, scopes: [], facts: {}, at: now })
  return backupId
}

export async function makeBackup(tx: Tx, actor: Member, now: Date): Promise<string> {
  const backupId = await askForBackup(tx, actor.personId, now)
  if (backupId === null) throw new Refusal('backup-under-way', 409)
  return backupId
}

async function openBackup(tx: Tx, backupId: string): Promise<BackupRow> {
  await tx.selectFrom('backup').select('id').where('id', '=', backupId).forUpdate().execute()
  const [row] = await backupRows(tx, backupId)
  if (!row) throw absent()
  return row
}

export async function verifyBackup(tx: Tx, backupId: string): Promise<void> {
  const row = await openBackup(tx, backupId)
  if (row.state !== 'made') throw new Refusal('backup-not-made', 409)
  if (row.verifying === 'waiting' || row.verifying === 'running') throw new Refusal('backup-under-way', 409)
  await changeBackup(tx, backupId, { verifying: 'waiting', done: 0, total: 0, trouble: null, findings: [] })
  await addJob(tx, 'verify-backup', { backupId }, { key: `verify ${backupId}` })
}

/** The row goes at once; the folder is the caller's to take away afterwards. */
export async function removeBackup(tx: Tx, actor: Member, backupId: string, now: Date): Promise<string> {
  const row = await openBackup(tx, backupId)
  if (row.state === 'running' || row.state === 'waiting' || row.verifying === 'running')
    throw new Refusal('backup-under-way', 409)
  await changeBackup(tx, backupId, { state: 'removed' })
  const facts = { setting: 'backup-removed', folder: row.folder }
  await record(tx, {
    kind: 'installation.changed',
    subjectId: null,
    actorId: actor.personId,
    scopes: [],
    facts,
    at: now,
  })
  return row.folder
}

export async function setSchedule(tx: Tx, actor: Member, schedule: BackupSchedule, now: Date): Promise<void> {
  await changeSetting(tx, actor, { key: 'backups', settings: schedule }, now)
}

const day = 86_400_000

/** The last time the hour of the schedule came, while it still lies within the day; null: there is no schedule. */
export async function scheduledSince(on: Db | Tx, now: Date): Promise<Date | null> {
  const { hour } = await scheduleOf(on)
  if (hour === null) return null
  const { zone } = await installation(on)
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, hour: 'numeric', minute: 'numeric', hourCycle: 'h23' })
  const at = Object.fromEntries(parts.formatToParts(now).map(({ type, value }) => [type, Number(value)]))
  const sinceHour = (((at.hour! - hour + 24) % 24) * 60 + at.minute!) * 60_000
  return sinceHour < day ? new Date(now.getTime() - sinceHour - (now.getTime() % 60_000)) : null
}
