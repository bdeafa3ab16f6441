/** Keepers, check-ins and touches over the whole server: what is real contact, when the next one is due, and who is asked to see to it. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { aCrew } from '../../../test/crew.ts'
import { noNudges } from '../../../test/desk.ts'
import { aConversation, aMember, ask, cookieOf } from '../../../test/people.ts'
import { readToTheEnd } from '../../../test/reading.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { checkInByWriting } from './commands/check-in.ts'
import { careReader } from './reader.ts'
import { careRoutes } from './routes.ts'

const { desk, teams, people, call } = await aCrew({
  more: it => careRoutes(it.app, { db: it.database.db, rights: it.access.rights, nudges: noNudges }),
  now: new Date('2026-11-24T09:00:00Z'),
  teams: { team: 'Here' },
  people: { keeper: { in: { team: 'teammate' } }, lead: { in: { team: 'lead' } }, other: { in: { team: 'teammate' } } },
})
const { team } = teams
const { keeper, lead } = people
afterAll(() => desk.close())

const wait = (days: number) => {
  desk.clock.now = new Date(desk.clock.now.getTime() + days * 86_400_000)
}
const read = () =>
  readToTheEnd(
    desk.database,
    careReader(() => desk.clock.now),
  )
const tell = (
  kind: 'message.received' | 'conversation.closed',
  conversationId: string,
  facts: Record<string, unknown> = {},
) =>
  inTransaction(desk.database.db, tx =>
    record(tx, { kind, subjectId: conversationId, actorId: null, scopes: [team.id], facts, at: desk.clock.now }),
  )

/** Somebody who wrote, and whose matter is settled. */
async function aCustomer() {
  const conversation = await aConversation(desk, { team, owner: keeper })
  await tell('message.received', conversation.id, { messageId: conversation.messageId })
  await close(conversation.id)
  return conversation
}
async function close(conversationId: string, as: 'closed' | 'spam' = 'closed') {
  await inTransaction(desk.database.db, async tx => {
    const because = as === 'closed' ? 'thanks' : null
    await sql`update conversation set state = ${as}, closed_because = ${because}, due_at = null where id = ${conversationId}`.execute(
      tx,
    )
    await sql`update promise set ended_at = ${desk.clock.now}, ended_how = 'released' where conversation_id = ${conversationId}`.execute(
      tx,
    )
  })
  await tell('conversation.closed', conversationId)
  await read()
}
const careOf = async (personId: string) => (await call('keeper', 'GET', `/care/person/${personId}`)).body
const keep = (personId: string, rhythmDays: number | null = 30, keeperId: string | null = keeper.personId) =>
  call('keeper', 'PUT', '/care', { parties: [{ is: 'person', id: personId }], keeperId, rhythmDays })

test('the first real contact makes a relationship, and reading the log again changes nothing', async () => {
  const { customerId } = await aCustomer()
  const before = await careOf(customerId)
  expect(before).toMatchObject({ lastContactKind: 'message', keeper: null, checkIn: null })
  await sql`update event_reader set transaction_id = '0', seq = 0 where name = 'care'`.execute(desk.database.db)
  await read()
  expect(await careOf(customerId)).toEqual(before)
})

test('spam and what a machine sent make no relationship', async () => {
  const conversation = await aConversation(desk, { team })
  await tell('message.received', conversation.id, { messageId: conversation.messageId })
  await close(conversation.id, 'spam')
  expect((await careOf(conversation.customerId)).relationshipId).toBeNull()
})

test('a keeper and a rhythm make a check-in on a working moment; contact begins it anew, a problem sets it aside', async () => {
  const { customerId } = await aCustomer()
  expect((await keep(customerId)).body).toEqual({ changed: 1 })
  const first = await careOf(customerId)
  // 24 November plus thirty days is Christmas Eve, a Thursday.
  expect(first.checkIn.dueAt).toBe('2026-12-24T09:00:00.000Z')
  const { rows } = await call('keeper', 'GET', '/check-ins').then(answer => answer.body)
  expect(rows.map((row: { party: { id: string } }) => row.party.id)).toContain(customerId)
  wait(3)
  const again = await aConversation(desk, { team, owner: keeper })
  await sql`update conversation set customer_id = ${customerId} where id = ${again.id}`.execute(desk.database.db)
  await tell('message.received', again.id, { messageId: again.messageId })
  await read()
  expect((await careOf(customerId)).checkIn).toBeNull()
  await close(again.id)
  // Thirty days after Friday is a Sunday: the Monday then.
  expect((await careOf(customerId)).checkIn.dueAt).toBe('2026-12-28T08:00:00.000Z')
  const ended = await sql<{ endedWhy: string }>`select ended_why from promise where id = ${first.checkIn.id}`.execute(
    desk.database.db,
  )
  expect(ended.rows[0]!.endedWhy).toBe('open-problem')
})

