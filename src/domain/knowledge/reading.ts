/** As whom articles are read, and the same rule as `readsArticle` for the database. What one may not read stands in no list, search, count or feed (I9). */
import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/index.ts'

export type ReadingAs =
  | { is: 'anybody' }
  | { is: 'person'; personId: string; organisations: readonly string[] }
  | { is: 'inside' }

export const anybody: ReadingAs = { is: 'anybody' }

/** A customer who is signed in, with the organisations they belong to. */
export async function readingAsPerson(on: Db | Tx, personId: string): Promise<ReadingAs> {
  const { rows } = await sql<{ id: string }>`
    select m.organisation_id as id from membership m join organisation o on o.id = m.organisation_id
    where m.person_id = ${personId}::uuid and m.left_at is null and m.suggested_at is null and o.archived_at is null`.execute(
    on,
  )
  return { is: 'person', personId, organisations: rows.map(row => row.id) }
}

/** `a` is the article. */
export function readableBy(as: ReadingAs): RawBuilder<boolean> {
  switch (as.is) {
    case 'inside':
      return sql`true`
    case 'anybody':
      return sql`a.audience = 'public'`
    case 'person':
      return sql`(a.audience in ('public', 'signed-in') or (a.audience = 'organisation' and exists (
        select from article_organisation ao where ao.article_id = a.id and ao.organisation_id = any(${[...as.organisations]}::uuid[]))))`
  }
}
