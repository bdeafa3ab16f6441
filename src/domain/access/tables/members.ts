/** Members: the only place that writes accounts, and the locks that keep an installation from losing its last administrator. */
import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/db/index.ts'
import type { Administrator } from '../rules.ts'

export type Account = {
  personId: string
  name: string
  language: string | null
  zone: string | null
  administrator: boolean
  passwordHash: string | null
  disabledAt: Date | null
  expiresAt: Date | null
}

const columns = [
  'member.personId',
  'person.name',
  'language',
  'zone',
  'administrator',
  'passwordHash',
  'disabledAt',
  'expiresAt',
] as const

export async function accountOf(on: Db | Tx, personId: string): Promise<Account | null> {
  const row = await on
    .selectFrom('member')
    .innerJoin('person', 'person.id', 'member.personId')
    .select(columns)
    .where('member.personId', '=', personId)
    .executeTakeFirst()
  return row ?? null
}

export async function accountByAddress(on: Db | Tx, normal: string): Promise<Account | null> {
  const row = await on
    .selectFrom('address')
    .innerJoin('member', 'member.personId', 'address.personId')
    .innerJoin('person', 'person.id', 'member.personId')
    .select(columns)
    .where('address.kind', '=', 'mail')
    .where('address.normal', '=', normal)
    .executeTakeFirst()
  return row ?? null
}

/** The door to an account for writing: held until the end of the transaction, so that nobody makes its member a fallback meanwhile. */
export async function openAccount(tx: Tx, personId: string): Promise<Account | null> {
  const held = await tx
    .selectFrom('member')
    .select('personId')
    .where('personId', '=', personId)
    .forUpdate()
    .executeTakeFirst()
  return held ? accountOf(tx, personId) : null
}

/** All administrators and one member more, held in one order: two administrators cannot remove each other at once. */
export async function holdAdministrators(tx: Tx, and: string): Promise<Administrator[]> {
  const rows = await tx
    .selectFrom('member')
    .select(['personId', 'administrator', 'disabledAt', 'expiresAt', 'passwordHash'])
    .where(eb => eb.or([eb('administrator', '=', true), eb('personId', '=', and)]))
    .orderBy('personId')
    .forUpdate()
    .execute()
  return rows
    .filter(row => row.administrator)
    .map(({ passwordHash, ...row }) => ({ ...row, hasPassword: passwordHash !== null }))
}

/** Sample administrators are nobody's: a desk with only those still waits for its first. */
export async function hasAdministrator(on: Db | Tx): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select exists (
    select from member m join person p on p.id = m.person_id where m.administrator and not p.sample) as found`.execute(
    on,
  )
  return rows[0]!.found
}

/** The database's own clerk for what may happen once: two who come at the same time stand in line. */
export async function standInLine(tx: Tx, what: 'first-administrator'): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`pond:${what}`}, 0))`.execute(tx)
}

export async function makeMember(
  tx: Tx,
  member: { personId: string; administrator: boolean; passwordHash: string | null; expiresAt: Date | null },
  now: Date,
): Promise<boolean> {
  const made = await tx
    .insertInto('member')
    .values({ ...member, createdAt: now })
    .onConflict(conflict => conflict.column('personId').doNothing())
    .returning('personId')
    .executeTakeFirst()
  return made !== undefined
}

export async function changeAccount(
  tx: Tx,
  personId: string,
  change: Partial<Pick<Account, 'administrator' | 'disabledAt' | 'expiresAt' | 'passwordHash'>>,
): Promise<void> {
  if (Object.keys(change).length === 0) return
  await tx.updateTable('member').set(change).where('personId', '=', personId).execute()
}

/** Settings are added to those there are, key by key. */
export async function changeSettings(
  tx: Tx,
  personId: string,
  change: { undoSeconds?: number | undefined; settings?: Record<string, unknown> | undefined },
): Promise<{ bytes: number }> {
  const { rows } = await sql<{ bytes: number }>`
    update member set undo_seconds = coalesce(${change.undoSeconds ?? null}::int, undo_seconds),
      settings = settings || ${JSON.stringify(change.settings ?? {})}::jsonb
    where person_id = ${personId} returning length(settings::text) as bytes`.execute(tx)
  return rows[0] ?? { bytes: 0 }
}

/** Names of the teams that fall back on this member. */
export async function fallbackFor(tx: Tx, personId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('team')
    .select('name')
    .where('fallbackId', '=', personId)
    .where('archivedAt', 'is', null)
    .orderBy('name')
    .execute()
  return rows.map(row => row.name)
}
