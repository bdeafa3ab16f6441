/** Saying something: a topic, a post in it, other words for it, taking it away. Refuses what one may not, and says why. */
import { sql } from 'kysely'
import type { FollowMode, PostState, TopicKind, WaitReason } from '../../../contract/community.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { slugOf } from '../../knowledge/rules.ts'
import { folded } from '../../search/index.ts'
import { tends } from '../reading.ts'
import { type CommunityAs, editsPost, removesPost, waitsFor, whyNotBegin, whyNotWrite } from '../rules.ts'
import {
  indexPosts,
  indexTopic,
  insertPost,
  insertTopic,
  keepEdit,
  openCategory,
  openPost,
  openTopic,
  type Post,
  rewritePost,
  setPostState,
  type Topic,
} from '../tables.ts'
import { tell } from '../telling.ts'
import type { Ready } from '../text.ts'
import { follow } from './beside.ts'
import { noteMentions } from './mention.ts'
import { howItComes, settingsOf, takeTurn, trustIn } from './pace.ts'

export type Said = {
  topicId: string
  postId: string
  number: number
  slug: string
  post: number
  state: PostState
  waitsFor: WaitReason | null
}

type Who = Exclude<CommunityAs, { is: 'anybody' }>

export function refuseWhy(why: string | null): void {
  if (why === null) return
  if (why === 'absent') throw absent()
  throw new Refusal(
    why,
    why === 'sign-in-to-write' ? 401 : why === 'topic-removed' ? 410 : why === 'not-here' ? 403 : 409,
  )
}
function signedIn(as: CommunityAs): Who {
  if (as.is === 'anybody') throw new Refusal('sign-in-to-write', 401)
  return as
}

/** What was said by this pressing already. */
async function saidBefore(tx: Tx, as: Who, press: string | null): Promise<Said | null> {
  if (!press) return null
  const { rows } = await sql<Said & { authorId: string | null }>`
    select t.id as topic_id, po.id as post_id, t.number, t.slug, po.number as post, po.state, po.waits_for, po.author_id
    from post po join topic t on t.id = po.topic_id where po.press = ${press}::uuid`.execute(tx)
  const found = rows[0]
  if (!found) return null
  // A pressing is one person's.
  if (found.authorId !== as.personId) throw absent()
  const { authorId: _, ...said } = found
  return { ...said, number: Number(said.number) }
}

type Beginning = {
  press: string | null
  categoryId: string
  kind: TopicKind
  language: string
  post: Ready
  reviewDueAt?: Date | null
  follow?: FollowMode | null
}
const reviewAfter = 365 * 86_400_000

export async function beginTopic(tx: Tx, given: CommunityAs, it: Beginning, now: Date): Promise<Said> {
  const as = signedIn(given)
  await takeTurn(tx, as.personId)
  const before = await saidBefore(tx, as, it.press)
  if (before) return before
  refuseWhy(whyNotBegin(as, await openCategory(tx, as, it.categoryId)))
  const { post } = it
  if (!post.title) throw new Refusal('title-missing', 400, { fields: [{ path: 'title', says: 'is empty' }] })
  if (it.kind === 'practice' && post.steps.length === 0)
    throw new Refusal('steps-missing', 400, { fields: [{ path: 'steps', says: 'are empty' }] })
  const ready = it.kind === 'practice' ? post : { ...post, steps: [] }
  const comes = await howItComes(tx, as, { ready, begins: true }, now)
  const reviewDueAt = it.kind === 'practice' ? (it.reviewDueAt ?? new Date(now.getTime() + reviewAfter)) : null
  const slug = slugOf(post.title)
  const topic = await insertTopic(
    tx,
    {
      categoryId: it.categoryId,
      kind: it.kind,
      title: post.title,
      slug,
      language: it.language,
      state: comes.state,
      reviewDueAt,
    },
    now,
  )
  const made = await insertPost(
    tx,
    {
      ...{ topicId: topic.id, number: 1, authorId: as.personId, byUs: as.is === 'inside', ready, answersTo: null },
      ...{ ...comes, cameBy: as.is === 'inside' ? 'desk' : 'page', press: it.press },
    },
    now,
  )
  await indexPosts(tx, [made.id])
  const named = await noteMentions(tx, as, { topicId: topic.id, postId: made.id, words: ready.words, ...comes }, now)
  if (it.follow) await follow(tx, as, { topicId: topic.id }, it.follow, now)
  const fresh = comes.state === 'standing'
  const facts = { postId: made.id, kind: it.kind, categoryId: it.categoryId, state: comes.state, fresh, named }
  await tell(tx, { kind: 'topic.begun', subjectId: topic.id, as, facts }, now)
  return { topicId: topic.id, postId: made.id, number: topic.number, slug, post: 1, ...comes }
}

