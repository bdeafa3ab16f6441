/**
 * Where in a text stands what was searched for, as ranges; and the stretch of a long text that shows most of it. Pure: texts
 * stay texts, so nothing that stands in a mail is ever markup.
 */
import { joinedAt, type Token, tokensOf } from './rules.ts'
import type { Unit } from './sought.ts'

export type Range = [from: number, to: number]
export type Hit = { unit: number; from: number; to: number }
/** Says of a word that it shares a stem with a unit. */
export type SharesStem = (word: string, unit: Unit) => boolean

export function hitsIn(text: string, units: readonly Unit[], sharesStem: SharesStem): Hit[] {
  const tokens = tokensOf(text)
  const hits: Hit[] = []
  for (const at of tokens.keys())
    for (const [n, unit] of units.entries()) {
      const end = endOfUnit(tokens, at, unit, sharesStem) ?? endOfJoined(text, tokens, at, unit)
      if (end !== null) hits.push({ unit: n, from: tokens[at]!.from, to: tokens[end]!.to })
    }
  return hits
}

/** The place of the unit's last token when the unit begins here. */
function endOfUnit(tokens: readonly Token[], at: number, unit: Unit, sharesStem: SharesStem): number | null {
  const first = tokens[at]!
  if (unit.tokens.length === 1 && (unit.stems.includes(first.word) || sharesStem(first.word, unit))) return at
  if (unit.joined === first.word) return at
  for (const [n, wanted] of unit.tokens.entries()) {
    const word = tokens[at + n]?.word
    const open = unit.open && n === unit.tokens.length - 1
    if (word === undefined || !(word === wanted.word || (open && word.startsWith(wanted.word)))) return null
  }
  return at + unit.tokens.length - 1
}

/** `f320931` typed in one piece is `F3-20931` in the text. */
function endOfJoined(text: string, tokens: readonly Token[], at: number, unit: Unit): number | null {
  const [only, more] = unit.tokens
  if (!only || more || !only.word.startsWith(tokens[at]!.word) || joinedAt(text, tokens, at) !== only.word) return null
  let [end, length] = [at, 0]
  while (length < only.word.length) length += tokens[end++]!.word.length
  return end - 1
}

/** In order, and none overlaps another. */
export function rangesOf(hits: readonly Hit[]): Range[] {
  const ranges: Range[] = []
  for (const { from, to } of [...hits].sort((a, b) => a.from - b.from)) {
    const last = ranges.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else ranges.push([from, to])
  }
  return ranges
}

export function marked(text: string, units: readonly Unit[], sharesStem: SharesStem) {
  return { text, marks: rangesOf(hitsIn(text, units, sharesStem)) }
}

const longestExcerpt = 230
/** What stands before the first word that is shown for its own sake. */
const lead = 50
/** So much of a text is looked at first, and so much where that has nothing. */
const readFirst = 12_000
const longestRead = 60_000

/** One line of a text: where most of what was searched for stands together, else its beginning. */
export function excerptOf(text: string, units: readonly Unit[], sharesStem: SharesStem) {
  const lineOf = (length: number) => text.slice(0, length).toWellFormed().replace(/\s+/g, ' ').trim()
  let line = lineOf(readFirst)
  let hits = hitsIn(line, units, sharesStem)
  if (hits.length === 0 && units.length > 0 && text.length > readFirst) {
    line = lineOf(longestRead)
    hits = hitsIn(line, units, sharesStem)
  }
  const start = line.length <= longestExcerpt ? 0 : bestStart(line, hits)
  const end = start + longestExcerpt >= line.length ? line.length : wordEnd(line, start + longestExcerpt)
  const [before, after] = [
    start > 0 ? '… ' : '',
    end < line.length || text.length > line.length + readFirst ? ' …' : '',
  ]
  const inside = hits.filter(hit => hit.from >= start && hit.to <= end)
  return {
    text: `${before}${line.slice(start, end)}${after}`,
    marks: rangesOf(inside).map(([from, to]): Range => [from - start + before.length, to - start + before.length]),
  }
}

function bestStart(line: string, hits: readonly Hit[]): number {
  let [best, most] = [0, -1]
  for (const [n, { from }] of hits.entries()) {
    const near = hits.slice(n, n + 40).filter(hit => hit.to <= from + longestExcerpt - lead)
    const value = new Set(near.map(hit => hit.unit)).size * 100 + near.length
    if (value > most) [best, most] = [from, value]
  }
  if (best <= lead) return 0
  const from = Math.min(best - lead, line.length - longestExcerpt)
  const space = line.indexOf(' ', from)
  return space >= 0 && space < best ? space + 1 : wholeSign(line, from)
}

function wordEnd(line: string, at: number): number {
  const space = line.lastIndexOf(' ', at)
  return space > at - 40 ? space : wholeSign(line, at)
}

/** Never through the middle of a pair. */
function wholeSign(line: string, at: number): number {
  return /[\udc00-\udfff]/.test(line[at] ?? '') ? at + 1 : at
}
