/** What an administrator does with mailboxes: connect, change, pause, remove, grant access. Each takes effect in every process at once. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { MailboxSettings } from '../../../contract/mailboxes.ts'
import type { Keys } from '../../../platform/config/keys.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import type { Grant } from '../../../platform/mail/oauth.ts'
import { type Actor, actorId } from '../../access/index.ts'
import { readAddress } from '../../people/index.ts'
import { type MailboxRow, type Secrets, sealSecrets, secretsOf } from './tables.ts'

export type Settings = z.output<typeof MailboxSettings>

/** Returns its id. An address that was removed before comes back with its conversations, and begins anew. */
export async function connectMailbox(tx: Tx, actor: Actor, settings: Settings, keys: Keys, now: Date): Promise<string> {
  const { normal } = await checked(tx, settings, null)
  const former = await tx
    .selectFrom('mailbox')
    .select('id')
    .where('normal', '=', normal)
    .where('removedAt', 'is not', null)
    .forUpdate()
    .executeTakeFirst()
  const id = former?.id ?? randomUUIDv7()
  const values = { ...valuesOf(settings, normal), sealed: sealSecrets(id, merged({}, settings), keys), createdAt: now }
  if (former) {
    await tx.deleteFrom('mailboxFolder').where('mailboxId', '=', id).execute()
    const begun = {
      removedAt: null,
      pausedAt: null,
      lastGoodPollAt: null,
      alert: null,
      alertDetail: null,
      alertSince: null,
    }
    await tx
      .updateTable('mailbox')
      .set({ ...values, ...begun })
      .where('id', '=', id)
      .execute()
  } else {
    await tx
      .insertInto('mailbox')
      .values({ id, ...values })
      .execute()
  }
  await tell(tx, actor, 'mailbox.connected', { id, teamId: settings.teamId }, now)
  return id
}

/** A missing password keeps the stored one, unless the server or the name is another: then it must be given again, and access granted again. */
export async function changeMailbox(tx: Tx, actor: Actor, id: string, settings: Settings, keys: Keys, now: Date) {
  const before = await opened(tx, id)
  // What came in by it would go with the sample one day.
  if (before.sample) throw new Refusal('sample-stays', 409)
  const { normal } = await checked(tx, settings, id)
  const stored = before.sealed ? secretsOf(before, keys) : {}
  const kept = keepsPassword(before, settings) ? stored : {}
  await tx
    .updateTable('mailbox')
    .set({
      ...valuesOf(settings, normal),
      sealed: sealSecrets(id, merged(kept, settings), keys),
      alert: null,
      alertDetail: null,
      alertSince: null,
    })
    .where('id', '=', id)
    .execute()
  await tell(tx, actor, 'mailbox.changed', { id, teamId: settings.teamId }, now)
}

export async function pauseMailbox(tx: Tx, actor: Actor, id: string, paused: boolean, now: Date) {
  const mailbox = await opened(tx, id)
  await tx
    .updateTable('mailbox')
    .set({ pausedAt: paused ? now : null })
    .where('id', '=', id)
    .execute()
  await tell(tx, actor, 'mailbox.changed', mailbox, now)
}

/** Its conversations stay; what still waits to go out from it is shown as trouble, not lost in silence. */
export async function removeMailbox(tx: Tx, actor: Actor, id: string, now: Date) {
  const mailbox = await opened(tx, id)
  await tx
    .updateTable('outbox')
    .set({ state: 'failed', error: 'pond:mailbox-removed', settledAt: now })
    .where('mailboxId', '=', id)
    .where('state', '=', 'waiting')
    .execute()
  await tx
    .updateTable('mailbox')
    .set({ removedAt: now, sealed: null, alert: null, alertDetail: null, alertSince: null })
    .where('id', '=', id)
    .execute()
  await tell(tx, actor, 'mailbox.removed', mailbox, now)
}

/** What the provider gave after a person agreed there. */
export async function keepGrant(tx: Tx, actor: Actor, id: string, grant: Grant, keys: Keys, now: Date) {
  const mailbox = await opened(tx, id)
  const stored = mailbox.sealed ? secretsOf(mailbox, keys) : {}
  await tx
    .updateTable('mailbox')
    .set({ sealed: sealSecrets(id, { ...stored, grant }, keys), alert: null, alertDetail: null, alertSince: null })
    .where('id', '=', id)
    .execute()
  await tell(tx, actor, 'mailbox.changed', mailbox, now)
}