type Writing = {
  press: string | null
  topicId: string
  post: Ready
  answersTo?: number | null
  follow?: FollowMode | null
  cameBy?: 'mail'
}

export async function writePost(tx: Tx, given: CommunityAs, it: Writing, now: Date): Promise<Said> {
  const as = signedIn(given)
  await takeTurn(tx, as.personId)
  const before = await saidBefore(tx, as, it.press)
  if (before) return before
  const topic = await openTopic(tx, as, it.topicId)
  refuseWhy(whyNotWrite(as, topic.category, topic))
  const ready = { ...it.post, steps: [] }
  const comes = await howItComes(tx, as, { ready, begins: false }, now)
  const answersTo = await answeredPost(tx, topic.id, it.answersTo ?? null)
  const made = await insertPost(
    tx,
    {
      ...{ topicId: topic.id, number: null, authorId: as.personId, byUs: as.is === 'inside', ready, answersTo },
      ...{ ...comes, cameBy: it.cameBy ?? (as.is === 'inside' ? 'desk' : 'page'), press: it.press },
    },
    now,
  )
  await indexPosts(tx, [made.id])
  const named = await noteMentions(tx, as, { topicId: topic.id, postId: made.id, words: ready.words, ...comes }, now)
  if (it.follow) await follow(tx, as, { topicId: topic.id }, it.follow, now)
  const fresh = comes.state === 'standing'
  const facts = { postId: made.id, number: made.number, state: comes.state, fresh, named }
  await tell(tx, { kind: 'post.written', subjectId: topic.id, as, facts }, now)
  return { topicId: topic.id, postId: made.id, number: topic.number, slug: topic.slug, post: made.number, ...comes }
}

async function answeredPost(tx: Tx, topicId: string, number: number | null): Promise<number | null> {
  if (number === null) return null
  const { rows } =
    await sql`select from post where topic_id = ${topicId}::uuid and number = ${number}::int and state = 'standing'`.execute(
      tx,
    )
  return rows.length > 0 ? number : null
}

type Changing = { postId: string; post: Ready; seenRevision?: number | undefined }

/** What it said is kept. A link that comes in later is looked at like one that was there from the beginning. */
export async function changePost(tx: Tx, given: CommunityAs, it: Changing, now: Date): Promise<{ topicId: string }> {
  const as = signedIn(given)
  const { topic, post } = await openPost(tx, as, it.postId)
  if (!editsPost(as, { ...post, topic }))
    throw new Refusal(topic.locked ? 'topic-locked' : 'not-yours', topic.locked ? 409 : 403)
  if (it.seenRevision !== undefined && it.seenRevision !== post.revision) throw new Refusal('stale-post', 409)
  const first = post.number === 1
  const ready = first && topic.kind === 'practice' ? it.post : { ...it.post, steps: [] }
  if (first && topic.kind === 'practice' && ready.steps.length === 0)
    throw new Refusal('steps-missing', 400, { fields: [{ path: 'steps', says: 'are empty' }] })
  const title = first ? (ready.title ?? topic.title) : topic.title
  const newTitle = title !== topic.title
  const same =
    ready.source === post.source &&
    JSON.stringify(ready.steps.map(s => s.source)) === JSON.stringify(post.steps.map(s => s.source))
  if (same && !newTitle) return { topicId: topic.id }
  const comes = await howChangeComes(tx, as, post, ready, now)
  await keepEdit(tx, post, newTitle ? topic.title : null, now)
  await rewritePost(tx, post.id, ready, now)
  if (newTitle)
    await sql`update topic set title = ${title}, slug = ${slugOf(title)}, likeness = ${folded(title)} where id = ${topic.id}::uuid`.execute(
      tx,
    )
  if (comes) await setPostState(tx, topic, post, comes, now)
  if (first && comes) await indexTopic(tx, topic.id)
  else await indexPosts(tx, [post.id])
  const { state } = comes ?? post
  const named = await noteMentions(tx, as, { topicId: topic.id, postId: post.id, words: ready.words, state }, now)
  const facts = { postId: post.id, number: post.number, ...(comes ? { state } : {}), named }
  await tell(tx, { kind: 'post.changed', subjectId: topic.id, as, facts }, now)
  return { topicId: topic.id }
}

