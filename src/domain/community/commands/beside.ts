/** What people do beside writing: like, flag, accept an answer, try a practice, follow, and say how they are shown. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import {
  communityLimits,
  type DigestRhythm,
  type FlagReason,
  type FollowMode,
  type MentionWay,
} from '../../../contract/community.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import {
  acceptsAnswer,
  type CommunityAs,
  countsAsFlag,
  hiddenByFlags,
  judgesPost,
  nextDigest,
  whyNotWrite,
} from '../rules.ts'
import { indexPosts, indexTopic, openCategory, openPost, openTopic, setPostState } from '../tables.ts'
import { tell } from '../telling.ts'
import { cleaned, linksIn, oneLine } from '../text.ts'
import { refuseStopped, settingsOf, trustIn } from './pace.ts'

type Who = Exclude<CommunityAs, { is: 'anybody' }>
function signedIn(as: CommunityAs): Who {
  if (as.is === 'anybody') throw new Refusal('sign-in-to-write', 401)
  return as
}

export async function likePost(
  tx: Tx,
  given: CommunityAs,
  it: { postId: string; on: boolean },
  now: Date,
): Promise<{ likes: number }> {
  const as = signedIn(given)
  const { topic, post } = await openPost(tx, as, it.postId)
  if (!judgesPost(as, post)) throw new Refusal(post.mine ? 'own-post' : 'topic-removed', post.mine ? 409 : 410)
  const { rows } = it.on
    ? await sql`insert into post_like (post_id, person_id, at) values (${post.id}, ${as.personId}, ${now}) on conflict do nothing returning post_id`.execute(
        tx,
      )
    : await sql`delete from post_like where post_id = ${post.id}::uuid and person_id = ${as.personId}::uuid returning post_id`.execute(
        tx,
      )
  if (rows.length === 0) return { likes: post.likes }
  const likes = post.likes + (it.on ? 1 : -1)
  await sql`update post set likes = ${likes} where id = ${post.id}::uuid`.execute(tx)
  await tell(tx, { kind: 'post.liked', subjectId: topic.id, as, facts: { postId: post.id, on: it.on, likes } }, now)
  return { likes }
}

const flagsADay = 30

/** Enough people whom we know well hide it together; everybody else’s word waits for a teammate’s look. */
export async function flagPost(
  tx: Tx,
  given: CommunityAs,
  it: { postId: string; reason: FlagReason; words: string },
  now: Date,
): Promise<void> {
  const as = signedIn(given)
  const { topic, post } = await openPost(tx, as, it.postId)
  if (!judgesPost(as, post)) throw new Refusal(post.mine ? 'own-post' : 'topic-removed', post.mine ? 409 : 410)
  await refuseStopped(tx, as.personId, now)
  const { rows: lately } = await sql<{ count: number }>`
    select count(*)::int as count from post_flag where person_id = ${as.personId}::uuid and at > ${new Date(now.getTime() - 86_400_000)}`.execute(
    tx,
  )
  if (lately[0]!.count >= flagsADay && as.is !== 'inside')
    throw new Refusal('too-many-posts', 429, { facts: { minutes: 24 * 60 } })
  const counts = as.is === 'inside' || countsAsFlag(await trustIn(tx, as.personId, now))
  const { rows: made } = await sql`insert into post_flag (id, post_id, person_id, reason, words, counts, at)
    values (${randomUUIDv7()}, ${post.id}, ${as.personId}, ${it.reason}, ${cleaned(it.words).slice(0, communityLimits.remark)}, ${counts}, ${now})
    on conflict (post_id, person_id) do nothing returning id`.execute(tx)
  if (made.length === 0) return
  await tell(tx, { kind: 'post.flagged', subjectId: topic.id, as, facts: { postId: post.id, reason: it.reason } }, now)
  const { rows } = await sql<{ counting: number; looked: boolean }>`
    select count(*) filter (where counts and settled_at is null)::int as counting, coalesce(bool_or(settled_at is not null), false) as looked
    from post_flag where post_id = ${post.id}::uuid`.execute(tx)
  const { flagsToHide } = await settingsOf(tx)
  if (!hiddenByFlags({ ...rows[0]!, toHide: flagsToHide, state: post.state, byUs: post.byUs })) return
  await setPostState(tx, topic, post, { state: 'hidden' }, now)
  if (post.number === 1) await indexTopic(tx, topic.id)
  else await indexPosts(tx, [post.id])
  await tell(tx, { kind: 'post.hidden', subjectId: topic.id, as: null, facts: { postId: post.id } }, now)
}

