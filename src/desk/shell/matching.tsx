/** Whether words fit what was typed; accents and case don't matter. */
import type { ReactNode } from 'react'

const plain = (words: string) => words.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase()

/** Every typed word stands at the start of a word, or somewhere when it is longer than two letters. */
export function matches(words: string, typed: string): boolean {
  const folded = plain(words)
  return plain(typed)
    .split(/\s+/)
    .filter(Boolean)
    .every(
      word =>
        folded.split(/[\s,.:;-]+/).some(part => part.startsWith(word)) || (word.length > 2 && folded.includes(word)),
    )
}

/** The words with the typed part marked. */
export function marked(words: string, typed: string): ReactNode {
  const wanted = plain(typed).split(/\s+/).filter(Boolean)[0]
  if (!wanted || plain(words).length !== words.length) return words
  const at = plain(words).indexOf(wanted)
  if (at < 0) return words
  return (
    <>
      {words.slice(0, at)}
      <mark>{words.slice(at, at + wanted.length)}</mark>
      {words.slice(at + wanted.length)}
    </>
  )
}
