/** Reads about people for other slices and for screens. Refuses nothing: who may ask is the route's right. */
import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/index.ts'
import { readAddress, startsLike } from './rules.ts'

export type Address = {
  id: string
  number: number
  personId: string
  written: string
  normal: string
  verifiedAt: Date | null
  suspendedAt: Date | null
}

/** The mail address we would write to: a proven one before others, the oldest first. */
export async function addressOf(on: Db | Tx, personId: string): Promise<Address | null> {
  const row = await on
    .selectFrom('address')
    .select(['id', 'number', 'personId', 'written', 'normal', 'verifiedAt', 'suspendedAt'])
    .where('personId', '=', personId)
    .where('kind', '=', 'mail')
    .orderBy(sql`verified_at is null`)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

export async function personByAddress(on: Db | Tx, text: string): Promise<Address | null> {
  const address = readAddress(text)
  if (!address) return null
  const row = await on
    .selectFrom('address')
    .select(['id', 'number', 'personId', 'written', 'normal', 'verifiedAt', 'suspendedAt'])
    .where('kind', '=', 'mail')
    .where('normal', '=', address.normal)
    .executeTakeFirst()
  return row ?? null
}

const shown = 20

/** People whose name or mail address starts like this. */
export async function peopleLike(
  db: Db,
  text: string,
): Promise<{ id: string; name: string; address: string | null }[]> {
  const like = startsLike(text.toLowerCase())
  const { rows } = await sql<{ id: string; name: string; address: string | null }>`
    with found as (
      (select id from person where lower(name) like ${like} and merged_into is null order by lower(name) using ~<~ limit ${shown})
      union
      (select person_id from address where kind = 'mail' and normal like ${like} order by normal limit ${shown}))
    select p.id, p.name, (select a.written from address a where a.person_id = p.id and a.kind = 'mail'
        order by a.normal like ${like} desc, a.verified_at is null, a.number limit 1) as address
    from found join person p using (id) order by lower(p.name), p.id limit ${shown}`.execute(db)
  return rows
}

/** Whose address has that number: what a signed link is held against. */
export async function addressByNumber(on: Db | Tx, number: number): Promise<NumberedAddress | null> {
  const { rows } = await sql<NumberedAddress>`
    select a.id, a.normal, a.written, p.id as person_id, p.name, p.language, p.zone, p.no_unasked_since is not null as quiet
    from address a join person p on p.id = a.person_id where a.number = ${number} and a.kind = 'mail'`.execute(on)
  return rows[0] ?? null
}
export type NumberedAddress = {
  id: string
  normal: string
  written: string
  personId: string
  name: string
  language: string | null
  zone: string | null
  /** wants to be asked nothing */
  quiet: boolean
}
