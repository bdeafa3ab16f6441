/** Looking for words in stages: all of them in one place, else with slips mended, else titles that are nearly so, else most of the words. How a stage looks is its caller's. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../platform/db/index.ts'
import { doubtful, mended } from './mended.ts'
import { folded } from './rules.ts'
import { queryOf, type Unit, unitsOf } from './sought.ts'
import type { Statistics } from './statistics.ts'

export const mostWords = 12
const longestQuery = 200

/** All of the units, or one of them. */
export type How = ' & ' | ' | '
export const queryOfAll = (units: readonly Unit[], how: How, statistics: Statistics) =>
  units.map(unit => queryOf(unit, statistics)).join(how)

type Stages<Row> = {
  matching: (units: readonly Unit[], how: How) => Promise<Row[]>
  /** of words without case and accents that are long enough to look like others; one of them is likely to have the slip */
  nearly: (words: Slipped) => Promise<Row[]>
}
export type Slipped = { all: readonly string[]; likely: string }

export async function inStages<Row>(
  db: Db,
  statistics: Statistics,
  { q, grows }: { q: string; grows: (last: string) => boolean },
  { matching, nearly }: Stages<Row>,
): Promise<{ rows: Row[]; units: Unit[] }> {
  const words = q.slice(0, longestQuery).split(/\s+/).filter(Boolean).slice(0, mostWords)
  const units = await unitsOf(db, statistics, { words, phrases: [] }, { typing: grows(words.at(-1) ?? '') })
  if (units.length === 0) return { rows: [], units }
  let rows = await matching(units, ' & ')
  if (rows.length > 0) return { rows, units }
  const meant = mended(words, statistics)
  const better = meant ? await unitsOf(db, statistics, { words: meant, phrases: [] }) : []
  if (better.length > 0) rows = await matching(better, ' & ')
  if (rows.length > 0) return { rows, units: better }
  const all = words.map(folded).filter(word => [...word].length > 3)
  const likely = doubtful(all, statistics)
  if (likely !== null) rows = await nearly({ all, likely })
  // Short words stand everywhere: having one of them alone is having nothing.
  const telling = units.filter(unit => [...unit.text].length > 3)
  if (rows.length === 0 && units.length > 1 && telling.length > 0) rows = await matching(telling, ' | ')
  return { rows, units }
}

/** Each word looks like one in the column, and how much they do. `<%` is what the index is walked by. */
export function alikeIn({ all, likely }: Slipped, column: RawBuilder<unknown>) {
  const each = all.map(word => sql`word_similarity(${word}, ${column})`)
  const near = sql.join(
    each.map(similarity => sql`${similarity} >= 0.45`),
    sql` and `,
  )
  return { are: sql<boolean>`${likely} <% ${column} and ${near}`, rank: sql<number>`${sql.join(each, sql` + `)}` }
}
