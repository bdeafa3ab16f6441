/** All SQL that changes topics and posts, and the only doors to them for writing. What one may not read is not there. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { PostState, Remover, TopicKind, WaitReason } from '../../contract/community.ts'
import type { Audience } from '../../contract/knowledge.ts'
import type { Tx } from '../../platform/db/index.ts'
import { absent } from '../../platform/http/index.ts'
import { configurationOf, folded, timeLexemes, vectorOf } from '../search/index.ts'
import { personOf, tends } from './reading.ts'
import { type CommunityAs, readsCategory, readsPost } from './rules.ts'
import type { Ready, Step } from './text.ts'

export type Category = {
  id: string
  audience: Audience
  organisationIds: string[]
  begins: 'everybody' | 'us'
  archived: boolean
}
const guard = sql`c.audience, c.begins, c.archived_at is not null as archived,
  array(select organisation_id from community_category_organisation co where co.category_id = c.id) as organisation_ids`
const isOff = sql`exists (select from community_setting where off)`

export async function openCategory(tx: Tx, as: CommunityAs, id: string): Promise<Category> {
  const { rows } = await sql<Category & { off: boolean }>`
    select c.id, ${guard}, ${isOff} as off from community_category c where c.id = ${id}::uuid for share of c`.execute(
    tx,
  )
  const found = rows[0]
  if (!found || !readsCategory(as, found) || (found.off && as.is !== 'inside')) throw absent()
  return found
}

export type Topic = {
  id: string
  number: number
  slug: string
  kind: TopicKind
  title: string
  language: string
  state: PostState | 'merged'
  removedBy: Remover | null
  locked: boolean
  acceptedId: string | null
  reviewDueAt: Date | null
  categoryId: string
  category: Category
  /** who began it */
  askerId: string | null
  asked: boolean
}

type TopicRow = Omit<Topic, 'category' | 'asked'> & Omit<Category, 'id'> & { mergedInto: string | null; off: boolean }

/** The door: locked until the end of the transaction; a merged one is the one it became. */
export async function openTopic(tx: Tx, as: CommunityAs, id: string): Promise<Topic> {
  const { rows } = await sql<TopicRow>`
    select t.id, t.number, t.slug, t.kind, t.title, t.language, t.state, t.removed_by, t.locked_at is not null as locked, t.accepted_id, t.review_due_at,
      t.category_id, t.merged_into, first.author_id as asker_id, ${guard}, ${isOff} as off
    from topic t join community_category c on c.id = t.category_id left join post first on first.topic_id = t.id and first.number = 1
    where t.id = ${id}::uuid for update of t`.execute(tx)
  const row = rows[0]
  if (!row || !readsCategory(as, row) || (row.off && as.is !== 'inside')) throw absent()
  if (row.mergedInto) return openTopic(tx, as, row.mergedInto)
  const { audience, organisationIds, begins, archived, mergedInto: _, off: __, ...topic } = row
  const asked = topic.askerId !== null && topic.askerId === personOf(as)
  if ((row.state === 'waiting' || row.state === 'hidden') && !asked && !tends(as)) throw absent()
  const category = { id: row.categoryId, audience, organisationIds, begins, archived }
  return { ...topic, number: Number(topic.number), category, asked }
}

export type Post = {
  id: string
  number: number
  authorId: string | null
  byUs: boolean
  state: PostState
  waitsFor: WaitReason | null
  source: string
  html: string
  words: string
  steps: Step[]
  revision: number
  likes: number
  /** others could read it once */
  stood: boolean
  mine: boolean
}

export const postColumns = sql`id, number, author_id, by_us, state, waits_for, source, html, words, steps, revision, likes, stood`

/** With its topic, which is locked first: so no two wait for each other. */
export async function openPost(tx: Tx, as: CommunityAs, id: string): Promise<{ topic: Topic; post: Post }> {
  const { rows: where } = await sql<{ topicId: string }>`select topic_id from post where id = ${id}::uuid`.execute(tx)
  if (!where[0]) throw absent()
  const topic = await openTopic(tx, as, where[0].topicId)
  const { rows } = await sql<Omit<Post, 'mine'>>`
    select ${postColumns} from post where id = ${id}::uuid and topic_id = ${topic.id}::uuid for update`.execute(tx)
  const row = rows[0]
  const mine = row !== undefined && row.authorId !== null && row.authorId === personOf(as)
  if (!row || !readsPost(as, { state: row.state, mine })) throw absent()
  return { topic, post: { ...row, mine } }
}

export type FreshTopic = {
  categoryId: string
  kind: TopicKind
  title: string
  slug: string
  language: string
  state: PostState
  reviewDueAt: Date | null
}
export async function insertTopic(tx: Tx, it: FreshTopic, now: Date): Promise<{ id: string; number: number }> {
  const { rows } = await sql<{ id: string; number: number }>`
    insert into topic (id, category_id, kind, title, slug, likeness, language, state, last_number, review_due_at, checked_at, begun_at, last_at)
    values (${randomUUIDv7()}, ${it.categoryId}, ${it.kind}, ${it.title}, ${it.slug}, ${folded(it.title)}, ${it.language}, ${it.state}, 1, ${it.reviewDueAt},
      ${it.kind === 'practice' ? now : null}, ${now}, ${now}) returning id, number`.execute(tx)
  return { id: rows[0]!.id, number: Number(rows[0]!.number) }
}

