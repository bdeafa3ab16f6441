/** Reading notifications: what a crash of the reader leaves, what somebody may no longer see, marking all and taking it back. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { aMailbox } from '../../../test/people.ts'
import { aToldDesk, type ToldDesk } from '../../../test/told-desk.ts'
import { readOnce } from '../../platform/events/index.ts'
import { mailRound } from './mailing.ts'

let it: ToldDesk
beforeAll(async () => {
  it = await aToldDesk()
})
afterAll(() => it.close())
beforeEach(() => it.clean())

test('a reader that dies again and again tells each once, and one that reads twice adds nothing', async () => {
  const all = await Promise.all(Array.from({ length: 6 }, () => it.mine()))
  for (const one of all) await it.wrote(one)
  for (const one of all) await it.wrote(one)
  let turn = 0
  const dying = {
    ...it.reader(),
    batch: 5,
    handle: async (...given: Parameters<ReturnType<ToldDesk['reader']>['handle']>) => {
      await it.reader().handle(...given)
      if (turn++ % 2 === 0) throw new Error('died in the middle')
    },
  }
  const told = async () => {
    await readOnce(it.desk.database.pool, dying).catch(() => 0)
    return (await it.toldTo('ana')).map(each => each.count)
  }
  await expect.poll(told, { timeout: 20_000, interval: 5 }).toEqual([2, 2, 2, 2, 2, 2])
  await it.settled()
  await it.desk.database.pool.query(
    `update event_reader set seq = 0, transaction_id = '0' where name = 'notifications'`,
  )
  await it.settled()
  const again = (await it.toldTo('ana')).filter(
    each => each.kind === 'message' && all.some(one => one.id === each.conversation?.id),
  )
  expect(again.map(each => each.count)).toEqual([2, 2, 2, 2, 2, 2])
})

test('who leaves the team is told nothing of it any more: not in the list, the count, by mail', async () => {
  const [one, mailbox] = [await it.mine(), await aMailbox(it.desk, it.team)]
  await it.happens({
    kind: 'conversation.owned',
    subjectId: one.id,
    actorId: it.bram.personId,
    facts: { ownerId: it.ana.personId },
  })
  await it.settled()
  expect(await it.unreadOf('ana')).toBe(1)
  await it.desk.database.pool.query('update team_member set role = $2 where person_id = $1', [
    it.ana.personId,
    'partner',
  ])
  expect([await it.unreadOf('ana'), await it.toldTo('ana')]).toEqual([0, []])
  await mailRound({
    db: it.desk.database.db,
    baseUrl: it.desk.baseUrl,
    clock: () => new Date(it.desk.clock.now.getTime() + 120_000),
  })
  expect((await it.desk.database.pool.query('select from outbox')).rowCount).toBe(0)
  await it.desk.database.pool.query('update team_member set role = $2 where person_id = $1', [
    it.ana.personId,
    'teammate',
  ])
  expect(await it.unreadOf('ana')).toBe(1)
  await it.desk.database.pool.query('update mailbox set removed_at = now() where id = $1', [mailbox.id])
})

test('mark all means all, and can be taken back; opening a conversation reads what is told of it', async () => {
  const all = await Promise.all(Array.from({ length: 12 }, () => it.mine()))
  for (const one of all) await it.wrote(one)
  await it.settled()
  const page = await it.as('ana')('GET', '/api/v1/notifications', { limit: '5' })
  expect(page.body.notifications).toHaveLength(5)
  const rest = await it.as('ana')('GET', '/api/v1/notifications', { limit: '50', after: page.body.next })
  expect(
    new Set([...page.body.notifications, ...rest.body.notifications].map((each: { id: string }) => each.id)).size,
  ).toBe(12)
  const mark = (say: Record<string, unknown>) => it.as('ana')('POST', '/api/v1/notifications/read', say)
  await mark({ conversationId: all[0]!.id })
  expect(await it.unreadOf('ana')).toBe(11)
  it.desk.clock.now = new Date(it.desk.clock.now.getTime() + 1000)
  // Another person's ids are nobody's.
  const theirs = await it.as('bram')('POST', '/api/v1/notifications/read', { ids: [page.body.notifications[0].id] })
  expect(theirs.body.count).toBe(0)
  const marked = await mark({ all: true })
  expect([marked.body.count, await it.unreadOf('ana')]).toEqual([11, 0])
  const back = await it.as('ana')('POST', '/api/v1/notifications/unread', { readAt: marked.body.readAt })
  expect([back.body.count, await it.unreadOf('ana')]).toEqual([11, 11])
  expect((await mark({ all: true, ids: [] })).status).toBe(400)
})

test('reading and being told are events of one person’s own scope', async () => {
  const one = await it.mine()
  await it.wrote(one)
  await it.settled()
  await it.as('ana')('POST', '/api/v1/notifications/read', { all: true })
  const { rows } = await it.desk.database.pool.query(
    `select kind, scopes from event where kind like 'notification.%' order by seq desc limit 2`,
  )
  expect(rows.map(row => [row.kind, row.scopes])).toEqual([
    ['notification.read', [it.ana.personId]],
    ['notification.made', [it.ana.personId]],
  ])
})
