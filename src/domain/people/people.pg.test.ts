import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/database.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { addressOf, findOrMakePeople, peopleLike, personByAddress, verifyAddress } from './index.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase({ connections: 12 })
})
afterAll(() => database.close())

const now = new Date()
const meet = (...given: { address: string; name?: string }[]) =>
  inTransaction(database.db, tx => findOrMakePeople(tx, given, now))
const count = async () => (await database.pool.query('select count(*)::int as n from person')).rows[0].n as number

describe('meeting people', () => {
  test('makes each address one person, and finds them again in any spelling', async () => {
    const first = await meet(
      { address: 'Jane@Example.ORG', name: 'Jane Doe' },
      { address: 'kim@bücher.example' },
      { address: 'no address' },
    )
    expect([...first.keys()].sort()).toEqual(['jane@example.org', 'kim@xn--bcher-kva.example'])
    const before = await count()
    const again = await meet(
      { address: 'JANE@example.org', name: 'Somebody Else' },
      { address: 'kim@xn--bcher-kva.example' },
    )
    expect(await count()).toBe(before)
    expect(again.get('jane@example.org')).toEqual(first.get('jane@example.org'))
    expect(again.get('jane@example.org')?.name).toBe('Jane Doe')
  })

  test('learns a name for someone known by an address alone', async () => {
    const first = await meet({ address: 'lee@example.org' })
    expect(first.get('lee@example.org')?.name).toBe('lee@example.org')
    await meet({ address: 'lee@example.org', name: 'Lee Park' })
    expect((await meet({ address: 'lee@example.org' })).get('lee@example.org')?.name).toBe('Lee Park')
  })

  test('never folds dots or a plus', async () => {
    const found = await meet({ address: 'a.b@gmail.com' }, { address: 'ab@gmail.com' }, { address: 'ab+x@gmail.com' })
    expect(new Set([...found.values()].map(person => person.personId)).size).toBe(3)
  })

  test('in many transactions at once, in any order, ends with one person each and nobody left over', async () => {
    const before = await count()
    const addresses = Array.from({ length: 40 }, (_, n) => ({ address: `crowd${n}@example.org`, name: `Crowd ${n}` }))
    const rounds = Array.from({ length: 12 }, (_, n) => (n % 2 ? [...addresses].reverse() : addresses))
    const found = await Promise.all(rounds.map(given => meet(...given)))
    for (const { address } of addresses)
      expect(new Set(found.map(people => people.get(address)!.personId)).size).toBe(1)
    expect(await count()).toBe(before + 40)
  })

  test('a rolled back transaction leaves nobody', async () => {
    const before = await count()
    const failing = inTransaction(database.db, async tx => {
      await findOrMakePeople(tx, [{ address: 'ghost@example.org' }], now)
      throw new Error('stop')
    })
    await expect(failing).rejects.toThrow('stop')
    expect(await count()).toBe(before)
  })
})

test('the address written to is a proven one before an older one', async () => {
  const one = (await meet({ address: 'old@example.org' })).get('old@example.org')!
  const other = (await meet({ address: 'proven@example.org' })).get('proven@example.org')!
  await inTransaction(database.db, async tx => {
    await tx.updateTable('address').set({ personId: one.personId }).where('id', '=', other.addressId).execute()
    expect((await addressOf(tx, one.personId))?.normal).toBe('old@example.org')
    await verifyAddress(tx, other.addressId, now)
  })
  expect((await addressOf(database.db, one.personId))?.normal).toBe('proven@example.org')
  expect((await personByAddress(database.db, 'PROVEN@example.org'))?.personId).toBe(one.personId)
})

test('a search finds by the beginning of a name or an address, each person once, and takes signs for themselves', async () => {
  await meet(
    { address: 'zoe@percent.example', name: '100% Zoe' },
    { address: 'zebra@example.org', name: 'Zebra Finch' },
  )
  const names = async (text: string) => (await peopleLike(database.db, text)).map(person => person.name)
  expect(await names('ze')).toEqual(['Zebra Finch'])
  expect(await names('ZEBRA@ex')).toEqual(['Zebra Finch'])
  expect(await names('100%')).toEqual(['100% Zoe'])
  expect(await names('%')).toEqual([])
  expect(await names('_')).toEqual([])
  expect((await peopleLike(database.db, 'crowd')).length).toBe(20)
})
