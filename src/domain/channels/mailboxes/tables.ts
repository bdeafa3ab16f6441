/** The rows of mailboxes: what fetchers and senders read of them, and their health. Decides no right. */
import { sql } from 'kysely'
import type { Keys } from '../../../platform/config/keys.ts'
import { type Db, inTransaction } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'

export type Provider = 'google' | 'microsoft'
export type ServerSettings = {
  host: string
  port: number
  security: 'tls' | 'starttls' | 'none'
  user: string
  oauth?: Provider | null
}
export type ImapSettings = ServerSettings & { folder: string }

/** What is sealed in one column. */
export type Secrets = {
  password?: string
  /** Only where sending needs another than fetching. */
  smtpPassword?: string
  grant?: { refreshToken: string; accessToken: string; expiresAt: number }
}

export type MailboxRow = {
  id: string
  teamId: string
  address: string
  normal: string
  fromName: string
  aliases: string[]
  receiveBy: 'imap' | 'listener' | 'import'
  imap: ImapSettings | null
  smtp: ServerSettings | null
  sealed: Buffer | null
  plusAddressing: boolean
  startFrom: 'now' | 'all'
  createdAt: Date
  lastGoodPollAt: Date | null
  pausedAt: Date | null
  alert: string | null
  /** of the sample organisation: nothing is ever sent from it */
  sample: boolean
}

const columns = [
  'id',
  'teamId',
  'address',
  'normal',
  'fromName',
  'aliases',
  'receiveBy',
  'imap',
  'smtp',
  'sealed',
  'plusAddressing',
  'startFrom',
  'createdAt',
  'lastGoodPollAt',
  'pausedAt',
  'alert',
  'sample',
] as const

/** Without removed ones. */
export async function liveMailboxes(db: Db, ids?: readonly string[]): Promise<MailboxRow[]> {
  let query = db.selectFrom('mailbox').select(columns).where('removedAt', 'is', null)
  if (ids) query = query.where('id', 'in', ids.length > 0 ? [...ids] : ['00000000-0000-0000-0000-000000000000'])
  return (await query.execute()) as unknown as MailboxRow[]
}

export function secretsOf(mailbox: Pick<MailboxRow, 'id' | 'sealed'>, keys: Keys): Secrets {
  return mailbox.sealed ? JSON.parse(keys.unseal(mailbox.sealed, `mailbox ${mailbox.id}`)) : {}
}

export function sealSecrets(mailboxId: string, secrets: Secrets, keys: Keys): Buffer {
  return keys.seal(JSON.stringify(secrets), `mailbox ${mailboxId}`)
}

export type Side = 'receiving' | 'sending'
/** Codes about sending begin with this, so that a good poll does not clear them. */
const sendingPrefix = 'smtp-'

export function sideOf(code: string): Side {
  return code.startsWith(sendingPrefix) ? 'sending' : 'receiving'
}

/** Written only when it is news; trouble with receiving is shown before trouble with sending. */
export async function raiseAlert(
  db: Db,
  mailbox: { id: string; teamId: string },
  alert: { code: string; detail: string; at: Date },
) {
  const side = sideOf(alert.code)
  await inTransaction(db, async tx => {
    const changed = await tx
      .updateTable('mailbox')
      .set({
        alert: alert.code,
        alertDetail: alert.detail,
        alertSince: sql<Date>`case when alert is null then ${alert.at}::timestamptz else alert_since end`,
      })
      .where('id', '=', mailbox.id)
      .where(sql<boolean>`alert is distinct from ${alert.code} or alert_detail is distinct from ${alert.detail}`)
      .where(sql<boolean>`(alert is null or alert like 'smtp-%' or ${side === 'receiving'})`)
      .returning(
        sql<string | null>`(select before.alert from mailbox before where before.id = mailbox.id)`.as('before'),
      )
      .executeTakeFirst()
    if (!changed || changed.before === alert.code) return
    await record(tx, {
      kind: 'mailbox.alerted',
      subjectId: mailbox.id,
      actorId: null,
      scopes: [mailbox.teamId],
      facts: { mailboxId: mailbox.id, alert: alert.code },
      at: alert.at,
    })
  })
}

/** Ends the alert of one side. */
export async function clearAlert(db: Db, mailbox: { id: string; teamId: string }, side: Side, at: Date) {
  await inTransaction(db, async tx => {
    const cleared = await tx
      .updateTable('mailbox')
      .set({ alert: null, alertDetail: null, alertSince: null })
      .where('id', '=', mailbox.id)
      .where('alert', side === 'sending' ? 'like' : 'not like', `${sendingPrefix}%`)
      .returning('id')
      .executeTakeFirst()
    if (!cleared) return
    await record(tx, {
      kind: 'mailbox.recovered',
      subjectId: mailbox.id,
      actorId: null,
      scopes: [mailbox.teamId],
      facts: { mailboxId: mailbox.id, side },
      at,
    })
  })
}

/** The server was asked and answered: everything it had is stored. Tells whether an alert stands. */
export async function markGoodPoll(db: Db, mailboxId: string, at: Date): Promise<string | null> {
  const row = await db
    .updateTable('mailbox')
    .set({ lastGoodPollAt: at })
    .where('id', '=', mailboxId)
    .returning('alert')
    .executeTakeFirst()
  return row?.alert ?? null
}