export async function acceptAnswer(
  tx: Tx,
  given: CommunityAs,
  it: { topicId: string; postId: string | null },
  now: Date,
): Promise<void> {
  const as = signedIn(given)
  const topic = await openTopic(tx, as, it.topicId)
  if (it.postId === null) {
    if (!topic.asked && !(as.is === 'inside' && as.tends)) throw new Refusal('not-yours', 403)
  } else {
    const { post, topic: of } = await openPost(tx, as, it.postId)
    if (of.id !== topic.id) throw absent()
    if (!acceptsAnswer(as, { ...post, asked: topic.asked, kind: topic.kind })) throw new Refusal('not-an-answer', 409)
  }
  if (topic.acceptedId === it.postId) return
  await sql`update topic set accepted_id = ${it.postId}::uuid, accepted_at = ${it.postId ? now : null} where id = ${topic.id}::uuid`.execute(
    tx,
  )
  await tell(tx, { kind: 'topic.changed', subjectId: topic.id, as, facts: { accepted: it.postId } }, now)
}

/** One word from each; a later one takes the place of the earlier. */
export async function tryPractice(
  tx: Tx,
  given: CommunityAs,
  it: { topicId: string; worked: boolean; words: string },
  now: Date,
): Promise<void> {
  const as = signedIn(given)
  const topic = await openTopic(tx, as, it.topicId)
  if (topic.kind !== 'practice') throw absent()
  const why = whyNotWrite(as, topic.category, topic)
  if (why !== null) throw new Refusal(why, why === 'topic-removed' ? 410 : 409)
  if (topic.asked) throw new Refusal('own-post', 409)
  await refuseStopped(tx, as.personId, now)
  const words = cleaned(it.words)
  if (words.length > communityLimits.tried)
    throw new Refusal('post-too-long', 422, {
      facts: { longest: communityLimits.tried },
      fields: [{ path: 'words', says: 'is too long' }],
    })
  // What stands beside a practice is a word or two of somebody's; addresses have no place there before we know them.
  const known = as.is === 'inside' || (await trustIn(tx, as.personId, now)) !== 'new'
  if (!known && (/https?:\/\/|www\./i.test(words) || linksIn(words).length > 0)) throw new Refusal('no-links-yet', 422)
  const { rows } = await sql<{ was: boolean | null; gone: boolean }>`
    select worked as was, removed_at is not null as gone from practice_try where topic_id = ${topic.id}::uuid and person_id = ${as.personId}::uuid`.execute(
    tx,
  )
  const before = rows[0]
  // What we took away is not put back by its author.
  if (before?.gone) throw new Refusal('try-removed', 409)
  await sql`insert into practice_try (id, topic_id, person_id, by_us, worked, words, at)
    values (${randomUUIDv7()}, ${topic.id}, ${as.personId}, ${as.is === 'inside'}, ${it.worked}, ${words}, ${now})
    on conflict (topic_id, person_id) do update set worked = excluded.worked, words = excluded.words, at = excluded.at`.execute(
    tx,
  )
  await countTries(tx, topic.id)
  await tell(tx, { kind: 'practice.tried', subjectId: topic.id, as, facts: { worked: it.worked } }, now)
}

export async function takeBackTry(tx: Tx, given: CommunityAs, it: { topicId: string }, now: Date): Promise<void> {
  const as = signedIn(given)
  const topic = await openTopic(tx, as, it.topicId)
  const { rows } =
    await sql`delete from practice_try where topic_id = ${topic.id}::uuid and person_id = ${as.personId}::uuid and removed_at is null returning id`.execute(
      tx,
    )
  if (rows.length === 0) return
  await countTries(tx, topic.id)
  await tell(tx, { kind: 'practice.tried', subjectId: topic.id, as, facts: { worked: null } }, now)
}

/** The topic is open: counted while nobody else counts. */
export async function countTries(tx: Tx, topicId: string): Promise<void> {
  await sql`update topic t set (worked, not_worked) = (select count(*) filter (where worked), count(*) filter (where not worked)
    from practice_try where topic_id = t.id and removed_at is null) where id = ${topicId}::uuid`.execute(tx)
}