test('a call written down keeps the check-in and what was promised in it, and is taken back', async () => {
  const { customerId } = await aCustomer()
  await keep(customerId)
  const { checkIn } = await careOf(customerId)
  wait(10)
  const dueAt = new Date(desk.clock.now.getTime() + 5 * 86_400_000).toISOString()
  const said = {
    personId: customerId,
    kind: 'call',
    at: desk.clock.now.toISOString(),
    minutes: 12,
    words: 'They like the new grinder.',
    checkInId: checkIn.id,
  }
  expect((await call('other', 'POST', '/touches', { ...said, promises: [] })).status).toBe(403)
  const promises = [
    { by: 'us', words: 'Send the manual', dueAt },
    { by: 'them', words: 'Send a photograph', dueAt },
  ]
  const noted = await call('keeper', 'POST', '/touches', { ...said, promises })
  expect(noted.status).toBe(200)
  const after = await careOf(customerId)
  expect(after).toMatchObject({ lastContactKind: 'check-in', lastContactAt: desk.clock.now.toISOString() })
  expect(after.touches[0]).toMatchObject({ words: said.words, minutes: 12, mine: true })
  const how = await sql<{ endedHow: string }>`select ended_how from promise where id = ${checkIn.id}`.execute(
    desk.database.db,
  )
  expect(how.rows[0]!.endedHow).toBe('kept')
  const material = await call('keeper', 'GET', `/check-ins/${after.checkIn.id}`)
  expect(
    material.body.promises.map((each: { promise: { direction: string } }) => each.promise.direction).sort(),
  ).toEqual(['ours', 'theirs'])
  expect((await call('keeper', 'POST', '/touches', { ...said, promises: [] })).body.code).toBe('check-in-over')
  expect((await call('other', 'DELETE', `/touches/${noted.body.touchId}`)).status).toBe(404)
  expect((await call('keeper', 'DELETE', `/touches/${noted.body.touchId}`)).status).toBe(200)
  expect((await careOf(customerId)).lastContactKind).toBe('message')
})

test('skipping says why and counts from now; another time is another time', async () => {
  const { customerId } = await aCustomer()
  await keep(customerId)
  const { checkIn } = await careOf(customerId)
  wait(10)
  const later = new Date(desk.clock.now.getTime() + 40 * 86_400_000).toISOString()
  expect((await call('keeper', 'POST', `/check-ins/${checkIn.id}/later`, { dueAt: later })).status).toBe(200)
  const moved = await careOf(customerId)
  expect(moved.checkIn.dueAt).toBe(later)
  expect(
    (await call('keeper', 'POST', `/check-ins/${moved.checkIn.id}/skip`, { reason: 'They are on holiday.' })).status,
  ).toBe(200)
  const skipped = await sql<{
    endedWhy: string
    endedWords: string
  }>`select ended_why, ended_words from promise where id = ${moved.checkIn.id}`.execute(desk.database.db)
  expect(skipped.rows[0]).toEqual({ endedWhy: 'skipped', endedWords: 'They are on holiday.' })
  const next = (await careOf(customerId)).checkIn.dueAt
  expect(Date.parse(next) - desk.clock.now.getTime()).toBeGreaterThanOrEqual(30 * 86_400_000)
})

test('who takes on many that went quiet is not late with all of them', async () => {
  const customers = []
  for (let n = 0; n < 12; n++) customers.push(await aCustomer())
  wait(100)
  const parties = customers.map(each => ({ is: 'person', id: each.customerId }))
  const quiet = await call('lead', 'GET', '/check-ins', { which: 'quiet', limit: '100' })
  expect(quiet.body.rows.length).toBeGreaterThanOrEqual(12)
  expect((await call('keeper', 'GET', '/check-ins', { which: 'quiet' })).status).toBe(403)
  expect((await call('lead', 'PUT', '/care', { parties, keeperId: lead.personId, rhythmDays: 30 })).body.changed).toBe(
    12,
  )
  const mine = (await call('lead', 'GET', '/check-ins', { limit: '100' })).body.rows as { checkIn: { dueAt: string } }[]
  expect(mine).toHaveLength(12)
  expect(mine.every(each => Date.parse(each.checkIn.dueAt) > desk.clock.now.getTime())).toBe(true)
  const days = new Set(mine.map(each => each.checkIn.dueAt.slice(0, 10)))
  expect(days.size).toBeGreaterThanOrEqual(3)
  const page = await call('lead', 'GET', '/check-ins', { limit: '5' })
  const rest = await call('lead', 'GET', '/check-ins', { limit: '100', after: page.body.next })
  expect([...page.body.rows, ...rest.body.rows]).toEqual(mine)
})

