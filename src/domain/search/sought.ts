/**
 * What somebody typed, as questions for the index. Each word or phrase is a unit: all units are to be found. Nothing typed
 * is ever syntax here: a unit is made of words alone, and what holds no word is no unit.
 */
import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/index.ts'
import { joinedAt, type Token, tokensOf, wordsHolding } from './rules.ts'
import type { Statistics } from './statistics.ts'

export type Typed = { words: readonly string[]; phrases: readonly string[] }

export type Unit = {
  /** as it was typed */
  text: string
  tokens: Token[]
  joined: string | null
  /** its last word may go on */
  open: boolean
  /** other words of the same stem */
  stems: string[]
}

/** The last word may still grow while somebody types. */
export async function unitsOf(
  db: Db,
  statistics: Statistics,
  typed: Typed,
  options: { typing?: boolean } = {},
): Promise<Unit[]> {
  const units: Unit[] = []
  for (const [n, text] of typed.words.entries()) {
    const unit = unitOf(text, options.typing === true && n === typed.words.length - 1)
    if (unit) units.push(unit)
  }
  for (const text of typed.phrases) {
    const unit = unitOf(text, false)
    if (unit) units.push({ ...unit, joined: null })
  }
  const phrases = new Set(typed.phrases)
  const plain = units.filter(unit => unit.tokens.length === 1 && !phrases.has(unit.text) && !isBegun(unit))
  const stems = await stemsOf(db, statistics.configurations, [...new Set(plain.map(unit => unit.tokens[0]!.word))])
  for (const unit of plain) unit.stems = stems.get(unit.tokens[0]!.word) ?? []
  return units
}

/** The stem of a word's first letters is the stem of another word. */
const isBegun = ({ open, text }: Unit) => open && [...text].length < 6

const hangul = /^\p{sc=Hangul}/u

function unitOf(text: string, typing: boolean): Unit | null {
  const all = tokensOf(text)
  if (all.length === 0) return null
  // The last sign of a run stands alone in the index only where the run ends there.
  const tokens = all.filter((token, n) => !token.pair || !endsRun(token) || !all[n - 1]?.pair || endsRun(all[n - 1]!))
  const last = tokens.at(-1)!
  const single = last.pair && endsRun(last)
  // Korean words carry their particles behind them.
  const open = single || (typing && !last.pair) || hangul.test(last.word)
  return { text, tokens, joined: tokens.length > 1 ? joinedAt(text, all, 0) : null, open, stems: [] }
}

/** A pair of one sign. */
function endsRun(token: Token): boolean {
  return [...token.word].length === 1
}

const remembered = new Map<string, string[]>()
const mostRemembered = 20_000
const stemmed = /^\p{L}{3,30}$/u

async function stemsOf(
  db: Db | Tx,
  configurations: readonly string[],
  words: string[],
): Promise<Map<string, string[]>> {
  const key = (word: string) => `${configurations.join(' ')} ${word}`
  const missing = words.filter(word => stemmed.test(word) && !remembered.has(key(word)))
  if (missing.length > 0) {
    if (remembered.size > mostRemembered) remembered.clear()
    const { rows } = await sql<{ word: string; stems: string[] | null }>`
      select word, (select array_agg(distinct stem) from unnest(${configurations}::text[]) c(name), unnest(tsvector_to_array(to_tsvector(c.name::regconfig, word))) stem) as stems
      from unnest(${missing}::text[]) w(word)`.execute(db)
    for (const { word, stems } of rows)
      remembered.set(
        key(word),
        (stems ?? []).filter(stem => stem !== word && stem.length > 1),
      )
  }
  return new Map(words.map(word => [word, remembered.get(key(word)) ?? []]))
}

