/** Questions that come again, over the whole server: found from the log, shown to who may read them, taught, told apart, and decided about. */
import { randomUUIDv7 } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { aCrew } from '../../../test/crew.ts'
import { allRoutes } from '../../../test/matrix/all-routes.ts'
import { aConversation, aMailbox, type TestMember, type TestTeam } from '../../../test/people.ts'
import { readToTheEnd } from '../../../test/reading.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { questionReader } from './reader.ts'
import { sortSome } from './sorting.ts'

const crew = await aCrew({
  more: allRoutes,
  teams: { team: 'Here', other: 'Elsewhere' },
  people: {
    lead: { name: 'Ana Kovačević', in: { team: 'lead' } },
    bram: { name: 'Bram de Wit', in: { team: 'teammate' } },
    colleague: { name: 'Cora Smit', in: { team: 'colleague' } },
    stranger: { name: 'Brita Far', in: { other: 'lead' } },
  },
})
const { desk, people } = crew
const { team, other } = crew.teams
await aMailbox(desk, team)
afterAll(() => desk.close())

type Who = keyof typeof people
const call = (method: 'GET' | 'POST' | 'PUT', path: string, say?: unknown, who: Who = 'lead') =>
  crew.call(who, method, path, say)
const before = async (id: string, who: Who = 'lead') =>
  (await call('GET', `/conversations/${id}/asked-before`, undefined, who)).body
const pool = () => desk.database.pool

/** Begins as mail does: the conversation, and the event that tells of it. */
async function asked(words: string, wishes: { team?: TestTeam; customer?: string; owner?: TestMember } = {}) {
  const at = wishes.team ?? team
  const made = await aConversation(desk, { team: at, words, ...wishes })
  await inTransaction(desk.database.db, tx =>
    record(tx, {
      kind: 'message.received',
      subjectId: made.id,
      actorId: null,
      scopes: [at.id],
      facts: { messageId: made.messageId },
      at: desk.clock.now,
    }),
  )
  return made
}

async function answered(conversationId: string, words: string) {
  await pool().query(
    `insert into message (id, conversation_id, kind, author_id, at, body_text, next_step) values ($1, $2, 'reply', $3, $4, $5, '{"is":"answered"}')`,
    [randomUUIDv7(), conversationId, people.bram.personId, desk.clock.now, words],
  )
}

/** Reads the log to its end and compares what is new. */
async function settle() {
  await readToTheEnd(desk.database, questionReader())
  while ((await sortSome(desk.database.db, desk.clock.now)) > 0);
}

const code = 'Which door code do I need for the workshop in the evening?'
const ids = (list: { conversationId: string }[]) => list.map(each => each.conversationId)

test('the same question of others is found with its answer, by those who may read it and nobody else', async () => {
  const first = await asked(code)
  await answered(first.id, 'Dear Customer,\n\nThe code 4711 99 stands on the blue card.\n\nKind regards\nBram')
  const second = await asked('What is the code of the workshop door in the evening, please?')
  await asked('The grinder gets hot after ten minutes and smells burnt')
  const elsewhere = await asked(code, { team: other })
  const third = await asked('Which code opens the workshop door in the evening?')
  await settle()
  const seen = await before(third.id)
  expect(ids(seen.byOthers).sort()).toEqual([first.id, second.id].sort())
  expect(seen.others).toBe(2)
  expect(seen.byOthers.find((each: { answer: unknown }) => each.answer).answer).toMatchObject({
    by: { name: 'Bram de Wit' },
    verified: false,
  })
  expect(seen.recurring).toMatchObject({ asked: 3, people: 3, teamName: 'Here' })
  expect(ids((await before(elsewhere.id, 'stranger')).byOthers)).toEqual([])
  expect((await call('GET', `/conversations/${third.id}/asked-before`, undefined, 'stranger')).status).toBe(404)
  // A colleague sees what they own, and no count of what they don't.
  const own = await asked(code, { owner: people.colleague })
  await settle()
  expect(await before(own.id, 'colleague')).toEqual({ bySame: [], byOthers: [], others: 0, recurring: null })
  // What is put away asks nothing any more.
  await pool().query(`update conversation set state = 'trash' where id = $1`, [second.id])
  expect(ids((await before(third.id)).byOthers)).not.toContain(second.id)
})

