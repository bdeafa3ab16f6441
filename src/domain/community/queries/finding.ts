/**
 * Searching topics and practices: all words in one post, else titles that are nearly so. A word that stands nearly everywhere
 * is looked for in what was said last. What one may not read is not looked at (I9).
 */
import { sql } from 'kysely'
import type { CategoryRef, TopicKind } from '../../../contract/community.ts'
import type { Db } from '../../../platform/db/index.ts'
import {
  alikeIn,
  configurationsOf,
  excerptOf,
  inStages,
  marked,
  type Statistics,
  stemSharing,
  type Unit,
} from '../../search/index.ts'
import { categoryName, readableIds } from '../reading.ts'
import type { CommunityAs } from '../rules.ts'

type Marked = { text: string; marks: [number, number][] }
export type FoundTopic = {
  id: string
  number: number
  slug: string
  kind: TopicKind
  title: Marked
  excerpt: Marked
  category: CategoryRef
  answers: number
  accepted: boolean
  worked: number
}
type Seek = { q: string; language: string; limit?: number; typing?: boolean; kind?: TopicKind | undefined }
type Row = Omit<FoundTopic, 'title' | 'excerpt'> & { title: string; words: string }

const ours = ['en', 'de', 'es', 'fr', 'ar']
const statistics: Statistics = {
  messages: 0,
  common: new Map(),
  rare: 0,
  times: [],
  configurations: configurationsOf(ours),
}
const fewestLetters = 4
const longestText = 20_000
/** More hits than these are those of common words: only the newest are ranked. */
const mostRanked = 200
/** To read all that have such a word takes longer than to look through the newest; among few posts it takes no time. */
const commonShare = 0.01
const fewPosts = 20_000

export async function findTopics(
  db: Db,
  as: CommunityAs,
  { q, language, limit = 20, typing = false, kind }: Seek,
): Promise<FoundTopic[]> {
  const ids = await readableIds(db, as)
  if (ids.length === 0) return []
  const wanted = { ids, language, limit, kind }
  const { rows, units } = await inStages(
    db,
    statistics,
    // A few letters begin too many words to look them all up.
    { q, grows: last => typing && [...last].length >= fewestLetters },
    {
      matching: query => matching(db, { ...wanted, query }),
      nearly: words => nearly(db, { ...wanted, words }),
    },
  )
  return shown(db, rows, units)
}

type Wanted = { ids: readonly string[]; language: string; limit: number; kind: TopicKind | undefined }
const visible = ({ ids, kind }: Wanted) =>
  sql`t.state = 'standing' and t.category_id = any(${[...ids]}::uuid[]) and ${kind ? sql`t.kind = ${kind}` : sql`true`}`
const columns = (
  language: string,
) => sql`t.id, t.number, t.slug, t.kind, t.title, t.answers, t.accepted_id is not null as accepted, t.worked, left(po.words, ${longestText}::int) as words,
  jsonb_build_object('id', c.id, 'slug', cs.slug, 'name', ${categoryName(language)}, 'audience', c.audience) as category`
const joins = sql`join community_category c on c.id = t.category_id join community_category_slug cs on cs.category_id = c.id and cs.current`

/** The post of each topic that says most of it; what was accepted and what worked goes a little before. */
async function matching(db: Db, it: Wanted & { query: string }): Promise<Row[]> {
  const query = sql`${it.query}::tsquery`
  const columnsOf = sql`s.post_id, s.topic_id, s.words, s.at from post_search s where s.words @@ ${query}`
  // By its words; where these stand nearly everywhere, from the newest back, which soon has enough.
  const from = (await isCommon(db, it.query))
    ? sql`select ${columnsOf}`
    : sql`select * from (select ${columnsOf} offset 0) s`
  const { rows } = await sql<Row>`
    with newest as materialized (${from} order by s.at desc, s.post_id desc limit ${mostRanked}),
    hits as materialized (select post_id, topic_id, ts_rank('{0.1, 0.2, 0.5, 1}', words, ${query}, 1) as rank from newest),
    best as (select distinct on (t.id) t.id, h.post_id, h.rank * (1 + (t.accepted_id is not null)::int * 0.1 + ln(1 + t.worked) / 10) as rank
      from hits h join topic t on t.id = h.topic_id where ${visible(it)} order by t.id, h.rank desc),
    top as (select * from best order by rank desc, id limit ${it.limit})
    select ${columns(it.language)} from top b join topic t on t.id = b.id join post po on po.id = b.post_id ${joins} order by b.rank desc, t.id`.execute(
    db,
  )
  return rows
}

/** As the database thinks of it: it knows the words that stand most often, and takes others for rare. A word that may go on stands at least as often as it does. */
async function isCommon(db: Db, query: string): Promise<boolean> {
  const { rows: all } = await sql<{
    posts: number
  }>`select reltuples::float8 as posts from pg_class where oid = 'post_search'::regclass`.execute(db)
  if ((all[0]?.posts ?? 0) < fewPosts) return false
  const { rows } = await sql<
    Record<string, { Plan: { 'Plan Rows': number } }[]>
  >`explain (format json) select from post_search s where s.words @@ ${sql.lit(query.replaceAll(':*', ''))}::tsquery`.execute(
    db,
  )
  const [plan] = Object.values(rows[0] ?? {})
  return (plan?.[0]?.Plan['Plan Rows'] ?? 0) > all[0]!.posts * commonShare
}

/** Each word looks like one in the title. */
async function nearly(db: Db, it: Wanted & { words: readonly string[] }): Promise<Row[]> {
  const { are, rank } = alikeIn(it.words, sql`t.likeness`)
  const { rows } = await sql<Row>`
    with near as materialized (select t.id from topic t where ${are} and ${visible(it)} limit 500),
    top as (select t.id, ${rank} as rank from near join topic t on t.id = near.id order by 2 desc, t.id limit ${it.limit})
    select ${columns(it.language)} from top b join topic t on t.id = b.id join post po on po.topic_id = t.id and po.number = 1 ${joins} order by b.rank desc, t.id`.execute(
    db,
  )
  return rows
}

async function shown(db: Db, rows: readonly Row[], units: readonly Unit[]): Promise<FoundTopic[]> {
  const shares = await stemSharing(
    db,
    statistics,
    units,
    rows.flatMap(row => [row.title, row.words]),
  )
  return rows.map(({ words, ...row }) => ({
    ...row,
    number: Number(row.number),
    title: marked(row.title, units, shares),
    excerpt: excerptOf(words, units, shares),
  }))
}
