/**
 * Filters over conversations: the text of `contract/filter-text.ts` becomes SQL over the alias `c`. Names are looked up
 * among what the actor may see; a name that means nothing to them matches nothing, and is told back.
 *
 * How to use it: `const found = await resolveFilter(db, actor, parseFilter(q), now)`, then
 * `select … from conversation c where ${seenBy(actor)} and ${found.where}`. `found.where` holds no right: never without `seenBy`.
 * `found.narrow` are questions for conversation ids, each of which holds all matches: where one has few, begin with it.
 *
 * Words and phrases are looked up in the index of search (`filter/words.ts`); each may stand in another message.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Operator, Term } from '../../../contract/filter-text.ts'
import type { Db } from '../../../platform/db/index.ts'
import { inSightOf, type Member } from '../../access/index.ts'
import {
  type Ask,
  type Condition,
  type NotUnderstood,
  onlyStates,
  type Piece,
  pieceOf,
  stateCondition,
  type Words,
  type WordsOf,
} from './filter/conditions.ts'
import { type Names, namesIn } from './filter/names.ts'
import { wordsInIndex } from './filter/words.ts'

export type { Condition, NotUnderstood } from './filter/conditions.ts'

export type Filter = {
  /** over the alias `c`; says nothing about rights */
  where: Condition
  /** the part of it that an index of lists holds */
  plain: Condition
  /** nothing else is asked */
  allPlain: boolean
  /** the states the filter asks for; without any word about them all but spam, trash and what was merged */
  states: string[]
  /** the only member whose conversations can match, where there is one */
  owner: string | null
  /** the only teams whose conversations can match, where the filter says so */
  teams: string[] | null
  narrow: RawBuilder<unknown>[]
  notUnderstood: NotUnderstood[]
}

/** Which conversations the actor sees at all, over the alias `c` (I9). */
export const seenBy = (actor: Member): Condition => inSightOf(actor, 'c')

export async function resolveFilter(db: Db, actor: Member, terms: readonly Term[], now: Date): Promise<Filter> {
  const [filter] = await resolveFilters(db, actor, [terms], now)
  return filter!
}

/** Several filters with one question for all their names. */
export async function resolveFilters(
  db: Db,
  actor: Member,
  filters: readonly (readonly Term[])[],
  now: Date,
): Promise<Filter[]> {
  const [names, wordsOf] = await Promise.all([
    namesIn(db, actor, filters.flat()),
    wordsInIndex(db, actor, filters.flat()),
  ])
  return filters.map(terms => built(actor, gathered(terms), names, now, wordsOf))
}

function built(actor: Member, asked: readonly Term[], names: Names, now: Date, wordsOf: WordsOf): Filter {
  const ask: Ask = { actor, names, clock: { now, zone: names.zone }, wordsOf, missed: [] }
  const stateTerms = asked.filter(term => onlyStates(term) && !term.not)
  const said = stateTerms.flatMap(term => (term.is === 'operator' ? term.values.map(value => value.toLowerCase()) : []))
  const states = said.length > 0 ? said : ['all']
  const sought = asked.filter(term => isText(term) && !term.not)
  const pieces = asked
    .filter(term => !stateTerms.includes(term) && !sought.includes(term))
    .map(term => pieceOf(ask, term))
  if (sought.length > 0) pieces.push(wordsOf(wordsIn(sought)))
  const state = stateCondition(states)
  const all = (some: readonly Piece[]): Condition =>
    sql`(${sql.join([state, ...some.map(piece => piece.where)], sql` and `)})`
  return {
    where: all(pieces),
    plain: all(pieces.filter(piece => piece.plain)),
    allPlain: pieces.every(piece => piece.plain),
    states,
    owner: pieces.find(piece => piece.owner)?.owner ?? null,
    teams: pieces.find(piece => piece.teams)?.teams ?? null,
    narrow: pieces.flatMap(piece => (piece.ids ? [piece.ids] : [])),
    notUnderstood: ask.missed,
  }
}

const isText = (term: Term) => term.is === 'word' || term.is === 'phrase'

function wordsIn(terms: readonly Term[]): Words {
  const of = (kind: 'word' | 'phrase') => terms.flatMap(term => (term.is === kind ? [term.text] : []))
  return { words: of('word'), phrases: of('phrase') }
}

/** What a conversation has one of: said twice it can only mean "one of these". */
const single = new Set<Operator>(['owner', 'team', 'priority', 'customer', 'channel', 'mailbox', 'language', 'on'])

function gathered(terms: readonly Term[]): Term[] {
  const kept: Term[] = []
  for (const term of terms) {
    const before =
      term.is === 'operator' && !term.not && (single.has(term.name) || onlyStates(term))
        ? kept.findIndex(
            each =>
              each.is === 'operator' && !each.not && each.name === term.name && onlyStates(each) === onlyStates(term),
          )
        : -1
    const first = kept[before]
    if (first?.is === 'operator' && term.is === 'operator')
      kept[before] = { ...first, values: [...new Set([...first.values, ...term.values])] }
    else kept.push(term)
  }
  return kept
}
