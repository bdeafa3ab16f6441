/**
 * Searching topics and practices: all words in one post, else titles that are nearly so. What stands in very many posts
 * is looked for in what was said last, further back while that is too little. What one may not read is not looked at (I9).
 */
import { sql } from 'kysely'
import type { CategoryRef, TopicKind } from '../../../contract/community.ts'
import type { Db } from '../../../platform/db/index.ts'
import {
  alikeIn,
  excerptOf,
  fearedShareOf,
  type How,
  inStages,
  marked,
  queryOfAll,
  queryOfTimes,
  type Slipped,
  type Statistics,
  statisticsOfPosts,
  stemSharing,
  stretches,
  type Unit,
} from '../../search/index.ts'
import { categoryName, readableCategory } from '../reading.ts'
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

const fewestLetters = 4
const longestText = 4000
/** So many of the newest posts that have the words are ranked. */
const mostRanked = 100
/** More of a stretch are not read, should it hold far more than its statistics say. */
const mostRead = 4000

export async function findTopics(
  db: Db,
  as: CommunityAs,
  { q, language, limit = 20, typing = false, kind }: Seek,
): Promise<FoundTopic[]> {
  const statistics = await statisticsOfPosts(db)
  const wanted = { as, language, limit, kind, statistics }
  const { rows, units } = await inStages(
    db,
    statistics,
    // A few letters begin too many words to look them all up.
    { q, grows: last => typing && [...last].length >= fewestLetters },
    {
      matching: (some, how) => matching(db, wanted, some, how),
      nearly: slipped => nearly(db, wanted, slipped),
    },
  )
  return shown(db, rows, units, statistics)
}

type Wanted = {
  as: CommunityAs
  language: string
  limit: number
  kind: TopicKind | undefined
  statistics: Statistics
}
const visible = ({ as, kind }: Wanted) =>
  sql`t.state = 'standing' and t.category_id = any(array(select c.id from community_category c where ${readableCategory(as)})) and ${kind ? sql`t.kind = ${kind}` : sql`true`}`
const columns = (
  language: string,
) => sql`t.id, t.number, t.slug, t.kind, t.title, t.answers, t.accepted_id is not null as accepted, t.worked, left(po.words, ${longestText}::int) as words,
  jsonb_build_object('id', c.id, 'slug', cs.slug, 'name', ${categoryName(language)}, 'audience', c.audience) as category`
const joins = sql`join community_category c on c.id = t.category_id join community_category_slug cs on cs.category_id = c.id and cs.current`

async function matching(db: Db, it: Wanted, units: readonly Unit[], how: How): Promise<Row[]> {
  const { statistics } = it
  const words = queryOfAll(units, how, statistics)
  const share = (some: readonly Unit[]) => some.reduce((all, unit) => all * fearedShareOf(unit, statistics), 1)
  const most = how === ' & ' ? share(units) : 1 - units.reduce((all, unit) => all * (1 - share([unit])), 1)
  const parts = stretches(statistics, most, mostRanked, null)
  for (const [n, part] of parts.entries()) {
    const times = queryOfTimes(part, new Date())
    const rows = await among(db, it, words, times === null ? words : `(${words}) & ${times}`)
    if (rows.length >= it.limit || n === parts.length - 1) return rows
  }
  throw new Error('there is always a last stretch')
}

/** The post of each topic that says most of it; what was accepted and what worked goes a little before. Each topic is looked up by its id: there are few. */
async function among(db: Db, it: Wanted, words: string, match: string): Promise<Row[]> {
  const { rows } = await sql<Row>`
    with hits as materialized (select s.post_id, s.topic_id, s.at, s.words from post_search s where s.words @@ ${match}::tsquery limit ${sql.lit(mostRead)}),
    newest as materialized (select h.*, t.proven from hits h cross join lateral
        (select (t.accepted_id is not null)::int * 0.1 + ln(1 + t.worked) / 10 as proven from topic t where t.id = h.topic_id and ${visible(it)} offset 0) t
      order by h.at desc, h.post_id desc limit ${sql.lit(mostRanked)}),
    best as (select distinct on (topic_id) topic_id, post_id, ts_rank('{0.1, 0.2, 0.5, 1}', words, ${words}::tsquery, 1) * (1 + proven) as rank from newest order by topic_id, rank desc),
    top as (select * from best order by rank desc, topic_id limit ${sql.lit(it.limit)})
    select ${columns(it.language)} from top b join topic t on t.id = b.topic_id join post po on po.id = b.post_id ${joins} order by b.rank desc, t.id`.execute(
    db,
  )
  return rows
}

/** Each word looks like one in the title. */
async function nearly(db: Db, it: Wanted, slipped: Slipped): Promise<Row[]> {
  const { are, rank } = alikeIn(slipped, sql`t.likeness`)
  const { rows } = await sql<Row>`
    with near as materialized (select t.id from topic t where ${are} and ${visible(it)} limit 500),
    top as (select t.id, ${rank} as rank from near join topic t on t.id = near.id order by 2 desc, t.id limit ${sql.lit(it.limit)})
    select ${columns(it.language)} from top b join topic t on t.id = b.id join post po on po.topic_id = t.id and po.number = 1 ${joins} order by b.rank desc, t.id`.execute(
    db,
  )
  return rows
}

async function shown(
  db: Db,
  rows: readonly Row[],
  units: readonly Unit[],
  statistics: Statistics,
): Promise<FoundTopic[]> {
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
