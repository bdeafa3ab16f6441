import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitMbox } from './mbox.ts'

const options = { limit: 1_000_000, headBytes: 100 }
async function split(text: string | Buffer, cutAt = 7, more = options) {
  async function* pieces() {
    const all = Buffer.from(text)
    for (let start = 0; start < all.length; start += cutAt) yield all.subarray(start, start + cutAt)
  }
  const mails: { raw: string; oversizeBytes: number | null }[] = []
  for await (const mail of splitMbox(pieces(), more)) mails.push({ ...mail, raw: mail.raw.toString('latin1') })
  return mails
}
const raws = async (text: string | Buffer, cutAt = 7) => (await split(text, cutAt)).map(mail => mail.raw)

/** As mboxrd is written: every line that begins with "From " behind any number of ">" gets one more. */
function mboxrd(mails: string[]) {
  return mails
    .map(
      mail =>
        `From a@b.example Tue Nov 24 10:00:00 2026\n${mail.replace(/^(>*From )/gm, '>$1')}${mail.endsWith('\n') ? '' : '\n'}\n`,
    )
    .join('')
}

const line = fc.oneof(
  fc.constantFrom(
    '',
    'From me to you',
    '>From the start',
    '>>From 10:00 in 2026',
    'From a@b.example Tue Nov 24 10:00:00 2026',
    'X: y',
    '.',
    '>',
  ),
  fc
    .string({ unit: 'binary', maxLength: 30 })
    .map(text => Buffer.from(text, 'utf8').toString('latin1').replaceAll('\n', ' ').replaceAll('\r', ' ')),
)
const mail = fc
  .tuple(fc.array(line, { maxLength: 8 }), fc.constantFrom('\n', '\r\n'))
  .map(([lines, end]) => ['Subject: x', ...lines, 'the end', ''].join(end))

test('whatever is written as mboxrd comes back byte by byte', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(mail, { maxLength: 6 }), fc.integer({ min: 1, max: 50 }), async (mails, cutAt) => {
      expect(await raws(Buffer.from(mboxrd(mails), 'latin1'), cutAt)).toEqual(mails)
    }),
  )
})

test('no byte of any file is lost, whatever it is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async text => {
      const words = text.replace(/^>*From .*$/gm, '').trim()
      const kept = (await raws(Buffer.from(text, 'utf8'))).join('\n')
      if (words !== '') expect(kept.length).toBeGreaterThan(0)
    }),
  )
})

test('a line in a text that looks like a separator does not split', async () => {
  const text = 'Subject: a\n\nHello\n\nFrom Rome I write at 10:30 on the 3rd of May 2020\nand more text\n'
  expect(await raws(`From x@y Tue Nov 24 10:00:00 2026\n${text}`)).toEqual([text])
})

test('separators of other writers, Windows line ends and a missing end are understood', async () => {
  const parts = [
    'From - Tue Nov 24 10:00:00 2026\r\nX-Mozilla-Status: 0001\r\n\r\nfirst\r\n\r\n',
    'From 1571@xxx Fri Jul 07 12:15:11 +0000 2023\r\nX-GM-THRID: 1\r\n\r\nsecond\r\n\r\n',
    'From MAILER-DAEMON Tue Nov 24 10:00:00 2026\r\nSubject: third\r\n\r\nthird',
  ]
  const mails = await raws(parts.join(''))
  expect(mails.map(each => each.trimEnd().split('\r\n').at(-1))).toEqual(['first', 'second', 'third'])
})

test('a file without any separator is one mail', async () => {
  expect(await raws('Subject: only\n\ntext\n')).toEqual(['Subject: only\n\ntext\n'])
})

test('of a mail above the limit only the head is kept, with its true size', async () => {
  const large = `Subject: large\n\n${'x'.repeat(60).concat('\n').repeat(50)}`
  const mails = await split(mboxrd([large, 'Subject: small\n\nsmall\n']), 64, { limit: 1000, headBytes: 100 })
  expect(mails[0]!.oversizeBytes).toBe(large.length)
  expect(large.startsWith(mails[0]!.raw)).toBe(true)
  expect(mails[0]!.raw.length).toBe(100)
  expect(mails[1]).toEqual({ raw: 'Subject: small\n\nsmall\n', oversizeBytes: null })
})