test('an answer to somebody else comes without what was theirs; one to the same person comes whole', async () => {
  const customer = 'ines@saudade.example'
  const first = await asked('How do I descale the Faro before the market?', { customer })
  await answered(first.id, 'Dear Customer,\n\nRun two litres through it. Call +31 10 555 0199.\n\nKind regards\nBram')
  const again = await asked('How do I descale the Faro before the winter?', { customer })
  const others = await asked('How do I descale my Faro before the winter?')
  await settle()
  expect(ids((await before(again.id)).bySame)).toEqual([first.id])
  const path = (id: string) => `/conversations/${id}/asked-before/${first.id}/answer`
  expect((await call('GET', path(again.id))).body).toMatchObject({
    heldBack: 0,
    html: expect.stringContaining('Dear Customer'),
  })
  expect((await call('GET', path(others.id))).body).toMatchObject({
    html: '<p>Run two litres through it. Call ….</p>',
    heldBack: 3,
    by: { name: 'Bram de Wit' },
  })
  expect((await call('GET', path(others.id), undefined, 'stranger')).status).toBe(404)
  const elsewhere = await asked('How do I descale it?', { team: other })
  expect((await call('GET', path(elsewhere.id), undefined, 'stranger')).status).toBe(404)
})

test('"not the same" keeps the two apart, teaches the matching, and can be taken back to where it was', async () => {
  const one = await asked('My parcel with the burrs has not arrived yet')
  const two = await asked('My parcel with the gaskets has not arrived yet')
  await settle()
  const path = `/conversations/${two.id}/asked-before/${one.id}`
  const lessons = async () =>
    (await pool().query('select sum(apart)::int as apart, sum(same)::int as same from question_feature')).rows[0]
  expect(ids((await before(two.id)).byOthers)).toEqual([one.id])
  const none = await lessons()
  expect((await call('PUT', path, { same: false })).status).toBe(200)
  expect((await call('PUT', path, { same: false })).status).toBe(200)
  const learned = await lessons()
  expect(learned.apart).toBeGreaterThan(none.apart)
  expect(await before(two.id)).toMatchObject({ byOthers: [], recurring: null })
  expect((await before(one.id)).byOthers).toEqual([])
  expect((await call('PUT', path, { same: null })).status).toBe(200)
  expect(await lessons()).toEqual(none)
  expect(ids((await before(two.id)).byOthers)).toEqual([one.id])
  expect((await before(two.id)).recurring).toMatchObject({ asked: 2 })
  expect((await call('PUT', path, { same: true })).status).toBe(200)
  expect((await lessons()).same).toBeGreaterThan(none.same)
  expect((await call('PUT', path, { same: false }, 'stranger')).status).toBe(404)
  const itself = `/conversations/${two.id}/asked-before/${two.id}`
  expect((await call('PUT', itself, { same: true })).status).toBe(404)
})

test('a cause is decided by who leads, by a time, once; the promise is kept and the team sees the outcome', async () => {
  const { body } = await call('GET', '/recurring-questions')
  expect(body.questions[0]).toMatchObject({ asked: 3, teamName: 'Here' })
  expect((await call('GET', '/recurring-questions', undefined, 'stranger')).body).toEqual({ questions: [], next: null })
  expect((await call('GET', '/recurring-questions', { after: 'x' })).status).toBe(400)
  const { id } = body.questions[0]
  const path = `/recurring-questions/${id}/decision`
  const dueAt = new Date(desk.clock.now.getTime() + 86_400_000).toISOString()
  const say = { byId: people.lead.personId, words: 'Print the code in the booking mail?', dueAt }
  expect((await call('GET', `/recurring-questions/${id}/deciders`, undefined, 'bram')).body.people).toEqual([
    { id: people.lead.personId, name: 'Ana Kovačević' },
  ])
  const past = { ...say, dueAt: desk.clock.now.toISOString() }
  expect((await call('POST', path, past, 'bram')).body.code).toBe('time-passed')
  expect((await call('POST', path, { ...say, byId: people.bram.personId }, 'bram')).body.code).toBe('no-decider')
  expect((await call('POST', path, say, 'stranger')).status).toBe(404)
  expect((await call('PUT', path, { outcome: 'fixed', words: 'Done' })).body.code).toBe('no-decision')
  expect((await call('POST', path, say, 'bram')).body.question.decision).toMatchObject({
    kind: 'decision',
    direction: 'inside',
    words: say.words,
    by: { name: 'Ana Kovačević' },
    to: { name: 'Bram de Wit' },
    state: 'open',
  })
  expect((await call('POST', path, say, 'bram')).body.code).toBe('decision-open')
  expect((await call('GET', '/decisions/mine')).body.questions).toHaveLength(1)
  expect((await call('GET', '/decisions/mine', undefined, 'bram')).body.questions).toEqual([])
  expect((await call('PUT', path, { outcome: 'fixed', words: 'No.' }, 'bram')).status).toBe(403)
  const decided = await call('PUT', path, { outcome: 'fixed', words: 'It stands in the mail now.' })
  expect(decided.body.question).toMatchObject({
    decision: { state: 'kept' },
    outcome: { is: 'fixed', words: 'It stands in the mail now.' },
  })
  expect((await call('GET', '/decisions/mine')).body.questions).toEqual([])
  // Asked once more it is a new promise, and the old outcome no longer stands.
  expect((await call('POST', path, say, 'bram')).body.question).toMatchObject({
    outcome: null,
    decision: { state: 'open' },
  })
  const log = await pool().query(`select kind from event where subject_id = $1 order by seq`, [id])
  expect(log.rows.map(row => row.kind)).toEqual([
    'question.decision-asked',
    'question.decided',
    'question.decision-asked',
  ])
})

