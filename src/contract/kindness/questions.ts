/** Which of somebody's questions a reply does not touch on: none of the words that make the question stands in it. Pure; errs on the side of silence. */
import { bare, type Tongue } from './tongue.ts'

/** Of many questions the last ones are what somebody waits for. */
const mostAsked = 6
/** Words are the same from here on: "borrow" and "borrowed". */
const stemLength = 5

const piece = /[\p{L}\p{N}]+/gu

function stemsIn(text: string, { small }: Tongue): Set<string> {
  const stems = new Set<string>()
  for (const [word] of bare(text).matchAll(piece))
    if (!small.has(word)) for (const stem of stemsOf(word)) stems.add(stem)
  return stems
}

/** An Arabic article or "and" before a word is no part of it. */
function stemsOf(word: string): string[] {
  if (/^\p{sc=Arab}/u.test(word)) {
    const rest = word.replace(/^(?:وال|بال|لل|ال|و|ب|ل)(?=.{3})/u, '')
    return [rest.slice(0, 4)]
  }
  return word.length < 3 && !/\d/.test(word) ? [] : [word.slice(0, stemLength)]
}

type Asked = { words: string; stems: Set<string> }

function questionsIn(text: string, tongue: Tongue): { asked: Asked[]; rest: Set<string> } {
  const asked: Asked[] = []
  const others: string[] = []
  for (const [sentence, end] of sentencesOf(text)) {
    if (!/[?؟]/.test(end) || tongue.courtesy.test(sentence)) {
      others.push(sentence)
      continue
    }
    // "If it can't be fixed by Saturday, is there a machine we could borrow?" asks about the machine.
    const clauses = sentence.split(/[,،;:–—]\s+/)
    const last = clauses.at(-1)!
    const own = stemsIn(last, tongue)
    const enough = own.size >= 2 || clauses.length === 1
    const stems = enough ? own : stemsIn(sentence, tongue)
    if (stems.size > 0) asked.push({ words: (enough ? last : sentence).trimStart() + end.slice(0, 1), stems })
    if (enough) others.push(...clauses.slice(0, -1))
  }
  return { asked, rest: stemsIn(others.join(' '), tongue) }
}

function* sentencesOf(text: string): Generator<[string, string]> {
  let from = 0
  for (const found of text.matchAll(/[.!…]+(?=\s|$)|[?؟!]+|\n+/g)) {
    const sentence = text.slice(from, found.index)
    from = found.index + found[0].length
    if (/\p{L}/u.test(sentence)) yield [sentence, found[0]]
  }
  if (/\p{L}/u.test(text.slice(from))) yield [text.slice(from), '']
}

export function untouched(theirs: readonly string[], reply: string, tongue: Tongue): string[] {
  const said = stemsIn(reply, tongue)
  const all = theirs.map(text => questionsIn(text.slice(-20_000), tongue))
  const around = new Set(all.flatMap(each => [...each.rest]))
  const asked = all.flatMap(each => each.asked).slice(-mostAsked)
  const left = asked.filter(({ stems }) => {
    // What stands all over the letter ("the machine") says little about which question is meant.
    const own = [...stems].filter(stem => !around.has(stem))
    return !(own.length > 0 ? own : [...stems]).some(stem => said.has(stem))
  })
  return left.map(each => each.words)
}