/** Whoever wrote it, or a teammate, looked at it again: it still holds. */
export async function checkPractice(
  tx: Tx,
  given: CommunityAs,
  it: { topicId: string; reviewDueAt: Date | null },
  now: Date,
): Promise<void> {
  const as = signedIn(given)
  const topic = await openTopic(tx, as, it.topicId)
  if (topic.kind !== 'practice') throw absent()
  if (!topic.asked && !(as.is === 'inside' && as.tends)) throw new Refusal('not-yours', 403)
  await sql`update topic set checked_at = ${now}, review_due_at = ${it.reviewDueAt} where id = ${topic.id}::uuid`.execute(
    tx,
  )
  await tell(tx, { kind: 'topic.changed', subjectId: topic.id, as, facts: { checked: true } }, now)
}

/** `digest` begins a gathering where there was none: somebody who follows wants to hear of it. */
export async function follow(
  tx: Tx,
  given: CommunityAs,
  what: { topicId: string } | { categoryId: string },
  mode: FollowMode | null,
  now: Date,
): Promise<void> {
  const as = signedIn(given)
  const [table, column, id] =
    'topicId' in what
      ? ['topic_follow', 'topic_id', (await openTopic(tx, as, what.topicId)).id]
      : ['category_follow', 'category_id', (await openCategory(tx, as, what.categoryId)).id]
  const [at, key] = [sql.table(table), sql.ref(column)]
  if (mode === null)
    await sql`delete from ${at} where ${key} = ${id}::uuid and person_id = ${as.personId}::uuid`.execute(tx)
  else
    await sql`insert into ${at} (${key}, person_id, mode, since) values (${id}, ${as.personId}, ${mode}, ${now})
      on conflict (${key}, person_id) do update set mode = excluded.mode`.execute(tx)
  if (mode === 'digest')
    await sql`insert into community_person (id, person_id, digest, digest_at) values (${randomUUIDv7()}, ${as.personId}, 'weekly', ${nextDigest('weekly', now)})
      on conflict (person_id) do update set digest = 'weekly', digest_at = excluded.digest_at where community_person.digest = 'never'`.execute(
      tx,
    )
  await tell(
    tx,
    {
      kind: 'community-person.followed',
      subjectId: id,
      as,
      facts: { mode, on: column === 'topic_id' ? 'topic' : 'category' },
    },
    now,
  )
}

type Shown = {
  shownName: string | null
  from: string | null
  digest: DigestRhythm
  /** how one hears that somebody mentioned one; left out: as it is */
  mentions?: MentionWay
}

export async function changeSelf(tx: Tx, given: CommunityAs, it: Shown, now: Date): Promise<void> {
  const as = signedIn(given)
  const name = (text: string | null) => (text === null ? null : oneLine(text).slice(0, communityLimits.name) || null)
  const [shownName, from] = [name(it.shownName), name(it.from)]
  // A name that is an address would be read by everybody.
  if (shownName?.includes('@'))
    throw new Refusal('name-is-address', 422, { fields: [{ path: 'shownName', says: 'is an address' }] })
  await refuseNameOfOurs(tx, as, shownName)
  // Mentions come with a gathering only where there is one.
  const digest = it.mentions === 'digest' && it.digest === 'never' ? 'weekly' : it.digest
  await sql`insert into community_person as cp (id, person_id, shown_name, come_from, digest, digest_at, mentions)
    values (${randomUUIDv7()}, ${as.personId}, ${shownName}, ${from}, ${digest}, ${nextDigest(digest, now)}, ${it.mentions ?? null})
    on conflict (person_id) do update set shown_name = excluded.shown_name, come_from = excluded.come_from, digest = excluded.digest,
      mentions = coalesce(excluded.mentions, cp.mentions),
      digest_at = case when cp.digest = excluded.digest then cp.digest_at else excluded.digest_at end`.execute(tx)
  await tell(
    tx,
    {
      kind: 'community-person.changed',
      subjectId: as.personId,
      as,
      facts: { digest, ...(it.mentions ? { mentions: it.mentions } : {}) },
    },
    now,
  )
}

/** Nobody is shown with the name of somebody who answers for us, nor with ours. */
async function refuseNameOfOurs(tx: Tx, as: Who, name: string | null): Promise<void> {
  if (name === null || as.is === 'inside') return
  const { rows } = await sql`select from member m join person p on p.id = m.person_id
    where m.disabled_at is null and lower(p.name) = lower(${name}) and p.id <> ${as.personId}::uuid
    union all select from installation where lower(name) = lower(${name}) limit 1`.execute(tx)
  if (rows.length > 0)
    throw new Refusal('name-of-ours', 409, { fields: [{ path: 'shownName', says: 'is the name of one of us' }] })
}
