/** Says in which language a text is written, or null: too short, mixed or unclear is null rather than a guess. */
import { detectAll } from 'tinyld'

const enough = 25
/** Characters looked at: more costs time and changes the answer rarely. */
const longest = 180

/** Names of people and places, known by a capital and a letter beyond ASCII: they say where somebody is from, not how they write. */
const ownNames = /(?<![.!?…]\s+|^\s*)(?<!\p{L})\p{Lu}(?=\p{L}*[^\p{ASCII}])\p{L}+/gmu

/** A line of nothing but capitalised words: a greeting's name or a signature. */
const signed = /^[ \t]*\p{Lu}[\p{L}'’.-]*(?:[ ,]+(?:\p{Lu}[\p{L}'’.-]*|de|da|van|der|von|al|el|y|e|&)){0,6}[ ,]*$/gmu

export function languageOf(text: string): string | null {
  const words = text
    .slice(0, 800)
    .replace(/^>.*$/gm, ' ')
    .replace(/https?:\S+|\S+@\S+/g, ' ')
    .replace(signed, ' ')
    .replace(ownNames, ' ')
    .replace(/[\d\p{P}\p{S}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longest)
  const dense = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/.test(words)
  if (words.length < (dense ? 6 : enough)) return null
  const [best, second] = detectAll(words)
  if (!best || best.accuracy < 0.15) return null
  return second && second.accuracy > best.accuracy * 0.9 ? null : best.lang
}