test('while the keeper is away their deputy has it, and without one whoever leads; who left leaves a list', async () => {
  const gone = await aMember(desk, { teams: { [team.id]: 'teammate' } })
  const deputy = await aMember(desk, { teams: { [team.id]: 'teammate' } })
  const { customerId } = await aCustomer()
  await keep(customerId, 30, gone.personId)
  const during = sql`tstzrange(${new Date(desk.clock.now.getTime() - 1000)}, ${new Date(desk.clock.now.getTime() + 86_400_000)})`
  const away = (deputyId: string | null) =>
    sql`insert into absence (id, person_id, deputy_id, during, created_at) values (gen_random_uuid(), ${gone.personId}, ${deputyId}, ${during}, ${desk.clock.now})`.execute(
      desk.database.db,
    )
  await away(deputy.personId)
  const his = await ask(desk, 'GET', '/api/v1/check-ins', {}, { cookie: await cookieOf(desk, deputy) })
  expect(his.body.rows.map((row: { party: { id: string } }) => row.party.id)).toEqual([customerId])
  const left = async () =>
    (await call('lead', 'GET', '/check-ins', { which: 'left' })).body.rows.map(
      (row: { party: { id: string } }) => row.party.id,
    )
  expect(await left()).toEqual([])
  await sql`delete from absence`.execute(desk.database.db)
  await away(null)
  expect(await left()).toEqual([customerId])
  await sql`delete from absence`.execute(desk.database.db)
  expect(await left()).toEqual([])
  await sql`update member set disabled_at = ${desk.clock.now} where person_id = ${gone.personId}`.execute(
    desk.database.db,
  )
  expect(await left()).toEqual([customerId])
  expect((await keep(customerId, 30, gone.personId)).body.code).toBe('no-keeper')
  expect((await keep(customerId, 30, lead.personId)).body.changed).toBe(1)
  expect(await left()).toEqual([])
})

test('an organisation is in touch through those who belong to it, and a visit to one of them is its check-in', async () => {
  const { customerId } = await aCustomer()
  const id = randomUUIDv7()
  await sql`insert into organisation (id, name, created_at) values (${id}, 'Café Saudade', ${desk.clock.now})`.execute(
    desk.database.db,
  )
  await sql`insert into membership (person_id, organisation_id, since) values (${customerId}, ${id}, ${desk.clock.now})`.execute(
    desk.database.db,
  )
  await inTransaction(desk.database.db, tx =>
    record(tx, {
      kind: 'membership.changed',
      subjectId: id,
      actorId: null,
      scopes: [],
      facts: { personId: customerId },
      at: desk.clock.now,
    }),
  )
  await read()
  const house = async () => (await call('keeper', 'GET', `/care/organisation/${id}`)).body
  expect(await house()).toMatchObject({ lastContactKind: 'message', party: { name: 'Café Saudade' } })
  const kept = { parties: [{ is: 'organisation', id }], keeperId: keeper.personId, rhythmDays: 20 }
  expect((await call('keeper', 'PUT', '/care', kept)).body.changed).toBe(1)
  const { checkIn } = await house()
  wait(9)
  const visit = { personId: customerId, kind: 'visit', at: desk.clock.now.toISOString(), checkInId: checkIn.id }
  const stranger = (await aCustomer()).customerId
  expect((await call('keeper', 'POST', '/touches', { ...visit, personId: stranger })).status).toBe(404)
  expect((await call('keeper', 'POST', '/touches', visit)).status).toBe(200)
  const after = await house()
  expect(after).toMatchObject({ lastContactKind: 'check-in', lastContactAt: desk.clock.now.toISOString() })
  expect(after.checkIn.id).not.toBe(checkIn.id)
  const found = (await call('keeper', 'GET', '/parties', { like: 'café' })).body.parties
  expect(found).toEqual([{ is: 'organisation', id, name: 'Café Saudade', aside: null }])
})

test('a check-in that is written takes the contact budget, and is refused where that is spent', async () => {
  const { customerId, id: conversationId } = await aCustomer()
  const actor = {
    is: 'member' as const,
    name: 'Keeper',
    administrator: false,
    sessionId: '',
    roles: new Map([[team.id, 'teammate' as const]]),
    personId: keeper.personId,
  }
  const write = async () => {
    const { checkIn } = await careOf(customerId)
    const it = { checkInId: checkIn.id, personId: customerId, conversationId }
    return inTransaction(desk.database.db, tx => checkInByWriting(tx, actor, it, desk.clock.now))
  }
  await keep(customerId, 5)
  await write()
  wait(13)
  await expect(write()).rejects.toMatchObject({ code: 'contact-limit', status: 409 })
  const { people } = (await call('keeper', 'GET', `/check-ins/${(await careOf(customerId)).checkIn.id}`)).body
  expect(people[0]).toMatchObject({ mayWrite: false, because: 'limit' })
  wait(1)
  await write()
})
