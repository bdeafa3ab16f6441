/** I7 on a real database: of two at once one wins, the settings count from the next contact on, and no is no. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/database.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { putSetting } from '../access/index.ts'
import { claimContact, mayContact } from './index.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

const at = new Date('2026-11-24T09:00:00Z')
const later = (days: number) => new Date(at.getTime() + days * 86_400_000)
async function aPerson(more: { mergedInto?: string } = {}): Promise<string> {
  const id = randomUUIDv7()
  await sql`insert into person (id, name, merged_into) values (${id}, 'Inês Carvalho', ${more.mergedInto ?? null}::uuid)`.execute(
    database.db,
  )
  return id
}
const claim = (personId: string, kind: 'follow-up' | 'check-in' | 'pulse', when = at) =>
  inTransaction(database.db, tx => claimContact(tx, { personId, kind, at: when }))

test('of many who want to write to one person at once one does, and the others are told when', async () => {
  const personId = await aPerson()
  const all = await Promise.all(Array.from({ length: 6 }, (_, n) => claim(personId, n % 2 ? 'check-in' : 'follow-up')))
  expect(all.filter(each => each.is === 'granted')).toHaveLength(1)
  expect(all.filter(each => each.is === 'refused' && each.freeAt?.getTime() === later(14).getTime())).toHaveLength(5)
  expect(await claim(personId, 'check-in', later(14))).toEqual({ is: 'granted' })
})

test('the database itself refuses two that lie too near', async () => {
  const personId = await aPerson()
  const put = (days: number) =>
    sql`insert into unasked_contact (id, person_id, kind, at, until) values (${randomUUIDv7()}, ${personId}, 'check-in', ${later(days)}, ${later(days + 14)})`.execute(
      database.db,
    )
  await put(0)
  await expect(put(13)).rejects.toThrow('unasked_contact_within_limit')
})

test('who said that they want nothing unasked is not written to, and somebody merged shares the budget of who they are', async () => {
  const personId = await aPerson()
  const sameOne = await aPerson({ mergedInto: personId })
  expect(await claim(sameOne, 'check-in')).toEqual({ is: 'granted' })
  expect(await mayContact(database.db, { personId, kind: 'follow-up', at })).toMatchObject({ because: 'limit' })
  await sql`update person set no_unasked_since = ${at} where id = ${personId}`.execute(database.db)
  expect(await claim(sameOne, 'check-in', later(30))).toMatchObject({ because: 'opted-out', freeAt: null })
})

test('a changed limit counts for what is sent from then on', async () => {
  const personId = await aPerson()
  await claim(personId, 'follow-up')
  await inTransaction(database.db, tx => putSetting(tx, 'care', () => ({ days: 30 }), at))
  expect(await claim(personId, 'check-in', later(14))).toEqual({ is: 'granted' })
  expect(await claim(personId, 'check-in', later(28))).toMatchObject({ because: 'limit', freeAt: later(44) })
})
