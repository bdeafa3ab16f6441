/** Chooses from a mail's parts what is its text, what its HTML, and what is attached. Every part ends up in one of the three (R11, R13). */
import { createHash } from 'node:crypto'
import { cleanText, decodeBytes } from './charsets.ts'
import { decodeHeader } from './encodedWords.ts'
import { type Parameterised, parseParameters, readableParameter } from './fields.ts'
import { decodeFlowed } from './flowed.ts'
import { first } from './headers.ts'
import { cleanName, nameByType, typeByName, unknownType } from './names.ts'
import type { Part } from './parts.ts'
import type { Attachment } from './reading.ts'
import { wordsOfRtf } from './rtf.ts'
import { isTnef, openTnef } from './tnef.ts'
import { decodeTransfer, uuBlocks } from './transfer.ts'

/** Bytes of all text parts together that are read; the raw mail keeps the rest. */
const longestText = 4_000_000
/** UTF-7 costs ten times as much to decode as any other. */
const longestUtf7 = 500_000

/** A piece of the body in order; where both are given they say the same. */
export type Piece = { plain: string | null; html: string | null }

export type Content = { pieces: Piece[]; attachments: Attachment[]; cut: string[] }

export function readContent(raw: Buffer, root: Part): Content {
  const content: Content = { pieces: [], attachments: [], cut: [] }
  const gatherer: Gatherer = { raw, content, left: longestText }
  content.pieces = gather(gatherer, root, root, true)
  if (content.pieces.every(({ plain, html }) => !plain?.trim() && !html?.trim()) && gatherer.wrapped)
    content.pieces = [gatherer.wrapped]
  return content
}

/** `wrapped`: what a winmail.dat says, for a mail that says nothing itself. */
type Gatherer = { raw: Buffer; content: Content; left: number; wrapped?: Piece }

function gather(to: Gatherer, part: Part, root: Part, readable: boolean): Piece[] {
  if (part.multipart && part.children.length > 0) {
    const kind = part.type.value
    if (kind === 'multipart/alternative') return gatherAlternative(to, part, root, readable)
    // The root of multipart/related comes first (RFC 2387); the others are what it shows.
    return part.children.flatMap((child, index) =>
      gather(to, child, root, readable && (kind !== 'multipart/related' || index === 0 || isMultipart(child))),
    )
  }
  const disposition = parseParameters(first(part.headers, 'content-disposition') ?? '')
  const name = nameOf(part, disposition)
  const type =
    part.multipart || part.type.value.startsWith('multipart/')
      ? part === root
        ? 'text/plain'
        : part.type.value
      : part.type.value
  const isText = type === 'text/plain' || type === 'text/html' || type === 'text' || type === ''
  const asText =
    isText &&
    (part === root
      ? disposition.value !== 'attachment' || !name
      : readable && disposition.value !== 'attachment' && !name)
  if (!asText) {
    if (part.bodyEnd > part.bodyStart || name || part.type.parameters.size > 0) attach(to, part, name)
    return []
  }
  return [textPiece(to, part, type === 'text/html')]
}

function isMultipart(part: Part): boolean {
  return part.multipart
}

/** Of the same thing said in several ways, one text and one HTML; what is neither is attached. */
function gatherAlternative(to: Gatherer, part: Part, root: Part, readable: boolean): Piece[] {
  const ways = part.children.map(child => gather(to, child, root, readable)).filter(pieces => pieces.length > 0)
  if (ways.length <= 1) return ways[0] ?? []
  const plains = ways.filter(way => way.some(piece => piece.plain !== null))
  const htmls = ways.filter(way => way.some(piece => piece.html !== null))
  const plain = plains.find(way => way.some(piece => piece.plain?.trim())) ?? plains[0]
  const html = htmls.at(-1)
  const merged: Piece = { plain: join(plain, 'plain'), html: join(html, 'html') }
  const used = new Set([plain, html])
  // Two texts in one alternative are a mistake of the sender's program: the second is kept below the first.
  const others = plains.filter(
    way => !used.has(way) && way.some(piece => piece.plain?.trim() && !merged.plain?.includes(piece.plain.trim())),
  )
  return [merged, ...others.flat()]
}

