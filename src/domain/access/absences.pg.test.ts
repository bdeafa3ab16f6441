/** Absence and deputies, load limits and who sees them, over the whole server. */
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
  type TestMember,
} from '../../../test/people.ts'

let desk: TestDesk
beforeAll(async () => {
  desk = await aDesk({ more: allRoutes })
})
afterAll(() => desk.close())

const hour = 3_600_000
const at = (hours: number) => new Date(desk.clock.now.getTime() + hours * hour).toISOString()
const as = async (who: TestMember) => {
  const cookie = await cookieOf(desk, who)
  return (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, say?: unknown) =>
    ask(desk, method, path, say, { cookie })
}

async function aCrew() {
  const fallback = await aMember(desk, { name: 'Fallback' })
  const team = await aTeam(desk, { fallback })
  const teammate = { [team.id]: 'teammate' } as const
  const owner = await aMember(desk, { name: 'Owner', teams: teammate })
  const deputy = await aMember(desk, { name: 'Deputy', teams: teammate })
  const third = await aMember(desk, { name: 'Third', teams: teammate })
  const { id, promiseId } = await aConversation(desk, { team, owner })
  const answers = async () =>
    (await (await as(third))('GET', `/api/v1/conversations/${id}`)).body.answering.name as string
  const sees = async (who: TestMember) =>
    (await (await as(who))('GET', '/api/v1/promises/mine')).body.promises.some(
      (each: { promise: { id: string } }) => each.promise.id === promiseId,
    ) as boolean
  return { fallback, team, owner, deputy, third, id, promiseId, answers, sees }
}

test('while the owner is away the deputy answers, sees it on Today and knows for whom; ownership and promise stay', async () => {
  const { team, owner, deputy, third, id, answers, sees } = await aCrew()
  const mine = await as(owner)
  const span = { memberId: owner.personId, from: at(-1), to: at(30), deputyId: deputy.personId }
  const added = await mine('POST', '/api/v1/absences', span)
  expect(added.body.absence).toMatchObject({ member: { name: 'Owner' }, deputy: { name: 'Deputy' }, mine: true })
  expect([await answers(), await sees(deputy), await sees(third), await sees(owner)]).toEqual([
    'Deputy',
    true,
    false,
    true,
  ])
  const covering = await (await as(deputy))('GET', '/api/v1/absences/covering')
  expect(covering.body.covering).toEqual([{ member: { id: owner.personId, name: 'Owner' }, until: span.to }])
  expect((await (await as(third))('GET', '/api/v1/absences/covering')).body.covering).toEqual([])
  const { rows } = await desk.database.pool.query('select owner_id, handovers from conversation where id = $1', [id])
  expect(rows).toEqual([{ owner_id: owner.personId, handovers: 0 }])
  // The deputy is away as well: whoever is on duty, else the fallback.
  await (await as(deputy))('POST', '/api/v1/absences', {
    ...{ memberId: deputy.personId, from: at(-1), to: at(5), deputyId: null },
  })
  expect([await answers(), await sees(deputy)]).toEqual(['Fallback', false])
  await desk.database.pool.query(
    'insert into duty (id, team_id, person_id, during) values (gen_random_uuid(), $1, $2, tstzrange($3, $4))',
    [team.id, third.personId, at(-1), at(2)],
  )
  expect([await answers(), await sees(third)]).toEqual(['Third', true])
  // Back: everything is theirs again.
  const path = `/api/v1/absences/${added.body.absence.id}`
  expect((await (await as(third))('DELETE', path)).body.code).toBe('not-yours')
  expect((await mine('DELETE', path)).status).toBe(200)
  expect([await answers(), await sees(third)]).toEqual(['Owner', false])
})

test('a fallback who is away is stood in for by their deputy; a deputy who left the team answers no more', async () => {
  const { fallback, team, owner, deputy, answers, sees } = await aCrew()
  const lead = await aMember(desk, { teams: { [team.id]: 'lead' } })
  const leads = await as(lead)
  const away = (memberId: string, deputyId: string | null) =>
    leads('POST', '/api/v1/absences', { memberId, from: at(0), to: at(30), deputyId })
  expect((await away(owner.personId, null)).status).toBe(200)
  expect((await away(fallback.personId, deputy.personId)).status).toBe(200)
  expect([await answers(), await sees(deputy)]).toEqual(['Deputy', true])
  await desk.database.pool.query(`update team_member set role = 'colleague' where person_id = $1`, [deputy.personId])
  expect([await answers(), await sees(deputy)]).toEqual(['Fallback', false])
})

test('absences that make no sense are refused, and strangers learn of none', async () => {
  const { team, owner, deputy } = await aCrew()
  const mine = await as(owner)
  const add = async (more: Record<string, unknown>) =>
    (
      await mine('POST', '/api/v1/absences', {
        memberId: owner.personId,
        from: at(1),
        to: at(9),
        deputyId: null,
        ...more,
      })
    ).body.code
  const elsewhere = await aTeam(desk)
  const stranger = await aMember(desk, { teams: { [elsewhere.id]: 'lead' } })
  expect(await add({ from: at(9), to: at(1) })).toBe('absence-backwards')
  expect(await add({ from: at(-9), to: at(-1) })).toBe('time-passed')
  expect(await add({ deputyId: owner.personId })).toBe('deputy-self')
  expect(await add({ deputyId: stranger.personId })).toBe('deputy-elsewhere')
  expect(await add({ memberId: deputy.personId })).toBe('not-yours')
  expect(await add({ memberId: stranger.personId })).toBe('absent')
  expect(await add({})).toBeUndefined()
  expect(await add({ from: at(8), to: at(20) })).toBe('absence-overlaps')
  expect((await (await as(stranger))('GET', '/api/v1/absences')).body.absences).toEqual([])
  expect((await (await as(deputy))('GET', '/api/v1/absences')).body.absences).toHaveLength(1)
  const partner = await aMember(desk, { teams: { [team.id]: 'partner' } })
  expect((await (await as(partner))('GET', '/api/v1/absences')).body.absences).toEqual([])
})

test('a team says how it gives out what is new, and what each member has and may have', async () => {
  const { team, owner } = await aCrew()
  const lead = await as(await aMember(desk, { name: 'Zoe', teams: { [team.id]: 'lead' } }))
  const seat = `/api/v1/teams/${team.id}/members/${owner.personId}/load`
  expect((await lead('PUT', seat, { limit: 3 })).status).toBe(200)
  expect((await lead('PUT', `/api/v1/teams/${team.id}/assigns`, { assigns: 'least-loaded' })).status).toBe(200)
  const load = await lead('GET', `/api/v1/teams/${team.id}/load`)
  expect(load.body.assigns).toBe('least-loaded')
  expect(load.body.members.find((each: { id: string }) => each.id === owner.personId)).toMatchObject({
    limit: 3,
    open: 1,
  })
  const mate = await as(owner)
  expect((await mate('PUT', seat, { limit: null })).body.code).toBe('not-yours')
  expect((await mate('GET', `/api/v1/teams/${team.id}/load`)).status).toBe(200)
})
