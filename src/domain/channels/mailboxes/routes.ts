/** HTTP for mailboxes, quarantine and deliveries in trouble: check the shape, call the command, show what came of it; nothing more. */
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import * as contract from '../../../contract/mailboxes.ts'
import type { Keys } from '../../../platform/config/keys.ts'
import { type Db, inTransaction } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { Refusal, serve } from '../../../platform/http/index.ts'
import { authorizeAddress } from '../../../platform/mail/oauth.ts'
import { installation, type Member } from '../../access/index.ts'
import { checkMailbox } from './check.ts'
import { changeMailbox, connectMailbox, keepsPassword, pauseMailbox, removeMailbox, type Settings } from './commands.ts'
import { mxOf, resolver } from './domain-records.ts'
import { oauthReturn, stateFor } from './grant.ts'
import { originalRoute } from './original.ts'
import type { MailboxRoutesParts } from './parts.ts'
import { presetFor } from './presets.ts'
import { adviceWords, mailboxView, mailboxViews, openQuarantined, quarantined, troubled, troubleOf } from './queries.ts'
import { secretsFrom } from './secrets.ts'
import { liveMailboxes, type MailboxRow, type Secrets, sealSecrets, secretsOf } from './tables.ts'

const done = { done: true } as const

export function mailboxRoutes(app: FastifyInstance, parts: MailboxRoutesParts) {
  const { db, keys, rights, nudges } = parts
  const change = async (act: (tx: Parameters<Parameters<typeof inTransaction>[1]>[0]) => Promise<void>) => {
    await inTransaction(db, act)
    nudges.send('mailbox')
    nudges.send('happened')
    nudges.send('outbox')
  }

  serve(app, contract.mailboxes, rights['lead-or-administrator'], async (_, { actor }) => ({
    mailboxes: (await mailboxViews(db)).filter(each => actor.administrator || actor.roles.get(each.teamId) === 'lead'),
  }))
  serve(app, contract.preset, rights.administrator, async ({ address }) => {
    const domain = address.slice(address.lastIndexOf('@') + 1)
    const known = presetFor(address)
    const found =
      known.provider === null && domain.includes('.')
        ? presetFor(address, await mxOf(domain, parts.dns ?? resolver()))
        : known
    return { ...found, advice: adviceWords(found.advice) }
  })
  serve(app, contract.checkMailbox, rights.administrator, async ({ mailboxId, sendTo, ...settings }) => {
    const row = await rowToCheck(parts, settings, mailboxId)
    const secretFor = secretsFrom(parts)
    const place = await installation(db)
    return checkMailbox({
      address: settings.address,
      fromName: settings.fromName,
      imap: row.imap,
      smtp: row.smtp,
      // What was typed and not saved has no row to be read from.
      secretFor: async side => typedSecret(settings, row, keys, side) ?? secretFor(row, side),
      sendTo: sendTo ?? null,
      installation: place.name,
      language: place.language,
      zone: place.zone,
      ca: parts.ca,
      ...(parts.dns ? { dns: parts.dns } : {}),
    })
  })
  serve(app, contract.connectMailbox, rights.administrator, async (settings, { actor, now }) => {
    let id = ''
    await change(async tx => {
      id = await connectMailbox(tx, actor, settings, keys, now)
    })
    return { mailbox: await mailboxView(db, id) }
  })
  serve(app, contract.changeMailbox, rights.administrator, async ({ mailboxId, ...settings }, { actor, now }) => {
    await change(tx => changeMailbox(tx, actor, mailboxId, settings, keys, now))
    return { mailbox: await mailboxView(db, mailboxId) }
  })
  serve(app, contract.pauseMailbox, rights.administrator, async ({ mailboxId, paused }, { actor, now }) => {
    await change(tx => pauseMailbox(tx, actor, mailboxId, paused, now))
    return { mailbox: await mailboxView(db, mailboxId) }
  })
  serve(app, contract.removeMailbox, rights.administrator, async ({ mailboxId }, { actor, now }) => {
    await change(tx => removeMailbox(tx, actor, mailboxId, now))
    return done
  })
  serve(app, contract.grantAccess, rights.administrator, async ({ mailboxId }, { actor, now }) => {
    const view = await mailboxView(db, mailboxId)
    if (view.oauth === null) throw new Refusal('no-oauth', 409, { facts: { provider: '' } })
    const client = parts.oauth[view.oauth]
    if (!client) throw new Refusal('no-oauth', 409, { facts: { provider: view.oauth } })
    const { state, verifier } = stateFor(keys, { mailboxId, personId: actor.personId, now })
    const redirect = new URL('/oauth/return', parts.baseUrl).toString()
    return { address: authorizeAddress(view.oauth, client, { redirect, state, verifier, address: view.address }) }
  })
  oauthReturn(app, parts, change)

  serve(app, contract.quarantine, rights['lead-or-administrator'], ({ after }, { actor }) =>
    quarantined(db, actor, after),
  )
  serve(app, contract.retryQuarantined, rights['lead-or-administrator'], async ({ deliveryId }, { actor }) => {
    await openQuarantined(db, actor, deliveryId)
    const { became, conversationId, reason } = await parts.retry(deliveryId)
    if (became === 'known') throw new Refusal('not-quarantined', 409)
    return { became, conversationId, reason }
  })
  serve(app, contract.removeQuarantined, rights['lead-or-administrator'], async ({ deliveryId }, { actor }) => {
    await openQuarantined(db, actor, deliveryId)
    await db
      .updateTable('delivery')
      .set({ became: 'removed', reason: null })
      .where('id', '=', deliveryId)
      .where('became', '=', 'quarantined')
      .execute()
    return done
  })

  originalRoute(app, parts)

  serve(app, contract.trouble, rights.member, ({ after }, { actor }) => troubled(db, actor, after))
  serve(app, contract.settleDelivery, rights.member, async ({ outboxId, as }, { actor, now }) => {
    await settleDelivery(db, actor, outboxId, as, now)
    nudges.send('outbox')
    nudges.send('happened')
    return done
  })
}

