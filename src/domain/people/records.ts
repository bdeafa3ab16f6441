/** What members change about a person by hand: the record, their addresses, and that they are not to be contacted unasked. Who was merged leads on to the survivor. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { absent, Refusal } from '../../platform/http/index.ts'
import { cleanName, readAddress } from './rules.ts'

export type PersonRow = {
  id: string
  name: string
  about: string
  language: string | null
  zone: string | null
  preferredChannel: string | null
  preferredWords: string | null
  noUnaskedSince: Date | null
  noUnaskedBy: string | null
  noUnaskedSaid: string | null
  mergedInto: string | null
  member: boolean
}

/**
 * Locks people against being merged while something is done with them, or for merging; in the order of ids, so that two
 * who want the same ones never wait for each other. Null where there is none.
 */
export async function lockPeople(tx: Tx, ids: readonly string[]): Promise<Map<string, PersonRow>> {
  const { rows } = await sql<PersonRow>`
    select p.id, p.name, p.about, p.language, p.zone, p.preferred_channel, p.preferred_words, p.no_unasked_since, p.no_unasked_by, p.no_unasked_said, p.merged_into,
      exists (select from member m where m.person_id = p.id) as member
    from person p where p.id = any(${[...ids]}::uuid[]) order by p.id for update`.execute(tx)
  return new Map(rows.map(row => [row.id, row]))
}

/** The door to one: the person, or whoever they were merged into meanwhile. */
export async function openPerson(tx: Tx, id: string): Promise<PersonRow> {
  for (let at = id, steps = 0; steps < 50; steps++) {
    const found = (await lockPeople(tx, [at])).get(at)
    if (!found) throw absent()
    if (found.mergedInto === null) return found
    at = found.mergedInto
  }
  throw absent()
}

export async function makePersonRow(tx: Tx, name: string, now: Date): Promise<string> {
  const [id, clean] = [randomUUIDv7(), cleanName(name)]
  if (clean === '') throw new Refusal('bad-shape', 400, { fields: [{ path: 'name', says: 'is no name' }] })
  await tx.insertInto('person').values({ id, name: clean, createdAt: now }).execute()
  return id
}

/** Digits and a leading plus: two ways of writing one number are one number. */
export function normalPhone(text: string): string | null {
  const digits = text.replace(/[\s().\-/]/g, '').replace(/^00/, '+')
  return /^\+?\d{4,20}$/.test(digits) ? digits : null
}

/** Refuses what is somebody else's, and says whose: the two may be one. */
export async function insertAddress(
  tx: Tx,
  personId: string,
  given: { kind: 'mail' | 'phone'; written: string },
  now: Date,
): Promise<string> {
  const mail = given.kind === 'mail' ? readAddress(given.written) : null
  const written = mail?.written ?? given.written.trim()
  const normal = given.kind === 'mail' ? mail?.normal : normalPhone(given.written)
  if (!normal) throw new Refusal('bad-shape', 400, { fields: [{ path: 'written', says: 'is no address' }] })
  const id = randomUUIDv7()
  const made = await sql<{ id: string }>`insert into address (id, person_id, kind, written, normal, created_at)
    values (${id}, ${personId}, ${given.kind}, ${written}, ${normal}, ${now}) on conflict (kind, normal) do nothing returning id`.execute(
    tx,
  )
  if (made.rows.length > 0) return id
  const { rows } = await sql<{
    id: string
    personId: string
    name: string
  }>`select a.id, a.person_id, p.name from address a join person p on p.id = a.person_id
    where a.kind = ${given.kind} and a.normal = ${normal}`.execute(tx)
  const there = rows[0]
  if (there?.personId === personId) return there.id
  throw new Refusal('address-taken', 409, { facts: { personId: there?.personId, name: there?.name } })
}

/** One that stands in a conversation is part of what happened, and stays. */
export async function dropAddress(tx: Tx, personId: string, addressId: string): Promise<void> {
  const { rows } = await sql<{ used: boolean; member: boolean }>`
    select exists (select from participant x where x.address_id = a.id) or exists (select from outbox o where o.address_id = a.id) as used,
      exists (select from member m where m.person_id = a.person_id) as member
    from address a where a.id = ${addressId}::uuid and a.person_id = ${personId}::uuid for update`.execute(tx)
  const found = rows[0]
  if (!found) throw absent()
  if (found.used || found.member) throw new Refusal('address-in-use', 409)
  await sql`delete from address where id = ${addressId}::uuid`.execute(tx)
}

export async function liftAddress(tx: Tx, personId: string, addressId: string): Promise<void> {
  const { rows } = await sql`update address set suspended_at = null, suspended_because = null
    where id = ${addressId}::uuid and person_id = ${personId}::uuid returning id`.execute(tx)
  if (rows.length === 0) throw absent()
}

/** `by` is whoever said so: the person, or a member who was told. */
export async function setRefusal(
  tx: Tx,
  personId: string,
  to: { since: Date; by: string; said: string | null } | null,
): Promise<void> {
  await tx
    .updateTable('person')
    .set({ noUnaskedSince: to?.since ?? null, noUnaskedBy: to?.by ?? null, noUnaskedSaid: to?.said ?? null })
    .where('id', '=', personId)
    .execute()
}
