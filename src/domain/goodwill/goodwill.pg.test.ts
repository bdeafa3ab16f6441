/** Goodwill over the whole server: within the allowance at once, beyond it by a lead, never more together, and seen by who may read. */
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { aCrew } from '../../../test/crew.ts'
import { noNudges } from '../../../test/desk.ts'
import { aConversation, aMember, type TestMember } from '../../../test/people.ts'
import { goodwillRoutes } from './routes.ts'

const crew = await aCrew({
  more: it => goodwillRoutes(it.app, { db: it.database.db, rights: it.access.rights, nudges: noNudges }),
  now: new Date('2026-11-24T09:00:00Z'),
  teams: { team: 'Here', other: 'Elsewhere' },
  people: { lead: { name: 'Ana', in: { team: 'lead' } }, otherLead: { name: 'Zoe', in: { other: 'lead' } } },
})
const { desk } = crew
const { team } = crew.teams
const { lead, otherLead } = crew.people
afterAll(() => desk.close())

const as = (who: TestMember, method: 'GET' | 'POST', path: string, say?: unknown) =>
  crew.as(who, method, `/goodwill${path}`, say)
const teammate = () => aMember(desk, { teams: { [team.id]: 'teammate' } })
const credit = (conversationId: string, minor: number, more = {}) => ({
  kind: 'credit',
  minor,
  what: 'Part of the bill',
  reason: 'The parcel arrived broken',
  conversationId,
  ...more,
})

test('ten at once stay together within the allowance', async () => {
  const [who, { id }] = [await teammate(), await aConversation(desk, { team })]
  const all = await Promise.all(Array.from({ length: 10 }, () => as(who, 'POST', '', credit(id, 1500))))
  expect(all.map(each => each.status).sort()).toEqual([200, 200, 200, 409, 409, 409, 409, 409, 409, 409])
  const refused = all.find(each => each.status === 409)!
  expect(refused.body).toMatchObject({ code: 'beyond-allowance', facts: { left: 500, currency: 'EUR' } })
  expect((await as(who, 'GET', '/allowance')).body).toMatchObject({
    minor: 5000,
    left: 500,
    until: '2027-01-01T00:00:00.000Z',
  })
})

test('beyond it a lead promises to decide; the yes is not on the account of who asked, and a no says why', async () => {
  const [who, { id }] = [await teammate(), await aConversation(desk, { team })]
  const asked = (await as(who, 'POST', '', credit(id, 9900, { ask: {} }))).body.goodwill
  expect(asked).toMatchObject({ state: 'asked', lead: { name: 'Ana' }, grantedAt: null, mayDecide: false })
  const promise = await sql<{
    kind: string
    direction: string
    words: string
  }>`select kind, direction, words from promise where conversation_id = ${id} and kind = 'decision' and ended_at is null and by_person_id = ${lead.personId}`.execute(
    desk.database.db,
  )
  expect(promise.rows).toEqual([{ kind: 'decision', direction: 'inside', words: 'Part of the bill' }])
  const decide = (by: TestMember, say: object) => as(by, 'POST', `/${asked.id}/decide`, say)
  expect((await decide(who, { yes: true })).status).toBe(403)
  expect((await decide(otherLead, { yes: true })).status).toBe(404)
  expect((await decide(lead, { yes: false })).status).toBe(400)
  expect((await decide(lead, { yes: true, words: 'Of course.' })).body.goodwill).toMatchObject({
    state: 'granted',
    decidedBy: { name: 'Ana' },
  })
  expect((await decide(lead, { yes: true })).body.code).toBe('goodwill-decided')
  expect((await as(who, 'GET', '/allowance')).body.left).toBe(5000)
  const left =
    await sql`select from promise where conversation_id = ${id} and kind = 'decision' and ended_at is null`.execute(
      desk.database.db,
    )
  expect(left.rows).toHaveLength(0)
  const told = await sql<{
    kind: string
  }>`select kind from event where subject_id = ${id} and kind like 'goodwill.%' order by seq`.execute(desk.database.db)
  expect(told.rows.map(row => row.kind)).toEqual(['goodwill.asked', 'goodwill.granted'])
})

test('a new period begins with a whole allowance, and what costs nothing needs none', async () => {
  const [who, { id }] = [await teammate(), await aConversation(desk, { team })]
  expect((await as(who, 'POST', '', credit(id, 5000))).status).toBe(200)
  expect((await as(who, 'POST', '', { ...credit(id, 0), kind: 'extension' })).body.goodwill.state).toBe('granted')
  expect((await as(who, 'POST', '', credit(id, 0))).status).toBe(400)
  const before = desk.clock.now
  desk.clock.now = new Date('2027-01-01T00:00:01Z')
  expect((await as(who, 'GET', '/allowance')).body.left).toBe(5000)
  desk.clock.now = before
})

