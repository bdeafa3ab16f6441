import { afterAll, beforeAll, expect, test } from 'vitest'
import { allRoutes } from '../../../test/matrix/all-routes.ts'
import { aConversation, aDesk, aMember, ask, aTeam, cookieOf, type TestDesk } from '../../../test/people.ts'

let desk: TestDesk
beforeAll(async () => {
  desk = await aDesk({ more: allRoutes })
})
afterAll(() => desk.close())

const hour = 3_600_000

test('an owner who is gone is covered by who is on duty, else by the fallback, on their Today as well (I1)', async () => {
  const fallback = await aMember(desk, { name: 'Fallback' })
  const team = await aTeam(desk, { fallback })
  const owner = await aMember(desk, { name: 'Owner', teams: { [team.id]: 'teammate' } })
  const mate = await aMember(desk, { name: 'Mate', teams: { [team.id]: 'lead' } })
  const { id } = await aConversation(desk, { team, owner })
  const cookies = {
    fallback: await cookieOf(desk, fallback),
    mate: await cookieOf(desk, mate),
    owner: await cookieOf(desk, owner),
  }
  const answers = async () =>
    (await ask(desk, 'GET', `/api/v1/conversations/${id}`, undefined, { cookie: cookies.mate })).body.answering.name
  const sees = async (who: keyof typeof cookies) => {
    const today = await ask(desk, 'GET', '/api/v1/promises/mine', undefined, { cookie: cookies[who] })
    return (today.body.promises ?? []).some((each: { conversation: { id: string } }) => each.conversation.id === id)
  }
  const change = (sql: string) => desk.database.pool.query(sql, [owner.personId])

  expect([await answers(), await sees('owner'), await sees('fallback'), await sees('mate')]).toEqual([
    'Owner',
    true,
    false,
    false,
  ])
  await change('update member set disabled_at = now() where person_id = $1')
  expect([await answers(), await sees('fallback'), await sees('mate')]).toEqual(['Fallback', true, false])
  const span = {
    from: new Date(desk.clock.now.getTime() - hour).toISOString(),
    to: new Date(desk.clock.now.getTime() + hour).toISOString(),
  }
  const duty = await ask(
    desk,
    'POST',
    `/api/v1/teams/${team.id}/duty`,
    { memberId: mate.personId, ...span },
    { cookie: cookies.mate },
  )
  expect(duty.status).toBe(200)
  expect([await answers(), await sees('fallback'), await sees('mate')]).toEqual(['Mate', false, true])
  await change(`update member set disabled_at = null, expires_at = now() - interval '1 minute' where person_id = $1`)
  expect(await answers()).toBe('Mate')
  await change('update member set expires_at = null where person_id = $1')
  expect([await answers(), await sees('owner'), await sees('mate')]).toEqual(['Owner', true, false])
})

test('who leaves a team, or becomes its partner, first hands over what they own there', async () => {
  const team = await aTeam(desk)
  const lead = await cookieOf(desk, await aMember(desk, { teams: { [team.id]: 'lead' } }))
  const owner = await aMember(desk, { teams: { [team.id]: 'teammate' } })
  const { id } = await aConversation(desk, { team, owner })
  const seat = `/api/v1/teams/${team.id}/members/${owner.personId}`
  const refused = await ask(desk, 'DELETE', seat, undefined, { cookie: lead })
  expect(refused.body).toMatchObject({ code: 'still-owns', status: 409, facts: { count: 1 } })
  expect((await ask(desk, 'PUT', seat, { role: 'partner' }, { cookie: lead })).body.code).toBe('still-owns')
  expect((await ask(desk, 'PUT', seat, { role: 'colleague' }, { cookie: lead })).status).toBe(200)
  const closed = await ask(
    desk,
    'POST',
    `/api/v1/conversations/${id}/close`,
    { seenVersion: 1, because: 'thanks' },
    { cookie: lead },
  )
  expect(closed.status).toBe(200)
  expect((await ask(desk, 'DELETE', seat, undefined, { cookie: lead })).status).toBe(200)
})
