/** What we send is read back as it was meant, and no value can add a header. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { read } from '../reading/read.ts'
import { compose, HeaderRefused, type Outgoing } from './compose.ts'

const mail: Outgoing = {
  from: { name: 'Müller & Søn, Help', address: 'help@example.org' },
  to: [{ name: 'Ada "The First"', address: 'ada@example.net' }],
  cc: [{ address: 'bob@example.net' }],
  subject: 'Ihr Kessel – 水 🫖',
  messageId: '<p1.c2@example.org>',
  inReplyTo: '<theirs@example.net>',
  references: ['<first@example.net>', '<theirs@example.net>'],
  date: new Date('2026-01-05T10:12:00Z'),
  text: 'Grüße\n\n> old',
  html: '<p>Grüße <img src="cid:k1" alt=""></p>',
  automatic: 'auto-replied',
  loop: 'v1.abc',
  attachments: [
    { name: 'Übersicht 水.pdf', mediaType: 'application/pdf', content: Buffer.from('pdf') },
    { name: 'k.png', mediaType: 'image/png', content: Buffer.from('png'), contentId: 'k1' },
  ],
}

test('a composed mail is read back as it was meant', async () => {
  const reading = read(await compose(mail))
  expect(reading).toMatchObject({
    from: { name: 'Müller & Søn, Help', address: 'help@example.org' },
    to: [{ name: 'Ada "The First"', address: 'ada@example.net' }],
    cc: [{ address: 'bob@example.net' }],
    subject: 'Ihr Kessel – 水 🫖',
    messageId: '<p1.c2@example.org>',
    inReplyTo: ['<theirs@example.net>'],
    references: ['<first@example.net>', '<theirs@example.net>'],
    date: '2026-01-05T10:12:00.000Z',
    text: 'Grüße\n\n> old',
    kind: 'auto-reply',
    wouldAcknowledge: false,
  })
  expect(reading.signals).toMatchObject({
    autoSubmitted: 'auto-replied',
    autoResponseSuppress: 'All',
    pondLoop: ['v1.abc'],
  })
  expect(reading.attachments.map(({ name, inline, content }) => [name, inline, content.toString()]).sort()).toEqual([
    ['k.png', true, 'png'],
    ['Übersicht 水.pdf', false, 'pdf'],
  ])
})

test('line breaks and NUL are refused wherever they would reach a header', async () => {
  for (const bad of ['a\r\nBcc: x@y', 'a\nb', 'a\rb', 'a\u0000b'])
    for (const broken of [
      { ...mail, subject: bad },
      { ...mail, messageId: bad },
      { ...mail, inReplyTo: bad },
      { ...mail, references: [bad] },
      { ...mail, loop: bad },
      { ...mail, from: { name: bad, address: 'a@b.example' } },
      { ...mail, to: [{ address: bad }] },
      { ...mail, replyTo: { address: bad } },
      { ...mail, headers: { 'X-A': bad } },
      { ...mail, headers: { [bad]: 'x' } },
      { ...mail, attachments: [{ name: bad, mediaType: 'a/b', content: Buffer.alloc(0) }] },
    ])
      await expect(compose(broken)).rejects.toBeInstanceOf(HeaderRefused)
})

test('any subject and name come back unchanged', async () => {
  const words = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
    .map(text => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim())
  await fc.assert(
    fc.asyncProperty(words, async subject => {
      const reading = read(await compose({ ...mail, subject }))
      expect(reading.subject.replace(/\s+/g, ' ').normalize()).toBe(subject.normalize())
    }),
    { numRuns: 60 },
  )
})
