/** Mails of notifications: once, together, not in quiet hours, not when read, and no more than anybody gets. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { aMailbox } from '../../../test/people.ts'
import { aToldDesk, type ToldDesk } from '../../../test/told-desk.ts'
import { mailRound } from './mailing.ts'

const minute = 60_000
const morning = () => new Date('2026-11-24T10:00:00Z')
let it: ToldDesk
beforeAll(async () => {
  it = await aToldDesk({ now: morning() })
  await aMailbox(it.desk, it.team)
})
afterAll(() => it.close())
beforeEach(async () => {
  it.clock.now = morning()
  await it.clean()
})

const mails = async () => {
  const round = () => mailRound({ db: it.database.db, baseUrl: it.baseUrl, clock: () => it.clock.now })
  await round()
  await round()
  return (
    await it.database.pool.query(
      'select id, state, recipient, automatic, conversation_id, content from outbox order by created_at, id',
    )
  ).rows
}

test('what is given at once is mailed after a minute, once, as automatic mail without a customer’s words', async () => {
  const one = await it.givenToAna()
  expect(await mails()).toEqual([])
  it.later(minute)
  const [mail, ...more] = await mails()
  expect(more).toEqual([])
  expect(mail).toMatchObject({ state: 'waiting', recipient: it.ana.address, automatic: true, conversation_id: null })
  expect(mail.content).toMatchObject({
    is: 'notification',
    items: [{ kind: 'given', actor: 'Bram', link: `${it.baseUrl.origin}/conversations/${one.id}` }],
  })
  expect(JSON.stringify(mail.content)).not.toContain('private')
  it.later(minute)
  expect(await mails()).toHaveLength(1)
})

test('what is read within the minute is not mailed, and what is read before it left is held back', async () => {
  const one = await it.givenToAna()
  await it.as('ana')('POST', '/api/v1/notifications/read', { conversationId: one.id })
  it.later(minute)
  expect(await mails()).toEqual([])
  const other = await it.givenToAna()
  it.later(minute)
  expect((await mails()).map(mail => mail.state)).toEqual(['waiting'])
  await it.as('ana')('POST', '/api/v1/notifications/read', { conversationId: other.id })
  expect((await mails()).map(mail => mail.state)).toEqual(['cancelled'])
})

test('quiet hours hold mails back; then one digest comes, once, and a choice made meanwhile counts at once', async () => {
  await it.choose({ quiet: { from: 9 * 60, to: 17 * 60 }, reachedOn: [1, 2, 3, 4, 5], showsWords: true })
  for (let turn = 0; turn < 3; turn++) await it.givenToAna()
  it.later(60 * minute)
  expect(await mails()).toEqual([])
  it.clock.now = new Date('2026-11-24T17:00:01Z')
  const sent = await mails()
  expect(sent).toHaveLength(1)
  expect(sent[0].content.items).toHaveLength(3)
  expect(sent[0].content.items[0].subject).toBe('Something private')
  await it.givenToAna()
  await it.choose({ kinds: { ...(await it.choose({})).kinds, given: { app: true, mail: 'no', push: false } } })
  it.later(24 * 60 * minute)
  expect(await mails()).toHaveLength(1)
})

test('two rounds at one time mail nothing twice, and a round that dies leaves all as it was', async () => {
  for (let turn = 0; turn < 4; turn++) await it.givenToAna()
  it.later(minute)
  const parts = { db: it.database.db, baseUrl: it.baseUrl, clock: () => it.clock.now }
  await it.database.pool.query(`create function refuse() returns trigger language plpgsql as $$ begin raise exception 'died'; end $$;
    create trigger refuse before update of outbox_id on notification for each row when (new.outbox_id is not null) execute function refuse()`)
  await expect(mailRound(parts)).rejects.toThrow('died')
  await it.database.pool.query('drop trigger refuse on notification; drop function refuse')
  expect((await it.database.pool.query('select from outbox')).rowCount).toBe(0)
  await Promise.all([mailRound(parts), mailRound(parts), mailRound(parts)])
  expect((await mails()).map(mail => mail.content.items.length)).toEqual([4])
})

test('one address gets no more automatic mails an hour than anybody: the rest comes together', async () => {
  for (let turn = 0; turn < 8; turn++) {
    await it.givenToAna()
    it.later(2 * minute)
    await mails()
  }
  expect(await mails()).toHaveLength(5)
  it.later(60 * minute)
  expect((await mails()).map(mail => mail.content.items.length)).toEqual([1, 1, 1, 1, 1, 3])
})
