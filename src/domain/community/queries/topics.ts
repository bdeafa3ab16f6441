/** Categories and lists of topics, for whoever reads: newest word first, by place in the list, without a query per row. */
import { type RawBuilder, sql } from 'kysely'
import type { CategoryRef, TopicKind, TopicRow } from '../../../contract/community.ts'
import type { topicFilters } from '../../../contract/community-desk.ts'
import type { Db } from '../../../platform/db/index.ts'
import { authorJson, categoryName, personOf, readableCategory, readableIds, tends } from '../reading.ts'
import type { CommunityAs } from '../rules.ts'
import { type RawTopic, topicRow } from '../views.ts'

export type ShownCategory = CategoryRef & { about: string; topics: number; begins: boolean; archived: boolean }
type CategoryRow = Omit<ShownCategory, 'begins'> & { begins: string }

/** So many are counted whenever somebody looks; how many more there are is known by the minute. */
const countedAtOnce = 300
const counts = new WeakMap<Db, { until: number; topics: Promise<Map<string, number>> }>()

async function allCounted(db: Db): Promise<Map<string, number>> {
  let held = counts.get(db)
  if (!held || held.until < performance.now()) {
    const topics = sql<{
      id: string
      count: number
    }>`select category_id as id, count(*)::int as count from topic where state = 'standing' group by category_id`
      .execute(db)
      .then(({ rows }) => new Map(rows.map(row => [row.id, row.count])))
    held = { until: performance.now() + 60_000, topics }
    counts.set(db, held)
    topics.catch(() => counts.delete(db))
  }
  return held.topics
}

async function counted(db: Db, rows: CategoryRow[]): Promise<CategoryRow[]> {
  if (!rows.some(row => row.topics > countedAtOnce)) return rows
  const all = await allCounted(db)
  return rows.map(row =>
    row.topics > countedAtOnce ? { ...row, topics: Math.max(row.topics, all.get(row.id) ?? 0) } : row,
  )
}

const shown = (as: CommunityAs, language: string) => sql`
  select c.id, s.slug, ${categoryName(language)} as name, c.audience, c.begins, c.archived_at is not null as archived,
    coalesce((select n.about from community_category_name n where n.category_id = c.id order by n.language = ${language} desc, n.language = (select language from installation) desc, n.language limit 1), '') as about,
    (select count(*)::int from (select from topic t where t.category_id = c.id and t.state = 'standing' limit ${sql.lit(countedAtOnce + 1)}) x) as topics
  from community_category c join community_category_slug s on s.category_id = c.id and s.current where ${readableCategory(as)}`
const asShown =
  (as: CommunityAs) =>
  ({ begins, ...row }: CategoryRow): ShownCategory => ({
    ...row,
    begins: as.is !== 'anybody' && !row.archived && (begins === 'everybody' || as.is === 'inside'),
  })

/** Archived ones last, and only while something stands in them. */
export async function categoriesFor(db: Db, as: CommunityAs, language: string): Promise<ShownCategory[]> {
  const { rows } =
    await sql<CategoryRow>`${shown(as, language)} order by c.archived_at is not null, c.position, c.made_at, c.id`.execute(
      db,
    )
  return (await counted(db, rows)).filter(row => !row.archived || row.topics > 0).map(asShown(as))
}

/** By any address it ever had; the current one stands in it. */
export async function categoryAt(
  db: Db,
  as: CommunityAs,
  language: string,
  slug: string,
): Promise<ShownCategory | null> {
  const { rows } =
    await sql<CategoryRow>`${shown(as, language)} and c.id = (select category_id from community_category_slug where slug = ${slug})`.execute(
      db,
    )
  const [row] = await counted(db, rows)
  return row ? asShown(as)(row) : null
}

export type TopicsWanted = {
  categoryId?: string | undefined
  kind?: TopicKind | undefined
  show?: (typeof topicFilters)[number] | undefined
  after?: string | undefined
  limit?: number
}

const place = /^(\d{1,16})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/
const cursorOf = (row: { lastAt: Date; id: string }) => `${row.lastAt.getTime()}.${row.id}`

/** `t` and its category, the first post, what is shown of both. */
export const topicColumns = (language: string) => sql`
  t.id, t.number, t.slug, t.kind, t.title, t.language, t.state, t.category_id, cs.slug as category_slug, ${categoryName(language)} as category_name, c.audience,
  ${authorJson('first')} as author, t.begun_at, t.last_at, t.answers, first.likes, t.accepted_id is not null as accepted, t.worked, t.pinned_at is not null as pinned, t.locked_at is not null as locked`
