/** How long things are kept, and the backups that are made. */
import { z } from 'zod'
import { Done, endpoint, Id, Moment, Nothing } from './kit.ts'

/** Days after which something goes for good; null: never. */
const Days = z.int().min(1).max(36_500).nullable()
export const Retention = z.object({
  /** since it was put there */
  spamDays: Days,
  trashDays: Days,
  /** closed conversations with all that was said in them, since they were closed */
  closedDays: z.int().min(30).max(36_500).nullable(),
  /** mail as it came, beside the message made from it; without it neither the original nor a second reading */
  rawDays: z.int().min(30).max(36_500).nullable(),
  /** who did what: never less than a year */
  auditDays: z.int().min(365).max(36_500).nullable(),
})
export type Retention = z.infer<typeof Retention>
export const startingRetention: Retention = {
  spamDays: 30,
  trashDays: 30,
  closedDays: null,
  rawDays: null,
  auditDays: null,
}
/** How many would go now. */
export const Going = z.object({
  spam: z.number(),
  trash: z.number(),
  closed: z.number(),
  raw: z.number(),
  audit: z.number(),
})
export type Going = z.infer<typeof Going>
const RetentionView = z.object({ retention: Retention, going: Going })
export const retention = endpoint('GET', '/api/v1/retention', Nothing, RetentionView)
export const previewRetention = endpoint(
  'POST',
  '/api/v1/retention/preview',
  z.strictObject(Retention.shape),
  z.object({ going: Going }),
)
export const setRetention = endpoint('PUT', '/api/v1/retention', z.strictObject(Retention.shape), RetentionView)

export const BackupState = z.enum(['waiting', 'running', 'made', 'failed'])
export const BackupView = z.object({
  id: Id,
  path: z.string(),
  askedBy: z.string().nullable(),
  askedAt: Moment,
  state: BackupState,
  madeAt: Moment.nullable(),
  bytes: z.number().nullable(),
  rows: z.number().nullable(),
  files: z.number().nullable(),
  /** its folder is not there any more */
  gone: z.boolean(),
  verifying: z.enum(['no', 'waiting', 'running', 'good', 'bad']),
  verifiedAt: Moment.nullable(),
  /** the work at hand: how many of how many steps */
  done: z.number(),
  total: z.number(),
  trouble: z.string().nullable(),
  findings: z.array(z.string()),
  /** to be run on the machine, with an empty DATA_DIR and DATABASE_URL of one's own */
  command: z.string(),
})
export type BackupView = z.infer<typeof BackupView>
export const BackupSchedule = z.object({
  /** the hour of the day in the zone of the installation; null: none by itself */
  hour: z.int().min(0).max(23).nullable(),
  keep: z.int().min(1).max(365),
})
export type BackupSchedule = z.infer<typeof BackupSchedule>
const BackupsView = z.object({
  backups: z.array(BackupView),
  folder: z.string(),
  schedule: BackupSchedule,
  zone: z.string(),
  /** the installation's key comes from outside and is in no backup */
  keyOutside: z.boolean(),
})
export const backups = endpoint('GET', '/api/v1/backups', Nothing, BackupsView)
export const makeBackup = endpoint('POST', '/api/v1/backups', Nothing, z.object({ backupId: Id }))
export const verifyBackup = endpoint('POST', '/api/v1/backups/:backupId/verify', z.strictObject({ backupId: Id }), Done)
export const removeBackup = endpoint('DELETE', '/api/v1/backups/:backupId', z.strictObject({ backupId: Id }), Done)
export const setBackupSchedule = endpoint(
  'PUT',
  '/api/v1/backups/schedule',
  z.strictObject(BackupSchedule.shape),
  z.object({ schedule: BackupSchedule }),
)