export type FreshPost = {
  topicId: string
  /** null: the next one there */
  number: 1 | null
  authorId: string
  byUs: boolean
  ready: Ready
  answersTo: number | null
  state: PostState
  waitsFor: WaitReason | null
  cameBy: 'page' | 'desk' | 'mail'
  press: string | null
}
/** The topic is open: its row is locked. */
export async function insertPost(tx: Tx, it: FreshPost, now: Date): Promise<{ id: string; number: number }> {
  const id = randomUUIDv7()
  const { ready } = it
  let number = 1
  if (it.number === null) {
    const counted = it.state === 'standing' ? 1 : 0
    const { rows } = await sql<{ number: number }>`
      update topic set last_number = last_number + 1, answers = answers + ${counted}::int,
        last_at = case when ${counted}::int = 1 then ${now} else last_at end where id = ${it.topicId}::uuid returning last_number as number`.execute(
      tx,
    )
    number = rows[0]!.number
  }
  await sql`insert into post (id, topic_id, number, author_id, by_us, source, html, words, steps, answers_to, state, stood, waits_for, alike, came_by, press, at)
    values (${id}, ${it.topicId}, ${number}, ${it.authorId}, ${it.byUs}, ${ready.source}, ${ready.html}, ${ready.words}, ${JSON.stringify(ready.steps)}::jsonb,
      ${it.answersTo}, ${it.state}, ${it.state === 'standing'}, ${it.waitsFor}, ${ready.alike}, ${it.cameBy}, ${it.press}, ${now})`.execute(
    tx,
  )
  return { id, number }
}

export async function rewritePost(tx: Tx, id: string, ready: Ready, now: Date): Promise<void> {
  await sql`update post set source = ${ready.source}, html = ${ready.html}, words = ${ready.words}, steps = ${JSON.stringify(ready.steps)}::jsonb, alike = ${ready.alike},
    revision = revision + 1, edited_at = ${now} where id = ${id}::uuid`.execute(tx)
}

export async function keepEdit(tx: Tx, post: Post, title: string | null, now: Date): Promise<void> {
  await sql`insert into post_edit (id, post_id, title, html, steps, at)
    values (${randomUUIDv7()}, ${post.id}, ${title}, ${post.html}, ${JSON.stringify(post.steps)}::jsonb, ${now})`.execute(
    tx,
  )
}

type Turned = {
  state: PostState
  waitsFor?: WaitReason | null
  removedBy?: Remover | null
  because?: string
}
/** With what follows for its topic: how many answers stand, whether it stands itself, which answer it was. */
export async function setPostState(tx: Tx, topic: Topic, post: Post, it: Turned, now: Date): Promise<void> {
  await sql`update post set state = ${it.state}, stood = stood or ${it.state === 'standing'}::boolean, waits_for = ${it.waitsFor ?? null},
      removed_by = ${it.removedBy ?? null}, removed_because = coalesce(${it.because ?? null}, removed_because)
    where id = ${post.id}::uuid`.execute(tx)
  if (it.state === 'removed' && it.removedBy === 'author') {
    // What somebody took back is kept by nobody. What we took away can stand again, if we were wrong.
    await sql`update post set source = '', html = '', words = '', steps = '[]', alike = '\\x' where id = ${post.id}::uuid`.execute(
      tx,
    )
    await sql`delete from post_edit where post_id = ${post.id}::uuid`.execute(tx)
    await sql`delete from post_mention where post_id = ${post.id}::uuid`.execute(tx)
  }
  const counted = (state: PostState) => Number(post.number > 1 && state === 'standing')
  const answers = counted(it.state) - counted(post.state)
  const stands = it.state === 'standing'
  const whole = post.number === 1 && it.state !== 'removed'
  await sql`update topic set answers = answers + ${answers}::int,
      state = case when ${whole}::boolean then ${it.state} else state end,
      last_at = case when ${stands && post.state === 'waiting'}::boolean then ${now} else last_at end,
      accepted_id = case when accepted_id = ${post.id}::uuid and not ${stands}::boolean then null else accepted_id end,
      accepted_at = case when accepted_id = ${post.id}::uuid and not ${stands}::boolean then null else accepted_at end
    where id = ${topic.id}::uuid`.execute(tx)
}

type Found = {
  id: string
  topicId: string
  number: number
  title: string
  language: string
  words: string
  steps: string[]
  at: Date
}

/** The words of what stands in topics that stand, written in the transaction that changes them. Said again it comes to the same. */
export async function indexPosts(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`delete from post_search where post_id = any(${[...ids]}::uuid[])`.execute(tx)
  const { rows } = await sql<Found>`
    select po.id, po.topic_id, po.number, t.title, t.language, po.words, array(select s->>'words' from jsonb_array_elements(po.steps) s) as steps, po.at
    from post po join topic t on t.id = po.topic_id where po.id = any(${[...ids]}::uuid[]) and po.state = 'standing' and t.state = 'standing'`.execute(
    tx,
  )
  for (const row of rows) {
    const title = row.number === 1 ? [{ weight: 'A' as const, text: row.title }] : []
    const { words, toStem } = vectorOf(
      [...title, { weight: 'D', text: [row.words, ...row.steps].join('\n') }],
      timeLexemes(row.at),
    )
    const configuration = configurationOf(row.language)
    await sql`insert into post_search (post_id, topic_id, words, at) values (${row.id}, ${row.topicId},
      ${configuration === null ? sql`${words}::tsvector` : sql`${words}::tsvector || strip(to_tsvector(${configuration}::regconfig, ${toStem}))`}, ${row.at})`.execute(
      tx,
    )
  }
}

/** All of a topic, after it began or ceased to stand. */
export async function indexTopic(tx: Tx, topicId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from post where topic_id = ${topicId}::uuid`.execute(tx)
  for (let from = 0; from < rows.length; from += 500)
    await indexPosts(
      tx,
      rows.slice(from, from + 500).map(row => row.id),
    )
}
