/** The photo of a machine's plate that Inês sends: drawn here, so that the sample carries nobody's picture. */
import { crc32, deflateSync } from 'node:zlib'

const [width, height] = [640, 400]

/** A PNG (RFC 2083): brushed metal, a dark border, and a coffee stain. */
export function picture(): Buffer {
  const rows = Buffer.alloc(height * (width * 3 + 1))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows.set(colour(x, y), y * (width * 3 + 1) + 1 + x * 3)
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function colour(x: number, y: number): [number, number, number] {
  const edge = Math.min(x, y, width - x, height - y)
  if (edge < 18) return [52, 54, 58]
  const stain = Math.abs(Math.hypot(x - 460, y - 270) - 70)
  if (stain < 9) return [138, 98, 62]
  // Lines where letters are stamped.
  if (x > 60 && x < 380 && y > 70 && y < 330 && y % 44 < 12 && (x * 7 + y) % 31 < 22) return [90, 94, 100]
  const shine = 182 + Math.round(18 * Math.sin(y / 3.1)) + Math.round(x / 40)
  return [shine, shine + 2, shine + 6]
}

function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'ascii'), content])
  const frame = Buffer.alloc(8 + body.length)
  frame.writeUInt32BE(content.length, 0)
  body.copy(frame, 4)
  frame.writeUInt32BE(crc32(body), 4 + body.length)
  return frame
}
