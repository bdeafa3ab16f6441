/**
 * Opens a winmail.dat (R12): the format in which Outlook wraps attachments and text that other programs can't read (MS-OXTNEF).
 * Pure and bounded: what is damaged ends the reading, and what was read until there counts. It never throws.
 */
import { cleanText, decodeBytes } from './charsets.ts'
import { mapiProperties, textOf } from './mapi.ts'
import { rtfOf } from './rtf.ts'

export type Wrapped = {
  files: { name: string | null; mediaType: string; contentId: string | null; content: Buffer }[]
  plain: string | null
  html: string | null
  /** Rich text, where nothing simpler was wrapped. */
  rtf: Buffer | null
}

const signature = 0x223e9f78
/** Attribute ids without their type half (MS-OXTNEF 2.1.3). */
const codepage = 0x9007
const body = 0x800c
const messageProperties = 0x9003
const beginsFile = 0x9002
const title = 0x8010
const content = 0x800f
const fileProperties = 0x9005
/** Property ids (MS-OXPROPS). */
const pr = {
  body: 0x1000,
  html: 0x1013,
  rtf: 0x1009,
  longName: 0x3707,
  name: 0x3704,
  type: 0x370e,
  id: 0x3712,
  object: 0x3701,
}

export function isTnef(mediaType: string, bytes: Buffer): boolean {
  return /^application\/(vnd\.)?ms-tnef$/i.test(mediaType) || (bytes.length > 6 && bytes.readUInt32LE(0) === signature)
}

/** Null when it is none. A message wrapped in it becomes a file again, ending in .dat, and is not opened further. */
export function openTnef(bytes: Buffer): Wrapped | null {
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== signature) return null
  const wrapped: Wrapped = { files: [], plain: null, html: null, rtf: null }
  let charset = 'windows-1252'
  for (const { id, value } of attributes(bytes)) {
    const file = wrapped.files.at(-1)
    if (id === codepage && value.length >= 4) charset = charsetOf(value.readUInt32LE(0))
    else if (id === body) wrapped.plain ??= cleanText(decodeBytes(withoutNul(value), charset))
    else if (id === messageProperties) readMessage(wrapped, value, charset)
    else if (id === beginsFile && wrapped.files.length < 1000)
      wrapped.files.push({
        name: null,
        mediaType: 'application/octet-stream',
        contentId: null,
        content: Buffer.alloc(0),
      })
    else if (file && id === title) file.name ??= decodeBytes(withoutNul(value), charset)
    else if (file && id === content) file.content = value
    else if (file && id === fileProperties) readFile(file, value, charset)
  }
  wrapped.files = wrapped.files.filter(file => file.content.length > 0 || file.name)
  return wrapped
}

function* attributes(bytes: Buffer): Generator<{ id: number; value: Buffer }> {
  // Signature (4) and key (2); then level (1), id (2), type (2), length (4), value, checksum (2). Checksums are often wrong.
  for (let at = 6; at + 9 <= bytes.length; ) {
    const level = bytes[at]
    if (level !== 1 && level !== 2) return
    const length = bytes.readUInt32LE(at + 5)
    const from = at + 9
    yield { id: bytes.readUInt16LE(at + 1), value: bytes.subarray(from, Math.min(from + length, bytes.length)) }
    at = from + length + 2
  }
}

function readMessage(wrapped: Wrapped, value: Buffer, charset: string) {
  for (const property of mapiProperties(value)) {
    if (property.id === pr.body) wrapped.plain ??= cleanText(textOf(property, charset))
    else if (property.id === pr.html) wrapped.html ??= cleanText(textOf(property, charset))
    else if (property.id === pr.rtf) wrapped.rtf ??= rtfOf(property.value)
  }
}

function readFile(file: Wrapped['files'][number], value: Buffer, charset: string) {
  for (const property of mapiProperties(value)) {
    if (property.id === pr.longName) file.name = textOf(property, charset) || file.name
    else if (property.id === pr.name) file.name ??= textOf(property, charset)
    else if (property.id === pr.type) {
      const type = textOf(property, charset).toLowerCase()
      if (/^[\w.+-]{1,60}\/[\w.+-]{1,100}$/.test(type)) file.mediaType = type
    } else if (property.id === pr.id)
      file.contentId =
        textOf(property, charset)
          .replace(/^\s*<|>\s*$/g, '')
          .slice(0, 500) || null
    // The first 16 bytes of an object name its kind.
    else if (property.id === pr.object && file.content.length === 0)
      file.content = property.type === 0x0d ? property.value.subarray(16) : property.value
  }
}

function charsetOf(page: number): string {
  return page === 65001
    ? 'utf-8'
    : page === 932
      ? 'shift_jis'
      : page === 936
        ? 'gbk'
        : page === 950
          ? 'big5'
          : page === 949
            ? 'euc-kr'
            : `windows-${page}`
}

function withoutNul(value: Buffer): Buffer {
  const end = value.indexOf(0)
  return end < 0 ? value : value.subarray(0, end)
}