test('what teaches it is named for who may use it', async () => {
  const { id } = (await call('GET', '/recurring-questions')).body.questions[0]
  const texts = [{ language: 'en', body: '<p>The code is on the blue card.</p>' }]
  const mine = (await call('POST', '/saved-replies', { name: 'Door code', whose: { is: 'mine' }, texts })).body
    .savedReply
  const path = `/recurring-questions/${id}/teaching`
  expect((await call('PUT', path, { savedReplyId: mine.id }, 'bram')).status).toBe(404)
  expect((await call('PUT', path, { savedReplyId: mine.id })).body.question.savedReply).toEqual({
    id: mine.id,
    name: 'Door code',
  })
  const seen = (await call('GET', '/recurring-questions', undefined, 'bram')).body.questions
  expect(seen.find((each: { id: string }) => each.id === id).savedReply).toBeNull()
})

test('read twice, moved to another team, gone: each question stands once and where its conversation is', async () => {
  const one = await asked('Do you repair scales with a broken display?')
  const two = await asked('Do you repair a scale with a broken display?')
  await settle()
  const counts = async () =>
    (
      await pool().query(
        'select (select count(*) from question)::int as n, (select questions from question_count) as told, (select sum(seen)::int from question_feature) as seen',
      )
    ).rows[0]
  const known = await counts()
  expect(known.n).toBe(known.told)
  await pool().query(`update event_reader set transaction_id = '0', seq = 0 where name = 'questions'`)
  await settle()
  expect(await counts()).toEqual(known)
  await pool().query('update conversation set team_id = $2 where id = $1', [one.id, other.id])
  await inTransaction(desk.database.db, tx =>
    record(tx, {
      kind: 'conversation.moved',
      subjectId: one.id,
      actorId: null,
      scopes: [other.id],
      facts: {},
      at: desk.clock.now,
    }),
  )
  await settle()
  const { rows } = await pool().query('select team_id, recurring_id from question where conversation_id = $1', [one.id])
  expect(rows[0]).toEqual({ team_id: other.id, recurring_id: null })
  expect(ids((await before(two.id)).byOthers)).not.toContain(one.id)
  const [was, features] = [
    await counts(),
    async () => (await pool().query('select count(*)::int as n from question_feature')).rows[0].n,
  ]
  const knew = await features()
  await pool().query('delete from conversation where id = $1', [two.id])
  const is = await counts()
  expect([is.n, is.told, (await features()) < knew]).toEqual([was.n - 1, was.told - 1, true])
  expect(is.seen).toBeLessThan(was.seen)
  // Nothing is asked by mail that no person wrote.
  const aside = await asked('Newsletter: which door code do I need for the workshop in the evening?')
  await pool().query(`update conversation set state = 'aside' where id = $1`, [aside.id])
  await settle()
  expect((await pool().query('select from question where conversation_id = $1', [aside.id])).rowCount).toBe(0)
})
