/** Rules over the whole server: trying one over past mail, order, and taking a removal back. */
import { afterAll, expect, test } from 'vitest'
import { aCrew } from '../../../test/crew.ts'
import { allRoutes } from '../../../test/matrix/all-routes.ts'
import { aConversation, type TestMember } from '../../../test/people.ts'

const { desk, teams, people, as } = await aCrew({
  more: allRoutes,
  teams: { team: 'Here', other: 'There' },
  people: { lead: { in: { team: 'lead' } }, administrator: { administrator: true, in: { other: 'lead' } } },
})
const { team, other } = teams
const { lead, administrator } = people
afterAll(() => desk.close())

const conditions = { words: ['kettle'], wordsIn: 'subject' }

test('trying a rule looks at past mail one may see, says what would change, and changes nothing', async () => {
  for (let n = 0; n < 3; n++) await aConversation(desk, { team, words: `A kettle ${n}` })
  await aConversation(desk, { team, words: 'A pot' })
  await aConversation(desk, { team: other, words: 'Another kettle' })
  const before = await desk.database.pool.query('select id, xmin from conversation order by id')
  const rule = { teamId: team.id, conditions, actions: { priority: 1 }, last: 500 }
  const tried = await as(lead, 'POST', '/rules/try', rule)
  expect(tried.body).toMatchObject({ looked: 4, matched: 3, cut: false })
  expect(tried.body.shown.map((each: { subject: string }) => each.subject)).toContain('A kettle 1')
  expect(tried.body.shown[0].changes).toEqual(['priority'])
  const two = await as(lead, 'POST', '/rules/try', { ...rule, last: 2 })
  expect(two.body.looked).toBe(2)
  const all = await as(administrator, 'POST', '/rules/try', { ...rule, teamId: null })
  expect(all.body).toMatchObject({ looked: 1, matched: 1 })
  expect((await as(lead, 'POST', '/rules/try', { ...rule, teamId: null })).body.code).toBe('not-yours')
  expect((await as(lead, 'POST', '/rules/try', { ...rule, teamId: other.id })).body.code).toBe('absent')
  expect((await desk.database.pool.query('select id, xmin from conversation order by id')).rows).toEqual(before.rows)
})

test('rules keep their order, a removed one comes back in its place, and a lead sees their own', async () => {
  const make = async (name: string, teamId: string | null, who: TestMember) =>
    (await as(who, 'POST', '/rules', { name, teamId, conditions, actions: { priority: 1 } })).body.rule.id
  const names = async (who: TestMember) =>
    (await as(who, 'GET', '/rules')).body.rules.map((each: { name: string }) => each.name)
  const [one, two] = [await make('One', null, administrator), await make('Two', null, administrator)]
  const three = await make('Three', team.id, lead)
  expect([await names(administrator), await names(lead)]).toEqual([['One', 'Two', 'Three'], ['Three']])
  await as(administrator, 'POST', `/rules/${two}/move`, { to: 'up' })
  expect(await names(administrator)).toEqual(['Two', 'One', 'Three'])
  await as(administrator, 'DELETE', `/rules/${two}`)
  expect(await names(administrator)).toEqual(['One', 'Three'])
  await as(administrator, 'POST', `/rules/${two}/restore`, {})
  expect(await names(administrator)).toEqual(['Two', 'One', 'Three'])
  const put = await as(lead, 'PUT', `/rules/${one}`, { enabled: false })
  expect(put.body.code).toBe('absent')
  await as(lead, 'PUT', `/rules/${three}`, { name: 'Third', enabled: false })
  expect(await names(lead)).toEqual(['Third'])
})