/** For marking: which words of these texts share a stem with a unit. Asks only about words that look alike. */
export async function stemSharing(
  db: Db | Tx,
  statistics: Statistics,
  units: readonly Unit[],
  texts: readonly string[],
): Promise<(word: string, unit: Unit) => boolean> {
  const wanted = units.filter(unit => unit.tokens.length === 1 && stemmed.test(unit.tokens[0]!.word))
  const shapes = [
    ...new Set(wanted.flatMap(unit => [unit.tokens[0]!.word, ...unit.stems].map(each => each.slice(0, 3)))),
  ]
  const words = new Set<string>()
  if (shapes.length > 0) for (const text of texts) for (const word of wordsHolding(text, shapes)) words.add(word)
  const stems = await stemsOf(db, statistics.configurations, [...words].slice(0, 2000))
  return (word, unit) => {
    const its = stems.get(word)
    return its?.some(stem => unit.stems.includes(stem) || stem === unit.tokens[0]!.word) ?? false
  }
}

/** Beyond so many messages the beginning of a word stands for the common words that begin so, until more is typed. */
const mostBehindPrefix = 8_000
const mostWordsOfPrefix = 6

/** A tsquery, written out. */
export function queryOf(unit: Unit, statistics: Statistics): string {
  const parts = unit.tokens.map((token, n) =>
    unit.open && n === unit.tokens.length - 1 ? beginning(token.word, statistics) : lexeme(token.word),
  )
  const side = parts.join(' <-> ')
  const others = [...(unit.joined ? [lexeme(unit.joined)] : []), ...unit.stems.map(lexeme)]
  return others.length === 0 && parts.length === 1 ? side : `(${[side, ...others].join(' | ')})`
}

export function lexeme(word: string): string {
  return `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}

function beginning(word: string, statistics: Statistics): string {
  const words = wordsBehind(word, statistics)
  return words ? `(${[...new Set([word, ...words])].map(lexeme).join(' | ')})` : `${lexeme(word)}:*`
}

/** Null: few enough to look up every word that begins so. */
function wordsBehind(word: string, { common, rare, messages }: Statistics): string[] | null {
  const behind = [...common].filter(([each]) => each.startsWith(word))
  if ((1 - behind.reduce((without, [, share]) => without * (1 - share), 1 - rare)) * messages <= mostBehindPrefix)
    return null
  return behind
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostWordsOfPrefix)
    .map(([each]) => each)
}

function shareOfBeginning(word: string, statistics: Statistics): number {
  const { common, rare } = statistics
  const instead = wordsBehind(word, statistics)
  const behind = instead ?? [...common.keys()].filter(each => each.startsWith(word))
  // A word stands beside its stem in the same messages: they count once.
  const stems = behind.filter(each => each.length > word.length)
  const apart = behind.filter(each => !stems.some(stem => stem !== each && each.startsWith(stem)))
  // Rare words behind it are asked for only where all words are.
  return 1 - apart.reduce((without, each) => without * (1 - (common.get(each) ?? 0)), instead ? 1 : 1 - rare)
}

/** As `shareOf`, but on the safe side: how many rare words begin with a few letters nobody knows, the fewer letters the more. */
export function fearedShareOf(unit: Unit, statistics: Statistics): number {
  const share = shareOf(unit, statistics)
  const [only, more] = unit.tokens
  if (!unit.open || !only || more || wordsBehind(only.word, statistics)) return share
  return Math.max(share, 0.06 / 2 ** Math.max(0, [...only.word].length - 2))
}

/** About which share of all messages a unit is in. */
export function shareOf(unit: Unit, statistics: Statistics): number {
  const share = (word: string) => statistics.common.get(word) ?? statistics.rare
  const shares = unit.tokens.map((token, n) =>
    unit.open && n === unit.tokens.length - 1 ? shareOfBeginning(token.word, statistics) : share(token.word),
  )
  const side = Math.min(...shares) / (shares.length > 1 ? 4 : 1)
  const without = [...unit.stems, ...(unit.joined ? [unit.joined] : [])].reduce(
    (all, word) => all * (1 - share(word)),
    1 - side,
  )
  return 1 - without
}
