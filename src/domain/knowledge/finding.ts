/**
 * Searching what stands, for whoever reads it: all words, else nearly right spellings, else most of the words. Shown with the
 * stretch that has them. What one may not read is not looked at (I9).
 */
import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/index.ts'
import {
  alikeIn,
  excerptOf,
  inStages,
  marked,
  mostWords,
  queryOf,
  queryOfAll,
  type Slipped,
  type Statistics,
  shareOf,
  statisticsOfArticles,
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

/** Of each one that is shown so much is looked through for a stretch to show. */
const longestText = 4000

export async function findArticles(
  db: Db,
  as: ReadingAs,
  { q, language, limit = 20, typing = false }: Seek,
): Promise<Found[]> {
  const statistics = await statisticsOfArticles(db)
  const wanted = { language, limit }
  const { rows, units } = await inStages(
    db,
    statistics,
    { q, grows: () => typing },
    {
      matching: (some, how) => matching(db, as, { ...wanted, query: queryOfAll(some, how, statistics) }),
      nearly: slipped => nearly(db, as, wanted, slipped),
    },
  )
  return shown(db, rows, units, statistics)
}

const columns = sql`a.id, v.language, v.title, v.summary, left(v.body_text, ${longestText}::int) as body_text, l.slug, cs.slug as category, a.held, a.failed`
const shortColumns = sql`a.id, v.title, l.slug, cs.slug as category, a.held, a.failed`
const joins = sql`join article a on a.id = s.article_id
  join article_version v on v.article_id = s.article_id and v.language = s.language and v.state = 'published'
  join article_slug l on l.article_id = s.article_id and l.language = s.language and l.current
  join article_category_slug cs on cs.category_id = a.category_id and cs.current`

/** One language of each article: the reader's, else the installation's, else what there is. */
const one = (language: string): RawBuilder<unknown> =>
  sql`a.id, s.language = ${language} desc, s.language = (select language from installation) desc, s.language`

type Wanted = { language: string; limit: number }

/** So many of either kind are ranked. */
const mostRanked = sql.lit(250)
/** With so many that have the words in their heads nobody asks for those that have them anywhere. */
const enough = sql.lit(40)
/** More that have the words anywhere are not even looked at. */
const mostRead = sql.lit(3000)

/** Ranked by where the words stand, and a little by how often the article helped: those that have them in their heads, and, where these are few, the newest that have them anywhere. */
async function matching(db: Db, as: ReadingAs, it: Wanted & { query: string }): Promise<Row[]> {
  const query = sql`${it.query}::tsquery`
  const { rows } = await sql<Row>`
    with heads as materialized (select s.article_id, s.language from article_search s join article a on a.id = s.article_id
      where ts_filter(s.words, '{a,b}') @@ ${query} and ${readableBy(as)} limit ${mostRanked}),
    bodies as materialized (select s.article_id, s.language, s.published_at from article_search s join article a on a.id = s.article_id
      where s.words @@ ${query} and ${readableBy(as)} and (select count(*) from heads) < ${enough} limit ${mostRead}),
    likely as materialized (select * from heads union (select article_id, language from bodies order by published_at desc, article_id limit ${mostRanked})),
    best as (select distinct on (a.id) s.article_id, s.language, ts_rank('{0.1, 0.2, 0.5, 1}', s.words, ${query}, 1) * (1 + ln(1 + a.held) / 10) as rank
      from likely l join article_search s on s.article_id = l.article_id and s.language = l.language join article a on a.id = s.article_id order by ${one(it.language)}),
    top as (select * from best order by rank desc, article_id limit ${sql.lit(it.limit)})
    select ${columns} from top s ${joins} order by s.rank desc, a.id`.execute(db)
  return rows
}

/** Each word looks like one in the title, the summary or a heading. */
async function nearly(db: Db, as: ReadingAs, it: Wanted, slipped: Slipped): Promise<Row[]> {
  const { are, rank } = alikeIn(slipped, sql`s.likeness`)
  const { rows } = await sql<Row>`
    with best as (select distinct on (a.id) s.article_id, s.language, ${rank} as rank from article_search s join article a on a.id = s.article_id
      where ${are} and ${readableBy(as)} order by ${one(it.language)}),
    top as (select * from best order by rank desc, article_id limit ${sql.lit(it.limit)})
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
    const body = row.summary && summary.marks.length > 0 ? null : excerptOf(bodyText, units, shares)
    return {
      ...row,
      title: marked(row.title, units, shares),
      excerpt: body && (!row.summary || body.marks.length > 0) ? body : summary,
    }
  })
}

/** Of each kind: those of its category that helped most, those with all its words, those with a word that few have. */
const mostLikely = sql.lit(24)
const fewHave = 0.01

/** Articles about the same: sharing the words of its title, those of its category first. */
export async function relatedTo(
  on: Db,
  as: ReadingAs,
  it: { id: string; language: string; title: string; categoryId: string },
) {
  const statistics = await statisticsOfArticles(on)
  const words = it.title
    .split(/\s+/)
    .filter(word => [...word].length > 3)
    .slice(0, mostWords)
  const units = await unitsOf(on, statistics, { words, phrases: [] })
  const each = units.map(unit => queryOf(unit, statistics))
  const any = each.join(' | ')
  const telling = each.filter((_, at) => shareOf(units[at]!, statistics) < fewHave)
  const having = (query: string) =>
    sql`(select s.article_id from article_search s where s.words @@ ${query}::tsquery and s.language = ${it.language} limit ${mostLikely})`
  const likely = [
    sql`(select a.id as article_id from article a where a.category_id = ${it.categoryId}::uuid order by a.held desc, a.id limit ${mostLikely})`,
    ...(each.length > 0 ? [having(each.join(' & '))] : []),
    ...(telling.length > 0 ? [having(telling.join(' | '))] : []),
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
    top as (select * from near order by rank desc, article_id limit 4)
    select ${shortColumns} from top s ${joins} order by s.rank desc, a.id`.execute(on)
  return rows
}
