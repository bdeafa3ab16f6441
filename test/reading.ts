/** Reading the log to its end, as tests need it: a reader waits for transactions of the whole server, other tests' too. */
import { setTimeout as rest } from 'node:timers/promises'
import { sql } from 'kysely'
import { readOnce } from '../src/platform/events/follow.ts'
import type { TestDatabase } from './database.ts'

/** Throws when events are still hidden or unread after 30 seconds. */
export async function readToTheEnd(
  database: Pick<TestDatabase, 'pool' | 'db'>,
  reader: Parameters<typeof readOnce>[1],
) {
  const until = Date.now() + 30_000
  for (;;) {
    if ((await readOnce(database.pool, reader)) > 0) continue
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from event e left join event_reader r on r.name = ${reader.name}
      where (e.transaction_id, e.seq) > (coalesce(r.transaction_id, '0'), coalesce(r.seq, 0))`.execute(database.db)
    if (rows[0]!.n === 0) return
    if (Date.now() > until) throw new Error(`${reader.name} left ${rows[0]!.n} events unread`)
    await rest(10)
  }
}
