/**
 * One budget for all that we send somebody unasked (I7). Claimed in the transaction that sends, under a lock on the person:
 * of two at once one wins. The exclusion constraint of the table holds it where a rule should fail to.
 */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { type CareSettings, startingCare } from '../../contract/care.ts'
import type { Db, Tx } from '../../platform/db/index.ts'
import { settingsOfInstallation } from '../access/index.ts'
import { type Claim, claimOf, taken, type Unasked, type UnaskedKind } from './budget-rules.ts'

export async function careSettingsOf(on: Db | Tx): Promise<CareSettings> {
  const { care } = await settingsOfInstallation(on)
  return { ...startingCare, ...(care as Partial<CareSettings> | undefined) }
}

type Wanted = { personId: string; kind: UnaskedKind; at: Date }

/**
 * Takes the contact from the person's budget, or says why not. A refusal is no error of the transaction. Nobody of that id
 * is an error. Who was merged into somebody else has that one's budget.
 */
export async function claimContact(tx: Tx, wanted: Wanted & { conversationId?: string | undefined }): Promise<Claim> {
  const { rows } = await sql<{ id: string; optedOut: boolean }>`
    select id, no_unasked_since is not null as opted_out from person
    where id = (select coalesce(merged_into, id) from person where id = ${wanted.personId}::uuid) for no key update`.execute(
    tx,
  )
  const { id: personId, optedOut } = rows[0]!
  const contact = taken(wanted.kind, wanted.at, await careSettingsOf(tx))
  const claim = claimOf(contact, await lately(tx, personId, wanted.at), optedOut)
  if (claim.is === 'granted') {
    const { kind, at, until, pulseUntil } = contact
    await sql`insert into unasked_contact (id, person_id, kind, at, until, pulse_until, conversation_id)
      values (${randomUUIDv7()}, ${personId}, ${kind}, ${at}, ${until}, ${pulseUntil}, ${wanted.conversationId ?? null})`.execute(
      tx,
    )
  }
  return claim
}

/** What a claim would be answered now; takes nothing. */
export async function mayContact(on: Db | Tx, wanted: Wanted): Promise<Claim> {
  const { rows } = await sql<{ id: string; optedOut: boolean }>`
    select id, no_unasked_since is not null as opted_out from person
    where id = (select coalesce(merged_into, id) from person where id = ${wanted.personId}::uuid)`.execute(on)
  const person = rows[0]
  if (!person) return { is: 'refused', because: 'opted-out', freeAt: null }
  const contact = taken(wanted.kind, wanted.at, await careSettingsOf(on))
  return claimOf(contact, await lately(on, person.id, wanted.at), person.optedOut)
}

async function lately(on: Db | Tx, personId: string, at: Date): Promise<Unasked[]> {
  const { rows } = await sql<Unasked>`select kind, at, until, pulse_until from unasked_contact
    where person_id = ${personId}::uuid and greatest(until, coalesce(pulse_until, until)) > ${at} order by at`.execute(
    on,
  )
  return rows
}
