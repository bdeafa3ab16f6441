/** Reading the log to its end, as tests need it: a reader waits for transactions of the whole server, other tests' too. */
import { sql } from 'kysely'
import { expect } from 'vitest'
import { readOnce } from '../src/platform/events/follow.ts'
import type { TestDatabase } from './database.ts'

export function readToTheEnd(database: TestDatabase, reader: Parameters<typeof readOnce>[1]) {
  const left = async () => {
    await readOnce(database.pool, reader)
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from event e join event_reader r on r.name = ${reader.name}
      where (e.transaction_id, e.seq) > (r.transaction_id, r.seq)`.execute(database.db)
    return rows[0]!.n
  }
  return expect.poll(left, { timeout: 20_000 }).toBe(0)
}
