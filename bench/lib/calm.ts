/**
 * Leaves an app nothing of its own to do, so that what is measured is what people ask for: the index of search is whole, the
 * log is read to its end, what fell due is told.
 */
import { sql } from 'kysely'
import { messagesUpTo } from '../../src/domain/search/upkeep.ts'
import { indexMessages } from '../../src/domain/search/write.ts'
import { createDb, type Db, inTransaction, type Pool } from '../../src/platform/db/index.ts'
import { progress } from './figures.ts'

/** Rows of the index of search for the newest so many messages, by the app's own code; older ones are left out for good. */
export async function fillSearch(pool: Pool, many = Number.POSITIVE_INFINITY) {
  const { rows } = await pool.query(
    `select filled, pg_get_indexdef('message_search_by_words'::regclass) as by_words from search_progress`,
  )
  if (rows[0].filled) return
  progress('filling the index of search')
  await pool.query('drop index message_search_by_words')
  await fillNewest(createDb(pool), many)
  await pool.query('update search_progress set filled = true')
  const client = await pool.connect()
  try {
    await client.query("set maintenance_work_mem = '512MB'; set max_parallel_maintenance_workers = 2")
    await client.query(rows[0].by_words)
  } finally {
    client.release(true)
  }
  // Nothing here guesses spellings.
  await pool.query('update search_progress set words_to = (select max(message_id::text)::uuid from message_search)')
  await pool.query('vacuum analyze')
  await pool.query('checkpoint')
}

/** Some are written while the next are read. */
async function fillNewest(db: Db, many: number) {
  let [before, read] = ['ffffffff-ffff-ffff-ffff-ffffffffffff', 0]
  const writing = new Set<Promise<void>>()
  while (read < many) {
    const messages = await messagesUpTo(db, before, 1000)
    // The last one comes again: it is known by its id alone.
    if (messages.length < 2) break
    before = messages.at(-1)!.id
    read += messages.length
    const write: Promise<void> = inTransaction(db, async tx => {
      await sql`set local synchronous_commit = off`.execute(tx)
      await indexMessages(tx, messages)
    }).finally(() => writing.delete(write))
    writing.add(write)
    if (writing.size > 2) await Promise.race(writing)
    if (read % 200_000 < 1000) progress(`${read} messages`)
  }
  await Promise.all(writing)
}

const patience = 900_000

/** Waits until nothing is behind, and stays so for some seconds. */
export async function untilCalm(pool: Pool) {
  const began = Date.now()
  let told = began
  for (let calm = 0; calm < 4; ) {
    await new Promise(resolve => setTimeout(resolve, 700))
    const { rows } = await pool.query<{ behind: string[]; due: number }>(
      `select array(select r.name from event_reader r, (select transaction_id, seq from event order by transaction_id desc, seq desc limit 1) e
          where (e.transaction_id, e.seq) > (r.transaction_id, r.seq)) as behind, (select count(*) from insight_due)::int as due`,
    )
    const { behind, due } = rows[0]!
    calm = behind.length + due === 0 ? calm + 1 : 0
    const left = `behind in the log: ${behind.join(', ') || 'nobody'}; left to count: ${due}`
    if (Date.now() - began > patience) throw new Error(`after ${patience / 1000} s still ${left}`)
    if (Date.now() - told > 10_000) {
      told = Date.now()
      progress(`waiting for calm; ${left}`)
    }
  }
}
