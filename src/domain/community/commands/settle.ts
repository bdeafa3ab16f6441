/** What waited or was flagged gets its look: it stands, it goes, or all of theirs goes. Each look can be taken back, as long as nobody looked again. */
import { sql } from 'kysely'
import type { PostState, WaitReason } from '../../../contract/community.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { tending } from '../reading.ts'
import type { CommunityAs, Tending } from '../rules.ts'
import { indexPosts, indexTopic, openTopic, type Post, postColumns, setPostState, type Topic } from '../tables.ts'
import { tell } from '../telling.ts'
import { namedNow } from './mention.ts'
import { stopPerson } from './person.ts'
import { takeAway } from './say.ts'

type Any = {
  topic: Topic
  post: Post
  removedBy: string | null
  settled: { at: Date; was: PostState; waitedFor: WaitReason | null } | null
}
type Row = Omit<Post, 'mine'> & {
  removedBy: string | null
  settledAt: Date | null
  settledWas: PostState | null
  settledWaitedFor: WaitReason | null
}

/** Also what was taken away by us: it can stand again. */
async function openAny(tx: Tx, as: Tending, postId: string): Promise<Any> {
  const { rows: where } = await sql<{ topicId: string }>`select topic_id from post where id = ${postId}::uuid`.execute(
    tx,
  )
  if (!where[0]) throw absent()
  const topic = await openTopic(tx, as, where[0].topicId)
  const { rows } = await sql<Row>`
    select ${postColumns}, removed_by, settled_at, settled_was, settled_waited_for from post where id = ${postId}::uuid for update`.execute(
    tx,
  )
  const { removedBy, settledAt, settledWas, settledWaitedFor, ...post } = rows[0]!
  const settled = settledAt && settledWas ? { at: settledAt, was: settledWas, waitedFor: settledWaitedFor } : null
  return { topic, post: { ...post, mine: false }, removedBy, settled }
}

/** Answers with what `unsettlePost` takes it back by. */
export async function settlePost(
  tx: Tx,
  given: CommunityAs,
  it: { postId: string; as: 'stand' | 'remove' | 'spam'; because: string },
  now: Date,
): Promise<Date> {
  const as = tending(given)
  const { topic, post, removedBy } = await openAny(tx, as, it.postId)
  if (it.as === 'stand') {
    if (removedBy === 'author') throw new Refusal('topic-removed', 410)
    await stand(tx, as, topic, post, now)
    return now
  }
  if (post.state !== 'removed') await goes(tx, as, topic, post, it.because, now)
  if (it.as === 'spam' && post.authorId && !post.byUs) await stopSpammer(tx, as, post.authorId, it.because, now)
  return now
}

async function keepWas(tx: Tx, post: Post, now: Date): Promise<void> {
  await sql`update post set settled_at = ${now}, settled_was = ${post.state}, settled_waited_for = ${post.waitsFor} where id = ${post.id}::uuid`.execute(
    tx,
  )
}

async function goes(tx: Tx, as: Tending, topic: Topic, post: Post, because: string, now: Date): Promise<void> {
  await keepWas(tx, post, now)
  await takeAway(tx, as, topic, post, because, now)
}

/** Its flags are settled: it is hidden by no others. Who follows or is mentioned is told the first time it stands. */
async function stand(tx: Tx, as: Tending, topic: Topic, post: Post, now: Date): Promise<void> {
  await keepWas(tx, post, now)
  await sql`update post_flag set settled_at = ${now} where post_id = ${post.id}::uuid and settled_at is null`.execute(
    tx,
  )
  const whole = await standsAgain(tx, topic, post, 'standing')
  if (whole || post.state !== 'standing') {
    await setPostState(tx, topic, post, { state: 'standing' }, now)
    await indexed(tx, topic, post)
  }
  const named = await namedNow(tx, post.id, now)
  const facts = { postId: post.id, number: post.number, was: post.state, state: 'standing', fresh: !post.stood, named }
  await tell(tx, { kind: 'post.settled', subjectId: topic.id, as, facts }, now)
}

/** A topic that went with its first post comes back with it. */
async function standsAgain(tx: Tx, topic: Topic, post: Post, state: PostState): Promise<boolean> {
  if (post.number !== 1 || topic.state !== 'removed' || state === 'removed') return false
  await sql`update topic set state = ${state}, removed_by = null where id = ${topic.id}::uuid`.execute(tx)
  return true
}

const indexed = (tx: Tx, topic: Topic, post: Post) =>
  post.number === 1 ? indexTopic(tx, topic.id) : indexPosts(tx, [post.id])

/** All of theirs that waits goes, too; what stood was looked at by others and stays. */
async function stopSpammer(tx: Tx, as: Tending, personId: string, because: string, now: Date): Promise<void> {
  const { rows } = await sql<{
    id: string
  }>`select id from post where author_id = ${personId}::uuid and state in ('waiting', 'hidden') order by id limit 500`.execute(
    tx,
  )
  for (const { id } of rows) {
    const { topic, post } = await openAny(tx, as, id)
    if (post.state !== 'removed') await goes(tx, as, topic, post, because, now)
  }
  await stopPerson(tx, as, { personId, stopped: { until: null, because: because || 'spam' } }, now)
}

/** All that one look changed is as it was before, flags and whoever was asked to stop among it. Refused once somebody looked again. */
export async function unsettlePost(
  tx: Tx,
  given: CommunityAs,
  it: { postId: string; settledAt: string },
  now: Date,
): Promise<void> {
  const as = tending(given)
  const at = new Date(it.settledAt)
  const { settled } = await openAny(tx, as, it.postId)
  if (settled?.at.getTime() !== at.getTime()) throw new Refusal('settled-since', 409)
  const { rows } = await sql<{ id: string; authorId: string | null }>`
    select po.id, po.author_id from post po join post one on one.id = ${it.postId}::uuid
    where po.settled_at = ${at} and (po.id = one.id or po.author_id = one.author_id) order by po.id`.execute(tx)
  for (const { id } of rows) await asBefore(tx, as, await openAny(tx, as, id), now)
  const { authorId } = rows[0]!
  const { rows: stopped } =
    await sql`select from community_person where person_id = ${authorId}::uuid and stopped_at = ${at}`.execute(tx)
  if (authorId && stopped.length > 0) await stopPerson(tx, as, { personId: authorId, stopped: null }, now)
}

async function asBefore(tx: Tx, as: Tending, { topic, post, removedBy, settled }: Any, now: Date): Promise<void> {
  // What its author took back meanwhile is gone for good.
  if (!settled || removedBy === 'author') return
  const { was: state, waitedFor: waitsFor } = settled
  await sql`update post set settled_at = null, settled_was = null, settled_waited_for = null where id = ${post.id}::uuid`.execute(
    tx,
  )
  if (state === 'removed') await takeAway(tx, as, topic, post, undefined, now)
  else {
    await standsAgain(tx, topic, post, state)
    await setPostState(tx, topic, post, { state, waitsFor }, now)
    await indexed(tx, topic, post)
  }
  await sql`update post_flag set settled_at = null where post_id = ${post.id}::uuid and settled_at = ${settled.at}`.execute(
    tx,
  )
  // It was said when it was said: letting it stand had made it the newest.
  if (state === 'waiting')
    await sql`update topic t set last_at = coalesce((select max(at) from post where topic_id = t.id and state = 'standing'), t.begun_at)
      where id = ${topic.id}::uuid`.execute(tx)
  const facts = { postId: post.id, number: post.number, was: post.state, state, undone: true }
  await tell(tx, { kind: 'post.settled', subjectId: topic.id, as, facts }, now)
}
