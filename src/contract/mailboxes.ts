/** Connecting mailboxes, their health, quarantine and trouble with deliveries. */
import { z } from 'zod'
import { Cursor, Done, endpoint, Id, MailAddress, Moment, Nothing } from './kit.ts'

export const Security = z.enum(['tls', 'starttls', 'none'])
const Server = z.strictObject({
  host: z.string().trim().min(1).max(253),
  port: z.int().min(1).max(65535),
  security: Security,
  user: z.string().max(320),
})
/** Where mail comes from and goes to. A missing password keeps the stored one. `oauth` uses the grant made by connecting. */
export const MailboxSettings = z.strictObject({
  address: MailAddress,
  fromName: z.string().trim().min(1).max(200),
  teamId: Id,
  aliases: z.array(MailAddress).max(50).default([]),
  receiveBy: z.enum(['imap', 'listener', 'import']),
  imap: Server.extend({ folder: z.string().max(300).default('INBOX') })
    .nullable()
    .default(null),
  smtp: Server.nullable().default(null),
  password: z.string().max(1000).optional(),
  smtpPassword: z.string().max(1000).optional(),
  oauth: z.enum(['google', 'microsoft']).nullable().default(null),
  plusAddressing: z.boolean().default(false),
  trustedServer: z.string().max(253).nullable().default(null),
  startFrom: z.enum(['now', 'all']).default('now'),
})
export const MailboxView = z.object({
  id: Id,
  address: z.string(),
  fromName: z.string(),
  teamId: Id,
  teamName: z.string(),
  receiveBy: z.enum(['imap', 'listener', 'import']),
  aliases: z.array(z.string()),
  imap: z
    .object({ host: z.string(), port: z.number(), security: Security, user: z.string(), folder: z.string() })
    .nullable(),
  smtp: z.object({ host: z.string(), port: z.number(), security: Security, user: z.string() }).nullable(),
  oauth: z.enum(['google', 'microsoft']).nullable(),
  hasPassword: z.boolean(),
  plusAddressing: z.boolean(),
  trustedServer: z.string().nullable(),
  startFrom: z.enum(['now', 'all']),
  lastGoodPollAt: Moment.nullable(),
  alert: z.string().nullable(),
  alertSince: Moment.nullable(),
  alertDetail: z.string().nullable(),
  pausedAt: Moment.nullable(),
  waiting: z.number(),
  sample: z.boolean(),
})
export const mailboxes = endpoint('GET', '/api/v1/mailboxes', Nothing, z.object({ mailboxes: z.array(MailboxView) }))
/** Guess settings from an address: the provider's preset, or names to try. */
export const preset = endpoint(
  'GET',
  '/api/v1/mailboxes/preset',
  z.strictObject({ address: z.string().max(320) }),
  z.object({
    provider: z.string().nullable(),
    imap: Server.extend({ folder: z.string() }).nullable(),
    smtp: Server.nullable(),
    oauth: z.enum(['google', 'microsoft']).nullable(),
    plusAddressing: z.boolean(),
    advice: z.string().nullable(),
  }),
)
/** One line per step: name, port, TLS, sign-in, folder, sending, SPF, DKIM, DMARC; `says` is the sentence, `remedy` what to do. */
export const CheckStep = z.object({
  step: z.enum([
    'name',
    'port',
    'tls',
    'sign-in',
    'folder',
    'smtp-name',
    'smtp-port',
    'smtp-tls',
    'smtp-sign-in',
    'sending',
    'spf',
    'dkim',
    'dmarc',
  ]),
  outcome: z.enum(['good', 'warning', 'bad', 'skipped']),
  says: z.string(),
  remedy: z.string().nullable(),
  took: z.number(),
})
export const checkMailbox = endpoint(
  'POST',
  '/api/v1/mailboxes/check',
  MailboxSettings.extend({ mailboxId: Id.optional(), sendTo: MailAddress.optional() }),
  z.object({
    steps: z.array(CheckStep),
    folders: z.array(z.string()),
    waiting: z.number().nullable(),
    works: z.boolean(),
  }),
)
export const connectMailbox = endpoint('POST', '/api/v1/mailboxes', MailboxSettings, z.object({ mailbox: MailboxView }))
export const changeMailbox = endpoint(
  'PUT',
  '/api/v1/mailboxes/:mailboxId',
  MailboxSettings.extend({ mailboxId: Id }),
  z.object({ mailbox: MailboxView }),
)
export const pauseMailbox = endpoint(
  'POST',
  '/api/v1/mailboxes/:mailboxId/pause',
  z.strictObject({ mailboxId: Id, paused: z.boolean() }),
  z.object({ mailbox: MailboxView }),
)
export const removeMailbox = endpoint('DELETE', '/api/v1/mailboxes/:mailboxId', z.strictObject({ mailboxId: Id }), Done)
/** Where to send the browser to grant access (Google, Microsoft); the provider returns to /oauth/return. */
export const grantAccess = endpoint(
  'POST',
  '/api/v1/mailboxes/:mailboxId/grant',
  z.strictObject({ mailboxId: Id }),
  z.object({ address: z.string() }),
)

