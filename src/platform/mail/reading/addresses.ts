/** Reads address lists (RFC 5322 §3.4 and what senders make of it) in one pass. Addresses are kept as written; nothing is folded or refused. */
import { cleanLine } from './charsets.ts'
import { decodeHeader } from './encodedWords.ts'
import type { Address } from './reading.ts'

export const mostAddresses = 500
const encodedWord = /=\?[^?\s]{1,80}\?[bBqQ]\?[^?\r\n]{0,998}\?=/y

export function parseAddresses(values: string[], most = mostAddresses): { addresses: Address[]; cut: boolean } {
  const addresses: Address[] = []
  let cut = false
  for (const value of values) {
    if (addresses.length >= most) return { addresses, cut: true }
    cut = readList(value, addresses, most) || cut
  }
  return { addresses, cut }
}

/** True when the cap was reached. Quotes, comments and brackets that are never closed are ordinary characters. */
function readList(text: string, into: Address[], most: number): boolean {
  const lastQuote = text.lastIndexOf('"')
  const lastParen = text.lastIndexOf(')')
  const lastAngle = text.lastIndexOf('>')
  let start = 0
  let words = ''
  let comment = ''
  let angle: string | null = null
  const finish = (end: number): boolean => {
    const made = makeAddress(words, angle, comment, text.slice(start, end))
    if (made) into.push(made)
    start = end + 1
    words = ''
    comment = ''
    angle = null
    return into.length >= most
  }
  let i = 0
  while (i < text.length) {
    const char = text[i]!
    if (char === '"' && i < lastQuote) {
      let piece = ''
      for (i++; i < text.length && text[i] !== '"'; i++) {
        if (text[i] === '\\') i++
        piece += text[i] ?? ''
      }
      words += words.endsWith('@') || text[i + 1] === '@' ? `"${piece}"` : piece
    } else if (char === '(' && i < lastParen) {
      let depth = 1
      let piece = ''
      for (i++; i < text.length; i++) {
        if (text[i] === '\\') i++
        else if (text[i] === '(') depth++
        else if (text[i] === ')' && --depth === 0) break
        piece += text[i] ?? ''
      }
      comment += comment ? ` ${piece}` : piece
      words += ' '
    } else if (char === '<' && i < lastAngle) {
      const close = text.indexOf('>', i)
      const inside = text.slice(i + 1, close)
      // Doubled brackets and a second pair: the one that holds an address counts.
      if (angle === null || !angle.includes('@')) angle = inside.slice(inside.lastIndexOf('<') + 1)
      i = close
    } else if (char === ',' || char === ';') {
      if (finish(i)) return i + 1 < text.length
    } else if (char === ':' && angle === null && !words.includes('@') && !/^\s*mailto$/i.test(words)) {
      words = ''
      comment = ''
      start = i + 1
    } else if (char === '=' && text[i + 1] === '?') {
      // An encoded word is taken whole: senders leave commas inside.
      encodedWord.lastIndex = i
      const word = encodedWord.exec(text)?.[0] ?? char
      words += word
      i += word.length - 1
    } else words += char
    i++
  }
  finish(text.length)
  return false
}

function makeAddress(words: string, angle: string | null, comment: string, raw: string): Address | null {
  let name = words
  let address = angle ?? ''
  if (angle === null || (!angle.includes('@') && words.includes('@'))) {
    const bare = /[^\s<>"]*@[^\s<>"]+/.exec(words.length > 2000 ? words.slice(0, 2000) : words)
    if (bare) {
      address = bare[0]
      name = words.slice(0, bare.index) + words.slice(bare.index + bare[0].length)
    }
  }
  // A source route (RFC 5322 §4.4) is not part of the address.
  const route = address.startsWith('@') ? address.indexOf(':') : -1
  if (route > 0) address = address.slice(route + 1)
  address = decodeHeader(address.replace(/^\s*mailto:/i, '').replace(/\s+/g, '')).replace(/^'(.*)'$/, '$1')
  const shown =
    decodeHeader(name)
      .replace(/\s+/g, ' ')
      .replace(/^'(.*)'$/, '$1')
      .trim() || decodeHeader(comment)
  if (!address && !shown) return null
  // Half a character at a cut could not be stored.
  return {
    name: cleanLine(shown).slice(0, 500).toWellFormed(),
    address: address.slice(0, 500).toWellFormed(),
    raw: decodeHeader(raw).slice(0, 1000).toWellFormed(),
  }
}
