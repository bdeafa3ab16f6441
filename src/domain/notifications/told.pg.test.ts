/** Who is told of what, on a real database; what is gathered, and what settles by itself. */
import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { noNudges } from '../../../test/desk.ts'
import { aMailbox } from '../../../test/people.ts'
import { aToldDesk, type ToldDesk } from '../../../test/told-desk.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { comeDue, fallDue } from '../promises/clock.ts'

let it: ToldDesk
beforeAll(async () => {
  it = await aToldDesk()
})
afterAll(() => it.close())
beforeEach(() => it.clean())

test('who owns a conversation is told of what is written there, gathered while unread; who wrote it is not', async () => {
  const one = await it.mine()
  await it.wrote(one)
  await it.wrote(one)
  await it.wrote(one, { kind: 'message.noted', actorId: it.bram.personId })
  await it.wrote(one, { kind: 'message.noted', actorId: it.ana.personId, facts: {} })
  await it.settled()
  expect(await it.toldTo('bram')).toEqual([])
  // Ana's own note says that she has seen it.
  expect(await it.toldTo('ana')).toEqual([])
  await it.wrote(one)
  await it.wrote(one)
  await it.settled()
  expect(await it.toldTo('ana')).toMatchObject([{ kind: 'message', count: 2, conversation: { id: one.id } }])
  expect(await it.unreadOf('ana')).toBe(1)
})

test('followers are told, a mention says more than that somebody wrote, and what was given away tells its new owner', async () => {
  const [followed, given] = [await it.mine(it.bram), await it.mine(it.bram)]
  await it.desk.database.pool.query('insert into follower values ($1, $2, now())', [followed.id, it.ana.personId])
  await it.wrote(followed)
  const note = randomUUIDv7()
  await it.desk.database.pool.query(
    `insert into message (id, conversation_id, kind, author_id, at, body_text) values ($1, $2, 'note', $3, now(), 'Ana?')`,
    [note, followed.id, it.bram.personId],
  )
  await it.desk.database.pool.query('insert into mention values ($1, $2, $3, now())', [
    note,
    followed.id,
    it.ana.personId,
  ])
  await it.wrote(followed, { kind: 'message.noted', actorId: it.bram.personId, facts: { messageId: note } })
  await it.happens({
    kind: 'conversation.owned',
    subjectId: given.id,
    actorId: it.bram.personId,
    facts: { ownerId: it.ana.personId },
  })
  await it.happens({
    kind: 'conversation.owned',
    subjectId: given.id,
    actorId: it.ana.personId,
    facts: { ownerId: it.ana.personId },
  })
  await it.settled()
  const found = (await it.toldTo('ana')).map(({ kind, count }) => `${kind} ${count}`)
  expect(found.sort()).toEqual(['given 1', 'mention 1', 'message 1'])
})

test('a verdict reaches who owns it and everyone who wrote the answer; a choice whose options it was', async () => {
  const one = await it.mine()
  await it.desk.database.pool.query(
    `insert into message (id, conversation_id, kind, author_id, at, body_text) values ($1, $2, 'reply', $3, now(), 'It is the fuse.')`,
    [randomUUIDv7(), one.id, it.bram.personId],
  )
  const facts = { verdict: 'worked', way: 'link' }
  await it.happens({ kind: 'follow-up.judged', subjectId: one.id, actorId: null, facts })
  await it.happens({ kind: 'options.picked', subjectId: one.id, actorId: null, facts: {} })
  await it.settled()
  expect((await it.toldTo('ana')).map(({ kind }) => kind).sort()).toEqual(['choice', 'verdict'])
  expect((await it.toldTo('bram')).map(({ kind }) => kind)).toEqual(['verdict'])
})

test('a promise tells when its time is near and when it is late, once each, and no more once it is kept', async () => {
  const one = await it.mine()
  const start = it.desk.clock.now
  const parts = { db: it.desk.database.db, nudges: noNudges, clock: () => it.desk.clock.now }
  const kinds = async () => {
    await it.settled()
    return (await it.toldTo('ana')).filter(each => each.promise?.id === one.promiseId).map(each => each.kind)
  }
  try {
    await comeDue(parts)
    expect(await kinds()).toEqual([])
    it.desk.clock.now = new Date(start.getTime() + 3.2 * 3_600_000)
    await comeDue(parts)
    await comeDue(parts)
    expect(await kinds()).toEqual(['due-soon'])
    it.desk.clock.now = new Date(start.getTime() + 4.1 * 3_600_000)
    await fallDue(parts)
    await fallDue(parts)
    expect(await kinds()).toEqual(['overdue'])
    await it.happens({
      kind: 'message.replied',
      subjectId: one.id,
      actorId: it.bram.personId,
      facts: { ended: [{ id: one.promiseId, how: 'kept' }] },
    })
    expect(await kinds()).toEqual([])
  } finally {
    it.desk.clock.now = start
  }
})

test('what nobody has and is due soon tells who answers for the team, and new mail to nobody tells no one', async () => {
  const nobodys = await it.mine(null)
  await it.desk.database.pool.query(
    `insert into duty values ($1, $2, $3, tstzrange($4::timestamptz - interval '1 hour', $4::timestamptz + interval '9 hours'))`,
    [randomUUIDv7(), it.team.id, it.bram.personId, it.desk.clock.now],
  )
  await it.wrote(nobodys, { facts: { messageId: nobodys.messageId, state: 'open', fresh: true } })
  await it.happens({
    kind: 'promise.coming-due',
    subjectId: nobodys.id,
    actorId: null,
    facts: { promiseId: nobodys.promiseId, kind: 'reply' },
  })
  await it.settled()
  expect(await it.toldTo('bram')).toMatchObject([{ kind: 'unowned', promise: { id: nobodys.promiseId } }])
  expect(await it.toldTo('ana')).toEqual([])
  await it.desk.database.pool.query('delete from duty')
})

test('a mail of mine that came back, and a mailbox in trouble for who looks after it', async () => {
  const one = await it.mine()
  await it.desk.database.pool.query('update message set author_id = $2, kind = $3 where id = $1', [
    one.messageId,
    it.bram.personId,
    'reply',
  ])
  await it.happens({ kind: 'message.bounced', subjectId: one.id, actorId: null, facts: { messageId: one.messageId } })
  const mailbox = await aMailbox(it.desk, it.team)
  await it.desk.database.pool.query(`update mailbox set alert = 'imap-refused' where id = $1`, [mailbox.id])
  await it.happens({ kind: 'mailbox.alerted', subjectId: mailbox.id, actorId: null, facts: { mailboxId: mailbox.id } })
  await it.settled()
  expect((await it.toldTo('bram')).map(each => each.kind).sort()).toEqual(['mailbox', 'unsent'])
  expect(await it.toldTo('ana')).toEqual([])
  await it.happens({ kind: 'mailbox.recovered', subjectId: mailbox.id, actorId: null, facts: {} })
  await it.settled()
  expect((await it.toldTo('bram')).map(each => each.kind)).toEqual(['unsent'])
})

test('what happened long ago, such as an imported story, is told to nobody', async () => {
  const one = await it.mine()
  await inTransaction(it.desk.database.db, tx =>
    record(tx, {
      kind: 'message.received',
      subjectId: one.id,
      actorId: null,
      scopes: [it.team.id],
      facts: { messageId: one.messageId, state: 'open' },
      at: new Date(it.desk.clock.now.getTime() - 4 * 86_400_000),
    }),
  )
  await it.wrote(one, { facts: { messageId: one.messageId, state: 'closed' } })
  await it.settled()
  expect(await it.toldTo('ana')).toEqual([])
})
