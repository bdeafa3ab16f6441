/** Takes the sample's articles away. A real article that one of its people was to keep right is kept by whoever removes it; a category that real ones were put into becomes an ordinary one. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'

export async function takeKnowledge(tx: Tx, heirId: string): Promise<void> {
  const people = sql`(select id from person where sample)`
  await sql`delete from article where sample`.execute(tx)
  await sql`update article set owner_id = ${heirId}::uuid where owner_id in ${people}`.execute(tx)
  await sql`update article_version set reviewer_id = null where reviewer_id in ${people}`.execute(tx)
  // From the leaves up.
  for (let gone = 1; gone > 0; ) {
    const { rows } =
      await sql`delete from article_category c where sample and not exists (select from article a where a.category_id = c.id)
      and not exists (select from article_category b where b.parent_id = c.id) returning id`.execute(tx)
    gone = rows.length
  }
  await sql`update article_category set sample = false where sample`.execute(tx)
}
