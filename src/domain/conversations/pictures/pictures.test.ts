/** Only pictures come out of drawing, and only addresses a mail names are ever fetched for it. */
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { safeHtml } from '../../../platform/mail/reading/safeHtml.ts'
import { draw } from './draw.ts'
import { originalOf } from './original.ts'
import { remotePictures } from './remote.ts'

const room = { width: 480, height: 320 }

test('a large photo comes out small and turned upright, without what its camera wrote into it', async () => {
  const photo = await sharp({ create: { width: 3000, height: 1500, channels: 3, background: 'teal' } })
    .withExif({ IFD0: { Artist: 'Somebody', Copyright: 'Secret place' } })
    .jpeg()
    .withMetadata({ orientation: 6 })
    .toBuffer()
  const small = (await draw(photo, room))!
  const { format, width, height, exif } = await sharp(small).metadata()
  expect({ format, width, height, exif }).toEqual({ format: 'webp', width: 160, height: 320, exif: undefined })
})

test('what is no plain picture is none: vectors, documents, pages, broken and huge ones', async () => {
  const svg = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>',
  )
  const huge = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: 'teal' } })
    .png()
    .toBuffer()
  const cut = (
    await sharp({ create: { width: 900, height: 900, channels: 3, background: 'teal' } })
      .png()
      .toBuffer()
  ).subarray(0, 700)
  for (const bytes of [svg, Buffer.from('%PDF-1.4'), Buffer.from('<html></html>'), Buffer.alloc(0), huge, cut])
    expect(await draw(bytes, room)).toBeNull()
})

test('the addresses of pictures are read from what our own writer wrote, and from nothing else', () => {
  const html = safeHtml(
    `<img src="https://a.example/p.gif?a=1&amp;b=&quot;2&quot;"><img src='http://b.example/x y.png'><img src="cid:z"><p>data-remote-src="https://c.example/"</p><a href="https://d.example">x</a>`,
  )
  expect([...remotePictures(html)].sort()).toEqual(['http://b.example/xy.png', 'https://a.example/p.gif?a=1&b="2"'])
})

test('an original shows its headers decoded and its source as it came, and no more than one can read', () => {
  const raw = Buffer.from(
    `Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nReceived: a\r\nReceived: b\r\n\r\n${'x'.repeat(300_000)}`,
  )
  const { headers, source, cut, bytes } = originalOf(raw)
  expect(headers).toEqual([
    { name: 'subject', value: 'Grüße' },
    { name: 'received', value: 'a' },
    { name: 'received', value: 'b' },
  ])
  expect({ length: source.length, cut, bytes }).toEqual({ length: 199_996, cut: true, bytes: raw.length })
})