async function howChangeComes(tx: Tx, as: Who, post: Post, ready: Ready, now: Date) {
  if (as.is === 'inside' || post.state !== 'standing') return null
  const reason = waitsFor({
    trust: await trustIn(tx, as.personId, now),
    approve: (await settingsOf(tx)).approve,
    ...{ links: ready.links.length, misleads: ready.misleads },
    ...{ waiting: 0, newcomers: 0, saidByOthers: false },
  })
  return reason === 'links' ? { state: 'waiting' as const, waitsFor: reason } : null
}

/** A stone stays, where others said something after it; a topic in which nobody did is gone as a whole. */
export async function removePost(
  tx: Tx,
  given: CommunityAs,
  it: { postId: string; because?: string },
  now: Date,
): Promise<{ topicId: string }> {
  const as = signedIn(given)
  const { topic, post } = await openPost(tx, as, it.postId)
  if (!removesPost(as, { ...post, topic })) throw new Refusal('not-yours', 403)
  await takeAway(tx, as, topic, post, it.because ?? '', now)
  await forgetLook(tx, topic.id, post.number)
  return { topicId: topic.id }
}

/** Without a word of why, the one that was said before stays. */
export async function takeAway(
  tx: Tx,
  as: Who,
  topic: Topic,
  post: Post,
  because: string | undefined,
  now: Date,
): Promise<void> {
  const removedBy = post.mine ? ('author' as const) : ('moderator' as const)
  await setPostState(
    tx,
    topic,
    post,
    { state: 'removed', removedBy, ...(because === undefined ? {} : { because }) },
    now,
  )
  await sql`update post_flag set settled_at = ${now} where post_id = ${post.id}::uuid and settled_at is null`.execute(
    tx,
  )
  const { rows } =
    await sql`select from post where topic_id = ${topic.id}::uuid and number > 1 and state <> 'removed' limit 1`.execute(
      tx,
    )
  const alone = post.number === 1 && (rows.length === 0 || post.state !== 'standing')
  if (alone) await removeWhole(tx, topic.id, removedBy)
  await indexPosts(tx, [post.id])
  const kind = alone ? 'topic.removed' : 'post.removed'
  await tell(tx, { kind, subjectId: topic.id, as, facts: { postId: post.id, number: post.number, by: removedBy } }, now)
}

/** What we took away can stand again, and is followed as before. */
export async function removeWhole(tx: Tx, topicId: string, by: 'author' | 'moderator'): Promise<void> {
  await sql`update topic set state = 'removed', removed_by = ${by}, pinned_at = null, accepted_id = null, accepted_at = null where id = ${topicId}::uuid`.execute(
    tx,
  )
  await sql`delete from post_search where topic_id = ${topicId}::uuid`.execute(tx)
  if (by === 'author') await sql`delete from topic_follow where topic_id = ${topicId}::uuid`.execute(tx)
}

/** What was decided about it before can't be taken back any more. */
async function forgetLook(tx: Tx, topicId: string, number: number): Promise<void> {
  await sql`update post set settled_at = null, settled_was = null, settled_waited_for = null where topic_id = ${topicId}::uuid and number = ${number}::int`.execute(
    tx,
  )
}

/** Those who look after it take a whole topic away; its address says so. */
export async function removeTopic(
  tx: Tx,
  as: CommunityAs,
  it: { topicId: string; because: string },
  now: Date,
): Promise<void> {
  const topic = await openTopic(tx, as, it.topicId)
  if (!tends(as)) throw new Refusal('not-yours', 403)
  if (topic.state === 'removed') return
  await sql`update post set removed_because = ${it.because} where topic_id = ${topic.id}::uuid and number = 1`.execute(
    tx,
  )
  await removeWhole(tx, topic.id, 'moderator')
  await forgetLook(tx, topic.id, 1)
  await sql`update post_flag f set settled_at = ${now} from post p where p.id = f.post_id and p.topic_id = ${topic.id}::uuid and f.settled_at is null`.execute(
    tx,
  )
  await tell(tx, { kind: 'topic.removed', subjectId: topic.id, as, facts: { by: 'moderator' } }, now)
}
