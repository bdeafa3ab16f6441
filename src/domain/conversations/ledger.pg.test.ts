/** The whole ledger over HTTP on a real database: both directions, how promises end, lists that show what one may see, targets, and who is told. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noNudges } from '../../../test/desk.ts'
import { aConversation, aMailbox, aMember, ask, aTeam, cookieOf, type TestConversation } from '../../../test/people.ts'
import { aToldDesk, type ToldDesk } from '../../../test/told-desk.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { comeDue, fallDue, tellLeads } from '../promises/clock.ts'
import { timesFor } from './reach.ts'

const monday = new Date('2026-11-23T09:00:00Z')
const hours = (count: number) => new Date(it.desk.clock.now.getTime() + count * 3_600_000).toISOString()

let it: ToldDesk
let mailboxId: string
beforeAll(async () => {
  it = await aToldDesk({ now: monday })
  mailboxId = (await aMailbox(it.desk, it.team)).id
})
afterAll(() => it.close())

const mine = () => aConversation(it.desk, { team: it.team, owner: it.ana, mailboxId })
const ana = (method: 'GET' | 'POST', path: string, say?: Record<string, unknown>) =>
  it.as('ana')(method, `/api/v1${path}`, say)
const rowOf = async (id: string) =>
  (await it.desk.database.pool.query('select * from promise where id = $1', [id])).rows[0]
const step = { is: 'answered', followUpAt: '2026-12-01T09:00:00Z' }
const reply = (one: TestConversation, more: Record<string, unknown>) =>
  ana('POST', `/conversations/${one.id}/replies`, {
    ...{ seenVersion: 1, body: '<p>Here it is.</p>', recipients: { to: ['customer@example.net'] } },
    ...{ nextStep: step, ...more },
  })

test('a reply promises beside its next step, and its mail tells both sides’ promises', async () => {
  const one = await mine()
  const promised = [
    { direction: 'ours', words: 'send the invoice', dueAt: hours(30) },
    { direction: 'theirs', words: 'send the serial number', dueAt: hours(50) },
  ]
  const done = await reply(one, { promised })
  expect(done.status, JSON.stringify(done.body)).toBe(200)
  expect(done.body.state).toBe('solved')
  const open = done.body.promises.map((each: { direction: string; kind: string }) => `${each.direction} ${each.kind}`)
  expect(open.sort()).toEqual(['ours action', 'ours follow-up', 'theirs action'])
  const { rows } = await it.desk.database.pool.query(
    "select content->'told' as told from outbox where message_id = $1",
    [done.body.messageId],
  )
  expect(rows[0].told.map((each: { ours: boolean; words: string }) => [each.ours, each.words])).toEqual([
    [true, 'send the invoice'],
    [false, 'send the serial number'],
  ])
  // It worked, and the invoice is still owed: that keeps the conversation open until it is sent.
  const judged = await ana('POST', `/conversations/${one.id}/verdict`, { verdict: 'worked' })
  expect(judged.body.state).toBe('open')
  const invoice = judged.body.promises.find((each: { words: string }) => each.words === 'send the invoice')
  expect((await ana('POST', `/promises/${invoice.id}/keep`, {})).status).toBe(200)
  const after = await ana('GET', `/conversations/${one.id}`)
  expect(after.body).toMatchObject({ state: 'closed', closedBecause: 'verified', outcome: 'verified' })
})

test('closing with nothing owed refuses to promise something, and a past time is no promise', async () => {
  const one = await mine()
  const ours = { direction: 'ours', words: 'call', dueAt: hours(3) }
  const closing = { is: 'nothing-owed', because: 'thanks' }
  expect((await reply(one, { nextStep: closing, promised: [ours] })).body.code).toBe('closing-with-promise')
  expect((await reply(one, { promised: [{ ...ours, dueAt: hours(-1) }] })).status).toBe(422)
})

test('theirs is noted from what they wrote, brought up kindly once, and kept late by our word', async () => {
  const one = await mine()
  const noted = await ana('POST', `/conversations/${one.id}/promises`, {
    ...{ direction: 'theirs', words: 'Sends the log.', dueAt: hours(2), messageId: one.messageId },
  })
  expect(noted.body.promise).toMatchObject({ direction: 'theirs', by: { id: one.customerId }, state: 'soon' })
  const { id } = noted.body.promise
  expect(await rowOf(id)).toMatchObject({ told_by: one.messageId, noted_by: it.ana.personId })
  it.later(5 * 3_600_000)
  const prepared = await ana('GET', `/promises/${id}/reminder`)
  expect(prepared.status, JSON.stringify(prepared.body)).toBe(200)
  expect(prepared.body.body).toContain('“Sends the log”')
  expect(prepared.body.line).toContain('has not reached us yet')
  const sent = await ana('POST', `/promises/${id}/reminder`, { body: '<p>Is it still right for you?</p>' })
  expect(sent.body.promise.remindedAt).toBe(it.desk.clock.now.toISOString())
  expect((await ana('POST', `/promises/${id}/reminder`, { body: '<p>And now?</p>' })).body.code).toBe('reminded-lately')
  await ana('POST', `/promises/${id}/keep`, {})
  const listed = await ana('GET', '/promises', { conversationId: one.id, state: 'kept-late' })
  expect(listed.body.rows.map((row: { promise: { id: string } }) => row.promise.id)).toEqual([id])
})

test('breaking says so to whom it was told, and something else is promised where nothing would be', async () => {
  const one = await mine()
  const said = await reply(one, { nextStep: { is: 'we-get-back', words: 'the price', dueAt: hours(2) } })
  const [promise] = said.body.promises
  it.later(3 * 3_600_000)
  const facts = await ana('GET', `/promises/${promise.id}`)
  expect(facts.body).toMatchObject({ last: true, tellable: true, promise: { promise: { state: 'overdue' } } })
  const breaks = (say: Record<string, unknown>) =>
    ana('POST', `/promises/${promise.id}/break`, { because: 'lost-sight', ...say })
  const instead = { words: 'the price', dueAt: hours(20) }
  expect((await breaks({ tell: 'I forgot.' })).body.code).toBe('promise-needed')
  expect((await breaks({ instead })).body.code).toBe('say-it')
  const done = await breaks({ tell: 'I lost sight of it, and I am sorry.', instead })
  expect(done.body.promise).toMatchObject({ state: 'open', words: 'the price' })
  expect(await rowOf(promise.id)).toMatchObject({ ended_how: 'replaced', ended_why: 'lost-sight' })
  const listed = await ana('GET', '/promises', { conversationId: one.id, state: 'broken' })
  expect(listed.body.rows[0].promise).toMatchObject({
    ...{ id: promise.id, state: 'broken', endedWhy: 'lost-sight' },
    endedWords: 'I lost sight of it, and I am sorry.',
  })
  expect((await breaks({ tell: 'Again.', instead })).body.code).toBe('promise-over')
})

test('moving before it is due is renegotiating, with its reason; the facts know the time before', async () => {
  const one = await mine()
  const said = await reply(one, { nextStep: { is: 'we-get-back', words: 'the price', dueAt: hours(5) } })
  const [promise] = said.body.promises
  const moved = await ana('POST', `/promises/${promise.id}/renegotiate`, {
    ...{ dueAt: hours(9), words: 'the price', tell: 'It takes until tonight.', because: 'waits-for-others' },
  })
  expect(await rowOf(promise.id)).toMatchObject({ ended_how: 'replaced', ended_why: 'waits-for-others' })
  const facts = await ana('GET', `/promises/${moved.body.promise.id}`)
  expect(facts.body.earlier).toMatchObject([{ id: promise.id, state: 'renegotiated' }])
})

test('releasing has a reason and never leaves a conversation owing nothing', async () => {
  const one = await mine()
  const made = await ana('POST', `/conversations/${one.id}/promises`, {
    ...{ direction: 'ours', words: 'look for the manual', dueAt: hours(5) },
  })
  const { id } = made.body.promise
  expect(made.body.promise.toldAt).toBeNull()
  expect((await ana('POST', `/promises/${one.promiseId}/release`, { because: 'mistake' })).status).toBe(200)
  expect((await ana('POST', `/promises/${id}/release`, { because: 'not-needed' })).body.code).toBe('promise-needed')
})

test('the ledger is walked in pages, by person, team, customer and state, and shows nothing that is not seen', async () => {
  const team = await aTeam(it.desk)
  const here = await aMember(it.desk, { teams: { [team.id]: 'teammate' } })
  const cookie = await cookieOf(it.desk, here)
  const all = []
  for (let n = 0; n < 5; n++) all.push(await aConversation(it.desk, { team, owner: n % 2 ? here : null }))
  const asked = (say: Record<string, unknown>, as = cookie) =>
    ask(it.desk, 'GET', '/api/v1/promises', say, { cookie: as })
  const ids: string[] = []
  let after: string | null = null
  do {
    const page = await asked({ teamId: team.id, limit: 2, ...(after ? { after } : {}) })
    ids.push(...page.body.rows.map((row: { promise: { id: string } }) => row.promise.id))
    after = page.body.next
  } while (after)
  expect(ids.sort()).toEqual(all.map(each => each.promiseId).sort())
  expect((await asked({ byId: here.personId })).body.rows).toHaveLength(2)
  expect((await asked({ customerId: all[0]!.customerId })).body.rows).toHaveLength(1)
  expect((await asked({ direction: 'theirs' })).body.rows).toHaveLength(0)
  // Ana serves elsewhere: for her there is no such team, and nobody's promise.
  expect((await ana('GET', '/promises', { teamId: team.id })).status).toBe(404)
  expect((await ana('GET', '/promises', { byId: here.personId })).body.rows).toEqual([])
  expect((await ana('GET', '/promises', { conversationId: all[0]!.id })).body.rows).toEqual([])
  expect((await ana('GET', `/promises/${all[0]!.promiseId}`)).status).toBe(404)
  await it.desk.database.pool.query('update conversation set needed_by = $2 where id = $1', [all[1]!.id, hours(1)])
  const late = await asked({ teamId: team.id, late: 'true' })
  expect(late.body.rows).toMatchObject([{ late: true, promise: { id: all[1]!.promiseId } }])
})

test('an organisation’s own target comes before the team’s, and only where somebody belongs to it for sure', async () => {
  const one = await mine()
  const whom = { teamId: it.team.id, customerId: one.customerId }
  const times = () => inTransaction(it.desk.database.db, tx => timesFor(tx, whom, monday))
  expect((await times()).target).toBe('team')
  await it.desk.database.pool.query(
    `with o as (insert into organisation (id, name, reply_within, created_at) values (gen_random_uuid(), 'Faro', 30, now()) returning id)
     insert into membership (person_id, organisation_id, since, suggested_at) select $1, id, now(), now() from o`,
    [one.customerId],
  )
  expect((await times()).target).toBe('team')
  await it.desk.database.pool.query('update membership set suggested_at = null where person_id = $1', [one.customerId])
  expect(await times()).toMatchObject({ target: 'organisation', replyDue: new Date('2026-11-23T09:30:00Z') })
})

test('the owner is told when the time is near, the lead when nothing happens, each once', async () => {
  await it.clean()
  await sql`update promise set lead_told_at = ${it.desk.clock.now}, soon_at = ${it.desk.clock.now}, fell_due_at = ${it.desk.clock.now} where ended_at is null`.execute(
    it.desk.database.db,
  )
  const [left, touched] = [await mine(), await mine()]
  const clock = { db: it.desk.database.db, nudges: noNudges, clock: () => it.desk.clock.now }
  const look = async () => {
    for (const each of [comeDue, fallDue, tellLeads]) while ((await each(clock)) > 0);
    await it.settled()
  }
  it.later(3.2 * 3_600_000)
  await look()
  expect((await it.toldTo('ana')).map(each => each.kind)).toEqual(['due-soon', 'due-soon'])
  expect(await it.toldTo('bram')).toEqual([])
  await ana('POST', `/conversations/${touched.id}/notes`, { body: '<p>Asked the workshop.</p>' })
  it.later(0.5 * 3_600_000)
  await look()
  await look()
  expect(await it.toldTo('bram')).toMatchObject([{ kind: 'unheeded', count: 1, promise: { id: left.promiseId } }])
  // What was touched is its owner's, until it is half an hour late.
  it.later(0.9 * 3_600_000)
  await look()
  const told = (await it.toldTo('bram')).filter(each => each.kind === 'unheeded')
  expect(told.map(each => each.promise?.id).sort()).toEqual([left.promiseId, touched.promiseId].sort())
})

test('somebody leaves with 300 open promises: each is on the list of who answers, until one by one it is somebody’s', async () => {
  const fallback = await aMember(it.desk)
  const team = await aTeam(it.desk, { fallback })
  const leaver = await aMember(it.desk, { teams: { [team.id]: 'teammate' } })
  for (let n = 0; n < 300; n++) await aConversation(it.desk, { team, owner: leaver })
  const cookie = await cookieOf(it.desk, fallback)
  const listed = async () => {
    const found = new Set<string>()
    let after: string | null = null
    do {
      const page = await ask(it.desk, 'GET', '/api/v1/promises/mine', after ? { after } : {}, { cookie })
      for (const due of page.body.promises) found.add(due.promise.id)
      after = page.body.next
    } while (after)
    return found
  }
  expect((await listed()).size).toBe(0)
  await it.desk.database.pool.query('update member set disabled_at = now() where person_id = $1', [leaver.personId])
  const left = await listed()
  expect(left.size).toBe(300)
  const first = [...left][0]!
  const kept = await ask(
    it.desk,
    'POST',
    `/api/v1/promises/${first}/renegotiate`,
    { dueAt: hours(30), words: 'I look at it' },
    { cookie },
  )
  expect(kept.status, JSON.stringify(kept.body)).toBe(200)
  expect((await listed()).size).toBe(300)
})
