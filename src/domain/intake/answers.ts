/**
 * Mails that belong to an ask: found before anything else is decided, by the signed address they came to or, where a mailbox
 * can't sign, by what they refer to from the address that was asked. Each is stored by itself; none becomes a conversation.
 */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { askBounced, asksByReference, asksSigned, type ToAsk, takeAnswer } from '../asks/index.ts'
import { isOurLoopMark, readToken, type TokenClaim } from '../channels/index.ts'
import type { Batch, Report } from './batch.ts'
import { normalOf, ownAddresses, recipientsOf, referencesOf } from './known.ts'
import { bare, type Mail } from './mail.ts'
import type { Stored } from './write.ts'

export async function answersAmong(tx: Tx, mails: readonly Mail[], keys: readonly Buffer[]): Promise<Map<Mail, ToAsk>> {
  const found = new Map<Mail, ToAsk>()
  const fresh = mails.filter(mail => !mail.reason && !mail.arrived.backlog)
  const claims: { mail: Mail; claim: TokenClaim }[] = []
  for (const mail of fresh)
    for (const address of recipientsOf(mail)) {
      const claim = readToken(address)
      if (claim) claims.push({ mail, claim })
    }
  const signed = await asksSigned(
    tx,
    claims.map(each => each.claim),
    keys,
  )
  for (const [place, to] of signed) {
    const { mail } = claims[place]!
    // The place an answer goes to says more than where machines write.
    if (!found.has(mail) || !to.returned) found.set(mail, to)
  }
  const ids = new Map(fresh.filter(mail => !found.has(mail)).map(mail => [mail, namedBy(mail)]))
  const referred = await asksByReference(tx, [...new Set([...ids.values()].flat())])
  if (referred.size === 0) return found
  for (const [mail, named] of ids) {
    const from = normalOf(mail.reading.from?.address)
    for (const id of named) {
      const to = referred.get(id)
      if (!to || (mail.reading.kind !== 'bounce' && to.recipient !== from)) continue
      found.set(mail, { askId: to.askId, signedFor: null, returned: false })
      break
    }
  }
  return found
}

const originals = ({ reading }: Mail) =>
  reading.bounces.flatMap(each => bare(each.originalMessageId) ?? []).slice(0, 30)
const namedBy = (mail: Mail) => (mail.reading.kind === 'bounce' ? originals(mail) : referencesOf(mail))

/** Puts what it became into the batch; what is kept of the ask itself is written at once. */
export async function takeForAsk(
  tx: Tx,
  mail: Mail,
  to: ToAsk,
  batch: Batch,
  about: { keys: readonly Buffer[]; stored: Stored; now: Date },
): Promise<void> {
  const deliveryId = mail.again ?? randomUUIDv7()
  if (mail.reading.kind === 'bounce') return bounced(tx, mail, to, deliveryId, batch, about.now)
  const { reading, arrived } = mail
  const from = normalOf(reading.from?.address)
  const own = await ownAddresses(tx)
  const loops = reading.signals.pondLoop.length > 0 ? await installationId(tx) : ''
  const byPerson =
    reading.kind === 'message' &&
    !(from && own.has(from)) &&
    !reading.signals.pondLoop.some(mark => isOurLoopMark(mark, loops, about.keys))
  const { askMessageId, conversationId } = await takeAnswer(
    tx,
    {
      ...{ to, byPerson, at: arrived.arrivedAt, text: reading.text, html: reading.html },
      from: from && reading.from ? reading.from : null,
      trimmed: reading.trimmed === reading.text ? null : reading.trimmed,
      trimmedHtml: reading.htmlTrimmed === reading.html ? null : reading.htmlTrimmed,
      rfcId: bare(reading.messageId),
      files: reading.attachments.map(file => ({
        ...{ name: file.name, mediaType: file.mediaType, bytes: file.bytes },
        sha256: about.stored.get(file.content)!,
      })),
    },
    about.now,
  )
  batch.decided.push({ mail, deliveryId, became: { is: 'answer', askMessageId, conversationId } })
}

async function bounced(tx: Tx, mail: Mail, to: ToAsk, deliveryId: string, batch: Batch, now: Date) {
  const told = mail.reading.bounces
  const failed = told.filter(each => !['delayed', 'delivered', 'feedback', 'vacation'].includes(each.reason))
  const hard = failed.some(each => each.hard)
  const sent = await askBounced(tx, { to, rfcId: originals(mail)[0] ?? null, hard }, now)
  if (sent && failed.length > 0) batch.bounced.add(sent.outboxId)
  if (sent?.addressId && hard)
    batch.suspended.set(sent.addressId, failed.find(each => each.hard)?.reason ?? 'undefined')
  const reports = (told.length > 0 ? told : [null]).map(
    (bounce): Report => ({
      outboxId: sent?.outboxId ?? null,
      messageId: null,
      addressId: sent?.addressId ?? null,
      recipient: bounce?.recipient ?? to.signedFor?.normal ?? null,
      status: bounce?.status ?? '',
      replyCode: bounce?.replyCode ?? '',
      reason: bounce?.reason ?? 'undefined',
      diagnostic: (bounce?.diagnostic ?? '').slice(0, 1000),
      hard: bounce?.hard ?? false,
    }),
  )
  batch.decided.push({ mail, deliveryId, became: { is: 'report', reports, conversationId: null } })
}

async function installationId(tx: Tx): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from installation`.execute(tx)
  return rows[0]?.id ?? ''
}
