/** One topic, by the number in its address: what was said in it, a page at a time, and what whoever reads may do there. */
import { type RawBuilder, sql } from 'kysely'
import type {
  FollowMode,
  PostsPage,
  PostView,
  PracticeView,
  Remover,
  TopicView,
  TryView,
} from '../../../contract/community.ts'
import { type Db, together } from '../../../platform/db/index.ts'
import { authorJson, listedPost, personOf, type RawAuthor, readableCategory, tends, visibleTopic } from '../reading.ts'
import { type CommunityAs, editsPost, whyNotWrite } from '../rules.ts'
import { authorOf, postView, type RawPost, type RawTopic, topicRow } from '../views.ts'
import { type Reader, tiesWhere } from './ties.ts'
import { topicColumns, topicJoins } from './topics.ts'

type Row = RawTopic & {
  acceptedId: string | null
  acceptedNumber: number | null
  firstAuthor: string | null
  notWorked: number
  checkedAt: Date | null
  reviewDueAt: Date | null
  archived: boolean
  begins: 'everybody' | 'us'
  organisationIds: string[]
  followers: number
  following: FollowMode | null
}
type Wanted = { after?: string | null; before?: string | null /** the number of a post */; at?: number | null }
export type TopicAt =
  | { is: 'topic'; topic: TopicView; page: PostsPage }
  | { is: 'moved'; number: number; slug: string; post: number | null }
  | { is: 'removed'; by: Remover }
  | null

export const topicAt = (db: Db, as: CommunityAs, language: string, number: number, it: Wanted = {}): Promise<TopicAt> =>
  readTopic(db, { as, language }, sql`t.number = ${number}`, it)
export const topicById = (db: Db, reader: Reader, id: string, it: Wanted = {}): Promise<TopicAt> =>
  readTopic(db, reader, sql`t.id = ${id}::uuid`, it)

/** All in one go, by what the topic is known by; what belongs to one they may not read is dropped with it. */
async function readTopic(db: Db, reader: Reader, which: RawBuilder<unknown>, it: Wanted): Promise<TopicAt> {
  const { as } = reader
  const me = personOf(as)
  const id = sql<string>`(select t.id from topic t where ${which})`
  const [row, posts, [first], ties] = await together(db, on =>
    Promise.all([
      headOf(on, reader, which),
      pageOf(on, as, id, it),
      postsWhere(on, as, sql`po.topic_id = ${id} and po.number = 1`),
      tiesWhere(on, reader, sql`k.topic_id = ${id}`),
    ]),
  )
  if (!row || !first) return elsewhere(db, as, which)
  const asked = row.firstAuthor !== null && row.firstAuthor === me
  const practice = row.kind === 'practice' ? await practiceOf(db, as, row) : null
  const topic = { kind: row.kind, state: row.state, locked: row.locked, asked, acceptedId: row.acceptedId }
  const view = (post: RawPost): PostView => postView(post, { as, topic, ties })
  const why = whyNotWrite(as, row, row)
  const shown = view(first)
  return {
    is: 'topic',
    topic: {
      ...topicRow(row, as),
      ...{ first: shown, practice, followers: row.followers, following: row.following },
      acceptedNumber: row.acceptedNumber,
      ties: ties.filter(tie => tie.postNumber === null || tie.postNumber === 1),
      may: {
        write: why === null,
        edit: editsPost(as, { ...topic, topic, mine: asked, byUs: false, state: shown.state, number: 1 }),
        try: why === null && row.kind === 'practice' && !asked,
        check: row.kind === 'practice' && (asked || tends(as)),
        tend: tends(as),
      },
    },
    page: { posts: posts.posts.map(view), before: posts.before, after: posts.after },
  }
}

async function headOf(on: Db, { as, language }: Reader, which: RawBuilder<unknown>): Promise<Row | undefined> {
  const { rows } = await sql<Row>`
    select ${topicColumns(language)}, t.accepted_id, (select number from post where id = t.accepted_id) as accepted_number, first.author_id as first_author, t.not_worked,
      t.checked_at, t.review_due_at, c.archived_at is not null as archived, c.begins,
      array(select organisation_id from community_category_organisation co where co.category_id = c.id) as organisation_ids,
      (select count(*)::int from topic_follow f where f.topic_id = t.id) as followers,
      (select f.mode from topic_follow f where f.topic_id = t.id and f.person_id = ${personOf(as)}::uuid) as following
    from topic t ${topicJoins} where ${which} and ${readableCategory(as)} and ${visibleTopic(as)}`.execute(on)
  return rows[0]
}

