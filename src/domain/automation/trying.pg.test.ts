/** Rules over the whole server: trying one over past mail, order, and taking a removal back. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allRoutes } from '../../../test/matrix/all-routes.ts'
import {
  aConversation,
  aDesk,
  aMember,
  ask,
  aTeam,
  cookieOf,
  type TestDesk,
  type TestTeam,
} from '../../../test/people.ts'

let desk: TestDesk
let team: TestTeam
let other: TestTeam
let lead: string
let administrator: string
beforeAll(async () => {
  desk = await aDesk({ more: allRoutes })
  team = await aTeam(desk, { name: 'Here' })
  other = await aTeam(desk, { name: 'There' })
  lead = await cookieOf(desk, await aMember(desk, { teams: { [team.id]: 'lead' } }))
  administrator = await cookieOf(desk, await aMember(desk, { administrator: true, teams: { [other.id]: 'lead' } }))
})
afterAll(() => desk.close())

const conditions = { words: ['kettle'], wordsIn: 'subject' }

test('trying a rule looks at past mail one may see, says what would change, and changes nothing', async () => {
  for (let n = 0; n < 3; n++) await aConversation(desk, { team, words: `A kettle ${n}` })
  await aConversation(desk, { team, words: 'A pot' })
  await aConversation(desk, { team: other, words: 'Another kettle' })
  const before = await desk.database.pool.query('select id, xmin from conversation order by id')
  const rule = { teamId: team.id, conditions, actions: { priority: 1 }, last: 500 }
  const tried = await ask(desk, 'POST', '/api/v1/rules/try', rule, { cookie: lead })
  expect(tried.body).toMatchObject({ looked: 4, matched: 3, cut: false })
  expect(tried.body.shown.map((each: { subject: string }) => each.subject)).toContain('A kettle 1')
  expect(tried.body.shown[0].changes).toEqual(['priority'])
  const two = await ask(desk, 'POST', '/api/v1/rules/try', { ...rule, last: 2 }, { cookie: lead })
  expect(two.body.looked).toBe(2)
  const all = await ask(desk, 'POST', '/api/v1/rules/try', { ...rule, teamId: null }, { cookie: administrator })
  expect(all.body).toMatchObject({ looked: 1, matched: 1 })
  expect((await ask(desk, 'POST', '/api/v1/rules/try', { ...rule, teamId: null }, { cookie: lead })).body.code).toBe(
    'not-yours',
  )
  expect(
    (await ask(desk, 'POST', '/api/v1/rules/try', { ...rule, teamId: other.id }, { cookie: lead })).body.code,
  ).toBe('absent')
  expect((await desk.database.pool.query('select id, xmin from conversation order by id')).rows).toEqual(before.rows)
})

test('rules keep their order, a removed one comes back in its place, and a lead sees their own', async () => {
  const make = async (name: string, teamId: string | null, cookie: string) =>
    (await ask(desk, 'POST', '/api/v1/rules', { name, teamId, conditions, actions: { priority: 1 } }, { cookie })).body
      .rule.id
  const names = async (cookie: string) =>
    (await ask(desk, 'GET', '/api/v1/rules', undefined, { cookie })).body.rules.map(
      (each: { name: string }) => each.name,
    )
  const [one, two] = [await make('One', null, administrator), await make('Two', null, administrator)]
  const three = await make('Three', team.id, lead)
  expect([await names(administrator), await names(lead)]).toEqual([['One', 'Two', 'Three'], ['Three']])
  await ask(desk, 'POST', `/api/v1/rules/${two}/move`, { to: 'up' }, { cookie: administrator })
  expect(await names(administrator)).toEqual(['Two', 'One', 'Three'])
  await ask(desk, 'DELETE', `/api/v1/rules/${two}`, undefined, { cookie: administrator })
  expect(await names(administrator)).toEqual(['One', 'Three'])
  await ask(desk, 'POST', `/api/v1/rules/${two}/restore`, {}, { cookie: administrator })
  expect(await names(administrator)).toEqual(['Two', 'One', 'Three'])
  const put = await ask(desk, 'PUT', `/api/v1/rules/${one}`, { enabled: false }, { cookie: lead })
  expect(put.body.code).toBe('absent')
  await ask(desk, 'PUT', `/api/v1/rules/${three}`, { name: 'Third', enabled: false }, { cookie: lead })
  expect(await names(lead)).toEqual(['Third'])
})
