/** The log: read in the order of commits, no late commit skipped, and a reader that dies repeats nothing and skips nothing. */
import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/database.ts'
import { readToTheEnd } from '../../../test/reading.ts'
import { inTransaction } from '../db/index.ts'
import { silentLog } from '../log/log.ts'
import { follow, readOnce, startNudges, startRounds } from './index.ts'
import { isBefore, positionText, readAfter, readPosition, start } from './positions.ts'
import { record } from './record.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase({ connections: 12 })
  await database.pool.query('create table heard (n integer not null, at bigint generated always as identity)')
})
afterAll(() => database.close())
beforeEach(() => database.pool.query('truncate event, event_reader, heard'))

const happened = (n: number) => ({
  kind: 'message.noted' as const,
  subjectId: null,
  actorId: null,
  scopes: [randomUUIDv7()],
  facts: { n },
  at: new Date(),
})
const say = (n: number) => inTransaction(database.db, tx => record(tx, happened(n)))
const numbers = (events: { facts: Record<string, unknown> }[]) => events.map(each => each.facts.n)

test('a transaction that took its number early and commits late is not skipped', async () => {
  const late = await database.pool.connect()
  await late.query('begin')
  await late.query(`insert into event (kind, facts, at) values ('message.noted', '{"n": 1}', now())`)
  await say(2)
  expect(numbers(await readAfter(database.pool, start, 10))).toEqual([])
  await late.query('commit')
  late.release()
  // The horizon is the server's, not the database's: a transaction of a test beside this one may hold an event back a moment.
  await expect.poll(async () => numbers(await readAfter(database.pool, start, 10)), { timeout: 20_000 }).toEqual([1, 2])
  const events = await readAfter(database.pool, start, 10)
  expect(numbers(await readAfter(database.pool, events[0]!.position, 10))).toEqual([2])
})

test('positions are read back as written, and nothing else is a position', () => {
  const position = { transaction: '18446744073709551', seq: 12 }
  expect(readPosition(positionText(position))).toEqual(position)
  expect(isBefore(start, position)).toBe(true)
  for (const text of ['', '1', '1.2.3', "1'; drop table event", '-1.2', '1.99999999999999999'])
    expect(readPosition(text)).toBeNull()
})

const hears = (fails: () => boolean) => ({
  name: 'listener',
  batch: 7,
  handle: async (
    client: { query: (text: string, values: unknown[]) => Promise<unknown> },
    events: { facts: Record<string, unknown> }[],
  ) => {
    for (const event of events) await client.query('insert into heard (n) values ($1)', [event.facts.n])
    if (fails()) throw new Error('died in the middle')
  },
})

test('a reader that dies again and again hears each event once and in order', async () => {
  for (let n = 0; n < 50; n++) await say(n)
  let turn = 0
  const all = Array.from({ length: 50 }, (_, n) => n)
  const heard = async () => {
    await readOnce(database.pool, hears(() => turn++ % 3 !== 2) as never).catch(() => 0)
    return (await database.pool.query('select n from heard order by at')).rows.map(row => row.n)
  }
  await expect.poll(heard, { timeout: 20_000 }).toEqual(all)
  expect(await readOnce(database.pool, hears(() => false) as never)).toBe(0)
})

test('several followers under one name share the work and double nothing, while events go on being written', async () => {
  const log = silentLog()
  const nudges = startNudges({ url: database.url, pool: database.pool, log })
  const followers = [1, 2, 3].map(() =>
    follow({ pool: database.pool, log, nudges, reader: hears(() => Math.random() < 0.2) as never, restMs: 20 }),
  )
  await Promise.all(
    Array.from({ length: 60 }, async (_, n) => {
      await new Promise(resolve => setTimeout(resolve, Math.random() * 200))
      await say(n)
      nudges.send('happened')
    }),
  )
  const heard = async () => (await database.pool.query('select n from heard')).rows.map(row => row.n as number)
  await expect.poll(async () => (await heard()).length, { timeout: 20_000 }).toBe(60)
  expect(new Set(await heard()).size).toBe(60)
  await Promise.all(followers.map(each => each.stop()))
  await nudges.stop()
})

test('a reader is handed what concerns it alone, and passes the rest', async () => {
  const picky = { ...hears(() => false), kinds: ['message.replied'] } as never
  const replied = (n: number) =>
    inTransaction(database.db, tx => record(tx, { ...happened(n), kind: 'message.replied' }))
  for (const n of [1, 2]) await say(n)
  await replied(3)
  await say(4)
  await readToTheEnd(database, picky)
  const { rows } = await database.pool.query('select n from heard')
  expect(rows.map(row => row.n)).toEqual([3])
  await say(5)
  await readToTheEnd(database, picky)
  const { rows: left } = await database.pool.query(
    'select from event e, event_reader r where (e.transaction_id, e.seq) > (r.transaction_id, r.seq)',
  )
  expect(left.length).toBe(0)
})

test('work is looked for soon after something happened, and no oftener than it may be', async () => {
  const log = silentLog()
  const nudges = startNudges({ url: database.url, pool: database.pool, log })
  const times: number[] = []
  const rounds = startRounds({
    ...{ nudges, log, topic: 'happened', pauseMs: 100, restMs: 20_000, failed: 'again' },
    act: async () => void times.push(performance.now()),
  })
  for (let n = 0; n < 30; n++) {
    nudges.send('happened')
    await new Promise(resolve => setTimeout(resolve, 10))
  }
  await rounds.stop()
  await nudges.stop()
  expect(times.length).toBeGreaterThan(1)
  expect(times.every((at, n) => n === 0 || at - times[n - 1]! > 95)).toBe(true)
})