/** One that became another leads there; one that was taken away says so. Both only where it could be read. */
async function elsewhere(db: Db, as: CommunityAs, which: RawBuilder<unknown>): Promise<TopicAt> {
  const { rows } = await sql<{
    state: string
    removedBy: Remover | null
    number: number | null
    slug: string | null
    mergedNumber: number | null
  }>`
    select t.state, t.removed_by, o.number, o.slug, t.merged_number from topic t join community_category c on c.id = t.category_id
      left join lateral (select m.number, m.slug from topic m join community_category c on c.id = m.category_id where m.id = t.merged_into and m.state = 'standing' and ${readableCategory(as)}) o on true
    where ${which} and t.state in ('merged', 'removed') and ${readableCategory(as)}`.execute(db)
  const row = rows[0]
  if (!row) return null
  if (row.state === 'removed') return { is: 'removed', by: row.removedBy ?? 'moderator' }
  return row.number === null
    ? null
    : { is: 'moved', number: Number(row.number), slug: row.slug!, post: row.mergedNumber }
}

const postsAtOnce = 30
const number = /^\d{1,9}$/

async function pageOf(db: Db, as: CommunityAs, topicId: RawBuilder<string>, it: Wanted) {
  const [after, before] = [it.after, it.before].map(each => (each && number.test(each) ? Number(each) : null))
  const from = before ? null : Math.max(1, after ?? (it.at ? it.at - 1 : 1))
  const place = from === null ? sql`po.number < ${before!} and po.number > 1` : sql`po.number > ${from}`
  const rows = await postsWhere(
    db,
    as,
    sql`po.topic_id = ${topicId} and ${place} and ${listedPost(as)}`,
    sql`order by po.number ${from === null ? sql`desc` : sql`asc`} limit ${sql.lit(postsAtOnce + 1)}`,
  )
  const more = rows.length > postsAtOnce
  const posts = rows.slice(0, postsAtOnce)
  if (from === null) posts.reverse()
  const [first, last] = [posts[0], posts.at(-1)]
  return {
    posts,
    before: first && (from === null ? more : from > 1) ? String(first.number) : null,
    after: last && (from === null || more) ? String(last.number) : null,
  }
}

async function postsWhere(db: Db, as: CommunityAs, which: ReturnType<typeof sql>, order = sql``): Promise<RawPost[]> {
  const { rows } = await sql<RawPost>`
    select po.id, po.number, ${authorJson()} as author, po.source, po.html, po.steps, po.answers_to, po.state, po.waits_for, po.removed_by, po.likes, po.by_us, po.at, po.edited_at,
      exists (select from post_like l where l.post_id = po.id and l.person_id = ${personOf(as)}::uuid) as liked
    from post po where ${which} ${order}`.execute(db)
  return rows
}

type TryRow = { id: string; author: RawAuthor; worked: boolean; words: string; at: Date }
const tryView = (row: TryRow, as: CommunityAs): TryView => ({
  ...{ id: row.id, worked: row.worked, words: row.words },
  author: authorOf(row.author, as),
  at: row.at.toISOString(),
})
const tryColumns = sql`y.id, ${authorJson('y', 'person_id')} as author, y.worked, y.words, y.at`
const shownTries = 3

async function practiceOf(db: Db, as: CommunityAs, row: Row): Promise<PracticeView> {
  const [tries, mine] = await Promise.all([
    sql<TryRow>`select ${tryColumns} from practice_try y where y.topic_id = ${row.id}::uuid and y.removed_at is null and y.worked and y.words <> '' order by y.at desc, y.id desc limit ${sql.lit(shownTries)}`.execute(
      db,
    ),
    sql<TryRow>`select ${tryColumns} from practice_try y where y.topic_id = ${row.id}::uuid and y.person_id = ${personOf(as)}::uuid and y.removed_at is null`.execute(
      db,
    ),
  ])
  return {
    ...{ worked: row.worked, notWorked: row.notWorked },
    tries: tries.rows.map(each => tryView(each, as)),
    mine: mine.rows[0] ? tryView(mine.rows[0], as) : null,
    checkedAt: row.checkedAt?.toISOString() ?? null,
    reviewDueAt: row.reviewDueAt?.toISOString() ?? null,
  }
}

const triesAtOnce = 50
const place = /^(\d{1,16})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** Newest first. Empty for what one may not read. */
export async function triesFor(
  db: Db,
  as: CommunityAs,
  topicId: string,
  it: { after?: string | null } = {},
): Promise<{ tries: TryView[]; next: string | null }> {
  const at = place.exec(it.after ?? '')
  const after = at ? sql`(y.at, y.id) < (${new Date(Number(at[1]))}, ${at[2]}::uuid)` : sql`true`
  const { rows } = await sql<TryRow>`
    select ${tryColumns} from practice_try y join topic t on t.id = y.topic_id ${topicJoins}
    where y.topic_id = ${topicId}::uuid and y.removed_at is null and ${readableCategory(as)} and ${visibleTopic(as)} and ${after} order by y.at desc, y.id desc limit ${sql.lit(triesAtOnce + 1)}`.execute(
    db,
  )
  const page = rows.slice(0, triesAtOnce)
  const last = page.at(-1)
  return {
    tries: page.map(row => tryView(row, as)),
    next: rows.length > triesAtOnce && last ? `${last.at.getTime()}.${last.id}` : null,
  }
}
