/** What a delivery report says of something we sent: shown on that message (R18), and what it makes necessary. Pure. */
import { afterHardBounce } from '../conversations/index.ts'
import { apply, type Batch, type Report } from './batch.ts'
import { type Claimed, normalOf, type SentMail } from './known.ts'
import { bare, type Mail } from './mail.ts'
import type { World } from './world.ts'

/** A bounce, a delay or a complaint about something we sent: shown on that message (R18). */
export function decideReport(mail: Mail, deliveryId: string, batch: Batch, world: World) {
  const claim = world.claims.get(mail)
  const told = mail.reading.bounces.length > 0 ? mail.reading.bounces : [null]
  const reports = told.map(bounce => {
    const sent = sentOf(bounce, claim, world)
    const report: Report = {
      outboxId: sent?.outboxId ?? null,
      messageId: sent?.messageId ?? null,
      addressId: sent?.addressId ?? null,
      recipient: bounce?.recipient ?? sent?.recipientNormal ?? null,
      status: bounce?.status ?? '',
      replyCode: bounce?.replyCode ?? '',
      reason: bounce?.reason ?? 'undefined',
      diagnostic: (bounce?.diagnostic ?? '').slice(0, 1000),
      hard: bounce?.hard ?? false,
    }
    const failed =
      report.reason !== 'delayed' &&
      report.reason !== 'delivered' &&
      report.reason !== 'feedback' &&
      report.reason !== 'vacation'
    if (sent && failed && !mail.arrived.backlog) afterBounce(report, sent, mail, batch, world)
    return { report, conversationId: sent?.conversationId ?? null }
  })
  batch.decided.push({
    mail,
    deliveryId,
    became: {
      is: 'report',
      reports: reports.map(each => each.report),
      conversationId: reports.find(each => each.conversationId)?.conversationId ?? null,
    },
  })
}

function afterBounce(report: Report, sent: SentMail, mail: Mail, batch: Batch, world: World) {
  batch.bounced.add(sent.outboxId)
  if (!report.hard) return
  if (sent.addressId) batch.suspended.set(sent.addressId, report.reason)
  const working = sent.conversationId ? batch.conversations.get(sent.conversationId) : undefined
  const mailbox = world.mailboxes.get(mail.arrived.mailboxId)
  if (!working || !mailbox) return
  apply(working, afterHardBounce(working, world.times(mailbox, mail.arrived.arrivedAt, working.customerId)))
  working.version++
}

/** The Message-ID decides, with the recipient when the report names one; else the signed return address it came to. */
function sentOf(
  bounce: Mail['reading']['bounces'][number] | null,
  claim: Claimed | undefined,
  world: World,
): SentMail | null {
  const original = bare(bounce?.originalMessageId ?? null)
  const recipient = normalOf(bounce?.recipient ?? undefined)
  const byId = original ? world.sent.filter(each => each.rfcId === original) : []
  const exact = byId.find(each => each.recipientNormal === recipient)
  if (exact) return exact
  if (byId.length === 1) return byId[0]!
  if (!claim) return null
  return world.sent.find(each => each.sentFrom === claim.signedFor && each.addressId === claim.addressId) ?? null
}
