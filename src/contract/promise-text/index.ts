/**
 * Finds sentences that promise something ("I'll send the invoice by Friday") and by when, in the languages Pond speaks. It
 * offers and never promises: somebody says yes to each. Rules alone, no model; runs in the browser while somebody writes.
 */
import { ar } from './ar.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import type { Speech } from './speech.ts'
import { type Asked, whenIn } from './when.ts'

const speeches: Readonly<Record<string, Speech>> = { en, de, es, fr, ar }

export type Reading = Omit<Asked, 'usual'> & {
  /** of the text; without one we know all are tried */
  language: string | null
  /** the clock time meant when only a day is said */
  usual?: Asked['usual']
}

export type Promised = {
  /** the sentence as it stands in the text, and where */
  sentence: string
  from: number
  to: number
  /** what is promised, without the time: a start for the words of the promise */
  words: string
  /** null: promised without a time */
  dueAt: Date | null
  /** that day in the zone, as in "2026-11-27" */
  day: string | null
}

const longest = 600

export function promisesIn(text: string, reading: Reading): Promised[] {
  const known = speeches[reading.language?.toLowerCase().split('-')[0] ?? '']
  const tried = known ? [known] : Object.values(speeches)
  const asked = { now: reading.now, zone: reading.zone, usual: reading.usual ?? { hour: 17, minute: 0 } }
  return sentencesIn(text).flatMap(each => {
    if (each.text.length > longest || isQuestion(each.text)) return []
    for (const speech of tried) {
      const found = promiseIn(each.text, speech, asked)
      if (found) return [{ sentence: each.text, from: each.from, to: each.from + each.text.length, ...found }]
    }
    return []
  })
}

type Sentence = { text: string; from: number }

/** A point after a number is part of a date ("3. Dezember"), and after one letter of an abbreviation. */
export function sentencesIn(text: string): Sentence[] {
  const ends = /(?<!\p{N})(?<!(?<!\p{L})\p{L})[.!…]+(?=\s|$)|[?؟!]+|[\n;]+/gu
  const found: Sentence[] = []
  let from = 0
  const add = (to: number) => {
    const raw = text.slice(from, to)
    const trimmed = raw.trim()
    if (/\p{L}/u.test(trimmed)) found.push({ text: trimmed, from: from + raw.indexOf(trimmed) })
    from = to
  }
  for (const match of text.matchAll(ends)) add(match.index + match[0].length)
  add(text.length)
  return found
}

const isQuestion = (sentence: string) => /[?؟]\s*["»”’)]*$/u.test(sentence)

/** As the rules read it: small letters, one kind of apostrophe and of space. Every change keeps the length. */
function plain(sentence: string): string {
  return sentence
    .replace(/[’‘ʼ`´]/g, "'")
    .replace(/[\u00a0\u202f\u2009]/g, ' ')
    .toLowerCase()
}

function promiseIn(sentence: string, speech: Speech, asked: Asked) {
  const said = plain(sentence)
  // A letter that grows when it is made small would move every place.
  if (said.length !== sentence.length) return null
  for (const { says, timed } of speech.commits) {
    const match = says.exec(said)
    if (!match) continue
    if (speech.depends.test(said.slice(0, match.index + 1))) continue
    if (speech.denies.test(clauseAround(said, match.index, match.index + match[0].length))) continue
    const when = whenIn(said, speech.times, match.index + match[0].length, asked)
    if (timed && !when) continue
    if (when && when.dueAt <= asked.now) continue
    const words = wordsOf(sentence, speech, when)
    return { words, dueAt: when?.dueAt ?? null, day: when?.day ?? null }
  }
  return null
}

/** From comma to comma: what is denied in one clause says nothing about the next. */
function clauseAround(said: string, from: number, to: number): string {
  const border = /[,،:–—]|\s-\s/g
  let [begin, end] = [0, said.length]
  for (const { index } of said.matchAll(border)) {
    if (index < from) begin = index + 1
    if (index >= to) {
      end = index
      break
    }
  }
  return said.slice(begin, end)
}

function wordsOf(sentence: string, { leadIn }: Speech, when: { from: number; to: number } | null): string {
  const without = when && when.to === sentence.replace(/[\s.!…]+$/, '').length ? sentence.slice(0, when.from) : sentence
  const bare = without
    .replace(/[\s.!…,،]+$/u, '')
    .replace(
      /[\s,]+(?:by|on|until|till|before|at|in|within|bis|am|um|vor|spätestens|antes del?|el|para el|d'ici|avant|le|pour|قبل|يوم|في|خلال|حتى)$/iu,
      '',
    )
  const start = leadIn ? bare.replace(leadIn, '') : bare
  return (start.length >= 3 ? start : bare).slice(0, 300).trim()
}
