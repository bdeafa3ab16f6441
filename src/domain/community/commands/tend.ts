/** Looking after the community: topics that belong elsewhere or are one, tries that mislead, and how it is settled. */
import { sql } from 'kysely'
import type { CommunitySettings } from '../../../contract/community-tending.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { tending } from '../reading.ts'
import type { CommunityAs } from '../rules.ts'
import { indexTopic, openCategory, openTopic } from '../tables.ts'
import { tell } from '../telling.ts'
import { countTries } from './beside.ts'

type Settling = {
  topicId: string
  categoryId?: string | undefined
  kind?: 'question' | 'discussion' | undefined
  pinned?: boolean | undefined
  locked?: boolean | undefined
  reviewDueAt?: string | null | undefined
  checked?: true | undefined
}

export async function settleTopic(tx: Tx, given: CommunityAs, it: Settling, now: Date): Promise<string> {
  const as = tending(given)
  const topic = await openTopic(tx, as, it.topicId)
  if (topic.state === 'removed') throw new Refusal('topic-removed', 410)
  if (it.categoryId && it.categoryId !== topic.categoryId) {
    await openCategory(tx, as, it.categoryId)
    await sql`update topic set category_id = ${it.categoryId}::uuid, pinned_at = null where id = ${topic.id}::uuid`.execute(
      tx,
    )
    // Who follows and can't read it there any more follows it no more: see mail, which asks again.
  }
  if (it.kind && topic.kind !== 'practice')
    await sql`update topic set kind = ${it.kind} where id = ${topic.id}::uuid`.execute(tx)
  if (it.pinned !== undefined)
    await sql`update topic set pinned_at = case when ${it.pinned}::boolean then coalesce(pinned_at, ${now}) end where id = ${topic.id}::uuid`.execute(
      tx,
    )
  if (it.locked !== undefined)
    await sql`update topic set locked_at = case when ${it.locked}::boolean then coalesce(locked_at, ${now}) end where id = ${topic.id}::uuid`.execute(
      tx,
    )
  if (topic.kind === 'practice' && it.reviewDueAt !== undefined)
    await sql`update topic set review_due_at = ${it.reviewDueAt ? new Date(it.reviewDueAt) : null} where id = ${topic.id}::uuid`.execute(
      tx,
    )
  if (topic.kind === 'practice' && it.checked)
    await sql`update topic set checked_at = ${now} where id = ${topic.id}::uuid`.execute(tx)
  const { topicId: _, ...facts } = it
  await tell(tx, { kind: 'topic.changed', subjectId: topic.id, as, facts }, now)
  return topic.id
}

/** In the order of ids, so that two who merge the same ones the other way round wait and do not lock each other. */
export async function mergeTopics(
  tx: Tx,
  given: CommunityAs,
  it: { topicId: string; intoId: string },
  now: Date,
): Promise<string> {
  const as = tending(given)
  await sql`select from topic where id in (${it.topicId}::uuid, ${it.intoId}::uuid) order by id for update`.execute(tx)
  const from = await openTopic(tx, as, it.topicId)
  const into = await openTopic(tx, as, it.intoId)
  if (from.id === into.id) throw new Refusal('same-topic', 409)
  if (from.state === 'removed' || into.state === 'removed') throw new Refusal('topic-removed', 410)
  if (from.state !== 'standing' || into.state !== 'standing') throw new Refusal('topic-waits', 409)
  // What one does and who tried it belongs to one practice.
  if (from.kind === 'practice') throw new Refusal('practice-stays', 409)
  const { rows } = await sql<{
    last: number
  }>`select last_number as last from topic where id = ${into.id}::uuid`.execute(tx)
  const behind = rows[0]!.last
  await sql`update post set topic_id = ${into.id}::uuid, number = number + ${behind}::int, answers_to = answers_to + ${behind}::int, steps = '[]' where topic_id = ${from.id}::uuid`.execute(
    tx,
  )
  await sql`update topic t set last_number = t.last_number + f.last_number, last_at = greatest(t.last_at, f.last_at),
      answers = (select count(*) from post p where p.topic_id = t.id and p.number > 1 and p.state = 'standing')
    from topic f where t.id = ${into.id}::uuid and f.id = ${from.id}::uuid`.execute(tx)
  await sql`update topic set state = 'merged', merged_into = ${into.id}::uuid, merged_number = ${behind + 1}, answers = 0, pinned_at = null, accepted_id = null, accepted_at = null, review_due_at = null where id = ${from.id}::uuid`.execute(
    tx,
  )
  await sql`update topic set merged_into = ${into.id}::uuid, merged_number = merged_number + ${behind}::int where merged_into = ${from.id}::uuid`.execute(
    tx,
  )
  await sql`insert into topic_follow (topic_id, person_id, mode, since) select ${into.id}::uuid, person_id, mode, since from topic_follow where topic_id = ${from.id}::uuid on conflict do nothing`.execute(
    tx,
  )
  await sql`delete from topic_follow where topic_id = ${from.id}::uuid`.execute(tx)
  await sql`update topic_tie k set topic_id = ${into.id}::uuid where topic_id = ${from.id}::uuid and not exists (select from topic_tie o where o.topic_id = ${into.id}::uuid
    and o.article_id is not distinct from k.article_id and o.conversation_id is not distinct from k.conversation_id and o.kind = k.kind)`.execute(
    tx,
  )
  await sql`delete from topic_tie where topic_id = ${from.id}::uuid`.execute(tx)
  await sql`delete from post_search where topic_id = ${from.id}::uuid`.execute(tx)
  await indexTopic(tx, into.id)
  await tell(
    tx,
    { kind: 'topic.merged', subjectId: into.id, as, facts: { fromId: from.id, firstNumber: behind + 1 } },
    now,
  )
  return into.id
}

export async function removeTry(tx: Tx, given: CommunityAs, it: { tryId: string }, now: Date): Promise<void> {
  const as = tending(given)
  const { rows } = await sql<{
    topicId: string
  }>`select topic_id from practice_try where id = ${it.tryId}::uuid`.execute(tx)
  if (!rows[0]) throw absent()
  const topic = await openTopic(tx, as, rows[0].topicId)
  await sql`update practice_try set removed_at = coalesce(removed_at, ${now}) where id = ${it.tryId}::uuid`.execute(tx)
  await countTries(tx, topic.id)
  await tell(tx, { kind: 'practice.tried', subjectId: topic.id, as, facts: { removed: it.tryId } }, now)
}

export async function setSettings(tx: Tx, as: CommunityAs, it: CommunitySettings, now: Date): Promise<void> {
  await sql`insert into community_setting (one, off, approve, flags_to_hide, guidelines) values (true, ${it.off}, ${it.approve}, ${it.flagsToHide}, ${it.guidelines})
    on conflict (one) do update set off = excluded.off, approve = excluded.approve, flags_to_hide = excluded.flags_to_hide, guidelines = excluded.guidelines`.execute(
    tx,
  )
  const { guidelines: _, ...facts } = it
  await tell(tx, { kind: 'community.changed', subjectId: null, as, facts }, now)
}
