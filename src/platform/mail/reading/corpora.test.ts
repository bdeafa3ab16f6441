/** Thousands of real and broken mails: each is read, nothing of it is lost, and no list, robot or report would be answered. */
import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import { describe, expect, test } from 'vitest'
import { type CorpusMail, corpus, mailsUnder, spamAssassin } from '../../../../test/corpora.ts'
import { read } from './read.ts'
import type { Reading } from './reading.ts'

function textsOf(reading: Reading): string[] {
  const {
    from,
    sender,
    replyTo,
    to,
    cc,
    bcc,
    subject,
    text,
    trimmed,
    html,
    htmlTrimmed,
    attachments,
    signals,
    why,
    bounces,
  } = reading
  const people = [from, sender, ...replyTo, ...to, ...cc, ...bcc].flatMap(one =>
    one ? [one.name, one.address, one.raw] : [],
  )
  return [
    ...people,
    subject,
    text,
    trimmed,
    html ?? '',
    htmlTrimmed ?? '',
    ...attachments.flatMap(one => [one.name, one.mediaType, one.contentId ?? '']),
    JSON.stringify(signals),
    ...why,
    JSON.stringify(bounces),
    ...reading.references,
  ]
}

function sound(reading: Reading): void {
  for (const text of textsOf(reading)) {
    expect(text.includes('\0')).toBe(false)
    expect(text.isWellFormed()).toBe(true)
  }
  for (const one of reading.attachments) {
    expect(one.name).not.toMatch(/[/\\\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
    expect(one.name).not.toBe('')
    expect(one.bytes).toBe(one.content.length)
  }
  const trimmedLines = reading.trimmed.split('\n').filter(line => line.trim())
  const lines = new Set(reading.text.split('\n').map(line => line.trim()))
  if (reading.html === null || reading.text !== '')
    for (const line of trimmedLines) expect(lines.has(line.trim())).toBe(true)
}

/** A page without a name is the mail's own words in another dress. */
function isShownAsHtml(mediaType: string, reading: Reading): boolean {
  return mediaType === 'text/html' && reading.html !== null
}

/** Written without the classifier: what the head alone says, by RFC 2369, 2919, 3834 and custom. */
function plainlyAutomatic(raw: Buffer): boolean {
  const head = raw
    .toString('latin1')
    .split(/\r?\n\r?\n/, 1)[0]!
    .replace(/\r?\n[ \t]+/g, ' ')
  return (
    /^(?:list-[a-z]+|mailing-list|x-mailing-list|x-beenthere|x-mailman-version|x-loop):/im.test(head) ||
    /^precedence:\s*(?:list|bulk|junk)/im.test(head) ||
    /^auto-submitted:\s*(?!no)/im.test(head) ||
    /^return-path:\s*<>/im.test(head) ||
    /^from:.*mailer-daemon@/im.test(head) ||
    /^content-type:\s*multipart\/report/im.test(head) ||
    /^sender:.*(?:owner-|-owner@|-admin@|-bounces@)/im.test(head)
  )
}

describe('spam-assassin', () => {
  const mails = spamAssassin()
  test('every mail is read, and none to lists, from robots or back to us would be acknowledged', {
    timeout: 60_000,
  }, () => {
    const kinds: Record<string, number> = {}
    const wrong: string[] = []
    const before = process.cpuUsage()
    let answered = 0
    const readings = mails.map(({ raw }) => read(raw))
    const { user, system } = process.cpuUsage(before)
    for (const [index, { id, raw }] of mails.entries()) {
      const reading = readings[index]!
      kinds[reading.kind] = (kinds[reading.kind] ?? 0) + 1
      if (reading.wouldAcknowledge) answered++
      if (reading.wouldAcknowledge && plainlyAutomatic(raw)) wrong.push(id)
    }
    console.log(
      `spam-assassin: ${mails.length} mails, ${JSON.stringify(kinds)}, ${answered} to acknowledge, ${Math.round(mails.length / ((user + system) / 1e6))} mails per CPU second`,
    )
    expect(wrong).toEqual([])
    expect(mails.length).toBe(6046)
    for (const reading of readings) sound(reading)
  })
})

describe.each(['mime-torture', 'mail-fixtures'])('%s', name => {
  const folder = corpus(name)
  test.skipIf(!folder)('every mail is read soundly', () => {
    const mails = mailsUnder(folder!)
    for (const { raw } of mails) sound(read(raw))
    console.log(`${name}: ${mails.length} mails read`)
    expect(mails.length).toBeGreaterThanOrEqual(80)
  })
  test.skipIf(!folder)('whatever another parser finds attached is attached here', async () => {
    const missing: string[] = []
    let compared = 0
    for (const { id, raw } of mailsUnder(folder!)) {
      const theirs = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true }).catch(() => null)
      if (!theirs) continue
      const reading = read(raw)
      const ours = Buffer.concat(reading.attachments.map(one => one.content))
      for (const one of theirs.attachments) {
        if (one.content.length === 0) continue
        compared++
        // Within a forwarded mail their pieces are ours undecoded; then a part of the name must do.
        if (
          ours.includes(one.content) ||
          reading.attachments.some(mine => mine.mediaType === 'message/rfc822') ||
          reading.text.includes(one.content.toString().trim().slice(0, 200)) ||
          isShownAsHtml(one.contentType, reading)
        )
          continue
        missing.push(`${id} ${one.filename ?? one.contentType}`)
      }
    }
    console.log(`${name}: ${compared} attachments compared`)
    expect(missing).toEqual([])
  })
})

describe('anything at all', () => {
  test('random bytes are read', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), bytes => sound(read(Buffer.from(bytes)))),
      { numRuns: 300 },
    )
  })
  test('random heads and bodies are read', () => {
    const piece = fc.constantFrom(
      'From: ',
      'To: a@b',
      'Content-Type: multipart/mixed; boundary=b',
      'Content-Type: text/html',
      'Content-Type: message/rfc822',
      'Content-Transfer-Encoding: base64',
      "Content-Disposition: attachment; filename*=utf-8''%ff%00",
      '--b',
      '--b--',
      '',
      '\t',
      'Subject: =?utf-8?B?/w==?=',
      'Subject: =?iso-2022-jp?Q?=1B$B?=',
      '=?',
      'AAAA',
      '<a@b>',
      '"',
      '\0',
      '\ud800',
      'x',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.constantFrom('\n', '\r\n', '\r'), (lines, end) =>
        sound(read(Buffer.from(lines.join(end)))),
      ),
      { numRuns: 500 },
    )
  })
  const folder = corpus('mime-torture')
  test.skipIf(!folder)('real mails with bytes changed, cut and doubled are read', () => {
    const mails: CorpusMail[] = mailsUnder(folder!).filter(({ raw }) => raw.length < 40_000)
    fc.assert(
      fc.property(
        fc.constantFrom(...mails),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 30 }),
        fc.nat(),
        ({ raw }, changes, cut) => {
          const bytes = Buffer.from(raw)
          for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value
          const end = cut % (bytes.length + 1)
          sound(read(bytes.subarray(0, end)))
          sound(read(Buffer.concat([bytes.subarray(0, end), bytes])))
        },
      ),
      { numRuns: 200 },
    )
  })
})
