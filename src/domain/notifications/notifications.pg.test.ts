/** Notifications on a real database: who is told, what is gathered, what a crash of the reader leaves, and what somebody may no longer see. */
import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { noNudges } from '../../../test/desk.ts'
import {
  aConversation,
  aDesk,
  aMailbox,
  aMember,
  ask,
  aTeam,
  cookieOf,
  type TestConversation,
  type TestDesk,
  type TestMember,
  type TestTeam,
} from '../../../test/people.ts'
import { openKeys } from '../../platform/config/keys.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { openEgress } from '../../platform/egress/index.ts'
import { type Happened, readOnce, record } from '../../platform/events/index.ts'
import { conversationRoutes } from '../conversations/index.ts'
import { comeDue, fallDue } from '../promises/clock.ts'
import { notificationRoutes } from './index.ts'
import { mailRound } from './mailing.ts'
import { notificationReader } from './reader.ts'

let desk: TestDesk
let team: TestTeam
let ana: TestMember
let bram: TestMember
let cookie: Record<'ana' | 'bram', string>
const egress = openEgress()
beforeAll(async () => {
  desk = await aDesk({
    more: it => {
      const rights = it.access.rights
      const pushKey = openKeys({ dataDir: it.folder, key: 'ab'.repeat(32) }).push.publicKey
      notificationRoutes(it.app, { db: it.database.db, rights, nudges: noNudges, egress, pushKey })
      conversationRoutes(it.app, { db: it.database.db, rights, files: it.files, nudges: noNudges })
    },
  })
  team = await aTeam(desk)
  ana = await aMember(desk, { name: 'Ana', teams: { [team.id]: 'teammate' } })
  bram = await aMember(desk, { name: 'Bram', teams: { [team.id]: 'lead' } })
  cookie = { ana: await cookieOf(desk, ana), bram: await cookieOf(desk, bram) }
})
afterAll(async () => {
  await egress.stop()
  await desk.close()
})
beforeEach(async () => {
  await desk.database.pool.query('truncate notification_cause, notification_choice, outbox cascade')
  await desk.database.pool.query('delete from notification')
})

const reader = () => notificationReader(() => desk.clock.now)
const readAll = async () => {
  while ((await readOnce(desk.database.pool, reader())) > 0);
}
const settled = async () => {
  // The horizon is the server's: a transaction of a test beside this one may hold an event back a moment.
  const { rows } = await desk.database.pool.query('select max(seq) as seq from event')
  const behind = async () => {
    await readAll()
    return (
      await desk.database.pool.query(
        `select coalesce((select seq from event_reader where name = 'notifications'), 0) as seq`,
      )
    ).rows[0].seq
  }
  await expect.poll(behind, { timeout: 6_000, interval: 15 }).toBeGreaterThanOrEqual(rows[0].seq ?? 0)
}
const happens = (...events: Omit<Happened, 'at' | 'scopes'>[]) =>
  inTransaction(desk.database.db, tx =>
    record(tx, ...events.map(each => ({ ...each, scopes: [team.id], at: desk.clock.now }))),
  )
const wrote = async (conversation: TestConversation, more: Partial<Happened> = {}) =>
  happens({
    kind: 'message.received',
    subjectId: conversation.id,
    actorId: null,
    facts: { messageId: conversation.messageId, state: 'open', fresh: false },
    ...more,
  })
const toldTo = async (who: 'ana' | 'bram', query: Record<string, string> = {}) =>
  (await ask(desk, 'GET', '/api/v1/notifications', query, { cookie: cookie[who] })).body.notifications as {
    id: string
    kind: string
    count: number
    promise: { id: string } | null
    conversation: { id: string } | null
  }[]
const unreadOf = async (who: 'ana' | 'bram') =>
  (await ask(desk, 'GET', '/api/v1/notifications/unread', undefined, { cookie: cookie[who] })).body.count as number
const mine = (owner: TestMember | null = ana) => aConversation(desk, { team, owner })

test('who owns a conversation is told of what is written there, gathered while unread; who wrote it is not', async () => {
  const one = await mine()
  await wrote(one)
  await wrote(one)
  await wrote(one, { kind: 'message.noted', actorId: bram.personId })
  await wrote(one, { kind: 'message.noted', actorId: ana.personId, facts: {} })
  await settled()
  expect(await toldTo('bram')).toEqual([])
  // Ana's own note says that she has seen it.
  expect(await toldTo('ana')).toEqual([])
  await wrote(one)
  await wrote(one)
  await settled()
  expect(await toldTo('ana')).toMatchObject([{ kind: 'message', count: 2, conversation: { id: one.id } }])
  expect(await unreadOf('ana')).toBe(1)
})

