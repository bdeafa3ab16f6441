/** Mail on a random day: first ones, answers, automatic ones and bounces, and what the model makes of each. */
import { sql } from 'kysely'
import { expect } from 'vitest'
import { mail } from '../desk.ts'
import { type Day, desk, type Known } from './day.ts'
import { bounced, customerWrites, fresh } from './expected.ts'
import { stopsLater } from './structure.ts'

export async function firstMail(day: Day) {
  const customer = `c${day.chance.below(12)}@saudade.example`
  const mailId = `m${day.mails++}-${day.chance.below(1e9)}`
  const [taken] = await desk.take(mail({ from: customer, id: mailId }))
  day.known.set(taken!.conversationId!, {
    expected: fresh(),
    customer,
    id: taken!.conversationId!,
    mailId: `${mailId}@saudade.example`,
  })
}

/** `lies`: the conversation in which it arrives, where this one went up in it. */
export async function nextMail(day: Day, by: Known, it = by) {
  const mailId = `n${day.mails++}-${day.chance.below(1e9)}`
  const [taken] = await desk.take(
    mail({ from: by.customer, id: mailId, more: [`In-Reply-To: <${by.mailId}>`], text: `again ${day.mails}` }),
  )
  const next = customerWrites(it.expected, desk.clock.now.getTime())
  if (next === 'anew')
    day.known.set(taken!.conversationId!, {
      ...it,
      id: taken!.conversationId!,
      mailId: `${mailId}@saudade.example`,
      expected: fresh(),
    })
  else {
    it.expected = next
    stopsLater(day, it.id)
  }
  if (next !== 'anew') expect(taken!.conversationId).toBe(it.id)
}

export async function automaticMail(day: Day, by: Known, it = by) {
  day.mails++
  const [taken] = await desk.take(
    mail({
      from: by.customer,
      more: [`In-Reply-To: <${by.mailId}>`, 'Auto-Submitted: auto-replied'],
      text: `away ${day.mails}`,
    }),
  )
  expect(taken!.conversationId).toBe(it.id)
}

export async function bounce(day: Day, it: Known) {
  const { rows } = await sql<{
    rfcId: string
    recipient: string
  }>`select o.rfc_id, o.recipient from outbox o left join message m on m.id = o.message_id where coalesce(m.conversation_id, o.conversation_id) = ${it.id}::uuid and o.state in ('waiting', 'sent') order by o.created_at desc limit 1`.execute(
    desk.db,
  )
  if (!rows[0]) return
  day.mails++
  const text = [
    'From: MAILER-DAEMON@mx.example',
    'To: service@lindqvist.example',
    'Subject: Undelivered',
    `Message-ID: <b${day.mails}.${day.chance.below(1e9)}@mx.example>`,
    'Return-Path: <>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'unknown user',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    '',
    `Final-Recipient: rfc822; ${rows[0].recipient}`,
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 unknown user',
    '',
    '--b',
    'Content-Type: message/rfc822',
    '',
    `Message-ID: <${rows[0].rfcId}>`,
    '',
    'y',
    '--b--',
    '',
  ]
  const [taken] = await desk.take(text.join('\r\n'))
  expect(taken!.became).toBe('report')
  it.expected = bounced(it.expected)
  await sql`update address set suspended_at = null, suspended_because = null`.execute(desk.db)
}
