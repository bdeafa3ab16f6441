import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/database.ts'
import { inTransaction, together } from './index.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase({ connections: 2 })
})
afterAll(() => database.close())

const answer = async (on: TestDatabase['db'], n: number) =>
  (await sql<{ n: number; pid: number }>`select ${n}::int as n, pg_backend_pid() as pid`.execute(on)).rows[0]!

test('questions asked together are answered in order on one connection', async () => {
  const answers = await together(database.db, on => Promise.all(Array.from({ length: 50 }, (_, n) => answer(on, n))))
  expect(answers.map(each => each.n)).toEqual(Array.from({ length: 50 }, (_, n) => n))
  expect(new Set(answers.map(each => each.pid)).size).toBe(1)
})

test('a question that fails takes none of the others with it, and the connection stays good', async () => {
  for (let round = 0; round < 5; round++) {
    const answers = await together(database.db, on =>
      Promise.allSettled([answer(on, 1), sql`select 1 / ${0}::int`.execute(on), answer(on, 2)]),
    )
    expect(answers.map(each => each.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  }
  expect((await answer(database.db, 3)).n).toBe(3)
})

test('more who ask together than there are connections are all answered', async () => {
  const all = await Promise.all(
    Array.from({ length: 20 }, (_, k) =>
      together(database.db, on => Promise.all([answer(on, k), answer(on, k + 100)])),
    ),
  )
  expect(all.map(([first, second]) => [first.n, second.n])).toEqual(Array.from({ length: 20 }, (_, k) => [k, k + 100]))
})

test('inside a transaction everything stays in it', async () => {
  const seen = await inTransaction(database.db, tx =>
    together(tx, async on => {
      await sql`create temporary table seen (n int) on commit drop`.execute(on)
      return (await sql`select * from seen`.execute(on)).rows
    }),
  )
  expect(seen).toEqual([])
})

test('what follows a statement of a transaction that fails is written in no other one', async () => {
  await sql`create table if not exists kept (n int)`.execute(database.db)
  for (let round = 0; round < 10; round++) {
    const failing = inTransaction(database.db, tx => {
      const goesOn = answer(tx, 1).then(() => sql`insert into kept values (${round})`.execute(tx))
      return Promise.all([goesOn, sql`select 1 / ${0}::int`.execute(tx)])
    })
    await expect(failing).rejects.toMatchObject({ code: '22012' })
    await inTransaction(database.db, tx => sql`insert into kept values (-1)`.execute(tx))
  }
  expect((await sql`select from kept where n >= 0`.execute(database.db)).rows.length).toBe(0)
  expect((await sql`select from kept`.execute(database.db)).rows.length).toBe(10)
})

test('what is still given after a transaction has ended is refused, and lands with nobody else', async () => {
  await sql`create table if not exists late (n int)`.execute(database.db)
  const late: Promise<unknown>[] = []
  for (const ends of ['well', 'badly'] as const) {
    const over = inTransaction(database.db, async tx => {
      const writes = () => sql`insert into late values (1)`.execute(tx)
      late.push(new Promise(resolve => setTimeout(resolve, 60)).then(writes))
      await answer(tx, ends === 'well' ? 1 : Number.NaN)
    })
    if (ends === 'well') await over
    else await expect(over).rejects.toThrow()
    // Somebody else has the connection by then.
    await inTransaction(database.db, async tx => {
      await answer(tx, 2)
      expect((await Promise.allSettled(late)).at(-1)).toMatchObject({ status: 'rejected' })
      await answer(tx, 3)
    })
  }
  expect((await sql`select from late`.execute(database.db)).rows.length).toBe(0)
})

test('whenever its first statement comes, a transaction that fails leaves nothing', async () => {
  await sql`create table if not exists first (n int)`.execute(database.db)
  for (let turns = 0; turns < 30; turns++) {
    const failing = inTransaction(database.db, async tx => {
      for (let n = 0; n < turns; n++) await Promise.resolve()
      await sql`insert into first values (${turns})`.execute(tx)
      throw new Error('given up')
    })
    await expect(failing).rejects.toThrow('given up')
  }
  expect((await sql<{ n: number }>`select n from first`.execute(database.db)).rows).toEqual([])
})

test('statements run in the order in which they were given, however soon after one another', async () => {
  for (let turns = 0; turns < 30; turns++) {
    const order = await inTransaction(database.db, async tx => {
      await sql`create temporary table given (at int generated always as identity, n int) on commit drop`.execute(tx)
      const first = sql`insert into given (n) values (1)`.execute(tx)
      for (let n = 0; n < turns; n++) await Promise.resolve()
      await Promise.all([first, sql`insert into given (n) values (2)`.execute(tx)])
      return (await sql<{ n: number }>`select n from given order by at`.execute(tx)).rows
    })
    expect(order.map(({ n }) => n)).toEqual([1, 2])
  }
})