test('the ledger pages and sums what one may read; a reason given again and again is shown, and the file holds no formula', async () => {
  const [who, { id }] = [await teammate(), await aConversation(desk, { team })]
  const customer = await aMember(desk)
  for (let n = 0; n < 3; n++)
    await as(who, 'POST', '', { ...credit(id, 100), reason: `=2+3 The invoice was sent twice ${n}` })
  await as(who, 'POST', '', {
    ...credit(id, 0),
    kind: 'exception',
    conversationId: undefined,
    personId: customer.personId,
  })
  const by = { by: who.personId }
  const all = (await as(who, 'GET', '', by)).body
  expect(all).toMatchObject({ granted: [{ currency: 'EUR', minor: 300, count: 4 }], mayExport: false })
  expect(all.rows).toHaveLength(4)
  const first = (await as(who, 'GET', '', { ...by, limit: '3' })).body
  const rest = (await as(who, 'GET', '', { ...by, limit: '3', after: first.next })).body
  expect([...first.rows, ...rest.rows]).toEqual(all.rows)
  expect((await as(otherLead, 'GET', '', by)).body.rows).toHaveLength(1)
  const often = (await as(who, 'GET', '/often')).body.often
  expect(often.map((each: { count: number }) => each.count)).toContain(3)
  const file = await as(lead, 'GET', '/export', by)
  expect(file.text).toContain("'=2+3 The invoice")
  expect(file.text).toContain(',1.00,EUR,')
  expect(file.text.trim().split('\n')).toHaveLength(5)
  expect((await as(who, 'GET', '/export')).status).toBe(403)
})

test('nobody decides what they asked for, and where nobody else leads there is nobody to ask', async () => {
  const { id } = await aConversation(desk, { team })
  const refused = await as(lead, 'POST', '', credit(id, 900_000, { ask: {} }))
  expect(refused.body.code).toBe('nobody-to-ask')
})

test('what was given is taken back with a reason, by who gave it or who leads: it counts no more, and the ledger keeps it', async () => {
  const [who, { id }] = [await teammate(), await aConversation(desk, { team })]
  const mate = await teammate()
  const given = (await as(who, 'POST', '', credit(id, 4000))).body.goodwill
  const second = (await as(who, 'POST', '', credit(id, 700))).body.goodwill
  const take = (by: TestMember, of: string, say: object) => as(by, 'POST', `/${of}/withdraw`, say)
  const why = { words: 'The parcel was fine after all' }
  expect((await take(mate, given.id, why)).status).toBe(403)
  expect((await take(otherLead, given.id, why)).status).toBe(404)
  expect((await take(who, given.id, { words: ' ' })).status).toBe(400)
  const taken = (await take(who, given.id, { ...why, used: true })).body.goodwill
  expect(taken).toMatchObject({ state: 'withdrawn', mayWithdraw: false, withdrawn: { ...why, used: true } })
  expect((await take(lead, given.id, why)).body.code).toBe('goodwill-over')
  expect((await take(lead, second.id, why)).body.goodwill.withdrawn).toMatchObject({ by: { name: 'Ana' }, used: false })
  expect((await as(who, 'GET', '/allowance')).body.left).toBe(5000)
  const { rows, granted } = (await as(who, 'GET', '', { by: who.personId, state: 'withdrawn' })).body
  expect([rows.length, granted]).toEqual([2, []])
  const file = await as(lead, 'GET', '/export', { by: who.personId })
  expect(file.text.split('\n').filter(line => line.includes(',The parcel was fine after all,yes'))).toHaveLength(1)
})

test('a lead sees what waits for their word until they said it or it was taken back, also when they gave it a new time', async () => {
  const [who, { id }] = [await teammate(), await aConversation(desk, { team })]
  const wanted = async () => (await as(who, 'POST', '', credit(id, 9900, { ask: {} }))).body.goodwill
  const [one, other] = [await wanted(), await wanted()]
  const waiting = async (by: TestMember) =>
    (await as(by, 'GET', '/to-decide')).body.rows.filter((row: { by: { id: string } }) => row.by.id === who.personId)
  expect((await waiting(lead)).map((row: { id: string }) => row.id).sort()).toEqual([one.id, other.id].sort())
  expect([...(await waiting(otherLead)), ...(await waiting(who))]).toEqual([])
  // Its time is moved: what replaced it is the promise now.
  const later = await sql<{
    id: string
  }>`with new as (insert into promise (id, conversation_id, kind, direction, by_person_id, to_person_id, words, made_at, due_at)
      select gen_random_uuid(), conversation_id, kind, direction, by_person_id, to_person_id, words, made_at, due_at + interval '1 day' from promise where id = ${one.promiseId} returning id)
    update promise p set ended_at = ${desk.clock.now}, ended_how = 'replaced', replaced_by = new.id from new where p.id = ${one.promiseId} returning new.id`.execute(
    desk.database.db,
  )
  expect((await waiting(lead)).map((row: { promiseId: string }) => row.promiseId)).toContain(later.rows[0]!.id)
  expect((await as(lead, 'POST', `/${one.id}/decide`, { yes: true })).status).toBe(200)
  expect((await as(who, 'POST', `/${other.id}/withdraw`, { words: 'They changed their mind' })).status).toBe(200)
  expect(await waiting(lead)).toEqual([])
  const open =
    await sql`select from promise where conversation_id = ${id} and kind = 'decision' and ended_at is null`.execute(
      desk.database.db,
    )
  expect(open.rows).toHaveLength(0)
})

test('what was given stays with its team when the conversation is gone', async () => {
  const [who, { id }] = [await teammate(), await aConversation(desk, { team })]
  await as(who, 'POST', '', credit(id, 300))
  await sql`delete from conversation where id = ${id}`.execute(desk.database.db)
  const seen = async (by: TestMember) => (await as(by, 'GET', '', { by: who.personId })).body.rows.length
  expect([await seen(who), await seen(lead), await seen(otherLead)]).toEqual([1, 1, 0])
})
