/** The installation's own row: what the organisation is called, its zone and language. There is one at most. */
import { randomUUIDv7 } from 'node:crypto'
import type { Db, Tx } from '../../../platform/db/index.ts'

export type Installation = { name: string; zone: string; language: string }

export async function installation(on: Db | Tx): Promise<Installation> {
  const row = await on.selectFrom('installation').select(['name', 'zone', 'language']).executeTakeFirst()
  return row ?? { name: 'Pond', zone: 'UTC', language: 'en' }
}

export async function nameInstallation(tx: Tx, about: Installation, now: Date): Promise<void> {
  await tx
    .insertInto('installation')
    .values({ id: randomUUIDv7(), ...about, createdAt: now })
    .onConflict(conflict => conflict.column('onlyOne').doUpdateSet(about))
    .execute()
}
