/**
 * What comes back by mail: an answer from whom the mail was for, to the address that was signed for them, stands in the topic as
 * if they had written it there. Whatever else comes to such an address is no post: it is mail to us like any other.
 */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { type TokenClaim, tokenHolds } from '../channels/index.ts'
import { verifyAddress } from '../people/index.ts'
import { writePost } from './commands/say.ts'
import { categoryName, mentionWay, readableCategory, readingAs } from './reading.ts'
import type { Ready } from './text.ts'

export type ToTopic = { topicId: string; personId: string; addressId: string; normal: string }

/** Which of these signed addresses are a topic's, by their place in the list. */
export async function topicsSigned(
  tx: Tx,
  claims: readonly TokenClaim[],
  keys: readonly Buffer[],
): Promise<Map<number, ToTopic>> {
  const found = new Map<number, ToTopic>()
  const wanted = claims.map((claim, place) => ({ claim, place })).filter(({ claim }) => claim.purpose === 'community')
  if (wanted.length === 0) return found
  const { rows } = await sql<ToTopic & { place: number }>`
    select w.place::int as place, t.id as topic_id, d.person_id, d.id as address_id, d.normal
    from unnest(${wanted.map(each => each.place)}::int[], ${wanted.map(each => each.claim.conversationNumber)}::bigint[], ${wanted.map(each => each.claim.addressNumber)}::bigint[]) as w(place, topic, address)
      join topic t on t.number = w.topic join address d on d.number = w.address`.execute(tx)
  for (const { place, ...to } of rows)
    if (tokenHolds(claims[place]!, { conversationId: to.topicId, recipient: to.normal }, keys)) found.set(place, to)
  return found
}

/** As a customer's, also of a member of ours: by mail nobody acts as us. Throws a Refusal where it can't stand. */
export async function takePost(tx: Tx, it: { to: ToTopic; post: Ready }, now: Date): Promise<string> {
  const as = await readingAs(tx, it.to.personId)
  const said = await writePost(tx, as, { press: null, topicId: it.to.topicId, post: it.post, cameBy: 'mail' }, now)
  await verifyAddress(tx, it.to.addressId, now)
  return said.postId
}

/** By the link of a mail: nobody mentions them into a mail again. Returns whether there was something to end. */
export async function hearOfNoMentions(tx: Tx, personId: string, now: Date): Promise<boolean> {
  const { rows } =
    await sql`insert into community_person as cp (id, person_id, mentions) values (${randomUUIDv7()}, ${personId}, 'never')
    on conflict (person_id) do update set mentions = 'never' where cp.mentions is distinct from 'never' returning id`.execute(
      tx,
    )
  await sql`delete from community_waiting where person_id = ${personId}::uuid and via = 'mention'`.execute(tx)
  if (rows.length === 0) return false
  const facts = { mentions: 'never', by: 'mail' }
  await record(tx, {
    ...{ kind: 'community-person.changed', subjectId: personId, actorId: null, scopes: [], facts, at: now },
  })
  return true
}

/** By the link of a mail. `subjectId` is a topic, a category, or the person, whose gatherings end. Returns whether there was something to end. */
export async function unfollow(tx: Tx, it: { personId: string; subjectId: string }, now: Date): Promise<boolean> {
  const { rows } = await sql`
    with topic as (delete from topic_follow where person_id = ${it.personId}::uuid and topic_id = ${it.subjectId}::uuid returning 1),
      category as (delete from category_follow where person_id = ${it.personId}::uuid and category_id = ${it.subjectId}::uuid returning 1),
      gathering as (update community_person set digest = 'never', digest_at = null where person_id = ${it.personId}::uuid and person_id = ${it.subjectId}::uuid and digest <> 'never' returning 1)
    select from topic union all select from category union all select from gathering`.execute(tx)
  // What waits already goes nowhere.
  await sql`delete from community_waiting w where w.person_id = ${it.personId}::uuid and (w.topic_id = ${it.subjectId}::uuid or (w.mode = 'digest' and w.person_id = ${it.subjectId}::uuid)
    or (w.via = 'category' and exists (select from topic t where t.id = w.topic_id and t.category_id = ${it.subjectId}::uuid)))`.execute(
    tx,
  )
  if (rows.length === 0) return false
  const facts = { mode: null, by: 'mail' }
  await record(tx, {
    ...{ kind: 'community-person.followed', subjectId: it.subjectId, actorId: null, scopes: [], facts, at: now },
  })
  return true
}

type Ends = { is: 'topic' | 'category' | 'digest' | 'mentions'; name: string | null; follows: boolean }

/** Does a link that ends mentions still end something? */
export async function hearsOfMentions(on: Db, personId: string): Promise<Ends> {
  const { rows } = await sql<{ follows: boolean }>`
    select ${mentionWay} <> 'never' as follows from person p left join community_person cp on cp.person_id = p.id where p.id = ${personId}::uuid`.execute(
    on,
  )
  return { is: 'mentions', name: null, follows: rows[0]?.follows ?? false }
}

/** What a link ends, for its page: by its name only where they may read it still. */
export async function followedName(
  on: Db,
  it: { personId: string; subjectId: string; language: string },
): Promise<Ends | null> {
  const readable = readableCategory(await readingAs(on, it.personId))
  const [me, id] = [sql`${it.personId}::uuid`, sql`${it.subjectId}::uuid`]
  const { rows } = await sql<Ends>`
    select 'topic' as is, case when ${readable} and t.state = 'standing' then t.title end as name, exists (select from topic_follow f where f.topic_id = t.id and f.person_id = ${me}) as follows
      from topic t join community_category c on c.id = t.category_id where t.id = ${id}
    union all select 'category', case when ${readable} then ${categoryName(it.language)} end, exists (select from category_follow f where f.category_id = c.id and f.person_id = ${me})
      from community_category c where c.id = ${id}
    union all select 'digest', null, coalesce((select digest <> 'never' from community_person where person_id = p.id), false) from person p where p.id = ${id} and p.id = ${me}`.execute(
    on,
  )
  return rows[0] ?? null
}
