/** Undoes the transfer encodings of a part (RFC 2045 §6, and uuencode); damaged input gives what can be read of it. */

export function decodeTransfer(body: Buffer, encoding: string, isText: boolean): Buffer {
  switch (encoding) {
    case 'base64':
      return fromBase64(body, isText)
    case 'quoted-printable':
      return fromQuotedPrintable(body)
    case 'x-uuencode':
    case 'uuencode':
    case 'x-uue':
    case 'uue':
      return uuBlocks(body.toString('latin1')).blocks[0]?.content ?? body
    default:
      return body
  }
}

/** Text behind the encoded lines (a list's footer) is kept; text that was never encoded stays itself. */
function fromBase64(body: Buffer, isText: boolean): Buffer {
  const text = body.toString('latin1')
  if (!isText) return fromPieces(text)
  const match = /[^A-Za-z0-9+/=\s]/.exec(text)
  if (!match) return fromPieces(text)
  const lineStart = text.lastIndexOf('\n', match.index) + 1
  const paragraph = text.lastIndexOf('\n\n', match.index)
  const wide = text.lastIndexOf('\r\n\r\n', match.index)
  const cut = Math.max(paragraph, wide, 0) || lineStart
  const head = text.slice(0, cut)
  if (/^\s*$/.test(head)) return body
  return Buffer.concat([Buffer.from(head, 'base64'), Buffer.from(text.slice(cut), 'latin1')])
}

/** Encoded pieces that were glued together, each with its own padding: the decoder would stop at the first. */
function fromPieces(text: string): Buffer {
  const padding = text.indexOf('=')
  if (padding < 0 || !/[A-Za-z0-9+/]/.test(text.slice(padding, padding + 400))) return Buffer.from(text, 'base64')
  return Buffer.concat(text.split(/=+/, 1000).map(piece => Buffer.from(piece, 'base64')))
}

function hexOf(byte: number | undefined): number {
  if (byte === undefined) return -1
  if (byte >= 48 && byte <= 57) return byte - 48
  if (byte >= 65 && byte <= 70) return byte - 55
  if (byte >= 97 && byte <= 102) return byte - 87
  return -1
}

export function fromQuotedPrintable(body: Buffer): Buffer {
  const out = Buffer.allocUnsafe(body.length)
  let to = 0
  let at = 0
  while (at < body.length) {
    const byte = body[at]!
    if (byte !== 61) {
      out[to++] = byte
      at++
      continue
    }
    const high = hexOf(body[at + 1])
    const low = hexOf(body[at + 2])
    if (high >= 0 && low >= 0) {
      out[to++] = high * 16 + low
      at += 3
      continue
    }
    let i = at + 1
    while (i < body.length && (body[i] === 32 || body[i] === 9)) i++
    if (i >= body.length) at = i
    else if (body[i] === 10) at = i + 1
    else if (body[i] === 13) at = body[i + 1] === 10 ? i + 2 : i + 1
    else {
      out[to++] = 61
      at++
    }
  }
  return out.subarray(0, to)
}

export type UuBlock = { name: string; content: Buffer }

/** Files that old mailers put between `begin 644 name` and `end` lines; `rest` is the text without them. */
export function uuBlocks(text: string): { blocks: UuBlock[]; rest: string } {
  if (!text.includes('begin ')) return { blocks: [], rest: text }
  const blocks: UuBlock[] = []
  let rest = ''
  let kept = 0
  const opening = /^begin [0-7]{3,4} ([^\r\n]{1,250})\r?\n/gm
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const block = readUu(text, match.index + match[0].length)
    if (!block) continue
    blocks.push({ name: match[1]!.trim(), content: block.content })
    rest += text.slice(kept, match.index)
    kept = block.end
    opening.lastIndex = block.end
    if (blocks.length >= 200) break
  }
  return { blocks, rest: rest + text.slice(kept) }
}

function readUu(text: string, from: number): { content: Buffer; end: number } | null {
  const chunks: Buffer[] = []
  let at = from
  while (at < text.length) {
    let stop = text.indexOf('\n', at)
    if (stop < 0) stop = text.length
    const line = text.slice(at, text[stop - 1] === '\r' ? stop - 1 : stop)
    if (line === 'end')
      return chunks.length > 0 ? { content: Buffer.concat(chunks), end: Math.min(stop + 1, text.length) } : null
    const decoded = uuLine(line)
    if (!decoded) return null
    chunks.push(decoded)
    at = stop + 1
  }
  return null
}

function uuLine(line: string): Buffer | null {
  if (line === '' || line === '`' || line === ' ') return Buffer.alloc(0)
  const size = (line.charCodeAt(0) - 32) & 63
  const needed = Math.ceil(size / 3) * 4
  if (line.length > 90 || line.length - 1 > needed + 3) return null
  const out = Buffer.alloc(Math.ceil(size / 3) * 3)
  for (let i = 0, to = 0; i < needed; i += 4, to += 3) {
    let four = 0
    for (let k = 0; k < 4; k++) {
      const code = i + k + 1 < line.length ? line.charCodeAt(i + k + 1) : 32
      if (code < 32 || code > 96) return null
      four = (four << 6) | ((code - 32) & 63)
    }
    out[to] = four >> 16
    out[to + 1] = (four >> 8) & 255
    out[to + 2] = four & 255
  }
  return out.subarray(0, size)
}
