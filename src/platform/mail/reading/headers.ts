/** Splits a block of header lines, tolerating what real mail does to them; caps what a hostile one can cost. It reads nothing into the values. */
import { decodeHeader } from './encodedWords.ts'

export type Headers = {
  /** Lower-case name → values as written, unfolded, one character per byte, top-most first. */
  values: Map<string, string[]>
  /** The names in the order in which they stand, top-most first. */
  order: string[]
  /** True when lines were left out because of the caps. */
  cut: boolean
}

export const headerCaps = { lines: 3000, bytes: 1024 * 1024, value: 64 * 1024 }

/** Stops in front of a line for which `endsHere` is true (a boundary of an enclosing multipart). */
export function readHeaders(
  raw: Buffer,
  start: number,
  end: number,
  endsHere?: (lineStart: number) => boolean,
): { headers: Headers; bodyStart: number } {
  const headers: Headers = { values: new Map(), order: [], cut: false }
  let name = ''
  let pieces: string[] = []
  let size = 0
  let count = 0
  const store = () => {
    if (!name) return
    const value = (pieces.length === 1 ? pieces[0]! : pieces.join(' ')).trim()
    const list = headers.values.get(name)
    if (list) list.push(value)
    else headers.values.set(name, [value])
    headers.order.push(name)
    name = ''
  }
  let at = start
  while (at < end) {
    if (endsHere && raw[at] === 45 && raw[at + 1] === 45 && endsHere(at)) break
    let lineEnd = raw.indexOf(10, at)
    if (lineEnd < 0 || lineEnd > end) lineEnd = end
    const next = Math.min(lineEnd + 1, end)
    let stop = lineEnd
    if (stop > at && raw[stop - 1] === 13) stop--
    if (stop === at) {
      at = next
      break
    }
    const first = raw[at]!
    if (first === 32 || first === 9) {
      if (isBlank(raw, at, stop)) {
        // A line of blanks alone ends the head for many senders and is folding for none.
        at = next
        break
      }
      if (name && size < headerCaps.value) {
        const piece = raw.toString('latin1', at + 1, Math.min(stop, at + headerCaps.value))
        size += piece.length
        pieces.push(piece.trimStart())
      } else if (name) headers.cut = true
      at = next
      continue
    }
    const colon = colonOf(raw, at, stop)
    if (colon < 0 && name && pieces.at(-1)!.trimEnd().endsWith(';') && size < headerCaps.value) {
      // A parameter that lost the blank before it.
      const piece = raw.toString('latin1', at, Math.min(stop, at + headerCaps.value))
      size += piece.length
      pieces.push(piece)
      at = next
      continue
    }
    if (colon < 0) {
      if (!looksLikeHead(raw, next, end) && !(at === start && isMboxLine(raw, at))) break
      at = next
      continue
    }
    store()
    if (count >= headerCaps.lines || at - start > headerCaps.bytes) {
      headers.cut = true
      at = next
      continue
    }
    count++
    name = raw.toString('latin1', at, colon).trim().toLowerCase()
    const value = raw.toString('latin1', colon + 1, Math.min(stop, colon + 1 + headerCaps.value))
    if (stop - colon > headerCaps.value) headers.cut = true
    size = value.length
    pieces = [value]
    at = next
  }
  store()
  return { headers, bodyStart: at }
}

function isBlank(raw: Buffer, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (raw[i] !== 32 && raw[i] !== 9 && raw[i] !== 13) return false
  return true
}

/** Position of the colon after a field name (RFC 5322 §2.2, blanks before the colon allowed), or -1. */
function colonOf(raw: Buffer, from: number, to: number): number {
  const limit = Math.min(to, from + 200)
  let blank = false
  for (let i = from; i < limit; i++) {
    const byte = raw[i]!
    if (byte === 58) return i > from ? i : -1
    if (byte === 32 || byte === 9) blank = true
    else if (blank || byte < 33 || byte > 126) return -1
  }
  return -1
}

function looksLikeHead(raw: Buffer, at: number, end: number): boolean {
  if (at >= end) return false
  let stop = raw.indexOf(10, at)
  if (stop < 0 || stop > end) stop = end
  return colonOf(raw, at, stop) > 0
}

function isMboxLine(raw: Buffer, at: number): boolean {
  const begin = raw.toString('latin1', at, at + 6)
  return begin.startsWith('From ') || begin === '>From '
}

export function first(headers: Headers, name: string): string | null {
  return headers.values.get(name)?.[0] ?? null
}

export function all(headers: Headers, name: string): string[] {
  return headers.values.get(name) ?? []
}

/** Decoded for people; null when absent. */
export function readable(headers: Headers, name: string): string | null {
  const value = first(headers, name)
  return value === null ? null : decodeHeader(value)
}
