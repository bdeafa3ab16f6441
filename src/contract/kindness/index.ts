/**
 * Hints for whoever writes: what a reply leaves out, and what could hurt without being meant to. Rules alone, in the
 * browser, while somebody writes. They advise: nothing is refused, stored, sent or counted. Silent in languages without rules.
 */
import { promisesIn, sentencesIn } from '../promise-text/index.ts'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { type HintKind, hintKinds } from './kinds.ts'
import { untouched } from './questions.ts'
import { bare, type Instead, type Tongue } from './tongue.ts'

export { type HintKind, hintKinds }

export type Hint = {
  kind: HintKind
  /** what it is about, as it stands in the text */
  words: string
  /** of a label: what gentler words could be about */
  instead?: Instead
}

export type Writing = {
  text: string
  /** of the reader; where the text itself is clearly in another one, that counts */
  language: string | null
  /** what they said since we last answered, the newest last */
  theirs: readonly string[]
  /** the next step says by when */
  promised: boolean
  /** the next step carries a personal word, an alternative or why there is none */
  personal: boolean
  alternative: boolean
  /** ISO 8601; what depends on the answer */
  neededBy: string | null
  now: Date
  zone: string
}

const tongues: Readonly<Record<string, Tongue>> = { en, de, es, fr, ar }
/** Longer than any letter; what follows is quoted. */
const mostLetters = 30_000
/** Before so many words nobody has left anything out yet. */
const begun = 6
const most = 8

/** For a reply. The first is the one that matters most to whoever reads it. */
export function hintsFor(writing: Writing): Hint[] {
  const text = writing.text.slice(0, mostLetters)
  const language = languageOf(text, writing.language)
  const tongue = language ? tongues[language] : undefined
  if (!language || !tongue) return []
  const sentences = sentencesIn(text).map(each => each.text)
  const plain = sentences.map(asTyped)
  const words = wordsIn(text)
  const hints: Hint[] = []
  const add = (kind: HintKind, said: string | undefined | null) => {
    if (said) hints.push({ kind, words: shortened(said) })
  }
  if (words.length >= begun)
    for (const question of untouched(writing.theirs, text, tongueOfTheirs(writing, tongue))) add('question', question)
  const promises = promisesIn(text, { language, now: writing.now, zone: writing.zone })
  if (!writing.promised) add('promise-without-time', promises.find(each => each.dueAt === null)?.sentence)
  const needed = writing.neededBy ? Date.parse(writing.neededBy) : Number.NaN
  add('late', promises.find(each => each.dueAt !== null && each.dueAt.getTime() > needed)?.sentence)
  const at = (rule: RegExp, unless?: RegExp) => {
    const found = plain.findIndex(each => rule.test(each) && !unless?.test(each))
    return found < 0 ? null : { sentence: sentences[found]!, said: found }
  }
  add('runaround', at(tongue.runaround, tongue.notRunaround)?.sentence)
  const whole = asTyped(text)
  if (!writing.alternative && !tongue.alternative.test(whole)) add('no-alternative', at(tongue.no)?.sentence)
  if (!writing.personal && !tongue.personal.test(whole)) add('bad-news', at(tongue.badNews)?.sentence)
  add('blame', plain.map(each => tongue.blame.exec(each)?.[0]).find(Boolean))
  const known = asTyped(writing.theirs.join('\n')).toLowerCase()
  add(
    'jargon',
    plain.flatMap(each => tongue.jargon.exec(each)?.[0] ?? []).find(each => !known.includes(each.toLowerCase())),
  )
  add(
    'long-sentence',
    sentences.find(each => wordsIn(each).length > tongue.longest),
  )
  return hints.slice(0, most)
}

/** For a note: words about people that somebody could read one day who is meant. */
export function hintsForNote(text: string, language: string | null): Hint[] {
  const short = text.slice(0, mostLetters)
  const spoken = languageOf(short, language)
  const tongue = spoken ? tongues[spoken] : undefined
  if (!tongue) return []
  const plain = asTyped(short)
  const hints: Hint[] = []
  for (const { says, instead } of tongue.labels) {
    const said = says.exec(plain)?.[0]
    if (said) hints.push({ kind: 'label', words: shortened(said), instead })
  }
  return hints
}

/** The same hint in the same text: what was dismissed stays so while these words stand there. */
export const hintKey = ({ kind, words }: Hint) => `${kind} ${bare(words)}`

const asTyped = (text: string) => text.replace(/[’‘ʼ`´]/g, "'").replace(/[\u00a0\u202f\u2009]/g, ' ')

const wordsIn = (text: string) => text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? []

const longest = 120
function shortened(words: string): string {
  const said = words.replace(/\s+/g, ' ').trim()
  return said.length <= longest ? said : `${said.slice(0, longest - 1).replace(/\s+\S*$/, '')}…`
}

/** Questions are read in the language they were asked in. */
function tongueOfTheirs(writing: Writing, otherwise: Tongue): Tongue {
  const language = languageOf(writing.theirs.join('\n').slice(0, mostLetters), writing.language)
  return (language && tongues[language]) || otherwise
}

/** So many of its first words say in what somebody writes. */
const looked = 60

/** The language whose small words stand here most; the given one where that is not clear. Null: none with rules. */
export function languageOf(text: string, given: string | null): string | null {
  const said = wordsIn(bare(text.slice(0, 1000))).slice(0, looked)
  const scores = Object.entries(tongues)
    .map(([name, { small }]) => ({ name, score: said.filter(word => small.has(word)).length }))
    .sort((a, b) => b.score - a.score)
  const [first, second] = scores
  if (first && first.score >= 3 && first.score >= (second?.score ?? 0) + 2) return first.name
  const base = given?.toLowerCase().split('-')[0] ?? ''
  // Few words that we know in a long text: it is in another language than the one we were told.
  if (said.length >= 15 && (first?.score ?? 0) < 2) return null
  return base in tongues ? base : null
}
