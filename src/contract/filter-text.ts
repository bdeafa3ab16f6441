/**
 * The one small language of filters: in the search box, in a list's address (`?q=`) and in saved views. Reads text into
 * terms and writes terms as text; pure, and it refuses nothing: what is no operator is a word.
 *
 *     is:open owner:me,nobody team:"Support" -tag:refund priority:high+ "Serial number":A12 "exact words" words
 *
 * Terms are all to be true. Values after a comma are alternatives. A quoted name before a colon is a custom field. Inside
 * quotes a backslash stands before a quote or a backslash that belongs to the text. Days are those of whoever asks.
 */
import { z } from 'zod'

export const operators = [
  'is',
  'owner',
  'team',
  'tag',
  'priority',
  'from',
  'to',
  'customer',
  'subject',
  'has',
  'channel',
  'mailbox',
  'language',
  'before',
  'after',
  'on',
  'needed',
  'due',
] as const
export type Operator = (typeof operators)[number]

export const states = ['open', 'pending', 'solved', 'closed', 'aside', 'spam', 'trash', 'all'] as const
/** What may stand behind `is:`. */
export const marks = ['mine', 'unowned', 'overdue', 'unseen', 'followed', 'mentioned', 'snoozed'] as const
export const priorities = ['low', 'normal', 'high', 'urgent'] as const
export const holdings = ['attachment', 'draft'] as const

export type Term =
  | { is: 'word'; text: string; not: boolean }
  | { is: 'phrase'; text: string; not: boolean }
  | { is: 'operator'; name: Operator; values: string[]; not: boolean }
  | { is: 'field'; name: string; values: string[]; not: boolean }

export const longestFilter = 500
/** A filter as it comes over the line. */
export const FilterText = z
  .string()
  .max(longestFilter)
  .refine(text => !text.includes('\0'), 'holds a sign that no text has')
const mostTerms = 40
const quotes = '"“”„'
const known = new Set<string>(operators)
const blank = /\s/

export function parseFilter(text: string): Term[] {
  const source = cut(text.replaceAll('\0', '').normalize('NFC'))
  const terms: Term[] = []
  let at = 0
  while (at < source.length && terms.length < mostTerms) {
    if (blank.test(source[at]!)) {
      at++
      continue
    }
    const [term, next] = readTerm(source, at)
    if (term) terms.push(term)
    at = next
  }
  return terms
}

export function printFilter(terms: readonly Term[]): string {
  return terms.map(printTerm).join(' ')
}

export function printTerm(term: Term): string {
  const sign = term.not ? '-' : ''
  if (term.is === 'word') return sign + (standsAlone(term.text) ? term.text : quoted(term.text))
  if (term.is === 'phrase') return sign + quoted(term.text)
  const values = term.values.map(value => (isBare(value) ? value : quoted(value))).join(',')
  return `${sign}${term.is === 'field' ? quoted(term.name) : term.name}:${values}`
}

type Read = [Term | null, next: number]

function readTerm(source: string, from: number): Read {
  let at = from
  while (source[at] === '-') at++
  const not = at > from
  if (at >= source.length || blank.test(source[at]!)) return [null, at]
  if (quotes.includes(source[at]!)) {
    const [text, end] = readQuoted(source, at)
    const field = source[end] === ':' ? readValues(source, end + 1) : null
    if (field && field[0].length > 0 && text) return [{ is: 'field', name: text, values: field[0], not }, field[1]]
    return [text ? { is: 'phrase', text, not } : null, end]
  }
  const name = /^[a-z]+(?=:)/i.exec(source.slice(at, at + 12))?.[0].toLowerCase()
  if (name && known.has(name)) {
    const [values, end] = readValues(source, at + name.length + 1)
    return [values.length > 0 ? { is: 'operator', name: name as Operator, values, not } : null, end]
  }
  const end = endOfWord(source, at)
  return [{ is: 'word', text: source.slice(at, end), not }, end]
}

function readValues(source: string, from: number): [string[], number] {
  const values: string[] = []
  let at = from
  while (at < source.length && !blank.test(source[at]!)) {
    if (source[at] === ',') at++
    else {
      const [value, end] = quotes.includes(source[at]!) ? readQuoted(source, at) : readBare(source, at)
      if (value && !values.includes(value)) values.push(value)
      at = end
    }
  }
  return [values, at]
}

function readBare(source: string, from: number): [string, number] {
  let at = from
  while (at < source.length && source[at] !== ',' && !blank.test(source[at]!)) at++
  return [source.slice(from, at), at]
}

/** Without its closing quote the text goes to the end. */
function readQuoted(source: string, from: number): [string, number] {
  let text = ''
  let at = from + 1
  while (at < source.length && !quotes.includes(source[at]!)) {
    const escapes = source[at] === '\\' && at + 1 < source.length && `${quotes}\\`.includes(source[at + 1]!)
    if (escapes) at++
    text += source[at]
    at++
  }
  return [text.replace(/\s+/g, ' ').trim(), Math.min(at + 1, source.length)]
}

function endOfWord(source: string, from: number): number {
  let at = from
  while (at < source.length && !blank.test(source[at]!)) at++
  return at
}

function quoted(text: string): string {
  return `"${text.replace(/["“”„\\]/g, '\\$&')}"`
}

function isBare(value: string): boolean {
  return value !== '' && !/[\s,]/.test(value) && !quotes.includes(value[0]!)
}

/** Whether a word, written as it is, is read as that word again. */
function standsAlone(text: string): boolean {
  if (text === '' || blank.test(text) || text[0] === '-' || quotes.includes(text[0]!)) return false
  const name = /^[a-z]+(?=:)/i.exec(text)?.[0].toLowerCase()
  return !(name && known.has(name))
}

/** Never through the middle of a pair. */
function cut(text: string): string {
  return text.slice(0, longestFilter).toWellFormed()
}

/** The same filter with one more term; an operator that can have one value only takes the new one. */
export function withTerm(terms: readonly Term[], term: Term): Term[] {
  const text = printTerm(term)
  return terms.some(each => printTerm(each) === text) ? [...terms] : [...terms, term]
}

export function withoutTerm(terms: readonly Term[], term: Term): Term[] {
  return terms.filter(each => each !== term)
}

/** Whether a filter itself says which states it wants; lists leave out spam, trash and what was merged otherwise. */
export function saysState(terms: readonly Term[]): boolean {
  return terms.some(
    term =>
      term.is === 'operator' &&
      term.name === 'is' &&
      !term.not &&
      term.values.some(value => (states as readonly string[]).includes(value.toLowerCase())),
  )
}