function join(way: Piece[] | undefined, key: 'plain' | 'html'): string | null {
  const found = (way ?? []).map(piece => piece[key]).filter(text => text !== null)
  return found.length > 0 ? found.join('\n') : null
}

function textPiece(to: Gatherer, part: Part, isHtml: boolean): Piece {
  const encoding = encodingOf(part)
  let bytes = decodeTransfer(to.raw.subarray(part.bodyStart, part.bodyEnd), encoding, true)
  const charset = part.type.parameters.get('charset') ?? (isHtml ? charsetInHtml(bytes) : null)
  const most = Math.min(to.left, /utf-?7/i.test(charset ?? '') ? longestUtf7 : longestText)
  if (bytes.length > most) {
    bytes = bytes.subarray(0, most)
    to.content.cut.push('text')
  }
  to.left -= bytes.length
  let text = cleanText(decodeBytes(bytes, charset))
  if (isHtml) return { plain: null, html: text }
  if (part.type.parameters.get('format')?.toLowerCase() === 'flowed')
    text = decodeFlowed(text, part.type.parameters.get('delsp')?.toLowerCase() === 'yes')
  const { blocks, rest } = uuBlocks(text)
  for (const block of blocks)
    add(to, { name: block.name, mediaType: 'application/octet-stream', contentId: null, content: block.content })
  return { plain: rest, html: null }
}

function charsetInHtml(bytes: Buffer): string | null {
  return /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,40})/i.exec(bytes.toString('latin1', 0, 2048))?.[1] ?? null
}

function encodingOf(part: Part): string {
  const value = first(part.headers, 'content-transfer-encoding') ?? ''
  return value
    .slice(0, 100)
    .replace(/[;"'\s].*$/, '')
    .toLowerCase()
}

function nameOf(part: Part, disposition: Parameterised): string | null {
  return readableParameter(disposition, 'filename') ?? readableParameter(part.type, 'name')
}

function attach(to: Gatherer, part: Part, name: string | null): void {
  const body = to.raw.subarray(part.bodyStart, part.bodyEnd)
  const mediaType = /^[\w.+-]{1,60}\/[\w.+-]{1,100}$/.test(part.type.value)
    ? part.type.value
    : 'application/octet-stream'
  // RFC 2046 §5.2.1 allows no encoding on an enclosed message; some senders encode it all the same.
  const content = decodeTransfer(body, encodingOf(part), false)
  const id = first(part.headers, 'content-id')
  const contentId = id
    ? decodeHeader(id)
        .replace(/^\s*<|>\s*$/g, '')
        .slice(0, 500) || null
    : null
  add(to, { name, mediaType, contentId, content })
  if (isTnef(mediaType, content)) unwrap(to, content)
}

/** The files in a winmail.dat stand beside it; it stays, for whoever wants the original (R12). */
function unwrap(to: Gatherer, bytes: Buffer): void {
  const tnef = openTnef(bytes)
  if (!tnef) return
  for (const file of tnef.files)
    add(to, { ...file, mediaType: file.mediaType === unknownType ? typeByName(file.name) : file.mediaType })
  const plain = tnef.plain ?? (tnef.html === null && tnef.rtf ? wordsOfRtf(tnef.rtf) : null)
  if (plain?.trim() || tnef.html?.trim())
    to.wrapped ??= { plain: plain?.slice(0, longestText) ?? null, html: tnef.html?.slice(0, longestText) ?? null }
}

function add(
  to: Gatherer,
  it: { name: string | null; mediaType: string; contentId: string | null; content: Buffer },
): void {
  const { attachments } = to.content
  attachments.push({
    name: cleanName(it.name) || nameByType(it.mediaType, attachments.length + 1),
    mediaType: it.mediaType,
    bytes: it.content.length,
    sha256: createHash('sha256').update(it.content).digest('hex'),
    contentId: it.contentId,
    inline: false,
    content: it.content,
  })
}
