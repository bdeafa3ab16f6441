/** The installation's own row: what the organisation is called, its zone and language, and its settings by key. There is one at most. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Grants } from '../../../contract/rights.ts'
import type { Protection } from '../../../contract/security.ts'
import type { Db, Tx } from '../../../platform/db/index.ts'

export type Installation = { name: string; zone: string; language: string }

const unnamed: Installation = { name: 'Pond', zone: 'UTC', language: 'en' }

export async function installation(on: Db | Tx): Promise<Installation> {
  const row = await on.selectFrom('installation').select(['name', 'zone', 'language']).executeTakeFirst()
  return row ?? unnamed
}

export async function nameInstallation(tx: Tx, about: Installation, now: Date): Promise<void> {
  await tx
    .insertInto('installation')
    .values({ id: randomUUIDv7(), ...about, createdAt: now })
    .onConflict(conflict => conflict.column('onlyOne').doUpdateSet(about))
    .execute()
}

/** Answers the name it had. */
export async function renameInstallation(tx: Tx, name: string, now: Date): Promise<string> {
  const before = await installation(tx)
  if (before.name !== name) await nameInstallation(tx, { ...before, name }, now)
  return before.name
}

/** What may stand under each key; other slices name theirs as they need it. */
export type InstallationSettings = { grants: Grants; secondFactor: Protection['secondFactor'] } & Record<
  string,
  unknown
>

export async function settingsOfInstallation(on: Db | Tx): Promise<Partial<InstallationSettings>> {
  const row = await on.selectFrom('installation').select('settings').executeTakeFirst()
  return (row?.settings ?? {}) as Partial<InstallationSettings>
}

/** All of it at once, for pages that many look at. */
export async function wholeInstallation(
  on: Db | Tx,
): Promise<Installation & { settings: Partial<InstallationSettings> }> {
  const row = await on.selectFrom('installation').select(['name', 'zone', 'language', 'settings']).executeTakeFirst()
  return row
    ? { ...row, settings: (row.settings ?? {}) as Partial<InstallationSettings> }
    : { ...unnamed, settings: {} }
}

/** Its own colour and picture, where it has some. */
export async function lookOf(on: Db | Tx): Promise<{ accent: string | null; logoId: string | null }> {
  const { look } = await settingsOfInstallation(on)
  return { accent: null, logoId: null, ...(look as Partial<{ accent: string; logoId: string }> | undefined) }
}

/** Puts one key, whatever stands beside it. The row is held until the end of the transaction: two changes follow each other. */
export async function putSetting<Key extends keyof InstallationSettings & string>(
  tx: Tx,
  key: Key,
  change: (before: InstallationSettings[Key] | undefined) => InstallationSettings[Key],
  now: Date,
): Promise<void> {
  await sql`insert into installation (id, name, zone, language, created_at)
    values (${randomUUIDv7()}, ${unnamed.name}, ${unnamed.zone}, ${unnamed.language}, ${now}) on conflict (only_one) do nothing`.execute(
    tx,
  )
  const { settings } = await tx.selectFrom('installation').select('settings').forUpdate().executeTakeFirstOrThrow()
  const after = change((settings as Partial<InstallationSettings>)[key])
  await sql`update installation set settings = settings || jsonb_build_object(${key}::text, ${JSON.stringify(after)}::jsonb)`.execute(
    tx,
  )
}
