/**
 * The words of one message as PostgreSQL keeps them: a tsvector written out, and beside it the words whose stems its own
 * dictionaries add. Never grows beyond what PostgreSQL takes (1 MB), whatever the text: what is left out stands far behind.
 */
import { createHash } from 'node:crypto'
import { joinedAt, tokensOf } from './rules.ts'

/** What a hit in it says: the subject more than names and files, those more than the text. */
export type Weight = 'A' | 'B' | 'D'
export type Part = { weight: Weight; text: string }

/** PostgreSQL keeps no position above 16,383, and 255 for one word. */
const lastPosition = 16_000
const mostPositions = 250
/** Characters of text that are read, and bytes of words that are kept. */
const longestText = 120_000
const mostBytes = 500_000
/** Words whose stems are kept, and the bytes they may take. */
const mostStemBytes = 200_000
const stemmed = /^\p{L}{3,30}$/u

/** Between two parts, so that a phrase never runs from one into the next. */
const gap = 20

export type Vector = { words: string; toStem: string }

export function vectorOf(parts: readonly Part[], lexemes: readonly string[]): Vector {
  const places = new Map<string, string[]>()
  let [bytes, stemBytes, position] = [0, 0, 1]
  const toStem: string[] = []
  const put = (word: string, at: number, weight: Weight) => {
    let known = places.get(word)
    if (!known) {
      const size = Buffer.byteLength(word)
      if (bytes + size > mostBytes) return
      // An entry costs its word, four bytes of its own and two for each position.
      bytes += size + 8
      known = []
      places.set(word, known)
      if (stemmed.test(word) && stemBytes + size < mostStemBytes) {
        stemBytes += size + 8
        toStem.push(word)
      }
    }
    if (at <= lastPosition && known.length < mostPositions) {
      bytes += 2
      known.push(weight === 'D' ? String(at) : `${at}${weight}`)
    }
  }
  for (const { weight, text } of parts) {
    const read = text.slice(0, longestText)
    const tokens = tokensOf(read)
    for (const [n, { word }] of tokens.entries()) {
      put(word, position, weight)
      const joined = joinedAt(read, tokens, n)
      if (joined) put(joined, position, weight)
      position++
    }
    position += gap
  }
  let words = lexemes.map(lexeme => `'${lexeme}'`).join(' ')
  for (const [word, at] of places) words += at.length > 0 ? ` '${word}':${at.join(',')}` : ` '${word}'`
  return { words, toStem: toStem.join(' ') }
}

/** The same as the function of that name in the database, which keeps it true when a conversation moves. */
export function teamLexeme(teamId: string): string {
  return `@t${createHash('md5').update(teamId).digest('hex').slice(0, 10)}`
}

const dayMs = 86_400_000
/** Stretches of time that a message lies in, in days: each is made of whole ones of those before it. */
export const stretchDays = [2, 8, 32, 128] as const

/** `size` is a place in `stretchDays`. */
export function timeLexeme(size: number, nth: number): string {
  return `@${size}${nth}`
}

/** Which stretch of that size since 1970, in UTC. */
export function nthStretch(size: number, at: Date): number {
  return Math.floor(at.getTime() / (dayMs * stretchDays[size]!))
}

/** When it was, in each size. */
export const timeLexemes = (at: Date): string[] => stretchDays.map((_, size) => timeLexeme(size, nthStretch(size, at)))

/** Where a message lies: its team, when it was, and both together, which is what is asked for most. The database knows those with a team, too. */
export function placeLexemes(teamId: string, at: Date): string[] {
  const team = teamLexeme(teamId)
  const times = timeLexemes(at)
  return [team, ...times, ...times.map(time => `${time}${team}`)]
}
