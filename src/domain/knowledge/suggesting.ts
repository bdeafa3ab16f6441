/**
 * Articles that may answer what somebody is writing: whole sentences, of which most words say nothing. The rarest words count
 * most, and one of them alone in the middle of a text is not enough. What one may not read is not looked at (I9).
 */
import { sql } from 'kysely'
import type { Db } from '../../platform/db/index.ts'
import { queryOf, statisticsOfArticles, unitsOf } from '../search/index.ts'
import { type ReadingAs, readableBy } from './reading.ts'
import { tellingWords } from './rules.ts'

export type Suggested = { title: string; summary: string; slug: string; category: string; held: number; failed: number }

/** A word in more articles than these says nothing any more, and is counted no further. */
const common = 400
/** Where there are few articles, a word in so many tells something still. */
const few = 5
const mostSought = 6

export async function suggestArticles(
  db: Db,
  as: ReadingAs,
  { text, language, limit = 3 }: { text: string; language: string; limit?: number },
): Promise<Suggested[]> {
  const statistics = await statisticsOfArticles(db)
  const units = await unitsOf(db, statistics, { words: tellingWords(text), phrases: [] })
  if (units.length === 0) return []
  // Words of which a language makes nothing at all are its small words: und, with, pour.
  const { rows: counted } = await sql<{ query: string; times: number; inAll: number }>`
    select q.query, (select count(*)::int from (select from article_search s join article a on a.id = s.article_id where s.words @@ q.query::tsquery and ${readableBy(as)} limit ${common}) x) as times,
      (select count(*)::int from (select from article_search s join article a on a.id = s.article_id where ${readableBy(as)} limit ${common * 4}) x) as in_all
    from unnest(${units.map(unit => unit.text)}::text[], ${units.map(unit => queryOf(unit, statistics))}::text[]) q(word, query)
    where not exists (select from unnest(${statistics.configurations}::text[]) c where to_tsvector(c::regconfig, q.word) = '')`.execute(
    db,
  )
  const sought = [...new Map(counted.map(each => [each.query, each])).values()]
    .filter(({ times, inAll }) => times > 0 && times < common && times <= Math.max(few, inAll / 4))
    .sort((a, b) => a.times - b.times)
    .slice(0, mostSought)
  if (sought.length === 0) return []
  // How much a word tells: the rarer the more, in steps that one article more or less does not change.
  const fits = sql.join(
    sought.map(
      ({ query, times }) =>
        sql`case when s.words @@ ${query}::tsquery then ${1 / (1 + Math.log2(1 + times))}::float8 * (1 + 2 * ts_rank('{0, 0.1, 0.4, 1}', s.words, ${query}::tsquery)) else 0 end`,
    ),
    sql` + `,
  )
  const met = sql.join(
    sought.map(({ query }) => sql`(s.words @@ ${query}::tsquery)::int`),
    sql` + `,
  )
  const inTitle = sql.join(
    sought.map(({ query }) => sql`ts_filter(s.words, '{a,b}') @@ ${query}::tsquery`),
    sql` or `,
  )
  const any = sought.map(({ query }) => query).join(' | ')
  const { rows } = await sql<Suggested>`
    with best as (select distinct on (a.id) s.article_id, s.language, (${fits}) * (1 + ln(1 + a.held) / 20) as fits, ${met} as met, (${inTitle}) as in_title
      from article_search s join article a on a.id = s.article_id where s.words @@ ${any}::tsquery and ${readableBy(as)}
      order by a.id, s.language = ${language} desc, s.language = (select language from installation) desc, s.language),
    top as (select * from best where met > 1 or in_title order by fits desc, article_id limit ${limit})
    select v.title, v.summary, l.slug, cs.slug as category, a.held, a.failed from top s join article a on a.id = s.article_id
      join article_version v on v.article_id = s.article_id and v.language = s.language and v.state = 'published'
      join article_slug l on l.article_id = s.article_id and l.language = s.language and l.current
      join article_category_slug cs on cs.category_id = a.category_id and cs.current
    where s.fits * 3 >= (select max(fits) from top) order by s.fits desc, a.id`.execute(db)
  return rows
}
