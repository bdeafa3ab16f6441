/** What a member searched for last: theirs alone, as many as anybody reads, and each can be forgotten. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { RecentSearch } from '../../../contract/search.ts'
import type { Db, Tx } from '../../../platform/db/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import type { Member } from '../../access/index.ts'

const kept = 20

export async function recentSearchesOf(db: Db, actor: Member): Promise<RecentSearch[]> {
  const { rows } = await sql<{ id: string; text: string; at: Date }>`
    select id, text, at from recent_search where person_id = ${actor.personId}::uuid order by at desc, id desc limit ${kept}`.execute(
    db,
  )
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }))
}

export async function rememberSearch(tx: Tx, actor: Member, text: string, now: Date): Promise<void> {
  const clean = text.replaceAll('\0', '').toWellFormed().replace(/\s+/g, ' ').trim()
  if (clean === '')
    throw new Refusal('bad-shape', 400, { fields: [{ path: 'text', says: 'holds nothing to search for' }] })
  await sql`insert into recent_search (id, person_id, text, at) values (${randomUUIDv7()}, ${actor.personId}, ${clean}, ${now})
    on conflict (person_id, text) do update set at = excluded.at`.execute(tx)
  await sql`delete from recent_search where person_id = ${actor.personId}::uuid and id not in
    (select id from recent_search where person_id = ${actor.personId}::uuid order by at desc, id desc limit ${kept})`.execute(
    tx,
  )
}

export async function forgetSearch(tx: Tx, actor: Member, id: string): Promise<void> {
  const { rows } =
    await sql`delete from recent_search where id = ${id}::uuid and person_id = ${actor.personId}::uuid returning id`.execute(
      tx,
    )
  if (rows.length === 0) throw absent()
}

export async function forgetSearches(tx: Tx, actor: Member): Promise<void> {
  await sql`delete from recent_search where person_id = ${actor.personId}::uuid`.execute(tx)
}
