/** Reads the property lists inside a winmail.dat (MS-OXTNEF 2.1.3.4). Stops at the first thing that does not fit; never throws. */
import { decodeBytes } from './charsets.ts'

export type Property = { id: number; type: number; value: Buffer }

/** Bytes of a value, by type; what is not here has a length of its own in front. */
const widths: Record<number, number> = { 2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16 }
const lengthed = new Set([0x0d, 0x1e, 0x1f, 0x102])

export function mapiProperties(bytes: Buffer): Property[] {
  const found: Property[] = []
  if (bytes.length < 4) return found
  const count = Math.min(bytes.readUInt32LE(0), 5000)
  let at = 4
  const fits = (size: number) => size >= 0 && at + size <= bytes.length
  const number = () => {
    const value = bytes.readUInt32LE(at)
    at += 4
    return value
  }
  for (let index = 0; index < count; index++) {
    if (!fits(4)) return found
    const type = bytes.readUInt16LE(at)
    const id = bytes.readUInt16LE(at + 2)
    at += 4
    // Named properties bring their name: a set (16), and a number or a text of UTF-16.
    if (id >= 0x8000) {
      if (!fits(24)) return found
      at += 16
      if (number() === 0) at += 4
      else {
        const length = number()
        if (!fits(length)) return found
        at += padded(length)
      }
    }
    const single = type & 0x0fff
    const width = widths[single]
    const many = (type & 0x1000) !== 0 || lengthed.has(single)
    if (width === undefined && !lengthed.has(single)) return found
    if (many && !fits(4)) return found
    const values = many ? number() : 1
    for (let value = 0; value < values; value++) {
      if (width === undefined && !fits(4)) return found
      const length = width ?? number()
      if (!fits(length)) return found
      if (value === 0) found.push({ id, type: single, value: bytes.subarray(at, at + length) })
      at += padded(length)
    }
  }
  return found
}

function padded(length: number): number {
  return length + ((4 - (length % 4)) % 4)
}

/** The words of a property: UTF-16, or the codepage of the whole; bytes without a type of their own are read like the latter. */
export function textOf({ type, value }: Property, charset: string): string {
  const text = type === 0x1f ? value.toString('utf16le') : decodeBytes(value, charset)
  const end = text.indexOf('\0')
  return end < 0 ? text : text.slice(0, end)
}
