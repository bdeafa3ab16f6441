/** Who is mentioned in a post, and who of them is to be told now. Nobody is told of the same mention twice, however often a post is changed. */
import { sql } from 'kysely'
import type { PostState } from '../../../contract/community.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { readersInside } from '../../access/index.ts'
import { type CommunityAs, mentionsIn } from '../rules.ts'

type Written = { topicId: string; postId: string; words: string; state: PostState }

/** Those who said something there, by the name they are shown with; one of us also mentions others of us. Answers as `namedNow` does. */
export async function noteMentions(
  tx: Tx,
  as: Exclude<CommunityAs, { is: 'anybody' }>,
  it: Written,
  now: Date,
): Promise<string[]> {
  const ids = it.words.includes('@') ? mentionsIn(it.words, await namesThere(tx, as, it.topicId, now)) : []
  await sql`delete from post_mention where post_id = ${it.postId}::uuid and told_at is null and person_id <> all(${ids}::uuid[])`.execute(
    tx,
  )
  if (ids.length > 0)
    await sql`insert into post_mention (post_id, person_id) select ${it.postId}::uuid, id from unnest(${ids}::uuid[]) as m(id)
      on conflict do nothing`.execute(tx)
  return it.state === 'standing' ? namedNow(tx, it.postId, now) : []
}

/** Who is mentioned in what stands, and was not told yet. */
export async function namedNow(tx: Tx, postId: string, now: Date): Promise<string[]> {
  const { rows } = await sql<{ personId: string }>`
    update post_mention set told_at = ${now} where post_id = ${postId}::uuid and told_at is null returning person_id`.execute(
    tx,
  )
  return rows.map(row => row.personId).sort()
}

async function namesThere(tx: Tx, as: Exclude<CommunityAs, { is: 'anybody' }>, topicId: string, now: Date) {
  const ours = as.is === 'inside' ? sql`or p.id in ${readersInside(now)}` : sql``
  const { rows } = await sql<{ personId: string; name: string }>`
    select p.id as person_id, coalesce(cp.shown_name, p.name) as name from person p left join community_person cp on cp.person_id = p.id
    where (p.id in (select author_id from post where topic_id = ${topicId}::uuid and state = 'standing' limit 500) ${ours})
      and p.id <> ${as.personId}::uuid and coalesce(cp.shown_name, p.name) not like '%@%'`.execute(tx)
  return rows
}
