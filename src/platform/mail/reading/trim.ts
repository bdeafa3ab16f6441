/** Decides which lines of a mail are collapsed: quoted history and signatures. It only collapses what it is sure of: a person's own words stay (R17). */
import type { QuoteMark } from './htmlQuotes.ts'
import { type Kinds, kindsOf } from './lineKinds.ts'
import { attributionOf, type LineKind } from './quoteLines.ts'

export type Trimmed = {
  text: string
  /** The first line of a collapsed end, when what is kept is exactly what stands before it. */
  cutAt: number | null
}

const longestSignature = 14
/** Lines looked at below a line of dashes: no signature or footer is longer, and long looks cost. */
const furthestLook = 40

export function trimText(text: string): Trimmed {
  return trimLines(text.split('\n'))
}

/** Nobody reads that many lines; they are shown as they are. */
const mostLines = 20_000

export function trimLines(lines: string[], marks: (QuoteMark | null)[] = []): Trimmed {
  if (lines.length > mostLines) return result(lines, new Array<boolean>(lines.length).fill(true))
  const kinds = kindsOf(lines, marks)
  const keep = new Array<boolean>(lines.length).fill(true)
  collapse(lines, kinds, keep)
  collapseTrailingQuotes(lines, kinds, keep)
  dropLooseEnds(kinds, keep)
  if (!keptAny(kinds, keep, 'text')) keep.fill(!onlyQuotes(lines, kinds))
  return result(lines, keep)
}

function collapse(lines: string[], kinds: Kinds, keep: boolean[]): void {
  const { kind, strong } = kinds
  const lastSolid = kind.findLastIndex(found => found !== 'blank' && found !== 'rule' && found !== 'signature')
  let textBefore = false
  for (let i = 0; i < lines.length; i++) {
    switch (kind[i]) {
      case 'text':
        textBefore = true
        break
      case 'divider':
      case 'header':
        if (textBefore) {
          drop(keep, i, lines.length)
          return
        }
        while (i < lines.length && (kind[i] === 'divider' || kind[i] === 'header')) keep[i++] = false
        i--
        break
      case 'attribution': {
        let end = i
        while (kind[end + 1] === 'attribution') end++
        const stop = afterAttribution(lines, kind, { at: i, end, textBefore, strong: strong[i]! })
        if (stop === null) textBefore = true
        else if (stop >= lines.length) {
          drop(keep, i, lines.length)
          return
        } else drop(keep, i, stop)
        i = Math.max(end, (stop ?? 0) - 1)
        break
      }
      case 'signature': {
        const end = signatureEnd(lines, kind, i)
        if (textBefore && end !== null) {
          drop(keep, i, end)
          i = end - 1
        } else if (i < lastSolid) textBefore = true
        break
      }
      case 'rule': {
        const end = footerEnd(lines, kind, i)
        if (textBefore && end !== null) {
          drop(keep, i, end)
          i = end - 1
        }
        break
      }
      case 'mobile':
        keep[i] = false
        break
      default:
    }
  }
}

/** Up to which line an attribution takes things with it; null when it is taken for plain words. */
function afterAttribution(
  lines: string[],
  kind: LineKind[],
  it: { at: number; end: number; textBefore: boolean; strong: boolean },
): number | null {
  let next = it.end + 1
  while (next < lines.length && (kind[next] === 'blank' || kind[next] === 'rule')) next++
  if (next >= lines.length) return it.strong || it.textBefore ? lines.length : null
  if (/^\s*\|/.test(lines[next]!))
    for (let i = next; i < lines.length && /^\s*(?:\||$)/.test(lines[i]!); i++)
      if (kind[i] !== 'blank') kind[i] = 'quote'
  if (kind[next] !== 'quote') {
    if (!it.strong) return null
    return it.textBefore ? lines.length : it.end + 1
  }
  const written = firstWritten(lines, kind, next)
  if (written === null) return lines.length
  if (it.textBefore) return it.end + 1
  // Nothing before, and below the quotes only the answer: the quotes go with their attribution.
  for (let i = written; i < lines.length; i++)
    if (kind[i] === 'quote' || kind[i] === 'attribution' || kind[i] === 'divider' || kind[i] === 'header')
      return it.end + 1
  return written
}

/** The first line below `from` that somebody may have typed: not quoted, no signature, no footer. */
function firstWritten(lines: string[], kind: LineKind[], from: number): number | null {
  for (let i = from; i < lines.length; i++) {
    if (kind[i] === 'text') return i
    if (kind[i] === 'divider' || kind[i] === 'header') return null
    if (kind[i] === 'signature' || kind[i] === 'rule') {
      const end = kind[i] === 'signature' ? signatureEnd(lines, kind, i) : footerEnd(lines, kind, i)
      if (end !== null) i = end - 1
    }
  }
  return null
}

