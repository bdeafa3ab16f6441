/** People and organisations typed ahead, in one list: whoever a call was with. */
import { sql } from 'kysely'
import type { Db } from '../../../platform/db/index.ts'
import { startsLike } from '../../people/rules.ts'

const shown = 12

type Found = { is: 'person' | 'organisation'; id: string; name: string; aside: string | null }

/** A part of a name counts, because people are asked for by their first name as often as by their last. */
export async function partiesLike(db: Db, text: string): Promise<Found[]> {
  const like = startsLike(text.toLowerCase())
  const { rows } = await sql<Found>`
    with people as ((select id from person where lower(name) like ${like} and merged_into is null order by lower(name) using ~<~ limit ${shown})
        union (select person_id from address where normal like ${like} order by normal limit ${shown}))
    (select 'organisation' as is, o.id, o.name, nullif(o.about, '') as aside from organisation o where lower(o.name) like ${like} and o.archived_at is null order by lower(o.name) using ~<~ limit 5)
    union all
    (select 'person', p.id, p.name, coalesce((select o.name from membership b join organisation o on o.id = b.organisation_id where b.person_id = p.id and b.left_at is null and b.suggested_at is null order by b.since limit 1),
        (select a.written from address a where a.person_id = p.id order by a.kind <> 'mail', a.verified_at is null, a.number limit 1))
      from people f join person p using (id) where p.merged_into is null order by lower(p.name), p.id limit ${shown})`.execute(
    db,
  )
  return rows
}
