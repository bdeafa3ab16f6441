/**
 * Takes the sample's part of the community away. A topic in which somebody from outside said something of their own stays:
 * their words stand, and those of invented people give way to a stone, as when somebody is erased.
 */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { leaveCommunity } from '../community/index.ts'

const people = sql`(select id from person where sample)`

export async function takeCommunity(tx: Tx): Promise<void> {
  const kept = await keepWhatIsReal(tx)
  await sql`update topic set accepted_id = null, accepted_at = null where sample`.execute(tx)
  await sql`delete from post where topic_id in (select id from topic where sample)`.execute(tx)
  await sql`delete from topic where sample`.execute(tx)
  const { rows } = await sql<{ id: string }>`select id from person where sample`.execute(tx)
  await leaveCommunity(
    tx,
    rows.map(row => row.id),
  )
  // What was asked says what the others answered.
  for (const { id, title, slug, likeness } of kept)
    await sql`update topic set title = ${title}, slug = ${slug}, likeness = ${likeness} where id = ${id}::uuid`.execute(
      tx,
    )
  await sql`delete from community_person where person_id in ${people}`.execute(tx)
  await sql`delete from community_category c where sample and not exists (select from topic t where t.category_id = c.id)`.execute(
    tx,
  )
  await sql`update community_category set sample = false where sample`.execute(tx)
}

type Kept = { id: string; title: string; slug: string; likeness: string }

/** Ordinary ones from now on; also one that a real topic became part of, so that its address leads on. */
async function keepWhatIsReal(tx: Tx): Promise<Kept[]> {
  const { rows } = await sql<Kept>`update topic t set sample = false where sample and (
      exists (select from post po where po.topic_id = t.id and not po.by_us and po.state <> 'removed' and po.author_id not in ${people})
      or exists (select from topic m where m.merged_into = t.id and not m.sample))
    returning id, title, slug, likeness`.execute(tx)
  return rows
}
