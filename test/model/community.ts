/** The community on a random day: customers and members begin topics, answer, like, flag, try, take away, merge and move; what is counted and found is what stands. */
import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Member } from '../../src/domain/access/index.ts'
import { settlePost, unsettlePost } from '../../src/domain/community/commands/settle.ts'
import { mergeTopics, settleTopic } from '../../src/domain/community/commands/tend.ts'
import {
  acceptAnswer,
  beginTopic,
  type CommunityAs,
  changePost,
  findTopics,
  flagPost,
  follow,
  insideAs,
  likePost,
  readingAs,
  readyPost,
  removePost,
  topicsFor,
  tryPractice,
  writePost,
} from '../../src/domain/community/index.ts'
import { act, type Day, desk, type Known } from './day.ts'

export const telling = ['tell', 'tell', 'tell', 'tend', 'react'] as const
export const isTelling = (kind: string): kind is (typeof telling)[number] => telling.some(each => each === kind)

const begun = new WeakSet<Day>()
const words = ['gasket', 'grinder', 'filter', 'boiler', 'https://links.example/x', 'thanks']
/** What the rules refuse is as good an end of a step as what they let through; anything else is a fault. */
const refusals = new Set(
  'said-already too-many-posts own-post topic-locked topic-removed not-an-answer not-yours absent no-links-yet same-topic topic-waits practice-stays stopped-here try-removed post-empty not-here category-archived settled-since'.split(
    ' ',
  ),
)

async function place() {
  // Mails name posts: nothing else goes along.
  await sql`update topic set accepted_id = null, accepted_at = null`.execute(desk.db)
  for (const table of ['post_search', 'post', 'topic', 'community_category'])
    await sql`delete from ${sql.table(table)}`.execute(desk.db)
  for (const [n, audience] of ['public', 'signed-in', 'inside'].entries()) {
    const id = `00000000-0000-7000-8000-0000000c000${n}`
    await sql`insert into community_category (id, position, audience, made_at) values (${id}, ${n}, ${audience}, ${desk.clock.now})`.execute(
      desk.db,
    )
    await sql`insert into community_category_name (category_id, language, name) values (${id}, 'en', ${audience})`.execute(
      desk.db,
    )
    await sql`insert into community_category_slug (slug, category_id, current) values (${audience}, ${id}, true)`.execute(
      desk.db,
    )
  }
}

export async function communityStep(day: Day, kind: (typeof telling)[number], it: Known, by: Member) {
  if (!begun.has(day)) {
    await place()
    begun.add(day)
  }
  const who = day.chance.flip() ? insideAs(by) : await customerOf(it)
  const step = kind === 'tell' ? tells(day, who) : kind === 'tend' ? tends(day, by) : reacts(day, who)
  await step.catch(error => {
    if (!refusals.has((error as { code?: string }).code ?? '')) throw error
  })
  await standsAsItShould()
}

async function customerOf(it: Known): Promise<CommunityAs> {
  const { rows } = await sql<{
    id: string
  }>`select customer_id as id from conversation where id = ${it.id}::uuid`.execute(desk.db)
  return readingAs(desk.db, rows[0]!.id)
}

type Row = { id: string; topicId: string; kind: string }
async function anyPost(day: Day): Promise<Row | null> {
  const { rows } =
    await sql<Row>`select po.id, t.id as topic_id, t.kind from post po join topic t on t.id = po.topic_id order by po.id`.execute(
      desk.db,
    )
  return rows.length > 0 ? day.chance.pick(rows) : null
}
function anyCategory(day: Day): string {
  return `00000000-0000-7000-8000-0000000c000${day.chance.pick([0, 1, 2])}`
}

async function tells(day: Day, who: CommunityAs) {
  const now = desk.clock.now
  const one = await anyPost(day)
  const said = `${day.chance.pick(words)} ${day.chance.pick(words)} and what goes with it, for everybody who asks`
  if (!one || day.chance.pick([true, false, false])) {
    const kind = day.chance.pick(['question', 'discussion', 'practice'] as const)
    const post = await readyPost({ title: said.slice(0, 40), body: said, steps: ['First.'] })
    const categoryId = anyCategory(day)
    await act(tx => beginTopic(tx, who, { press: null, categoryId, kind, language: 'en', post }, now))
    return
  }
  const post = await readyPost({ body: said, steps: ['Second.'] })
  if (day.chance.pick([true, false, false])) await act(tx => changePost(tx, who, { postId: one.id, post }, now))
  else await act(tx => writePost(tx, who, { press: null, topicId: one.topicId, post }, now))
}

