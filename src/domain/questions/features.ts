/**
 * What a question is recognised by: the stems of its words, pairs of neighbours, and four letters at a time, each as a
 * number. Pure: the same text gives the same features when it is stored and when it is asked for. Keeps no word: nobody
 * reads a question back out of its features.
 */
import { tokensOf } from '../search/rules.ts'
import { stemOf } from './stems.ts'

export type Asked = { subject: string; text: string; language: string | null }

/** The first words say what somebody wants; what follows is the story, a signature, a history. */
const mostLetters = 1200
const mostWords = 120
/** A question with more of them is told apart by these as well. */
export const mostFeatures = 240

const kinds = { word: 0, pair: 1, letters: 2 } as const
/** How much a feature says by its kind, before how rare it is. Found by trying on questions that people sorted. */
const kindWeights = [1, 0.5, 0.5, 0] as const
export const kindWeight = (feature: number): number => kindWeights[feature & 3]!

const answered = /^(?:\s*(?:re|aw|sv|wg|fw|fwd|tr|rv|رد)\s*(?:\[\d+\])?\s*[:：])+/i
const apart = /\S+@\S+|https?:\/\/\S+|www\.\S+/g

export function featuresOf({ subject, text, language }: Asked): number[] {
  const whole = `${subject.replace(answered, '')}\n${text.slice(0, mostLetters)}`.replace(apart, ' ')
  const words = tokensOf(whole)
    .map(token => token.word)
    // A number of an order or a day says which, not what.
    .filter(word => !/^\d{2,}$|\d{4,}/.test(word))
    .slice(0, mostWords)
  const spoken = (language ?? 'en').toLowerCase().slice(0, 2)
  const stems = words.map(word => stemOf(word, spoken))
  const found = new Set<number>()
  stems.forEach((stem, at) => {
    found.add(featureOf(stem, kinds.word))
    const next = stems[at + 1]
    if (next !== undefined) found.add(featureOf(`${stem} ${next}`, kinds.pair))
  })
  for (const word of words) {
    const framed = `^${word}$`
    for (let at = 0; at + 4 <= framed.length; at++) found.add(featureOf(framed.slice(at, at + 4), kinds.letters))
  }
  return [...found].slice(0, mostFeatures).sort((a, b) => a - b)
}

/** FNV-1a in 26 bits, and its kind in the last two. */
function featureOf(text: string, kind: number): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash ^= hash >>> 15
  return ((hash >>> 6) << 2) | kind
}
