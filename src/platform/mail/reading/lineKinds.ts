/** Says of each line of a mail what it is, joining what programs wrapped: attributions and the headers of earlier mails. `trim` decides what follows from it. */
import type { QuoteMark } from './htmlQuotes.ts'
import {
  attributionOf,
  headerOf,
  isDivider,
  isMobileSignature,
  isRule,
  isSignatureOpening,
  type LineKind,
  mayBeginAttribution,
} from './quoteLines.ts'

export type Kinds = { kind: LineKind[]; strong: boolean[] }

export function kindsOf(lines: string[], marks: (QuoteMark | null)[]): Kinds {
  const kind = new Array<LineKind>(lines.length)
  const strong = new Array<boolean>(lines.length).fill(false)
  let fenced = false
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!
    const mark = marks[i]
    if (mark === 'after') kind[i] = i === 0 || marks[i - 1] !== 'after' ? 'divider' : plainKind(line)
    else if (mark === 'cite') kind[i] = 'quote'
    else if (mark === 'attribution') {
      kind[i] = line === '' ? 'blank' : 'attribution'
      strong[i] = true
    } else if (mark === 'signature') kind[i] = line === '' ? 'blank' : 'mobile'
    else {
      if (/^\s*```/.test(line)) fenced = !fenced
      kind[i] = fenced && line !== '' ? 'text' : plainKind(line)
    }
  }
  for (let i = 0; i < lines.length; i++) if (kind[i] === 'text') i = markAttribution(lines, kind, strong, i)
  markHeaders(lines, kind)
  return { kind, strong }
}

function plainKind(line: string): LineKind {
  if (line === '' || /^[\s\u00a0\u200b\u200c\u200e\u200f]*$/.test(line)) return 'blank'
  if (/^\s{0,3}>/.test(line)) return 'quote'
  if (isSignatureOpening(line)) return 'signature'
  if (isRule(line)) return 'rule'
  if (line.length > 500) return 'text'
  if (isDivider(line)) return 'divider'
  if (isMobileSignature(line)) return 'mobile'
  return 'text'
}

/** An attribution may be wrapped over some lines; returns the last line it takes, or `at`. */
function markAttribution(lines: string[], kind: LineKind[], strong: boolean[], at: number): number {
  const single = attributionOf(lines[at]!)
  if (!single && !mayBeginAttribution(lines[at]!)) return at
  let joined = lines[at]!
  let found = single
  let last = at
  let blanks = 0
  for (let i = at + 1; !found && i < lines.length && i <= at + 6 && joined.length < 500; i++) {
    if (kind[i] === 'blank') {
      if (++blanks > 2) break
      continue
    }
    if (kind[i] !== 'text') break
    joined += ` ${lines[i]!.trim()}`
    // Over a blank line only the tail of an address or of the verb may follow.
    if (blanks > 0 && !/^[<\s]|mailto:|^>|wrote:/.test(lines[i]!)) break
    found = attributionOf(joined)
    last = i
  }
  if (!found && /^\s*>\s*\S+:\s*$/.test(lines[last + 1] ?? '')) {
    // "<mailto:…\n> wrote:" — the bracket of the address looks like a quote.
    found = attributionOf(`${joined} ${lines[last + 1]!.trim()}`)
    if (found) last++
  }
  if (!found) return at
  for (let i = at; i <= last; i++) {
    kind[i] = 'attribution'
    strong[i] = found === 'strong'
  }
  return last
}

/** Three header lines of an earlier mail together (two after a divider) make a block; a header may be wrapped. */
function markHeaders(lines: string[], kind: LineKind[]): void {
  for (let i = 0; i < lines.length; i++) {
    if (kind[i] !== 'text' && kind[i] !== 'mobile') continue
    const begin = headerOf(lines[i]!)
    if (!begin || begin === 'other' || begin === 'copy') continue
    const seen = new Set<string>([begin])
    let last = i
    let gap = 0
    for (let j = i + 1; j < lines.length && gap <= 2; j++) {
      const header = kind[j] === 'blank' ? null : headerOf(lines[j]!)
      if (header) {
        seen.add(header)
        last = j
        gap = 0
      } else if (++gap > 2 || (kind[j] !== 'text' && kind[j] !== 'blank')) break
    }
    const announced = previousSolid(kind, i)
    const introduced = announced === 'divider' || announced === 'rule'
    const enough = introduced ? seen.size >= 2 : seen.size >= 3 && soundsLikeMail(lines, i, last)
    if (enough && seen.has('from') && (seen.has('when') || seen.has('subject')))
      for (let j = i; j <= last; j++) kind[j] = 'header'
    // What begins further down in the same run holds no more than this.
    i = last
  }
}

/** "From: Berlin, To: Paris, Date: 5 May" is somebody's order: an address or a full moment must be among real headers. */
function soundsLikeMail(lines: string[], from: number, to: number): boolean {
  const block = lines
    .slice(from, to + 1)
    .join('\n')
    .slice(0, 4000)
  return /[^\s@]@[^\s@]/.test(block) || (/(?:19|20)\d\d/.test(block) && /\d{1,2}[:.h]\d\d/.test(block))
}

function previousSolid(kind: LineKind[], before: number): LineKind | null {
  for (let i = before - 1; i >= 0; i--) if (kind[i] !== 'blank') return kind[i]!
  return null
}