export const topicJoins = sql`join community_category c on c.id = t.category_id join community_category_slug cs on cs.category_id = c.id and cs.current
  join post first on first.topic_id = t.id and first.number = 1`

export async function topicsFor(
  db: Db,
  as: CommunityAs,
  language: string,
  it: TopicsWanted = {},
): Promise<{ topics: TopicRow[]; next: string | null }> {
  const limit = it.limit ?? 30
  const readable = await readableIds(db, as)
  const ids = it.categoryId ? readable.filter(id => id === it.categoryId) : readable
  if (ids.length === 0) return { topics: [], next: null }
  const at = place.exec(it.after ?? '')
  const [which, aside] = chosen(as, it)
  if (which === null) return { topics: [], next: null }
  const pinned = it.categoryId && !aside ? sql`t.pinned_at is null` : sql`true`
  const after = at ? sql`(t.last_at, t.id) < (${new Date(Number(at[1]))}, ${at[2]}::uuid)` : sql`true`
  const { rows } = await sql<RawTopic>`
    with page as materialized (select t.* from topic t where ${aside ? sql`true` : sql`t.state = 'standing'`} and t.category_id = any(${ids}::uuid[])
      and ${which} and ${pinned} and ${after} order by t.last_at desc, t.id desc limit ${sql.lit(limit + 1)})
    select ${topicColumns(language)} from page t ${topicJoins} order by t.last_at desc, t.id desc`.execute(db)
  const next = rows.length > limit ? cursorOf(rows[limit - 1]!) : null
  const page = rows.slice(0, limit)
  const first =
    it.categoryId && !at && !aside && !it.show && !it.kind ? await pinnedIn(db, language, it.categoryId) : []
  return { topics: [...first, ...page].map(row => topicRow(row, as)), next }
}

async function pinnedIn(db: Db, language: string, categoryId: string): Promise<RawTopic[]> {
  const { rows } = await sql<RawTopic>`select ${topicColumns(language)} from topic t ${topicJoins}
    where t.category_id = ${categoryId}::uuid and t.pinned_at is not null and t.state = 'standing' order by t.pinned_at desc limit 10`.execute(
    db,
  )
  return rows
}

/** What is asked for; and whether it is what does not stand (yet). Null: not for them. */
function chosen(as: CommunityAs, { kind, show }: TopicsWanted): [RawBuilder<unknown> | null, boolean] {
  const of = kind ? sql`t.kind = ${kind}` : sql`true`
  const mine = personOf(as)
  switch (show) {
    case 'unanswered':
      return [sql`t.kind = 'question' and t.answers = 0 and ${of}`, false]
    case 'practices':
      return [sql`t.kind = 'practice' and ${of}`, false]
    case 'review-due':
      return [sql`t.review_due_at is not null and t.review_due_at < now() and ${of}`, false]
    case 'waiting':
      return tends(as) ? [sql`t.state in ('waiting', 'hidden') and ${of}`, true] : [null, true]
    case 'mine':
      return mine
        ? [
            sql`t.state in ('standing', 'waiting', 'hidden') and t.id in (select po.topic_id from post po where po.author_id = ${mine}::uuid and po.number = 1 and po.state <> 'removed') and ${of}`,
            true,
          ]
        : [null, true]
    default:
      return [of, false]
  }
}

const listedTogether = 5000

/** How many parts search engines' list of what anybody may read has: so many numbers to each. */
export async function communitySitemapParts(db: Db): Promise<number> {
  const { rows } = await sql<{ last: number | null }>`select max(number) as last from topic`.execute(db)
  return rows[0]?.last ? Math.floor(rows[0].last / listedTogether) + 1 : 0
}

export async function communitySitemap(
  db: Db,
  part: number,
): Promise<{ number: number; slug: string; lastAt: Date }[]> {
  const { rows } = await sql<{ number: number; slug: string; lastAt: Date }>`
    select t.number, t.slug, t.last_at from topic t join community_category c on c.id = t.category_id
    where t.number >= ${part * listedTogether} and t.number < ${(part + 1) * listedTogether} and t.state = 'standing' and ${readableCategory({ is: 'anybody' })} order by t.number`.execute(
    db,
  )
  return rows
}

/** In the order they are asked for. */
export async function topicsOfIds(
  db: Db,
  as: CommunityAs,
  language: string,
  ids: readonly string[],
): Promise<TopicRow[]> {
  const { rows } = await sql<RawTopic>`select ${topicColumns(language)} from topic t ${topicJoins}
    where t.id = any(${[...ids]}::uuid[]) and t.state = 'standing' and ${readableCategory(as)} order by array_position(${[...ids]}::uuid[], t.id)`.execute(
    db,
  )
  return rows.map(row => topicRow(row, as))
}
