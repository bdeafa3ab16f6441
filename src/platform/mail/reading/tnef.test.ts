/** A winmail.dat is opened, its original stays, and a damaged or hostile one is an attachment like any other (R12). */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { read } from './read.ts'
import { rtfOf, wordsOfRtf } from './rtf.ts'
import { openTnef } from './tnef.ts'

const number = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value >>> 0)
  return bytes
}
const pad = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
/** Id and type share four bytes: type above, id below. */
const attribute = (level: number, id: number, value: Buffer) =>
  Buffer.concat([Buffer.from([level]), number(id), number(value.length), value, Buffer.alloc(2)])
const text = (id: number, words: string) => {
  const value = Buffer.from(`${words}\0`, 'utf16le')
  return Buffer.concat([number((id << 16) | 0x1f), number(1), number(value.length), pad(value)])
}
const blob = (id: number, value: Buffer) =>
  Buffer.concat([number((id << 16) | 0x102), number(1), number(value.length), pad(value)])
const named = Buffer.concat([
  number((0x8001 << 16) | 3),
  Buffer.alloc(16),
  number(1),
  number(6),
  pad(Buffer.from('abc', 'utf16le')),
  number(7),
])
const properties = (...all: Buffer[]) => Buffer.concat([number(all.length), ...all])
const winmail = (...attributes: Buffer[]) => Buffer.concat([number(0x223e9f78), Buffer.from([1, 0]), ...attributes])

const picture = Buffer.from('not really a picture')
const whole = winmail(
  attribute(1, 0x00069007, Buffer.concat([number(1252), number(0)])),
  attribute(
    1,
    0x00069003,
    properties(named, blob(0x1013, Buffer.from('<p>Gr\xfc\xdfe, <b>Ren\xe9e</b></p>', 'latin1'))),
  ),
  attribute(2, 0x00069002, Buffer.alloc(14)),
  attribute(2, 0x00018010, Buffer.from('LONGNA~1.PNG\0')),
  attribute(2, 0x0006800f, picture),
  attribute(
    2,
    0x00069005,
    properties(text(0x3707, 'Long näme ../../x.png'), text(0x370e, 'image/png'), text(0x3712, 'pic@x')),
  ),
  attribute(2, 0x00069002, Buffer.alloc(14)),
  attribute(2, 0x00018010, Buffer.from('plan.pdf\0')),
  attribute(2, 0x0006800f, Buffer.from('%PDF-1.4')),
)
const mail = (dat: Buffer, words = '') =>
  Buffer.concat([
    Buffer.from(
      `From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n${
        words ? `--q\r\nContent-Type: text/plain\r\n\r\n${words}\r\n` : ''
      }--q\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n${dat.toString('base64').replace(/.{76}/g, '$&\r\n')}\r\n--q--\r\n`,
    ),
  ])

test('what is wrapped stands beside the original, with names that are safe and types that names promise', () => {
  const { attachments, text: said, html } = read(mail(whole))
  expect(attachments.map(({ name, mediaType, bytes }) => [name, mediaType, bytes])).toEqual([
    ['winmail.dat', 'application/ms-tnef', whole.length],
    ['x.png', 'image/png', picture.length],
    ['plan.pdf', 'application/pdf', 8],
  ])
  expect(attachments[1]).toMatchObject({ contentId: 'pic@x', content: picture })
  expect(said).toContain('Grüße, Renée')
  expect(html).toContain('Grüße')
})

test('a mail that says something itself keeps its own words', () => {
  expect(read(mail(whole, 'Hello from outside')).text.trim()).toBe('Hello from outside')
})

test('compressed rich text is read where nothing simpler was wrapped', () => {
  // The example of MS-OXRTFCP 3.1.
  const example = Buffer.from(
    '2d0000002b0000004c5a4675f1c5c7a703000a0072637067313235423' + '20af32068656c090020627705b06c647d0a800fa0',
    'hex',
  )
  expect(rtfOf(example)?.toString('latin1')).toBe('{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n')
  expect(
    wordsOfRtf(
      Buffer.from(
        String.raw`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator X;}\f0 Gr\'fc\'dfe\par \u8364?5 \{all\}}`,
      ),
    ),
  ).toBe('Grüße\n€5 {all}')
  expect(
    wordsOfRtf(
      Buffer.from(String.raw`{\rtf1\fromhtml1{\*\htmltag64 <p>}\htmlrtf{\htmlrtf0 Hello\htmlrtf }\htmlrtf0 }`),
    ),
  ).toBe('Hello')
})

test('bytes that are cut, changed or invented never make it fail, take long, or grow', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 400 }),
        fc.nat({ max: whole.length }).map(end => whole.subarray(0, end)),
        fc.tuple(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 })).map(([at, byte]) => {
          const changed = Buffer.from(whole)
          changed[at] = byte
          return changed
        }),
      ),
      bytes => {
        const opened = openTnef(Buffer.concat([number(0x223e9f78), Buffer.from(bytes).subarray(4)]))
        expect(opened?.files.reduce((sum, file) => sum + file.content.length, 0) ?? 0).toBeLessThanOrEqual(
          bytes.length + 8,
        )
        wordsOfRtf(Buffer.from(bytes))
        rtfOf(Buffer.from(bytes))
        read(mail(Buffer.from(bytes)))
      },
    ),
    { numRuns: 300 },
  )
})
