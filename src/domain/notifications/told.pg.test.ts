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

test('who leads hears that a decision is asked of them until it is made, and who asked what came of it', async () => {
  const [one, given, cause] = [await it.mine(), randomUUIDv7(), randomUUIDv7()]
  const { pool } = it.desk.database
  const decision = async (conversationId: string | null) => {
    const id = randomUUIDv7()
    await pool.query(
      `insert into promise (id, conversation_id, kind, direction, by_person_id, to_person_id, words, made_at, due_at) values ($1, $2, 'decision', 'inside', $3, $4, 'half the bill', $5, $5)`,
      [id, conversationId, it.bram.personId, it.ana.personId, it.desk.clock.now],
    )
    return id
  }
  const [ofGiven, ofCause] = [await decision(one.id), await decision(null)]
  await pool.query(
    `insert into goodwill (id, kind, state, minor, currency, conversation_id, by_id, what, reason, asked_at, promise_id) values ($1, 'credit', 'asked', 9900, 'EUR', $2, $3, 'half the bill', 'broken', $4, $5)`,
    [given, one.id, it.ana.personId, it.desk.clock.now, ofGiven],
  )
  await pool.query('insert into recurring_question (id, team_id, made_at, decision_id) values ($1, $2, $3, $4)', [
    ...[cause, it.team.id, it.desk.clock.now, ofCause],
  ])
  const [ana, bram] = [it.ana.personId, it.bram.personId]
  await it.happens(
    {
      kind: 'goodwill.asked',
      subjectId: one.id,
      actorId: ana,
      facts: { goodwillId: given, toId: bram, made: [ofGiven] },
    },
    { kind: 'question.decision-asked', subjectId: cause, actorId: ana, facts: { promiseId: ofCause, byId: bram } },
  )
  await it.settled()
  const kinds = async (who: 'ana' | 'bram') => (await it.toldTo(who)).map(({ kind }) => kind).sort()
  expect(await kinds('bram')).toEqual(['decision-asked', 'goodwill-asked'])
  const asked = (await it.toldTo('bram')).find(({ kind }) => kind === 'decision-asked')
  expect(asked).toMatchObject({ question: { words: 'half the bill', outcome: null } })
  await pool.query(`update promise set ended_at = $3, ended_how = 'kept' where id in ($1, $2)`, [
    ...[ofGiven, ofCause, it.desk.clock.now],
  ])
  await pool.query(`update goodwill set state = 'granted', granted_at = $2 where id = $1`, [given, it.desk.clock.now])
  await pool.query(
    `update recurring_question set outcome = 'fixed', outcome_words = 'In the mail.', answered_at = $2 where id = $1`,
    [...[cause, it.desk.clock.now]],
  )
  const ended = (id: string) => ({ ended: [{ id }] })
  await it.happens(
    {
      kind: 'goodwill.granted',
      subjectId: one.id,
      actorId: bram,
      facts: { goodwillId: given, toId: ana, decided: true, ...ended(ofGiven) },
    },
    {
      kind: 'question.decided',
      subjectId: cause,
      actorId: bram,
      facts: { toId: ana, outcome: 'fixed', ...ended(ofCause) },
    },
  )
  await it.settled()
  expect(await kinds('bram')).toEqual([])
  const told = (await it.toldTo('ana')).toSorted((a, b) => a.kind.localeCompare(b.kind))
  expect(told).toMatchObject([
    { kind: 'decision-made', question: { words: 'In the mail.', outcome: 'fixed' } },
    { kind: 'goodwill-decided', goodwill: { state: 'granted', what: 'half the bill' } },
  ])
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