test('followers are told, a mention says more than that somebody wrote, and what was given away tells its new owner', async () => {
  const [followed, given] = [await mine(bram), await mine(bram)]
  await desk.database.pool.query('insert into follower values ($1, $2, now())', [followed.id, ana.personId])
  await wrote(followed)
  const note = randomUUIDv7()
  await desk.database.pool.query(
    `insert into message (id, conversation_id, kind, author_id, at, body_text) values ($1, $2, 'note', $3, now(), 'Ana?')`,
    [note, followed.id, bram.personId],
  )
  await desk.database.pool.query('insert into mention values ($1, $2, $3, now())', [note, followed.id, ana.personId])
  await wrote(followed, { kind: 'message.noted', actorId: bram.personId, facts: { messageId: note } })
  await happens({
    kind: 'conversation.owned',
    subjectId: given.id,
    actorId: bram.personId,
    facts: { ownerId: ana.personId },
  })
  await happens({
    kind: 'conversation.owned',
    subjectId: given.id,
    actorId: ana.personId,
    facts: { ownerId: ana.personId },
  })
  await settled()
  const found = (await toldTo('ana')).map(({ kind, count }) => `${kind} ${count}`)
  expect(found.sort()).toEqual(['given 1', 'mention 1', 'message 1'])
})

test('a promise tells when its time is near and when it is late, once each, and no more once it is kept', async () => {
  const one = await mine()
  const start = desk.clock.now
  const parts = { db: desk.database.db, nudges: noNudges, clock: () => desk.clock.now }
  const kinds = async () => {
    await settled()
    return (await toldTo('ana')).filter(each => each.promise?.id === one.promiseId).map(each => each.kind)
  }
  try {
    await comeDue(parts)
    expect(await kinds()).toEqual([])
    desk.clock.now = new Date(start.getTime() + 3.2 * 3_600_000)
    await comeDue(parts)
    await comeDue(parts)
    expect(await kinds()).toEqual(['due-soon'])
    desk.clock.now = new Date(start.getTime() + 4.1 * 3_600_000)
    await fallDue(parts)
    await fallDue(parts)
    expect(await kinds()).toEqual(['overdue'])
    await happens({
      kind: 'message.replied',
      subjectId: one.id,
      actorId: bram.personId,
      facts: { ended: [{ id: one.promiseId, how: 'kept' }] },
    })
    expect(await kinds()).toEqual([])
  } finally {
    desk.clock.now = start
  }
})

test('what nobody has and is due soon tells who answers for the team, and new mail to nobody tells no one', async () => {
  const nobodys = await mine(null)
  await desk.database.pool.query(
    `insert into duty values ($1, $2, $3, tstzrange($4::timestamptz - interval '1 hour', $4::timestamptz + interval '9 hours'))`,
    [randomUUIDv7(), team.id, bram.personId, desk.clock.now],
  )
  await wrote(nobodys, { facts: { messageId: nobodys.messageId, state: 'open', fresh: true } })
  await happens({
    kind: 'promise.coming-due',
    subjectId: nobodys.id,
    actorId: null,
    facts: { promiseId: nobodys.promiseId, kind: 'reply' },
  })
  await settled()
  expect(await toldTo('bram')).toMatchObject([{ kind: 'unowned', promise: { id: nobodys.promiseId } }])
  expect(await toldTo('ana')).toEqual([])
  await desk.database.pool.query('delete from duty')
})

test('a mail of mine that came back, and a mailbox in trouble for who looks after it', async () => {
  const one = await mine()
  await desk.database.pool.query('update message set author_id = $2, kind = $3 where id = $1', [
    one.messageId,
    bram.personId,
    'reply',
  ])
  await happens({ kind: 'message.bounced', subjectId: one.id, actorId: null, facts: { messageId: one.messageId } })
  const mailbox = await aMailbox(desk, team)
  await desk.database.pool.query(`update mailbox set alert = 'imap-refused' where id = $1`, [mailbox.id])
  await happens({ kind: 'mailbox.alerted', subjectId: mailbox.id, actorId: null, facts: { mailboxId: mailbox.id } })
  await settled()
  expect((await toldTo('bram')).map(each => each.kind).sort()).toEqual(['mailbox', 'unsent'])
  expect(await toldTo('ana')).toEqual([])
  await happens({ kind: 'mailbox.recovered', subjectId: mailbox.id, actorId: null, facts: {} })
  await settled()
  expect((await toldTo('bram')).map(each => each.kind)).toEqual(['unsent'])
})

