/** Delivery reports: the corpus of real ones, and layouts written here for programs the corpus lacks. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { corpus } from '../../../../test/corpora.ts'
import { read } from './read.ts'

const folder = corpus('bounces')

type Expected = Record<string, { hard: boolean; reason: string; status: string; replyCode: string }[]>

test.skipIf(!folder)('hard and soft are told apart in at least 97 of 100 rows of real reports', () => {
  const expected = JSON.parse(readFileSync(join(folder!, 'expected.json'), 'utf8')) as Expected
  let right = 0
  let rows = 0
  const wrong: string[] = []
  for (const [name, wanted] of Object.entries(expected)) {
    const got = read(readFileSync(join(folder!, `${name}.eml`))).bounces.map(bounce => bounce.hard)
    for (const row of wanted) {
      rows++
      const at = got.indexOf(row.hard)
      if (at >= 0) {
        right++
        got.splice(at, 1)
      } else wrong.push(name)
    }
  }
  console.log(
    `bounces: ${right} of ${rows} rows right (${((100 * right) / rows).toFixed(1)} %), wrong: ${wrong.join(' ')}`,
  )
  expect(right / rows).toBeGreaterThanOrEqual(0.97)
})

test.skipIf(!folder)('no report, complaint or refusal of the corpus would be acknowledged', () => {
  const expected = JSON.parse(readFileSync(join(folder!, 'expected.json'), 'utf8')) as Expected
  const answered = Object.entries(expected)
    .filter(([, rows]) => rows.some(row => row.reason !== 'vacation'))
    .filter(([name]) => read(readFileSync(join(folder!, `${name}.eml`))).wouldAcknowledge)
    .map(([name]) => name)
  // A person forwarding a bounce is a person.
  expect(answered.filter(name => name !== 'lhost-sendmail-14')).toEqual([])
})

function notice(subject: string, body: string, from = 'MAILER-DAEMON@mx.example.org'): Buffer {
  return Buffer.from(
    `Return-Path: <>\r\nFrom: ${from}\r\nTo: desk@example.org\r\nSubject: ${subject}\r\n\r\n${body.replaceAll('\n', '\r\n')}`,
  )
}

describe('notices without a machine-readable part', () => {
  const cases: [string, string, string, string, boolean][] = [
    [
      'exim',
      'Mail delivery failed: returning message to sender',
      'A message that you sent could not be delivered.\n\n  ada@example.net\n    host mx.example.net [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO:<ada@example.net>:\n    550 5.1.1 <ada@example.net>: Recipient address rejected: User unknown\n',
      'ada@example.net',
      true,
    ],
    [
      'qmail',
      'failure notice',
      "Hi. This is the qmail-send program.\n\n<ada@example.net>:\nSorry, I couldn't find any host named example.net. (#5.1.2)\n\n--- Below this line is a copy of the message.\n\nFrom: desk@example.org\n",
      'ada@example.net',
      true,
    ],
    [
      'postfix',
      'Undelivered Mail Returned to Sender',
      '<ada@example.net>: host mx.example.net[192.0.2.1] said: 552 5.2.2 Mailbox full\n    (in reply to RCPT TO command)\n',
      'ada@example.net',
      false,
    ],
    [
      'a greylisting server',
      'Warning: message delayed 24 hours',
      'The address to which the message has not yet been delivered is:\n\n  ada@example.net\n    Delay reason: 451 4.7.1 Greylisted, please try again later\n',
      'ada@example.net',
      false,
    ],
    [
      'a blocklist',
      'Undelivered Mail Returned to Sender',
      '<ada@example.net>: host mx.example.net said: 554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using zen.spamhaus.org (in reply to RCPT TO command)\n',
      'ada@example.net',
      false,
    ],
  ]
  for (const [program, subject, body, recipient, hard] of cases)
    test(program, () => {
      const reading = read(notice(subject, body))
      expect(reading.kind).toBe('bounce')
      expect(reading.bounces.map(bounce => [bounce.recipient, bounce.hard])).toEqual([[recipient, hard]])
      expect(reading.wouldAcknowledge).toBe(false)
    })
})

test('a report of RFC 3464 names recipient, status and the mail that came back', () => {
  const reading = read(
    Buffer.from(
      [
        'Return-Path: <>',
        'From: Mail Delivery System <MAILER-DAEMON@example.org>',
        'Subject: Undelivered Mail Returned to Sender',
        'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
        '',
        '--b',
        '',
        'Your message could not be delivered.',
        '--b',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; mx.example.org',
        '',
        'Final-Recipient: rfc822; ada@example.net',
        'Action: failed',
        'Status: 5.1.1',
        'Diagnostic-Code: smtp; 550 5.1.1 No such user here',
        '',
        'Final-Recipient: rfc822; bob@example.net',
        'Action: delayed',
        'Status: 4.4.1',
        '--b',
        'Content-Type: text/rfc822-headers',
        '',
        'Message-ID: <ours-1@example.org>',
        'To: ada@example.net',
        '--b--',
      ].join('\r\n'),
    ),
  )
  expect(
    reading.bounces.map(({ recipient, status, hard, originalMessageId }) => ({
      recipient,
      status,
      hard,
      originalMessageId,
    })),
  ).toEqual([
    { recipient: 'ada@example.net', status: '5.1.1', hard: true, originalMessageId: '<ours-1@example.org>' },
    { recipient: 'bob@example.net', status: '4.4.1', hard: false, originalMessageId: '<ours-1@example.org>' },
  ])
})

test('a person writing about undelivered mail is a person', () => {
  const reading = read(
    Buffer.from(
      'From: Ada <ada@example.net>\r\nTo: desk@example.org\r\nSubject: Re: mail not delivered\r\n\r\nMy mail to bob@example.org came back: user unknown. Why?',
    ),
  )
  expect(reading.kind).toBe('message')
  expect(reading.bounces).toEqual([])
  expect(reading.wouldAcknowledge).toBe(true)
})
