/** What somebody wrote before they signed in: kept for two days under an id that nobody can guess, and gone once it was posted. Keeps no more than its share. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/index.ts'

/** All that waits together; beyond it the oldest goes. */
const mostBytes = 50 * 1024 * 1024

/** Only these fields of a form, and the page they belong to. Answers with where to come back to. */
export async function keepWords(
  tx: Tx,
  { path, fields }: { path: string; fields: Record<string, string> },
  now: Date,
): Promise<string> {
  const id = randomUUID()
  const json = JSON.stringify(fields).replaceAll('\\u0000', '')
  await sql`insert into kept_words (id, path, fields, bytes, created_at) values (${id}::uuid, ${path}, ${json}::jsonb, ${json.length}, ${now})`.execute(
    tx,
  )
  await sql`delete from kept_words where id in (
    select id from (select id, sum(bytes) over (order by created_at desc, id) as sum from kept_words) w where w.sum > ${mostBytes})`.execute(
    tx,
  )
  return id
}

export async function wordsKept(db: Db, id: string, path: string): Promise<Record<string, string> | null> {
  const { rows } = await sql<{ fields: Record<string, string> }>`
    select fields from kept_words where id = ${id}::uuid and path = ${path}`.execute(db)
  return rows[0]?.fields ?? null
}

export async function dropWords(tx: Tx, id: string): Promise<void> {
  await sql`delete from kept_words where id = ${id}::uuid`.execute(tx)
}
