/** Mails made to cost time (S18): each of them is read within two seconds of CPU, though it is as large as a mail may be. */
import { describe, expect, test } from 'vitest'
import { read } from './read.ts'
import { defaultSizeLimit } from './reading.ts'

const head = 'From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\n'
const most = defaultSizeLimit - 4096

function fill(piece: string, bytes = most): string {
  return piece.repeat(Math.floor(bytes / piece.length))
}
const page = (body: string) => `${head}Content-Type: text/html\r\n\r\n${body}`
const words = (body: string) => `${head}\r\n${body}`
const justSanitised = 950_000

const mails: Record<string, () => string> = {
  'multiparts within multiparts': () => head + fill('Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n'),
  'two thousand different multiparts deep': () =>
    head +
    Array.from({ length: 2000 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`).join(''),
  'a million parts': () => `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${fill('--b\r\n\r\nx\r\n')}`,
  'lines that are nearly boundaries': () =>
    `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${fill('--bx\r\n')}`,
  'only <div>': () => page(fill('<div>')),
  'only <': () => page(fill('<')),
  'only an opening tag': () => page(fill('<a ')),
  'only comments': () => page(fill('<!--')),
  'only entities': () => page(fill('&amp;')),
  'nested tables, few enough to be sanitised': () => page(fill('<table><tr><td>', justSanitised)),
  'nested quotes, few enough to be sanitised': () => page(fill('<blockquote type=cite>', justSanitised)),
  'attributes, few enough to be sanitised': () => page(fill('<a title="', justSanitised)),
  'styles, few enough to be sanitised': () => page(fill('<p style="color:red;background:url(x)">x</p>', justSanitised)),
  'tags closed in the wrong order': () => page(fill('<b><i></b></i>', justSanitised)),
  'one line': () => words(fill('x')),
  'only blanks': () => words(`x${fill(' ')}y`),
  'only line ends': () => words(fill('\n')),
  'only quotes': () => words(fill('> x\n')),
  'attributions without end': () => words(fill('On Mon, Jan 1, 2020 at 10:00 John <a@b> \n')),
  'headers of earlier mails': () => words(fill('From: a\nSent: b\n')),
  'openings of signatures': () => words(`hello\n${fill('x\n-- \n')}`),
  'openings of uuencoded files': () => words(fill('begin 644 x\n')),
  'a hundred thousand headers': () => `${head}${'X-Header: value\r\n'.repeat(100_000)}\r\nx`,
  'a References header of a million ids': () => `${head}References: ${'<a@b> '.repeat(1_000_000)}\r\n\r\nx`,
  'a References header on a million lines': () => `${head}References: <a@b>\r\n${fill(' <abcdef@b.example>\r\n')}\r\nx`,
  'a huge list of addresses': () => `${head}Cc: ${fill('a@b.example, ')}\r\n\r\nx`,
  'brackets never closed': () => `${head}Cc: ${fill('<(')}\r\n\r\nx`,
  'encoded words': () => `${head}Subject: ${fill('=?utf-8?q?a?= ')}\r\n\r\nx`,
  parameters: () => `${head}Content-Type: text/plain; ${fill('a*0="b";')}\r\n\r\nx`,
  'an encoded attachment': () =>
    `${head}Content-Type: a/b; name=x\r\nContent-Transfer-Encoding: base64\r\n\r\n${fill('QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=\r\n')}`,
  'padding without end': () => `${head}Content-Transfer-Encoding: base64\r\n\r\n${fill('=')}`,
  'a quoted-printable text': () => `${head}Content-Transfer-Encoding: quoted-printable\r\n\r\n${fill('=C3=A4')}`,
  'a utf-7 text': () => `${head}Content-Type: text/plain; charset=utf-7\r\n\r\n${fill('+AGE-', 4_000_000)}`,
  'a status report without end': () =>
    `Return-Path: <>\r\nFrom: mailer-daemon@x.example\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n${fill('Final-Recipient: rfc822;a@b\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n')}`,
  'a notice without end': () =>
    `Return-Path: <>\r\nFrom: mailer-daemon@x.example\r\nSubject: Undeliverable\r\n\r\n${fill('user mailbox account recipient a@b.example: 550 unknown\r\n')}`,
  'NUL alone': () => fill('\0'),
}

describe('within two seconds of CPU', () => {
  for (const [name, make] of Object.entries(mails))
    test(name, { timeout: 30_000 }, () => {
      const raw = Buffer.from(make(), 'latin1')
      const before = process.cpuUsage()
      const reading = read(raw)
      const { user, system } = process.cpuUsage(before)
      expect((user + system) / 1e6).toBeLessThan(2)
      expect(reading.oversize).toBe(false)
    })
})

test('a mail over the limit shows its head and says so', () => {
  const reading = read(Buffer.from(words(fill('x', defaultSizeLimit + 10))))
  expect(reading).toMatchObject({ oversize: true, subject: 'x', text: '', quarantine: null, wouldAcknowledge: false })
  expect(reading.from?.address).toBe('a@b.example')
})

test('what was left out is named', () => {
  expect(read(Buffer.from(page(fill('<div>', 3_000_000)))).cut).toContain('html')
  expect(
    read(Buffer.from(head + fill('Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n', 100_000))).cut.length,
  ).toBeGreaterThan(0)
})
