/** Mail that becomes a delivery report or a quarantined item, and what both make necessary. */
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { aDesk, mail } from '../../../test/desk.ts'

let desk: Awaited<ReturnType<typeof aDesk>>
beforeAll(async () => {
  desk = await aDesk()
})
afterAll(() => desk.close())
beforeEach(async () => {
  await sql`truncate conversation, delivery, outbox, promise, message, event cascade`.execute(desk.db)
  await sql`delete from address where normal not like '%lindqvist%'`.execute(desk.db)
})

const rows = async <T>(query: ReturnType<typeof sql>) => (await query.execute(desk.db)).rows as T[]
const count = async (table: string) =>
  Number((await rows<{ n: number }>(sql`select count(*) as n from ${sql.table(table)}`))[0]!.n)

test('a bounce is shown on what bounced, suspends the address and makes somebody reach them otherwise', async () => {
  await desk.take(mail())
  const [sent] = await rows<{ rfcId: string }>(sql`update outbox set state = 'sent' returning rfc_id`)
  const bounce = [
    'From: MAILER-DAEMON@mx.example',
    'To: service@lindqvist.example',
    'Subject: Undelivered Mail Returned to Sender',
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
    'Final-Recipient: rfc822; ines@saudade.example',
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 unknown user',
    '',
    '--b',
    'Content-Type: message/rfc822',
    '',
    'From: service@lindqvist.example',
    `Message-ID: <${sent!.rfcId}>`,
    'Subject: x',
    '',
    'y',
    '--b--',
    '',
  ].join('\r\n')
  const [taken] = await desk.take(bounce)
  expect(taken!.became).toBe('report')
  expect(await rows(sql`select hard, recipient, status from delivery_report`)).toEqual([
    { hard: true, recipient: 'ines@saudade.example', status: '5.1.1' },
  ])
  expect(
    (await rows(sql`select from address where normal = 'ines@saudade.example' and suspended_at is not null`)).length,
  ).toBe(1)
  expect((await rows(sql`select from promise where kind = 'action' and automatic and ended_at is null`)).length).toBe(1)
  // Automatic mail stops; the conversation and its reply promise go on.
  await desk.take(mail({ subject: 'Another matter' }))
  expect(await count('outbox')).toBe(1)
})

test('mail without any sender is quarantined with the reason, and trying again says the same', async () => {
  const [taken] = await desk.take('Subject: hello\r\n\r\nwho am I?\r\n')
  expect(taken).toMatchObject({ became: 'quarantined', reason: 'no-sender' })
  expect(await desk.intake.retry(taken!.deliveryId)).toMatchObject({ became: 'quarantined' })
  expect(await rows(sql`select tries from delivery`)).toEqual([{ tries: 2 }])
  expect(await count('outbox')).toBe(0)
})

test('a quarantined mail that can be read after all becomes a message in its place', async () => {
  const [taken] = await desk.take(mail())
  await sql`delete from message`.execute(desk.db)
  await sql`update delivery set became = 'quarantined', reason = 'parser', mail_id = 'sha256:x'`.execute(desk.db)
  const again = await desk.intake.retry(taken!.deliveryId)
  expect(again).toMatchObject({ deliveryId: taken!.deliveryId, became: 'message', reason: null })
  expect(await count('delivery')).toBe(1)
  await expect(desk.intake.retry(taken!.deliveryId)).rejects.toMatchObject({ status: 404 })
})

test('a quarantined mail that two people try again at once becomes one message (I4)', async () => {
  const [taken] = await desk.take(mail())
  await sql`delete from message`.execute(desk.db)
  await sql`update delivery set became = 'quarantined', reason = 'parser', mail_id = 'sha256:x'`.execute(desk.db)
  const both = await Promise.allSettled([desk.intake.retry(taken!.deliveryId), desk.intake.retry(taken!.deliveryId)])
  expect(both.filter(each => each.status === 'fulfilled').length).toBe(1)
  expect(await count('message')).toBe(1)
})

test('a mail whose long subject and names would be cut inside a character opens its conversation', async () => {
  const words = (text: string) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`
  const subject = `${words('x'.repeat(499))} ${words('🦆🦆')}`
  const more = [`Cc: ${words('y'.repeat(499))} ${words('🦆🦆')} <rui@saudade.example>`]
  expect(await desk.take(mail({ subject, more }))).toMatchObject([{ became: 'message' }])
})

test('a report whose long subject would be cut inside a character is still a report', async () => {
  const subject = `=?utf-8?B?${Buffer.from(`Undelivered ${'x'.repeat(287)}`).toString('base64')}?= =?utf-8?B?${Buffer.from('🦆🦆').toString('base64')}?=`
  const raw = [
    ...['From: MAILER-DAEMON@mx.example', 'To: help@lindqvist.example', `Subject: ${subject}`],
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    ...['', '--b', '', 'It came back.', '--b', 'Content-Type: message/delivery-status', ''],
    ...['Reporting-MTA: dns; mx.example', '', 'Final-Recipient: rfc822; x@y.example', 'Action: failed'],
    ...['Status: 5.1.1', '', '--b--', ''],
  ].join('\r\n')
  expect(await desk.take(raw)).toMatchObject([{ became: 'report' }])
})