/** Only a person decides about what is uncertain; "send again" keeps the Message-ID, so that a second copy is known as the same mail. */
async function settleDelivery(
  db: Db,
  actor: Member,
  outboxId: string,
  as: 'send-again' | 'arrived' | 'let-be',
  now: Date,
) {
  await inTransaction(db, async tx => {
    const row = await troubleOf(tx, actor, outboxId)
    if (row.state !== 'uncertain' && row.state !== 'failed') throw new Refusal('not-troubled', 409)
    const again = as === 'send-again'
    await tx
      .updateTable('outbox')
      .set({
        state: again ? 'waiting' : as === 'arrived' ? 'sent' : 'cancelled',
        notBefore: again ? now : sql<Date>`not_before`,
        tries: again ? 0 : sql<number>`tries`,
        committedAt: null,
        claimedAt: null,
        bouncedAt: again ? null : sql<Date | null>`bounced_at`,
        error: again ? null : sql<string | null>`error`,
        settledAt: again ? null : now,
      })
      .where('id', '=', outboxId)
      .execute()
    if (again || row.conversationId === null || row.teamId === null) return
    await record(tx, {
      kind: 'message.sent',
      subjectId: row.conversationId,
      actorId: actor.personId,
      scopes: row.ownerId ? [row.teamId, row.ownerId] : [row.teamId],
      facts: { outboxId, messageId: row.messageId, conversationId: row.conversationId, state: as },
      at: now,
    })
  })
}

/** The mailbox as it would be. A stored password or grant is used only with the server it was given for. */
async function rowToCheck(
  { db, keys }: MailboxRoutesParts,
  settings: Settings,
  id: string | undefined,
): Promise<MailboxRow> {
  const before = id === undefined ? undefined : (await liveMailboxes(db, [id]))[0]
  const stored = before && keepsPassword(before, settings) ? before : undefined
  const { oauth } = settings
  const rowId = stored?.id ?? '00000000-0000-0000-0000-000000000000'
  return {
    id: rowId,
    teamId: settings.teamId,
    address: settings.address,
    normal: settings.address.toLowerCase(),
    fromName: settings.fromName,
    aliases: settings.aliases,
    receiveBy: settings.receiveBy,
    imap: settings.imap ? { ...settings.imap, oauth } : null,
    smtp: settings.smtp ? { ...settings.smtp, oauth } : null,
    sealed: stored ? stored.sealed : sealSecrets(rowId, {}, keys),
    plusAddressing: settings.plusAddressing,
    startFrom: settings.startFrom,
    createdAt: stored?.createdAt ?? new Date(),
    lastGoodPollAt: null,
    pausedAt: null,
    alert: null,
    sample: false,
  }
}

function typedSecret(settings: Settings, row: MailboxRow, keys: Keys, side: 'imap' | 'smtp') {
  if (settings.oauth !== null) return null
  const stored: Secrets = row.id.startsWith('00000000') || !row.sealed ? {} : readOrNone(row, keys)
  const password = settings.password || stored.password || ''
  if (side === 'imap') return { password }
  return { password: settings.smtpPassword || stored.smtpPassword || password }
}

/** Sealed for no row when the stored one may not be used. */
function readOrNone(row: MailboxRow, keys: Keys): Secrets {
  try {
    return secretsOf(row, keys)
  } catch {
    return {}
  }
}
