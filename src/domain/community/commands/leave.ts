/** Somebody is erased: what they wrote goes, a stone of nobody stays where others answered, and what was counted is counted again. What others said stays. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import { removeWhole } from './say.ts'

/** In the place of a title of theirs. */
const gone = '…'

/** `ids`: their records, those that became one with theirs among them. Part of the transaction that erases them. */
export async function leaveCommunity(tx: Tx, ids: readonly string[]): Promise<void> {
  const them = sql`any(${[...ids]}::uuid[])`
  const { rows: posts } = await sql<{ id: string; topicId: string; number: number }>`
    select id, topic_id, number from post where author_id = ${them} order by topic_id, number for update`.execute(tx)
  const [own, topics] = [posts.map(post => post.id), [...new Set(posts.map(post => post.topicId))]]
  const begun = posts.filter(post => post.number === 1).map(post => post.topicId)
  await sql`delete from post_edit where post_id = any(${own}::uuid[])`.execute(tx)
  await sql`delete from post_search where post_id = any(${own}::uuid[])`.execute(tx)
  await sql`update topic_tie set post_id = null where post_id = any(${own}::uuid[])`.execute(tx)
  await sql`update post set source = '', html = '', words = '', steps = '[]', alike = '', waits_for = null, state = 'removed', removed_by = 'author', removed_because = '', author_id = null
    where id = any(${own}::uuid[])`.execute(tx)
  await sql`update topic set title = ${gone}, slug = 'erased', likeness = '' where id = any(${begun}::uuid[])`.execute(
    tx,
  )
  await sql`update topic t set answers = (select count(*) from post p where p.topic_id = t.id and p.number > 1 and p.state = 'standing'),
      accepted_id = case when accepted_id = any(${own}::uuid[]) then null else accepted_id end, accepted_at = case when accepted_id = any(${own}::uuid[]) then null else accepted_at end
    where id = any(${topics}::uuid[])`.execute(tx)
  const { rows: alone } = await sql<{ id: string }>`
    select t.id from topic t where t.id = any(${begun}::uuid[]) and t.state in ('standing', 'waiting', 'hidden')
      and (t.state <> 'standing' or not exists (select from post p where p.topic_id = t.id and p.state <> 'removed'))`.execute(
    tx,
  )
  for (const { id } of alone) await removeWhole(tx, id, 'author')
  await sql`update post_flag set words = '', person_id = null where person_id = ${them}`.execute(tx)
  const { rows: liked } = await sql<{
    postId: string
  }>`delete from post_like where person_id = ${them} returning post_id`.execute(tx)
  await sql`update post p set likes = (select count(*) from post_like l where l.post_id = p.id) where id = any(${liked.map(row => row.postId)}::uuid[])`.execute(
    tx,
  )
  const { rows: tried } = await sql<{
    topicId: string
  }>`delete from practice_try where person_id = ${them} returning topic_id`.execute(tx)
  await sql`update topic t set (worked, not_worked) = (select count(*) filter (where worked), count(*) filter (where not worked) from practice_try y where y.topic_id = t.id and y.removed_at is null)
    where id = any(${tried.map(row => row.topicId)}::uuid[])`.execute(tx)
}
