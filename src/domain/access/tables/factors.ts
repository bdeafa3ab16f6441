/** Second factors: the only place that writes authenticators, recovery codes and passkeys. A code is used by one statement, so that of two at once one gets nothing. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/db/index.ts'
import { hashRecoveryCode, newRecoveryCodes } from '../codes.ts'

export type KeptAuthenticator = { secret: Buffer; confirmedAt: Date | null; lastStep: string }

export async function authenticatorOf(on: Db | Tx, personId: string): Promise<KeptAuthenticator | null> {
  const row = await on
    .selectFrom('authenticator')
    .select(['secret', 'confirmedAt', 'lastStep'])
    .where('personId', '=', personId)
    .executeTakeFirst()
  return row ? { ...row, lastStep: String(row.lastStep) } : null
}

/** Takes the place of one that was never confirmed. False: a confirmed one is there. */
export async function keepSecret(tx: Tx, personId: string, secret: Buffer, now: Date): Promise<boolean> {
  const { rows } =
    await sql`insert into authenticator (person_id, secret, created_at) values (${personId}, ${secret}, ${now})
    on conflict (person_id) do update set secret = excluded.secret, created_at = excluded.created_at, last_step = 0
      where authenticator.confirmed_at is null returning 1`.execute(tx)
  return rows.length > 0
}

/** False: a code of this time step, or of a later one, was accepted before. */
export async function takeStep(tx: Tx, personId: string, step: number, now: Date): Promise<boolean> {
  const { rows } = await sql`update authenticator set last_step = ${step}, confirmed_at = coalesce(confirmed_at, ${now})
    where person_id = ${personId} and last_step < ${step} returning 1`.execute(tx)
  return rows.length > 0
}

export async function dropAuthenticator(tx: Tx, personId: string): Promise<boolean> {
  const gone = await tx.deleteFrom('authenticator').where('personId', '=', personId).returning('confirmedAt').execute()
  return gone.some(({ confirmedAt }) => confirmedAt !== null)
}

/** In place of all there were; comes back as it is shown, this once. */
export async function makeCodes(tx: Tx, personId: string): Promise<string[]> {
  await tx.deleteFrom('recoveryCode').where('personId', '=', personId).execute()
  const codes = newRecoveryCodes()
  await tx
    .insertInto('recoveryCode')
    .values(codes.map(code => ({ personId, codeHash: hashRecoveryCode(personId, code.replaceAll('-', '')) })))
    .execute()
  return codes
}

export async function takeCode(tx: Tx, personId: string, bare: string, now: Date): Promise<boolean> {
  const taken = await tx
    .updateTable('recoveryCode')
    .set({ usedAt: now })
    .where('personId', '=', personId)
    .where('codeHash', '=', hashRecoveryCode(personId, bare))
    .where('usedAt', 'is', null)
    .returning('personId')
    .execute()
  return taken.length > 0
}

export async function dropCodes(tx: Tx, personId: string): Promise<void> {
  await tx.deleteFrom('recoveryCode').where('personId', '=', personId).execute()
}

export type KeptPasskey = {
  id: string
  personId: string
  credentialId: string
  publicKey: Buffer
  counter: number
  transports: string[]
}

const columns = ['id', 'personId', 'credentialId', 'publicKey', 'counter', 'transports'] as const

export async function passkeysOf(on: Db | Tx, personId: string): Promise<KeptPasskey[]> {
  const rows = await on.selectFrom('passkey').select(columns).where('personId', '=', personId).orderBy('id').execute()
  return rows.map(row => ({ ...row, counter: Number(row.counter) }))
}

export async function passkeyNamed(on: Db | Tx, credentialId: string): Promise<KeptPasskey | null> {
  const row = await on.selectFrom('passkey').select(columns).where('credentialId', '=', credentialId).executeTakeFirst()
  return row ? { ...row, counter: Number(row.counter) } : null
}

/** Null: this very passkey is somebody's already. */
export async function keepPasskey(
  tx: Tx,
  passkey: Omit<KeptPasskey, 'id'> & { name: string },
  now: Date,
): Promise<string | null> {
  const row = await tx
    .insertInto('passkey')
    .values({ id: randomUUIDv7(), ...passkey, createdAt: now })
    .onConflict(conflict => conflict.column('credentialId').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id ?? null
}

/** False: it answered with this counter, or a later one, before: there are two of it. */
export async function notePasskeyUse(tx: Tx, kept: KeptPasskey, counter: number, now: Date): Promise<boolean> {
  const { rows } = await sql`update passkey set counter = ${counter}, last_used_at = ${now}
    where id = ${kept.id} and (counter < ${counter} or (counter = 0 and ${counter} = 0)) returning 1`.execute(tx)
  return rows.length > 0
}

export async function renamePasskey(tx: Tx, which: { personId: string; passkeyId: string }, name: string) {
  const { personId, passkeyId } = which
  const done = await tx
    .updateTable('passkey')
    .set({ name })
    .where('id', '=', passkeyId)
    .where('personId', '=', personId)
    .returning('id')
    .execute()
  return done.length > 0
}

export async function dropPasskeys(tx: Tx, which: { personId: string; passkeyId?: string }): Promise<number> {
  let query = tx.deleteFrom('passkey').where('personId', '=', which.personId)
  if (which.passkeyId !== undefined) query = query.where('id', '=', which.passkeyId)
  return (await query.returning('id').execute()).length
}

export type Ways = ('authenticator' | 'passkey' | 'recovery-code')[]

/** How this member may take the second step; none: there is no second step. */
export async function waysOf(on: Db | Tx, personId: string): Promise<Ways> {
  const { rows } = await sql<{ authenticator: boolean; passkey: boolean; codes: boolean }>`select
    exists (select from authenticator where person_id = ${personId} and confirmed_at is not null) as authenticator,
    exists (select from passkey where person_id = ${personId}) as passkey,
    exists (select from recovery_code where person_id = ${personId} and used_at is null) as codes`.execute(on)
  const { authenticator, passkey, codes } = rows[0]!
  if (!authenticator && !passkey) return []
  return [
    ...(passkey ? (['passkey'] as const) : []),
    ...(authenticator ? (['authenticator'] as const) : []),
    ...(codes ? (['recovery-code'] as const) : []),
  ]
}
