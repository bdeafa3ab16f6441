/**
 * Searching what stands, for whoever reads it: all words, else nearly right spellings, else most of the words. Shown with the
 * stretch that has them. What one may not read is not looked at (I9).
 */
import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/index.ts'
import {
  alikeIn,
  configurationsOf,
  excerptOf,
  inStages,
  marked,
  mostWords,
  queryOf,
  type Statistics,
  stemSharing,
  type Unit,
  unitsOf,
} from '../search/index.ts'
import { type ReadingAs, readableBy } from './reading.ts'

type Marked = { text: string; marks: [number, number][] }
type Found = {
  id: string
  language: string
  title: Marked
  excerpt: Marked
  summary: string
  slug: string
  category: string
  held: number
  failed: number
}
type Seek = { q: string; language: string; limit?: number; typing?: boolean }
type Row = Omit<Found, 'title' | 'excerpt'> & { title: string; bodyText: string }

/** The languages articles are written in, for stems; looked up now and then. Ours are there from the beginning. */
const ours = ['en', 'de', 'es', 'fr', 'ar']
const known = new WeakMap<Db, { until: number; configurations: Promise<string[]> }>()

export async function statisticsFor(db: Db): Promise<Statistics> {
  let held = known.get(db)
  if (!held || held.until < performance.now()) {
    const configurations = sql<{ name: string }>`select distinct language as name from article_search`
      .execute(db)
      .then(({ rows }) => configurationsOf([...ours, ...rows.map(row => row.name)]))
    held = { until: performance.now() + 60_000, configurations }
    known.set(db, held)
    configurations.catch(() => known.delete(db))
  }
  return { messages: 0, common: new Map(), rare: 0, times: [], configurations: await held.configurations }
}

const longestText = 20_000

export async function findArticles(
  db: Db,
  as: ReadingAs,
  { q, language, limit = 20, typing = false }: Seek,
): Promise<Found[]> {
  const statistics = await statisticsFor(db)
  const { rows, units } = await inStages(
    db,
    statistics,
    { q, grows: () => typing },
    {
      matching: query => matching(db, as, { language, limit, query }),
      nearly: words => nearly(db, as, { language, limit, words }),
    },
  )
  return shown(db, rows, units, statistics)
}

const columns = sql`a.id, v.language, v.title, v.summary, left(v.body_text, ${longestText}::int) as body_text, l.slug, cs.slug as category, a.held, a.failed`
const joins = sql`join article a on a.id = s.article_id
  join article_version v on v.article_id = s.article_id and v.language = s.language and v.state = 'published'
  join article_slug l on l.article_id = s.article_id and l.language = s.language and l.current
  join article_category_slug cs on cs.category_id = a.category_id and cs.current`

/** One language of each article: the reader's, else the installation's, else what there is. */
const one = (language: string): RawBuilder<unknown> =>
  sql`a.id, s.language = ${language} desc, s.language = (select language from installation) desc, s.language`

type Wanted = { language: string; limit: number }

/** Ranked by where the words stand, and a little by how often the article helped. */
async function matching(db: Db, as: ReadingAs, it: Wanted & { query: string }): Promise<Row[]> {
  const { rows } = await sql<Row>`
    with best as (select distinct on (a.id) s.article_id, s.language,
        ts_rank('{0.1, 0.2, 0.5, 1}', s.words, ${it.query}::tsquery, 1) * (1 + ln(1 + a.held) / 10) as rank
      from article_search s join article a on a.id = s.article_id where s.words @@ ${it.query}::tsquery and ${readableBy(as)} order by ${one(it.language)}),
    top as (select * from best order by rank desc, article_id limit ${it.limit})
    select ${columns} from top s ${joins} order by s.rank desc, a.id`.execute(db)
  return rows
}

/** Each word looks like one in the title, the summary or a heading. */
async function nearly(db: Db, as: ReadingAs, it: Wanted & { words: readonly string[] }): Promise<Row[]> {
  const { are, rank } = alikeIn(it.words, sql`s.likeness`)
  const { rows } = await sql<Row>`
    with best as (select distinct on (a.id) s.article_id, s.language, ${rank} as rank from article_search s join article a on a.id = s.article_id
      where ${are} and ${readableBy(as)} order by ${one(it.language)}),
    top as (select * from best order by rank desc, article_id limit ${it.limit})
    select ${columns} from top s ${joins} order by s.rank desc, a.id`.execute(db)
  return rows
}

async function shown(
  db: Db | Tx,
  rows: readonly Row[],
  units: readonly Unit[],
  statistics: Statistics,
): Promise<Found[]> {
  const shares = await stemSharing(
    db,
    statistics,
    units,
    rows.flatMap(row => [row.title, row.summary, row.bodyText]),
  )
  return rows.map(({ bodyText, ...row }) => {
    const summary = excerptOf(row.summary, units, shares)
    const body = excerptOf(bodyText, units, shares)
    return {
      ...row,
      title: marked(row.title, units, shares),
      excerpt: row.summary && (summary.marks.length > 0 || body.marks.length === 0) ? summary : body,
    }
  })
}

const mostLikely = 80

/** Articles about the same: sharing the words of its title, those of its category first. */
export async function relatedTo(
  on: Db,
  as: ReadingAs,
  it: { id: string; language: string; title: string; categoryId: string },
  limit = 4,
) {
  const statistics = await statisticsFor(on)
  const words = it.title
    .split(/\s+/)
    .filter(word => [...word].length > 3)
    .slice(0, mostWords)
  const units = await unitsOf(on, statistics, { words, phrases: [] })
  const each = units.map(unit => queryOf(unit, statistics))
  const any = each.join(' | ')
  const having = (query: string) =>
    sql`(select s.article_id from article_search s where s.language = ${it.language} and s.words @@ ${query}::tsquery limit ${mostLikely})`
  // A word that stands everywhere says little: of what has it some are looked at, and not all.
  const likely = [
    sql`(select a.id as article_id from article a where a.category_id = ${it.categoryId}::uuid order by a.id limit ${mostLikely})`,
    ...(each.length > 0 ? [having(each.join(' & ')), having(any)] : []),
  ]
  const { rows } = await sql<{
    id: string
    title: string
    slug: string
    category: string
    held: number
    failed: number
  }>`
    with likely as materialized (select distinct article_id from (${sql.join(likely, sql` union all `)}) x),
    near as (select s.article_id, s.language, (a.category_id = ${it.categoryId}::uuid)::int * 0.05
        + ${any === '' ? sql`0` : sql`ts_rank('{0, 0.1, 0.4, 1}', s.words, ${any}::tsquery)`} as rank
      from likely n join article_search s on s.article_id = n.article_id and s.language = ${it.language} join article a on a.id = s.article_id
      where a.id <> ${it.id}::uuid and ${readableBy(as)}),
    top as (select * from near order by rank desc, article_id limit ${limit})
    select a.id, v.title, l.slug, cs.slug as category, a.held, a.failed from top s ${joins} order by s.rank desc, a.id`.execute(
    on,
  )
  return rows
}
