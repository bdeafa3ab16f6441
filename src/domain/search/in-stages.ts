/** Looking for words in stages: all of them in one place, else titles that are nearly so, else most of the words. How a stage looks is its caller's. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../platform/db/index.ts'
import { folded } from './rules.ts'
import { queryOf, type Unit, unitsOf } from './sought.ts'
import type { Statistics } from './statistics.ts'

export const mostWords = 12
const longestQuery = 200

type Stages<Row> = {
  /** of a tsquery */
  matching: (query: string) => Promise<Row[]>
  /** of words without case and accents that are long enough to look like others */
  nearly: (words: readonly string[]) => Promise<Row[]>
}

export async function inStages<Row>(
  db: Db,
  statistics: Statistics,
  { q, grows }: { q: string; grows: (last: string) => boolean },
  { matching, nearly }: Stages<Row>,
): Promise<{ rows: Row[]; units: Unit[] }> {
  const words = q.slice(0, longestQuery).split(/\s+/).filter(Boolean).slice(0, mostWords)
  const units = await unitsOf(db, statistics, { words, phrases: [] }, { typing: grows(words.at(-1) ?? '') })
  if (units.length === 0) return { rows: [], units }
  const all = units.map(unit => queryOf(unit, statistics))
  let rows = await matching(all.join(' & '))
  const long = words.map(folded).filter(word => [...word].length > 3)
  if (rows.length === 0 && long.length > 0) rows = await nearly(long)
  // Short words stand everywhere: having one of them alone is having nothing.
  const telling = all.filter((_, at) => [...units[at]!.text].length > 3)
  if (rows.length === 0 && units.length > 1 && telling.length > 0) rows = await matching(telling.join(' | '))
  return { rows, units }
}

/** Each word looks like one in the column, and how much they do. `<%` is what the index is walked by. */
export function alikeIn(words: readonly string[], column: RawBuilder<unknown>) {
  const each = words.map(word => sql`word_similarity(${word}, ${column})`)
  const near = sql.join(
    each.map(similarity => sql`${similarity} >= 0.45`),
    sql` and `,
  )
  return { are: sql<boolean>`${words[0]} <% ${column} and ${near}`, rank: sql<number>`${sql.join(each, sql` + `)}` }
}
