/** Gives every customer of a seeded place a relationship, as keeping in touch would have made it by and by: some kept, some quiet, a few never met. */

import { countAllAnew, countDue } from '../../src/domain/insight/index.ts'
import type { Pool } from '../../src/platform/db/index.ts'
import { createDb, inTransaction } from '../../src/platform/db/index.ts'
import { members } from './seed.ts'

/** The first `many` people; all of them without a number. */
export async function seedRelationships(pool: Pool, many = 100_000_000) {
  await pool.query(
    `insert into relationship (id, person_id, keeper_id, rhythm_days, last_contact_at, last_contact_kind, since)
      select gen_random_uuid(), p.id, case when n % 3 > 0 then m.person_id end, case when n % 3 > 0 then 14 + 15 * (n % 5) end,
        case when n % 29 > 0 then now() - make_interval(secs => (power((n::bigint * 7919 % 10007) / 10007.0, 2) * 240 * 86400)::int) end,
        case when n % 29 > 0 then 'reply' end, now() - interval '2 years'
      from (select id, row_number() over (order by id)::int as n from person where name like 'Customer%' order by id limit $1) p
        join (select person_id, row_number() over (order by person_id)::int as k from member) m on m.k = 1 + n % ${members}
      on conflict do nothing`,
    [many],
  )
  await pool.query('vacuum analyze relationship')
}

/** All who follow the log: they shall not read while something is measured. */
const readers = ['asks', 'care', 'domains', 'insight', 'notifications', 'questions']

/** Counts everything for Insight, and leaves nothing for the app to catch up with. */
export async function countEverything(pool: Pool, told: (left: number) => void) {
  const db = createDb(pool)
  await pool.query(
    `insert into event_reader (name, transaction_id, seq)
      select unnest($1::text[]), e.transaction_id, e.seq from (select transaction_id, seq from event order by transaction_id desc, seq desc limit 1) e
      on conflict (name) do update set transaction_id = excluded.transaction_id, seq = excluded.seq`,
    [readers],
  )
  await inTransaction(db, tx => countAllAnew(tx))
  for (let turn = 0; ; turn++) {
    if ((await inTransaction(db, countDue)) === 0) break
    if (turn % 200 === 0) told(Number((await pool.query('select count(*) as left from insight_due')).rows[0].left))
  }
  await pool.query('vacuum analyze')
  await pool.query('checkpoint')
}
