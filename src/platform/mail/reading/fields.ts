/** Reads structured header values: parameters (RFC 2045/2231), message ids and dates. What it can't read is null, never an error. */
import { cleanLine } from './charsets.ts'
import { decodeHeader, decodeWords, percentDecode } from './encodedWords.ts'

export type Parameterised = { value: string; parameters: Map<string, string> }

/** `value; name=x; name*0*=…`: quoted strings, missing quotes, doubled semicolons and split values are all met in real mail. */
export function parseParameters(raw: string): Parameterised {
  const text = raw.length > 16384 ? raw.slice(0, 16384) : raw
  const semicolon = text.indexOf(';')
  const value = (semicolon < 0 ? text : text.slice(0, semicolon)).trim().toLowerCase()
  const parameters = new Map<string, string>()
  if (semicolon < 0) return { value, parameters }
  const split = new Map<string, { order: number; text: string; encoded: boolean }[]>()
  for (const piece of splitOutsideQuotes(text.slice(semicolon + 1))) {
    const equals = piece.indexOf('=')
    if (equals < 1) continue
    const name = piece.slice(0, equals).trim().toLowerCase()
    const found = unquote(piece.slice(equals + 1).trim())
    const star = name.indexOf('*')
    if (star < 0) {
      if (!parameters.has(name)) parameters.set(name, found)
      continue
    }
    const encoded = name.endsWith('*')
    const order = Number.parseInt(name.slice(star + 1), 10)
    const list = split.get(name.slice(0, star)) ?? []
    list.push({ order: Number.isNaN(order) ? 0 : order, text: found, encoded })
    split.set(name.slice(0, star), list)
  }
  for (const [name, pieces] of split) parameters.set(name, joinSplit(pieces))
  return { value, parameters }
}

function joinSplit(pieces: { order: number; text: string; encoded: boolean }[]): string {
  pieces.sort((a, b) => a.order - b.order)
  const head = pieces[0]!
  const match = head.encoded ? /^([^']{0,60})'[^']{0,60}'/.exec(head.text) : null
  const charset = match?.[1] || null
  // Percent signs are decoded only in pieces marked with '*'; the others are escaped so that one decoding serves all.
  let joined = ''
  for (const [index, piece] of pieces.entries()) {
    const text = index === 0 && match ? piece.text.slice(match[0].length) : piece.text
    joined += piece.encoded ? text : text.replaceAll('%', '%25')
  }
  const decoded = percentDecode(joined, charset)
  return decoded.includes('=?') ? decodeWords(decoded) : decoded
}

function splitOutsideQuotes(text: string): string[] {
  const pieces: string[] = []
  let quoted = false
  let start = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 92 && quoted) i++
    else if (code === 34) {
      if (quoted || text.indexOf('"', i + 1) > 0) quoted = !quoted
    } else if (code === 59 && !quoted) {
      pieces.push(text.slice(start, i))
      start = i + 1
    }
  }
  pieces.push(text.slice(start))
  return pieces
}

function unquote(text: string): string {
  if (!text.startsWith('"')) return text
  const closing = text.lastIndexOf('"')
  const inside = closing > 0 ? text.slice(1, closing) : text.slice(1)
  return inside.includes('\\') ? inside.replace(/\\(["\\])/g, '$1') : inside
}

/** A parameter for people: encoded words (not allowed here, everywhere met) and bare bytes decoded. */
export function readableParameter(found: Parameterised, name: string): string | null {
  const value = found.parameters.get(name)
  if (value === undefined) return null
  // Values joined from RFC 2231 pieces are decoded already; those are the only ones with characters above one byte.
  for (let i = 0; i < value.length; i++) if (value.charCodeAt(i) > 0xff) return cleanLine(value)
  return decodeHeader(value)
}

/** Message ids with their angle brackets; from a very long list the first and the last hundred. */
export function messageIds(raw: string | null, most = 200): string[] {
  if (!raw) return []
  const half = 32 * 1024
  const text = raw.length > 2 * half ? `${raw.slice(0, half)} ${raw.slice(-half)}` : raw
  const found = text.match(/<[^<>\s]{1,990}>/g) ?? []
  if (found.length === 0) {
    const bare = /[^\s<>,;"()]{1,400}@[^\s<>,;"()]{1,400}/.exec(text.slice(0, 2000))
    return bare ? [cleanLine(decodeAscii(`<${bare[0]}>`))] : []
  }
  const ids = [...new Set(found.map(id => cleanLine(decodeAscii(id))))]
  return ids.length <= most ? ids : [...ids.slice(0, most / 2), ...ids.slice(-most / 2)]
}

function decodeAscii(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8')
}

export function parseDate(raw: string | null): string | null {
  if (!raw) return null
  const text = raw
    .slice(0, 120)
    .replace(/\([^)]*\)?/g, ' ')
    .trim()
  const time = Date.parse(text)
  const again = Number.isNaN(time) ? Date.parse(text.replace(/^[a-z]+,?\s*/i, '').replace(/\s+[a-z]{1,5}$/i, '')) : time
  if (Number.isNaN(again)) return null
  const date = new Date(again)
  const year = date.getUTCFullYear()
  return year >= 1970 && year <= 2100 ? date.toISOString() : null
}