export const QuarantineItem = z.object({
  id: Id,
  mailbox: z.string(),
  arrivedAt: Moment,
  bytes: z.number(),
  reason: z.string(),
  detail: z.string().nullable(),
  from: z.string().nullable(),
  subject: z.string().nullable(),
  tries: z.number(),
})
export const quarantine = endpoint(
  'GET',
  '/api/v1/quarantine',
  z.strictObject({ after: Cursor.optional() }),
  z.object({ items: z.array(QuarantineItem), next: Cursor.nullable() }),
)
export const retryQuarantined = endpoint(
  'POST',
  '/api/v1/quarantine/:deliveryId/retry',
  z.strictObject({ deliveryId: Id }),
  z.object({
    became: z.enum(['message', 'report', 'quarantined']),
    conversationId: Id.nullable(),
    reason: z.string().nullable(),
  }),
)
/** Not mail that anyone needs: the raw stays until retention takes it. */
export const removeQuarantined = endpoint(
  'DELETE',
  '/api/v1/quarantine/:deliveryId',
  z.strictObject({ deliveryId: Id }),
  Done,
)

export const TroubledDelivery = z.object({
  id: Id,
  conversationId: Id.nullable(),
  conversationNumber: z.number().nullable(),
  recipient: z.string(),
  subject: z.string(),
  purpose: z.string(),
  state: z.enum(['uncertain', 'failed', 'bounced']),
  error: z.string().nullable(),
  at: Moment,
})
export const trouble = endpoint(
  'GET',
  '/api/v1/deliveries/trouble',
  z.strictObject({ after: Cursor.optional() }),
  z.object({ items: z.array(TroubledDelivery), next: Cursor.nullable() }),
)
/** A person decides about an uncertain or failed one: send again, or it arrived / let it be. */
export const settleDelivery = endpoint(
  'POST',
  '/api/v1/deliveries/:outboxId/settle',
  z.strictObject({ outboxId: Id, as: z.enum(['send-again', 'arrived', 'let-be']) }),
  Done,
)
/** What became of old mail. */
export const ImportReport = z.object({
  mails: z.number(),
  messages: z.number(),
  reports: z.number(),
  quarantined: z.number(),
  known: z.number(),
  done: z.boolean(),
})
/**
 * Old mail being brought in. Multipart uploads go to POST /api/v1/mailboxes/:mailboxId/import, which answers 202 with
 * this; `?more` says that further files follow, and `?importId=` that these belong to one begun before.
 */
export const ImportView = z.object({
  id: Id,
  mailboxId: Id,
  address: z.string(),
  askedBy: z.string().nullable(),
  askedAt: Moment,
  /** `receiving` its files, `waiting` for its turn, `running`, or over */
  state: z.enum(['receiving', 'waiting', 'running', 'done', 'failed']),
  bytes: z.number(),
  bytesRead: z.number(),
  ...ImportReport.omit({ done: true }).shape,
  trouble: z.string().nullable(),
  endedAt: Moment.nullable(),
})
export type ImportView = z.infer<typeof ImportView>
/** Those under way, and those that ended within the last days; the newest first. */
export const imports = endpoint('GET', '/api/v1/imports', Nothing, z.object({ imports: z.array(ImportView) }))
