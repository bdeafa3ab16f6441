/** Decodes header text: RFC 2047 words, RFC 2231 values and bare 8-bit bytes. Broken words stay as they are; nothing is refused. */
import { cleanLine, decodeBytes } from './charsets.ts'

const word = /=\?([^?\s]{1,80})\?([bBqQ])\?([^?]*)\?=/g

/** A header value as stored here is 'latin1': one character per byte. */
export function decodeHeader(value: string, fallbackCharset?: string | null): string {
  let text = value
  // biome-ignore lint/suspicious/noControlCharactersInRegex: any byte above ASCII
  if (/[^\x00-\x7f]/.test(text) || text.includes('\x1b$'))
    text = decodeBytes(Buffer.from(text, 'latin1'), fallbackCharset)
  if (text.includes('=?')) text = decodeWords(text)
  return cleanLine(text)
}

/** Neighbouring words of one charset are joined as bytes first: senders cut multi-byte characters in two. */
export function decodeWords(text: string): string {
  let out = ''
  let end = 0
  let pending: { charset: string; bytes: Buffer[] } | null = null
  const flush = () => {
    if (pending)
      out += decodeBytes(pending.bytes.length === 1 ? pending.bytes[0]! : Buffer.concat(pending.bytes), pending.charset)
    pending = null
  }
  for (const match of text.matchAll(word)) {
    const between = text.slice(end, match.index)
    const charset = match[1]!.toLowerCase()
    if (/\S/.test(between) || end === 0) {
      flush()
      out += between
    }
    const bytes = match[2] === 'b' || match[2] === 'B' ? Buffer.from(match[3]!, 'base64') : fromQ(match[3]!)
    const open = pending as { charset: string; bytes: Buffer[] } | null
    if (open && open.charset === charset) open.bytes.push(bytes)
    else {
      flush()
      pending = { charset, bytes: [bytes] }
    }
    end = match.index + match[0].length
  }
  flush()
  return out + text.slice(end)
}

function fromQ(text: string): Buffer {
  const spaced = text.replaceAll('_', ' ')
  if (!spaced.includes('=')) return Buffer.from(spaced, 'utf8')
  const parts: Buffer[] = []
  let at = 0
  for (const match of spaced.matchAll(/(?:=[0-9a-fA-F]{2})+/g)) {
    if (match.index > at) parts.push(Buffer.from(spaced.slice(at, match.index), 'utf8'))
    parts.push(Buffer.from(match[0].replaceAll('=', ''), 'hex'))
    at = match.index + match[0].length
  }
  if (at < spaced.length) parts.push(Buffer.from(spaced.slice(at), 'utf8'))
  return Buffer.concat(parts)
}

export function percentDecode(text: string, charset: string | null): string {
  if (!text.includes('%')) return decodeBytes(Buffer.from(text, 'latin1'), charset)
  const bytes = Buffer.from(
    text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
  return decodeBytes(bytes, charset)
}
