/**
 * What PostgreSQL knows about the words of all messages (or articles, or posts) from its own sampling: how common a word is, and how messages
 * spread over time. So a common word is looked up in the newest stretch only, without counting anything. Guides the way,
 * decides no result: where it errs a search takes longer.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../platform/db/index.ts'
import { configurationsOf } from './languages.ts'

export type Statistics = {
  /** or articles, or posts: rows of the index */
  messages: number
  /** share of messages that have it, of lexemes that are common */
  common: ReadonlyMap<string, number>
  /** share of a lexeme that is not among the common ones, at most */
  rare: number
  /** times that cut all messages into equal parts, oldest first */
  times: readonly Date[]
  /** text search configurations of the languages that are written here */
  configurations: readonly string[]
}

const fresh = 5 * 60_000
/** A young installation changes faster, and is asked quickly. */
const young = 20_000
const freshWhenYoung = 20_000

/** An index of words, and how the languages that are written in it are asked for. */
type Index = { table: 'message_search' | 'article_search' | 'post_search'; at: string; languages: RawBuilder<unknown> }
const messages: Index = {
  ...{ table: 'message_search', at: 'at' },
  languages: sql`(select array_agg(distinct language) from (select language from message where language is not null order by id desc limit 2000) m)`,
}
const articles: Index = {
  ...{ table: 'article_search', at: 'published_at' },
  languages: sql`(select array_agg(distinct language) from article_search)`,
}
const posts: Index = { table: 'post_search', at: 'at', languages: sql`null::text[]` }

export const statisticsOf = (db: Db) => ofIndex(db, messages)
export const statisticsOfArticles = (db: Db) => ofIndex(db, articles)
export const statisticsOfPosts = (db: Db) => ofIndex(db, posts)

const known = new WeakMap<Db, Map<string, { until: number; read: Promise<Statistics> }>>()

function ofIndex(db: Db, index: Index): Promise<Statistics> {
  const held = known.get(db) ?? new Map<string, { until: number; read: Promise<Statistics> }>()
  known.set(db, held)
  const before = held.get(index.table)
  if (before && before.until > performance.now()) return before.read
  const read = readStatistics(db, index)
  held.set(index.table, { until: performance.now() + fresh, read })
  read.then(
    ({ messages: rows }) => {
      if (rows < young) held.set(index.table, { until: performance.now() + freshWhenYoung, read })
    },
    () => held.delete(index.table),
  )
  return read
}

type Row = {
  messages: number
  words: string[] | null
  shares: number[] | null
  times: Date[] | null
  languages: string[] | null
  ours: string | null
}

/** The desk's own languages; what else is written here is in the statistics. */
const always = ['en', 'de', 'es', 'fr', 'ar']

async function readStatistics(db: Db, { table, at, languages: written }: Index): Promise<Statistics> {
  const { rows } = await sql<Row>`select
    (select greatest(reltuples, 0)::float8 from pg_class where oid = ${sql.lit(table)}::regclass) as messages, w.words, w.shares,
    (select histogram_bounds::text::timestamptz[] from pg_stats where schemaname = current_schema and tablename = ${sql.lit(table)} and attname = ${sql.lit(at)}) as times,
    ${written} as languages, (select language from installation) as ours
    from (select) one left join (select most_common_elems::text::text[] as words, most_common_elem_freqs::float8[] as shares from pg_stats
      where schemaname = current_schema and tablename = ${sql.lit(table)} and attname = 'words') w on true`.execute(db)
  const row = rows[0]!
  const words = row.words ?? []
  const languages = [row.ours, ...(row.languages ?? []), ...always]
  return {
    messages: row.messages,
    common: new Map(words.map((word, n) => [word, row.shares?.[n] ?? 0])),
    // Behind the shares stand the smallest and the largest of them.
    rare: words.length > 0 ? (row.shares?.[words.length] ?? 0) / 2 : 0,
    times: row.times ?? [],
    configurations: configurationsOf(languages),
  }
}
