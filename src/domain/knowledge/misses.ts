/** What was looked for and not found: the words and how often, never by whom. What could be somebody's own is not kept. */
import { sql } from 'kysely'
import type { SearchMiss } from '../../contract/knowledge-around.ts'
import type { Db, Tx } from '../../platform/db/index.ts'
import { absent } from '../../platform/http/index.ts'
import { missOf } from './rules.ts'

/** More than anybody reads; who floods it changes the counts and nothing else. */
const most = 5000
const keptDays = 180

export async function rememberMiss(tx: Tx, q: string, language: string, now: Date): Promise<void> {
  const words = missOf(q)
  if (words === null) return
  await sql`insert into article_search_miss (words, language, first_at, last_at)
    select ${words}, ${language}, ${now}, ${now} where (select count(*) from article_search_miss) < ${most} or exists (select from article_search_miss where words = ${words} and language = ${language})
    on conflict (words, language) do update set times = article_search_miss.times + 1, last_at = excluded.last_at, settled_at = null`.execute(
    tx,
  )
}

export async function missesOf(db: Db): Promise<SearchMiss[]> {
  const { rows } = await sql<
    SearchMiss & { lastAt: Date }
  >`select words, language, times, last_at from article_search_miss
    where settled_at is null order by times desc, last_at desc, words limit 200`.execute(db)
  return rows.map(row => ({ ...row, lastAt: new Date(row.lastAt).toISOString() }))
}

export async function settleMiss(tx: Tx, it: { words: string; language: string }, now: Date): Promise<void> {
  const { rows } =
    await sql`update article_search_miss set settled_at = ${now}, times = 0 where words = ${it.words} and language = ${it.language}
    and settled_at is null returning words`.execute(tx)
  if (rows.length === 0) throw absent()
}

export async function forgetMisses(tx: Tx, now: Date): Promise<void> {
  await sql`delete from article_search_miss where last_at < ${new Date(now.getTime() - keptDays * 86_400_000)}`.execute(
    tx,
  )
}