async function opened(tx: Tx, id: string) {
  const row = await tx
    .selectFrom('mailbox')
    .select(['id', 'teamId', 'sealed', 'imap', 'smtp', 'sample'])
    .where('id', '=', id)
    .where('removedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw absent()
  return row as unknown as Pick<MailboxRow, 'id' | 'teamId' | 'sealed' | 'imap' | 'smtp' | 'sample'>
}

/** Addresses of ours lead to one mailbox each, and the team exists. */
async function checked(tx: Tx, settings: Settings, id: string | null): Promise<{ normal: string }> {
  const own = readAddress(settings.address)
  if (!own) throw wrong('address', 'is no mail address')
  const aliases = settings.aliases.map(alias => readAddress(alias)?.normal ?? null)
  if (aliases.includes(null)) throw wrong('aliases', 'holds something that is no mail address')
  if (settings.receiveBy === 'imap' && settings.imap === null) throw wrong('imap', 'is needed to fetch mail')
  const team = await tx
    .selectFrom('team')
    .select('id')
    .where('id', '=', settings.teamId)
    .where('archivedAt', 'is', null)
    .executeTakeFirst()
  if (!team) throw absent()
  const wanted = [own.normal, ...(aliases as string[])]
  const other = await tx
    .selectFrom('mailbox')
    .select('id')
    .where('removedAt', 'is', null)
    .where('id', 'is distinct from', id as string)
    .where(sql<boolean>`(normal = any(${wanted}) or lower(aliases::text)::text[] && ${wanted}::text[])`)
    .executeTakeFirst()
  if (other) throw new Refusal('mailbox-known', 409, { facts: { mailboxId: other.id } })
  // A removed mailbox keeps its address: it can be connected again, but another cannot take it.
  if (id !== null) {
    const removed = await tx
      .selectFrom('mailbox')
      .select('id')
      .where('normal', '=', own.normal)
      .where('id', '<>', id)
      .executeTakeFirst()
    if (removed) throw new Refusal('mailbox-known', 409)
  }
  return { normal: own.normal }
}

function valuesOf(settings: Settings, normal: string) {
  const { oauth } = settings
  return {
    teamId: settings.teamId,
    address: settings.address,
    normal,
    fromName: settings.fromName,
    aliases: settings.aliases,
    receiveBy: settings.receiveBy,
    imap: settings.imap ? JSON.stringify({ ...settings.imap, oauth }) : null,
    smtp: settings.smtp ? JSON.stringify({ ...settings.smtp, oauth }) : null,
    plusAddressing: settings.plusAddressing,
    trustedServer: settings.trustedServer,
    startFrom: settings.startFrom,
  }
}

function merged(stored: Secrets, settings: Settings): Secrets {
  return {
    ...stored,
    ...(settings.password === undefined || settings.password === '' ? {} : { password: settings.password }),
    ...(settings.smtpPassword === undefined || settings.smtpPassword === ''
      ? {}
      : { smtpPassword: settings.smtpPassword }),
  }
}

/** A stored password, and a grant's token, never travels to a server it was not given for. */
export function keepsPassword(
  before: Pick<MailboxRow, 'imap' | 'smtp'>,
  settings: Pick<Settings, 'imap' | 'smtp'>,
): boolean {
  const known = new Set(
    [before.imap, before.smtp].flatMap(place => (place ? [`${place.host.toLowerCase()} ${place.user}`] : [])),
  )
  return [settings.imap, settings.smtp].every(
    place => place === null || place.user === '' || known.has(`${place.host.toLowerCase()} ${place.user}`),
  )
}

function wrong(path: string, says: string): Refusal {
  return new Refusal('bad-shape', 400, { fields: [{ path, says }] })
}

async function tell(
  tx: Tx,
  actor: Actor,
  kind: 'mailbox.connected' | 'mailbox.changed' | 'mailbox.removed',
  mailbox: { id: string; teamId: string },
  at: Date,
) {
  await record(tx, {
    kind,
    subjectId: mailbox.id,
    actorId: actorId(actor),
    scopes: [mailbox.teamId],
    facts: { mailboxId: mailbox.id },
    at,
  })
}
