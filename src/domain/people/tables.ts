/** People and their addresses: the only place that writes them. Refuses to fold two addresses into one. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { type ReadAddress, readAddress, readName } from './rules.ts'

export type Named = { address: string; name?: string | undefined }
export type Found = {
  personId: string
  addressId: string
  /** short, stands in signed reply addresses */
  number: number
  normal: string
  written: string
  name: string
  verifiedAt: Date | null
  suspendedAt: Date | null
}

/**
 * The people behind mail addresses, made where they are new; keyed by the normal form of each address. What is no
 * address is left out. Two transactions that meet the same new address end with one person.
 */
export async function findOrMakePeople(tx: Tx, given: readonly Named[], now: Date): Promise<Map<string, Found>> {
  const wanted = new Map<string, { address: ReadAddress; name: string }>()
  for (const each of given) {
    const address = readAddress(each.address)
    if (!address) continue
    const name = readName(each.name, address)
    const before = wanted.get(address.normal)
    if (!before || before.name === before.address.written) wanted.set(address.normal, { address, name })
  }
  const found = await peopleBehind(tx, [...wanted.keys()])
  // In one order everywhere, so that two batches never wait for each other.
  const missing = [...wanted.keys()].filter(normal => !found.has(normal)).sort()
  if (missing.length > 0) {
    await makePeople(
      tx,
      missing.map(normal => wanted.get(normal)!),
      now,
    )
    for (const [normal, person] of await peopleBehind(tx, missing)) found.set(normal, person)
  }
  await learnNames(tx, found, wanted)
  return found
}

async function makePeople(tx: Tx, people: { address: ReadAddress; name: string }[], now: Date) {
  const rows = people.map(({ address, name }) => ({
    person_id: randomUUIDv7(),
    address_id: randomUUIDv7(),
    name,
    written: address.written,
    normal: address.normal,
  }))
  const made = await sql<{ personId: string }>`
    with given as (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as g(person_id uuid, address_id uuid, name text, written text, normal text)),
      people as (insert into person (id, name, created_at) select person_id, name, ${now} from given)
    insert into address (id, person_id, kind, written, normal, created_at)
      select address_id, person_id, 'mail', written, normal, ${now} from given order by normal
      on conflict (kind, normal) do nothing returning person_id`.execute(tx)
  if (made.rows.length === rows.length) return
  // Somebody else was quicker with these addresses: their people stand, ours were never seen.
  const won = new Set(made.rows.map(row => row.personId))
  const lost = rows.map(row => row.person_id).filter(id => !won.has(id))
  await tx.deleteFrom('person').where('id', 'in', lost).execute()
}

/**
 * Held until the end of the transaction: who is being merged is waited for, and is then not behind this address any more,
 * so that asking again finds the survivor. Costs what naming them in another row would cost anyway.
 */
async function peopleBehind(tx: Tx, normals: string[]): Promise<Map<string, Found>> {
  if (normals.length === 0) return new Map()
  const { rows } = await sql<Found>`
    select a.person_id, a.id as address_id, a.number, a.normal, a.written, p.name, a.verified_at, a.suspended_at
    from address a join person p on p.id = a.person_id where a.kind = 'mail' and a.normal = any(${normals}) and p.merged_into is null
    for key share of p`.execute(tx)
  return new Map(rows.map(row => [row.normal, row]))
}

/** Someone known by nothing but an address gets the name they give; a name once known is not overwritten by mail. */
async function learnNames(tx: Tx, found: Map<string, Found>, wanted: Map<string, { name: string }>) {
  for (const [normal, person] of found) {
    const name = wanted.get(normal)?.name
    if (!name || name === person.name || name.includes('@') || person.name !== person.written) continue
    await tx.updateTable('person').set({ name }).where('id', '=', person.personId).execute()
    person.name = name
  }
}

/** The owner of the address proved it: aligned DMARC, a token of ours, or a mailed link. */
export async function verifyAddress(tx: Tx, addressId: string, now: Date): Promise<void> {
  await tx
    .updateTable('address')
    .set({ verifiedAt: now })
    .where('id', '=', addressId)
    .where('verifiedAt', 'is', null)
    .execute()
}

export type AboutPerson = {
  name?: string | undefined
  about?: string | undefined
  language?: string | null | undefined
  zone?: string | null | undefined
  preferredChannel?: 'mail' | 'phone' | 'visit' | 'chat' | null | undefined
  preferredWords?: string | null | undefined
}

const about = ['name', 'about', 'language', 'zone', 'preferredChannel', 'preferredWords'] as const

/** What is absent stays as it is. */
export async function changePerson(tx: Tx, personId: string, change: AboutPerson): Promise<void> {
  const set = Object.fromEntries(about.flatMap(key => (change[key] === undefined ? [] : [[key, change[key]]])))
  if (Object.keys(set).length === 0) return
  await tx.updateTable('person').set(set).where('id', '=', personId).execute()
}