async function reacts(day: Day, who: CommunityAs) {
  const now = desk.clock.now
  const one = await anyPost(day)
  if (!one) return
  const { id: postId, topicId } = one
  const how = day.chance.pick(['like', 'flag', 'accept', 'try', 'follow', 'remove'] as const)
  if (how === 'like') await act(tx => likePost(tx, who, { postId, on: day.chance.flip() }, now))
  if (how === 'flag') await act(tx => flagPost(tx, who, { postId, reason: 'other', words: '' }, now))
  if (how === 'accept')
    await act(tx => acceptAnswer(tx, who, { topicId, postId: day.chance.pick([postId, null]) }, now))
  if (how === 'try') await act(tx => tryPractice(tx, who, { topicId, worked: day.chance.flip(), words: '' }, now))
  if (how === 'follow') await act(tx => follow(tx, who, { topicId }, day.chance.pick(['each', 'digest', null]), now))
  if (how === 'remove') await act(tx => removePost(tx, who, { postId }, now))
}

async function tends(day: Day, by: Member) {
  const now = desk.clock.now
  const [one, other] = [await anyPost(day), await anyPost(day)]
  if (!one || !other) return
  const as = insideAs(by)
  const how = day.chance.pick(['stand', 'remove', 'spam', 'undo', 'merge', 'move', 'lock'] as const)
  if (how === 'undo') await undoes(as)
  if (how === 'stand' || how === 'remove' || how === 'spam')
    await act(tx => settlePost(tx, as, { postId: one.id, as: how, because: '' }, now))
  if (how === 'merge') await act(tx => mergeTopics(tx, as, { topicId: one.topicId, intoId: other.topicId }, now))
  if (how === 'move') {
    const categoryId = anyCategory(day)
    await act(tx => settleTopic(tx, as, { topicId: one.topicId, categoryId }, now))
  }
  if (how === 'lock') await act(tx => settleTopic(tx, as, { topicId: one.topicId, locked: day.chance.flip() }, now))
}

/** The last look that can still be taken back. */
async function undoes(as: CommunityAs) {
  const { rows } = await sql<{ postId: string; settledAt: Date }>`
    select id as post_id, settled_at from post where settled_at is not null order by settled_at desc, id limit 1`.execute(
    desk.db,
  )
  const last = rows[0]
  if (!last) return
  const it = { postId: last.postId, settledAt: last.settledAt.toISOString() }
  await act(tx => unsettlePost(tx, as, it, desk.clock.now))
}

async function standsAsItShould() {
  const { rows } = await sql<{ wrong: string }>`
    select 'answers are counted wrong: ' || t.number as wrong from topic t where t.state <> 'merged'
      and t.answers <> (select count(*) from post p where p.topic_id = t.id and p.number > 1 and p.state = 'standing')
    union all select 'likes are counted wrong' from post p where p.likes <> (select count(*) from post_like l where l.post_id = p.id)
    union all select 'tries are counted wrong' from topic t where t.worked <> (select count(*) from practice_try y where y.topic_id = t.id and y.removed_at is null and y.worked)
      or t.not_worked <> (select count(*) from practice_try y where y.topic_id = t.id and y.removed_at is null and not y.worked)
    union all select 'search knows other than stands' where (select coalesce(array_agg(post_id order by post_id), '{}') from post_search)
      <> (select coalesce(array_agg(p.id order by p.id), '{}') from post p join topic t on t.id = p.topic_id where p.state = 'standing' and t.state = 'standing')
    union all select 'an answer was accepted that does not stand there' from topic t join post p on p.id = t.accepted_id where p.state <> 'standing' or p.topic_id <> t.id
    union all select 'numbers went beyond the last' from topic t where t.state <> 'merged' and t.last_number < (select max(number) from post p where p.topic_id = t.id)
    union all select 'posts lie in a topic that became another' from post p join topic t on t.id = p.topic_id where t.state = 'merged'
    union all select 'a merged topic leads to one that is merged' from topic t join topic o on o.id = t.merged_into where o.state = 'merged'
    union all select 'a topic does not stand as its first post does' from topic t join post p on p.topic_id = t.id and p.number = 1 where t.state in ('standing', 'waiting', 'hidden') and p.state <> 'removed' and p.state <> t.state
    union all select 'what its author took back is still there' from post where removed_by = 'author' and (html <> '' or words <> '' or source <> '')`.execute(
    desk.db,
  )
  expect(rows.map(row => row.wrong)).toEqual([])
  // What is inside is found by nobody outside.
  const nobody = await readingAs(desk.db, null)
  const found = [
    ...(await findTopics(desk.db, nobody, { q: words[0]!, language: 'en' })).map(each => each.category.audience),
    ...(await topicsFor(desk.db, nobody, 'en')).topics.map(each => each.category.audience),
  ]
  expect(found.filter(audience => audience !== 'public')).toEqual([])
}
