/** Cleans the file name a sender gave, for showing and downloading; it is never used as a path. */
import { cleanLine } from './charsets.ts'

const extensions: Record<string, string> = {
  'message/rfc822': 'eml',
  'message/delivery-status': 'txt',
  'text/rfc822-headers': 'txt',
  'text/plain': 'txt',
  'text/html': 'html',
  'text/calendar': 'ics',
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'application/pgp-signature': 'asc',
  'application/pkcs7-signature': 'p7s',
  'application/ms-tnef': 'dat',
}

export const unknownType = 'application/octet-stream'
const types: Record<string, string> = {
  ...Object.fromEntries(Object.entries(extensions).map(([type, ending]) => [ending, type])),
  jpeg: 'image/jpeg',
  htm: 'text/html',
  webp: 'image/webp',
  csv: 'text/csv',
  zip: 'application/zip',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** What a name promises, for a file that came without a type. */
export function typeByName(name: string | null): string {
  const ending = name ? (name.toLowerCase().split('.').at(-1) ?? '') : ''
  return Object.hasOwn(types, ending) && ending !== 'dat' ? types[ending]! : unknownType
}

/** No folders, no control, invisible or direction-changing characters (a name must not show another ending than it has). */
export function cleanName(raw: string | null): string {
  if (!raw) return ''
  let name = cleanLine(raw.slice(0, 2000)).normalize('NFC')
  name = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
  name = name.replace(/[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff0-\ufffb]/g, '')
  name = name
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  if (name.length <= 150) return name
  const dot = name.lastIndexOf('.')
  const ending = dot > 0 && name.length - dot <= 12 ? name.slice(dot) : ''
  return name.slice(0, 150 - ending.length).toWellFormed() + ending
}

/** For a part without a (usable) name. */
export function nameByType(mediaType: string, number: number): string {
  const known = extensions[mediaType] ?? /^(?:image|audio|video)\/([a-z0-9]{2,5})$/.exec(mediaType)?.[1]
  const stem =
    mediaType === 'message/rfc822' ? 'message' : mediaType === 'message/delivery-status' ? 'delivery-status' : 'part'
  return `${stem}-${number}.${known ?? 'bin'}`
}
