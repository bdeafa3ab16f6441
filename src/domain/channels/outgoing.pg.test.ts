import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/database.ts'
import { mailboxForTests } from '../../../test/mailbox.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { automaticBudget, enqueue, type Outgoing } from './outgoing.ts'
import { claimRows, settleRows } from './send/rows.ts'

let database: TestDatabase
let mailboxId: string
beforeAll(async () => {
  database = await testDatabase()
  mailboxId = await mailboxForTests(database.pool)
})
afterAll(() => database.close())

const now = new Date('2026-11-24T10:00:00Z')
function mail(to: string, createdAt = now): Outgoing {
  const id = randomUUID()
  return {
    id,
    mailboxId,
    conversationId: null,
    messageId: null,
    automatic: true,
    recipient: to,
    recipientNormal: to.toLowerCase(),
    addressId: null,
    rfcId: `${id}@desk.example`,
    content: {
      is: 'check',
      subject: 'A check',
      fromName: null,
      to: [{ name: '', address: to }],
      language: 'en',
      zone: 'UTC',
    },
    createdAt,
    notBefore: createdAt,
  }
}

test('many mails are put in one statement, by a client or by the query builder, and never twice', async () => {
  const mails = [mail('a@x.example'), mail('b@x.example')]
  await inTransaction(database.db, tx => enqueue(tx, mails))
  const client = await database.pool.connect()
  await client.query('begin')
  await enqueue(client, [...mails, mail('c@x.example')])
  await client.query('commit')
  client.release()
  const rows = await database.pool.query('select recipient, purpose, content from outbox order by recipient')
  expect(rows.rows.map(row => row.recipient)).toEqual(['a@x.example', 'b@x.example', 'c@x.example'])
  expect(rows.rows[0]).toMatchObject({ purpose: 'check', content: { references: [], cc: [] } })
})

test('an address gets at most five automatic mails an hour and twenty a day', async () => {
  const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
  const mails = [...Array(3)].map(() => mail('busy@x.example', hoursAgo(0.5)))
  const many = [...Array(20)].map((_, n) => mail('flood@x.example', hoursAgo(2 + n)))
  await inTransaction(database.db, async tx => {
    await enqueue(tx, [...mails, ...many, mail('long-ago@x.example', hoursAgo(25))])
    const budget = await automaticBudget(
      tx,
      ['busy@x.example', 'flood@x.example', 'long-ago@x.example', 'new@x.example'],
      now,
    )
    expect(Object.fromEntries(budget)).toEqual({
      'busy@x.example': 2,
      'flood@x.example': 0,
      'long-ago@x.example': 5,
      'new@x.example': 5,
    })
  })
})

test('a suspended address gets none', async () => {
  const person = randomUUID()
  await database.pool.query("insert into person (id, name) values ($1, 'Gone')", [person])
  await database.pool.query(
    "insert into address (id, person_id, kind, written, normal, suspended_at) values ($1, $2, 'mail', 'gone@x.example', 'gone@x.example', now())",
    [randomUUID(), person],
  )
  const budget = await inTransaction(database.db, tx => automaticBudget(tx, ['gone@x.example'], now))
  expect(budget.get('gone@x.example')).toBe(0)
})

test('a recipient with a line end is refused', async () => {
  const bad = mail('a@x.example\r\nRCPT TO:<b@x.example>')
  await expect(inTransaction(database.db, tx => enqueue(tx, [bad]))).rejects.toThrow(/line end/)
})

test('a link that opens an account is not kept once its mail went out (S10)', async () => {
  const about = { is: 'account' as const, about: 'sign-in' as const, until: now.toISOString() }
  const plain = mail('ana@x.example')
  const content = { ...plain.content, ...about, link: 'https://desk.example/link#token=abc' }
  await database.pool.query('delete from outbox')
  await inTransaction(database.db, tx => enqueue(tx, [{ ...plain, content }]))
  const [claim] = await claimRows(database.pool, { now, mailboxes: [{ id: mailboxId, atMost: 1 }] })
  expect(claim!.content).toMatchObject({ link: content.link })
  await settleRows(database.db, [{ claim: claim!, state: 'sent', error: null, notBefore: null, counts: true }], now)
  const { rows } = await database.pool.query('select state, content from outbox')
  expect(rows[0].state).toBe('sent')
  expect(JSON.stringify(rows[0].content)).not.toContain('token')
})
