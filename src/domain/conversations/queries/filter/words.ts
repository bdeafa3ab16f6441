/** Words and phrases of a filter as conditions over `c`, found in the index of all messages. Holds no right but that of notes. */
import { sql } from 'kysely'
import type { Term } from '../../../../contract/filter-text.ts'
import type { Db } from '../../../../platform/db/index.ts'
import { type Member, ownedOnlyTeams, visibleTeams } from '../../../access/index.ts'
import { lexeme, queryOf, shareOf, statisticsOf, teamLexeme, type Unit, unitsOf } from '../../../search/index.ts'
import type { Condition, Piece, WordsOf } from './conditions.ts'

/** Beyond so many messages a word is not where a list begins. */
const mostNarrow = 20_000

/** Each word may stand in another message of the conversation. What holds no word, as a lone sign, asks for nothing. */
export async function wordsInIndex(db: Db, actor: Member, terms: readonly Term[]): Promise<WordsOf> {
  const of = (kind: 'word' | 'phrase') => terms.flatMap(term => (term.is === kind ? [term.text] : []))
  const [words, phrases] = [of('word'), of('phrase')]
  if (words.length + phrases.length === 0) return () => ({ where: sql`true` })
  const statistics = await statisticsOf(db)
  const [asWords, asPhrases] = [
    new Map((await unitsOf(db, statistics, { words, phrases: [] })).map(unit => [unit.text, unit])),
    new Map((await unitsOf(db, statistics, { words: [], phrases })).map(unit => [unit.text, unit])),
  ]
  const has = (unit: Unit): Condition =>
    sql`exists (select from message_search x where x.conversation_id = c.id and x.words @@ ${queryOf(unit, statistics)}::tsquery and not (x.inside and c.customer_id = ${actor.personId}::uuid))`
  const likely = (unit: Unit) => shareOf(unit, statistics) * statistics.messages
  const teams = [...visibleTeams(actor), ...ownedOnlyTeams(actor)].map(id => lexeme(teamLexeme(id))).join(' | ')
  return ({ words, phrases }): Piece => {
    const units = [
      ...words.flatMap(text => asWords.get(text) ?? []),
      ...phrases.flatMap(text => asPhrases.get(text) ?? []),
    ]
    if (units.length === 0) return { where: sql`true` }
    const where = sql<boolean>`(${sql.join(units.map(has), sql` and `)})`
    const rarest = units.reduce((one, other) => (likely(other) < likely(one) ? other : one))
    if (teams === '' || likely(rarest) > mostNarrow) return { where }
    const query = `${queryOf(rarest, statistics)} & (${teams})`
    return { where, ids: sql`select conversation_id as id from message_search where words @@ ${query}::tsquery` }
  }
}