test('a reader that dies again and again tells each once, and one that reads twice adds nothing', async () => {
  const all = await Promise.all(Array.from({ length: 6 }, () => mine()))
  for (const one of all) await wrote(one)
  for (const one of all) await wrote(one)
  let turn = 0
  const dying = {
    ...reader(),
    batch: 5,
    handle: async (...given: Parameters<ReturnType<typeof reader>['handle']>) => {
      await reader().handle(...given)
      if (turn++ % 2 === 0) throw new Error('died in the middle')
    },
  }
  const told = async () => {
    await readOnce(desk.database.pool, dying).catch(() => 0)
    return (await toldTo('ana')).map(each => each.count)
  }
  await expect.poll(told, { timeout: 20_000, interval: 5 }).toEqual([2, 2, 2, 2, 2, 2])
  await settled()
  await desk.database.pool.query(`update event_reader set seq = 0, transaction_id = '0' where name = 'notifications'`)
  await settled()
  const again = (await toldTo('ana')).filter(
    each => each.kind === 'message' && all.some(one => one.id === each.conversation?.id),
  )
  expect(again.map(each => each.count)).toEqual([2, 2, 2, 2, 2, 2])
})

test('who leaves the team is told nothing of it any more: not in the list, the count, by mail', async () => {
  const [one, mailbox] = [await mine(), await aMailbox(desk, team)]
  await happens({
    kind: 'conversation.owned',
    subjectId: one.id,
    actorId: bram.personId,
    facts: { ownerId: ana.personId },
  })
  await settled()
  expect(await unreadOf('ana')).toBe(1)
  await desk.database.pool.query('update team_member set role = $2 where person_id = $1', [ana.personId, 'partner'])
  expect([await unreadOf('ana'), await toldTo('ana')]).toEqual([0, []])
  await mailRound({
    db: desk.database.db,
    baseUrl: desk.baseUrl,
    clock: () => new Date(desk.clock.now.getTime() + 120_000),
  })
  expect((await desk.database.pool.query('select from outbox')).rowCount).toBe(0)
  await desk.database.pool.query('update team_member set role = $2 where person_id = $1', [ana.personId, 'teammate'])
  expect(await unreadOf('ana')).toBe(1)
  await desk.database.pool.query('update mailbox set removed_at = now() where id = $1', [mailbox.id])
})

test('mark all means all, and can be taken back; opening a conversation reads what is told of it', async () => {
  const all = await Promise.all(Array.from({ length: 12 }, () => mine()))
  for (const one of all) await wrote(one)
  await settled()
  const page = await ask(desk, 'GET', '/api/v1/notifications', { limit: '5' }, { cookie: cookie.ana })
  expect(page.body.notifications).toHaveLength(5)
  const rest = await ask(
    desk,
    'GET',
    '/api/v1/notifications',
    { limit: '50', after: page.body.next },
    { cookie: cookie.ana },
  )
  expect(
    new Set([...page.body.notifications, ...rest.body.notifications].map((each: { id: string }) => each.id)).size,
  ).toBe(12)
  const mark = (say: Record<string, unknown>) =>
    ask(desk, 'POST', '/api/v1/notifications/read', say, { cookie: cookie.ana })
  await mark({ conversationId: all[0]!.id })
  expect(await unreadOf('ana')).toBe(11)
  desk.clock.now = new Date(desk.clock.now.getTime() + 1000)
  // Another person's ids are nobody's.
  const theirs = await ask(
    desk,
    'POST',
    '/api/v1/notifications/read',
    { ids: [page.body.notifications[0].id] },
    { cookie: cookie.bram },
  )
  expect(theirs.body.count).toBe(0)
  const marked = await mark({ all: true })
  expect([marked.body.count, await unreadOf('ana')]).toEqual([11, 0])
  const back = await ask(
    desk,
    'POST',
    '/api/v1/notifications/unread',
    { readAt: marked.body.readAt },
    { cookie: cookie.ana },
  )
  expect([back.body.count, await unreadOf('ana')]).toEqual([11, 11])
  expect((await mark({ all: true, ids: [] })).status).toBe(400)
})

test('reading and being told are events of one person’s own scope', async () => {
  const one = await mine()
  await wrote(one)
  await settled()
  await ask(desk, 'POST', '/api/v1/notifications/read', { all: true }, { cookie: cookie.ana })
  const { rows } = await desk.database.pool.query(
    `select kind, scopes from event where kind like 'notification.%' order by seq desc limit 2`,
  )
  expect(rows.map(row => [row.kind, row.scopes])).toEqual([
    ['notification.read', [ana.personId]],
    ['notification.made', [ana.personId]],
  ])
})

test('what happened long ago, such as an imported story, is told to nobody', async () => {
  const one = await mine()
  await inTransaction(desk.database.db, tx =>
    record(tx, {
      kind: 'message.received',
      subjectId: one.id,
      actorId: null,
      scopes: [team.id],
      facts: { messageId: one.messageId, state: 'open' },
      at: new Date(desk.clock.now.getTime() - 4 * 86_400_000),
    }),
  )
  await wrote(one, { facts: { messageId: one.messageId, state: 'closed' } })
  await settled()
  expect(await toldTo('ana')).toEqual([])
})
