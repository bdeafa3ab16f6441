/** Typed words with their slips mended, as far as memory goes: a word that stands nowhere often, one slip away from one that does. Pure. */
import { slipsOf } from './near-rules.ts'
import { folded, tokensOf } from './rules.ts'
import type { Statistics } from './statistics.ts'

const fewestLetters = 4
const mostLetters = 24

/** Null: nothing to mend. */
export function mended(words: readonly string[], { common }: Statistics): string[] | null {
  const now = words.map(word => {
    const [only, more] = tokensOf(word)
    if (!only || more || only.pair || common.has(only.word) || common.has(folded(word))) return word
    const letters = [...only.word].length
    if (letters < fewestLetters || letters > mostLetters) return word
    const meant = slipsOf(only.word).filter(each => common.has(each))
    return meant.sort((a, b) => common.get(b)! - common.get(a)!)[0] ?? word
  })
  return now.some((word, at) => word !== words[at]) ? now : null
}

/** To look for what is spelled nearly so takes long where a word stands in this many, and tells nothing: it is spelled right. */
const many = 500

/** The word to look for by its letters, as somebody may have slipped in it; null: all are words that stand often. */
export function doubtful(words: readonly string[], { common, messages }: Statistics): string | null {
  const shares = words.map(word => ({ word, share: common.get(word) ?? 0 })).sort((a, b) => a.share - b.share)
  const [least] = shares
  return least && least.share * messages <= many ? least.word : null
}