/** The line after a signature that opens at `at`, or null when what follows may be more than a signature. */
function signatureEnd(lines: string[], kind: LineKind[], at: number): number | null {
  const exact = /^-- \s?$/.test(lines[at]!)
  let solid = 0
  let sentences = 0
  let i = at + 1
  for (
    ;
    i < lines.length &&
    kind[i] !== 'quote' &&
    kind[i] !== 'attribution' &&
    kind[i] !== 'divider' &&
    kind[i] !== 'header';
    i++
  ) {
    if (i - at > furthestLook) return null
    const line = lines[i]!
    if (kind[i] === 'signature' || kind[i] === 'blank') continue
    solid++
    if (line.includes('?') && !/https?:/.test(line)) sentences += 2
    else if (/[.!。]\s*$/.test(line) && line.trim().split(/\s+/).length > 5 && !isFooter(line)) sentences++
  }
  if (solid === 0) return i
  if (solid > longestSignature) return isFooter(lines.slice(at, at + 20).join(' ')) ? i : null
  return exact || sentences <= 1 ? i : null
}

function isFooter(text: string): boolean {
  return /unsubscribe|mailing list|listinfo|abmelden|désabonner|darse de baja|reply to this email|view (?:this|it) (?:email )?on|visit topic|confidential|vertraulich|antivir|virus[- ]free|confidentiel|gesendet|sent (?:from|via|with)/i.test(
    text,
  )
}

/** A line of dashes counts only when nothing of weight follows it: the end, or a list's or scanner's footer. */
function footerEnd(lines: string[], kind: LineKind[], at: number): number | null {
  let solid = 0
  let footer = false
  let i = at + 1
  for (
    ;
    i < lines.length &&
    kind[i] !== 'quote' &&
    kind[i] !== 'attribution' &&
    kind[i] !== 'divider' &&
    kind[i] !== 'header';
    i++
  ) {
    if (i - at > furthestLook) return null
    if (kind[i] === 'blank' || kind[i] === 'rule' || kind[i] === 'signature') continue
    if (++solid > 8) return null
    if (/unsubscribe|mailing list|listinfo|virus[- ]free|abmelden|désabonner/i.test(lines[i]!)) footer = true
  }
  return solid === 0 || footer ? i : null
}

function collapseTrailingQuotes(lines: string[], { kind }: Kinds, keep: boolean[]): void {
  let end = kind.length
  while (
    end > 0 &&
    (!keep[end - 1] || kind[end - 1] === 'blank' || kind[end - 1] === 'quote' || kind[end - 1] === 'rule')
  )
    end--
  // "See the log:" announces what the writer shows, unless an attribution was taken away in between.
  if (
    end > 0 &&
    /[:：]\s*$/.test(lines[end - 1]!) &&
    keep.indexOf(false, end) < 0 &&
    !quotesAttribution(lines, kind, end)
  )
    return
  if (kind.some((found, i) => i < end && keep[i] && found === 'text')) drop(keep, end, kind.length)
}

function quotesAttribution(lines: string[], kind: LineKind[], from: number): boolean {
  const first = kind.indexOf('quote', from)
  if (first < 0) return false
  const unquoted = lines.slice(first, first + 3).map(line => line.replace(/^[\s>]+/, ''))
  return unquoted.some(line => attributionOf(line) !== null) || attributionOf(unquoted.join(' ')) !== null
}

function dropLooseEnds({ kind }: Kinds, keep: boolean[]): void {
  let end = kind.length
  while (
    end > 0 &&
    (!keep[end - 1] || kind[end - 1] === 'blank' || kind[end - 1] === 'rule' || kind[end - 1] === 'signature')
  )
    keep[--end] = false
}

function drop(keep: boolean[], from: number, to: number): void {
  keep.fill(false, from, to)
}

function keptAny({ kind }: Kinds, keep: boolean[], wanted: LineKind): boolean {
  return kind.some((found, i) => keep[i] && found === wanted)
}

/** Nothing but an earlier mail with its attribution: then nothing was written. */
function onlyQuotes(lines: string[], { kind }: Kinds): boolean {
  let begun = false
  let answered = true
  for (let i = 0; i < kind.length; i++) {
    if (kind[i] === 'text') return false
    if (kind[i] === 'quote' && !begun) {
      begun = true
      answered = attributionOf(lines[i]!.replace(/^[\s>]+/, '')) !== null
    }
    if (kind[i] === 'attribution' || kind[i] === 'divider') begun = true
  }
  return begun && answered
}

function result(lines: string[], keep: boolean[]): Trimmed {
  let begin = 0
  while (begin < lines.length && (!keep[begin] || lines[begin]!.trim() === '')) begin++
  let end = lines.length
  while (end > begin && (!keep[end - 1] || lines[end - 1]!.trim() === '')) end--
  const kept: string[] = []
  for (let i = begin; i < end; i++) if (keep[i]) kept.push(lines[i]!)
  const first = keep.indexOf(false)
  const plainEnd = first >= 0 && keep.lastIndexOf(true) < first
  let cutAt = plainEnd ? first : null
  while (cutAt !== null && cutAt > 0 && lines[cutAt - 1]!.trim() === '') cutAt--
  return { text: kept.join('\n').trimEnd(), cutAt: cutAt !== null && cutAt < lines.length ? cutAt : null }
}
