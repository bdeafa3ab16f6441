/** UUIDs of version 7 (RFC 9562): made in the app, in the order of their time, so that indexes grow at one end. */
import { randomFillSync } from 'node:crypto'

const pool = Buffer.alloc(16 * 256)
let used = pool.length
let lastMs = 0
let counter = 0

/** Within one millisecond a counter keeps the order of this process. */
export function newId(now: number = Date.now()): string {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const bytes = pool.subarray(used, used + 16)
  used += 16
  if (now === lastMs) counter = (counter + 1) & 0xfff
  else counter = bytes.readUInt16BE(6) & 0x3ff
  lastMs = now
  const hex = bytes.toString('hex')
  const time = now.toString(16).padStart(12, '0')
  const variant = (8 | (bytes[8]! & 3)).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}
