/** Splits a mail into its MIME parts in one pass over the bytes, whatever the nesting; it copies and decodes nothing. */
import { type Parameterised, parseParameters } from './fields.ts'
import { first, type Headers, readHeaders } from './headers.ts'

export type Part = {
  headers: Headers
  type: Parameterised
  /** As multipart, when its boundary was usable: then `children` tell the content. */
  multipart: boolean
  children: Part[]
  bodyStart: number
  bodyEnd: number
}

export const partCaps = { parts: 1000, depth: 50 }

type Open = { part: Part; boundary: Buffer; digest: boolean }

export type Split = { root: Part; cut: string[] }

/** RFC 2046 §5.1: a boundary line of any enclosing multipart ends what is open inside it. */
export function splitParts(raw: Buffer): Split {
  const cut: string[] = []
  const open: Open[] = []
  let count = 0

  const begin = (at: number, parent: Open | null): { part: Part; next: number } => {
    count++
    const { headers, bodyStart } = readHeaders(
      raw,
      at,
      raw.length,
      parent ? start => matchAt(raw, start, open) !== null : undefined,
    )
    if (headers.cut && !cut.includes('headers')) cut.push('headers')
    const type = parseParameters(first(headers, 'content-type') ?? (parent?.digest ? 'message/rfc822' : 'text/plain'))
    const part: Part = { headers, type, multipart: false, children: [], bodyStart, bodyEnd: raw.length }
    parent?.part.children.push(part)
    const boundary = type.parameters.get('boundary')?.trimEnd()
    if (type.value.startsWith('multipart/') && boundary && boundary.length <= 1000) {
      if (open.length >= partCaps.depth) {
        if (!cut.includes('depth')) cut.push('depth')
      } else {
        part.multipart = true
        open.push({ part, boundary: Buffer.from(boundary, 'latin1'), digest: type.value === 'multipart/digest' })
      }
    }
    current = part
    return { part, next: bodyStart }
  }

  let current: Part | null = null
  const { part: root, next } = begin(0, null)
  let at = next
  const length = raw.length
  while (open.length > 0 && at < length) {
    if (raw[at] === 45 && raw[at + 1] === 45) {
      const match = matchAt(raw, at, open)
      if (match) {
        endOpenParts(open, match.level, current, endBefore(raw, at))
        open.length = match.closes ? match.level : match.level + 1
        at = match.next
        if (match.closes) current = null
        else if (count >= partCaps.parts) {
          if (!cut.includes('parts')) cut.push('parts')
          const rest = leaf(at, length)
          open[match.level]!.part.children.push(rest)
          open.length = 0
          break
        } else at = begin(at, open[match.level]!).next
        continue
      }
    }
    while (at < length && raw[at] !== 10) at++
    at++
  }
  return { root, cut }
}

function leaf(from: number, to: number): Part {
  return {
    headers: { values: new Map(), order: [], cut: true },
    type: { value: 'application/octet-stream', parameters: new Map() },
    multipart: false,
    children: [],
    bodyStart: from,
    bodyEnd: to,
  }
}

function endOpenParts(open: Open[], level: number, current: Part | null, end: number): void {
  if (current && current.bodyEnd > end) current.bodyEnd = Math.max(current.bodyStart, end)
  for (let i = open.length - 1; i > level; i--) {
    const part = open[i]!.part
    part.bodyEnd = Math.max(part.bodyStart, Math.min(part.bodyEnd, end))
  }
}

/** The line break before a boundary line belongs to the boundary. */
function endBefore(raw: Buffer, at: number): number {
  let end = at
  if (end > 0 && raw[end - 1] === 10) end--
  if (end > 0 && raw[end - 1] === 13) end--
  return end
}

/** The innermost open multipart whose boundary stands alone on the line at `at` (which begins with two hyphens). */
function matchAt(raw: Buffer, at: number, open: Open[]): { level: number; closes: boolean; next: number } | null {
  for (let level = open.length - 1; level >= 0; level--) {
    const boundary = open[level]!.boundary
    const after = at + 2 + boundary.length
    if (raw[at + 2] !== boundary[0] || raw[after - 1] !== boundary[boundary.length - 1]) continue
    if (after > raw.length || raw.compare(boundary, 0, boundary.length, at + 2, after) !== 0) continue
    const closes = raw[after] === 45 && raw[after + 1] === 45
    let i = closes ? after + 2 : after
    while (i < raw.length && (raw[i] === 32 || raw[i] === 9 || raw[i] === 13)) i++
    if (i >= raw.length || raw[i] === 10) return { level, closes, next: Math.min(i + 1, raw.length) }
  }
  return null
}
