import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  aDesk,
  aMember,
  ask,
  aTeam,
  cookieOf,
  type TestDesk,
  type TestMember,
  type TestTeam,
} from '../../../test/people.ts'

const _goodPassword = 'nine quiet herons wade'
const hour = 3_600_000

let desk: TestDesk
let administrator: TestMember
let admin: string
let lead: string
let team: TestTeam
beforeAll(async () => {
  desk = await aDesk()
  administrator = await aMember(desk, { administrator: true })
  admin = await cookieOf(desk, administrator)
})
afterAll(() => desk.close())
beforeEach(async () => {
  team = await aTeam(desk)
  lead = await cookieOf(desk, await aMember(desk, { teams: { [team.id]: 'lead' } }))
})

const as = (cookie: string) => ({
  get: (path: string, say?: unknown) => ask(desk, 'GET', `/api/v1${path}`, say, { cookie }),
  post: (path: string, say: unknown = {}) => ask(desk, 'POST', `/api/v1${path}`, say, { cookie }),
  put: (path: string, say: unknown) => ask(desk, 'PUT', `/api/v1${path}`, say, { cookie }),
  delete: (path: string) => ask(desk, 'DELETE', `/api/v1${path}`, undefined, { cookie }),
})
const _events = async (kind: string) =>
  (await desk.database.pool.query('select * from event where kind = $1 order by seq desc limit 1', [kind])).rows[0]
const soon = (hours: number) => new Date(desk.clock.now.getTime() + hours * hour).toISOString()

describe('a team', () => {
  const fields = (more: object = {}) => ({
    name: 'Repairs',
    fallbackId: administrator.personId,
    calendarId: team.calendarId,
    replyWithin: 60,
    followUpDays: 7,
    reopenDays: 30,
    ...more,
  })

  test('is made with a fallback who leads it', async () => {
    const made = await as(admin).post('/teams', fields())
    expect(made.body.team).toMatchObject({
      name: 'Repairs',
      members: [{ id: administrator.personId, role: 'lead' }],
      onDuty: [],
    })
    expect((await as(admin).post('/teams', fields({ fallbackId: randomUUID() }))).body.code).toBe('unknown-member')
    expect((await as(admin).post('/teams', fields({ calendarId: randomUUID() }))).body.code).toBe('unknown-calendar')
    const leaving = await aMember(desk, { expiresAt: new Date(soon(9)) })
    expect((await as(admin).post('/teams', fields({ fallbackId: leaving.personId }))).body.code).toBe('fallback-leaves')
  })

  test('its lead changes it; a new fallback serves in it from then on', async () => {
    const kim = await aMember(desk, { teams: { [team.id]: 'colleague' } })
    const changed = await as(lead).put(`/teams/${team.id}`, { fallbackId: kim.personId, replyWithin: 30 })
    expect(changed.body.team).toMatchObject({ replyWithin: 30, fallback: { id: kim.personId } })
    expect(changed.body.team.members).toContainEqual({ id: kim.personId, name: kim.name, role: 'teammate' })
    expect((await as(lead).put(`/teams/${team.id}`, { replyWithin: 0 })).status).toBe(400)
    expect((await as(lead).put(`/teams/${team.id}`, { archivedAt: null })).status).toBe(400)
  })

  test('a member cannot become its fallback and be disabled at the same moment', async () => {
    for (let round = 0; round < 8; round++) {
      const kim = await aMember(desk, { teams: { [team.id]: 'teammate' } })
      await Promise.all([
        as(admin).put(`/members/${kim.personId}`, { disabled: true }),
        as(lead).put(`/teams/${team.id}`, { fallbackId: kim.personId }),
      ])
      const { rows } = await desk.database.pool.query(
        'select count(*)::int as n from team t join member m on m.person_id = t.fallback_id where m.disabled_at is not null',
      )
      expect(rows[0].n).toBe(0)
    }
  })

  test('roles are given and taken; the fallback serves and stays', async () => {
    const kim = await aMember(desk)
    const cookie = await cookieOf(desk, kim)
    const seat = `/teams/${team.id}/members/${kim.personId}`
    expect((await as(cookie).get(`/teams/${team.id}/duty`)).status).toBe(404)
    expect((await as(lead).put(seat, { role: 'colleague' })).status).toBe(200)
    expect((await as(cookie).get(`/teams/${team.id}/duty`)).status).toBe(200)
    expect((await as(cookie).put(seat, { role: 'lead' })).status).toBe(403)
    expect((await as(lead).delete(seat)).status).toBe(200)
    expect((await as(lead).delete(seat)).status).toBe(404)
    expect((await as(cookie).get(`/teams/${team.id}/duty`)).status).toBe(404)
    const fallback = `/teams/${team.id}/members/${team.fallbackId}`
    expect((await as(lead).put(fallback, { role: 'partner' })).body.code).toBe('fallback-stays')
    expect((await as(lead).delete(fallback)).body.code).toBe('fallback-stays')
    const loud = `/teams/${team.id}/members/${team.fallbackId.toUpperCase()}`
    expect((await as(lead).delete(loud)).body.code).toBe('fallback-stays')
    expect((await as(lead).put(fallback, { role: 'lead' })).status).toBe(200)
  })

  test('duty is for those who serve, has no overlap for one person, and leaves what lies behind', async () => {
    const kim = await aMember(desk, { teams: { [team.id]: 'teammate' } })
    const visitor = await aMember(desk, { teams: { [team.id]: 'colleague' } })
    const add = (memberId: string, from: number, to: number) =>
      as(lead).post(`/teams/${team.id}/duty`, { memberId, from: soon(from), to: soon(to) })
    const running = await add(kim.personId, -1, 5)
    expect(running.body.duty).toMatchObject({ memberId: kim.personId, name: kim.name, from: soon(-1), to: soon(5) })
    expect((await add(kim.personId, 4, 6)).body.code).toBe('duty-overlaps')
    expect((await add(kim.personId, 5, 6)).status).toBe(200)
    expect((await add(visitor.personId, 7, 8)).body.code).toBe('not-serving')
    expect((await add(kim.personId, 9, 8)).body.code).toBe('duty-backwards')
    expect((await add(kim.personId, 1, 9000)).body.code).toBe('duty-backwards')
    expect((await add(kim.personId, -9, -8)).body.code).toBe('time-passed')
    const seen = await as(lead).get('/teams')
    expect(seen.body.teams.find((each: { id: string }) => each.id === team.id).onDuty).toEqual([
      { id: kim.personId, name: kim.name },
    ])
    expect((await as(lead).delete(`/teams/${team.id}/duty/${running.body.duty.id}`)).status).toBe(200)
    expect((await as(lead).delete(`/teams/${team.id}/duty/${running.body.duty.id}`)).status).toBe(404)
    const all = await as(lead).get(`/teams/${team.id}/duty`, { from: soon(-10), to: soon(10) })
    expect(all.body.duties.map((duty: { from: string; to: string }) => [duty.from, duty.to])).toEqual([
      [soon(-1), soon(0)],
      [soon(5), soon(6)],
    ])
    const elsewhere = await aTeam(desk)
    const theirs = all.body.duties[1].id
    expect((await as(admin).delete(`/teams/${elsewhere.id}/duty/${theirs}`)).status).toBe(404)
  })
})

describe('a calendar', () => {
  const calendar = (more: object = {}) => ({
    name: 'Summer',
    zone: 'Pacific/Auckland',
    hours: [
      { weekday: 1, from: 480, to: 720 },
      { weekday: 1, from: 720, to: 900 },
    ],
    holidays: [{ day: '2026-12-25', name: 'Christmas' }],
    ...more,
  })

  test('is saved whole, and refused when hours overlap or a zone does not exist', async () => {
    const path = `/calendars/${team.calendarId}`
    const saved = await as(lead).put(path, calendar())
    expect(saved.body.calendar).toEqual({ id: team.calendarId, ...calendar() })
    expect(
      (
        await as(lead).put(
          path,
          calendar({
            hours: [
              { weekday: 1, from: 480, to: 720 },
              { weekday: 1, from: 719, to: 900 },
            ],
          }),
        )
      ).body.code,
    ).toBe('hours-overlap')
    expect((await as(lead).put(path, calendar({ hours: [{ weekday: 1, from: 720, to: 720 }] }))).body.code).toBe(
      'hours-overlap',
    )
    expect((await as(lead).put(path, calendar({ zone: 'Mars/Olympus' }))).status).toBe(400)
    const twice = [
      { day: '2026-12-25', name: 'a' },
      { day: '2026-12-25', name: 'b' },
    ]
    expect((await as(lead).put(path, calendar({ holidays: twice }))).body.code).toBe('holiday-twice')
    expect((await as(lead).put(path, calendar({ holidays: [{ day: '2026-02-30', name: 'x' }] }))).status).toBe(400)
    expect((await as(lead).get('/calendars')).body.calendars).toContainEqual({ id: team.calendarId, ...calendar() })
  })

  test('that another team works by is the administrator’s to change', async () => {
    const elsewhere = await aTeam(desk)
    expect((await as(lead).put(`/calendars/${elsewhere.calendarId}`, calendar())).status).toBe(403)
    expect((await as(admin).put(`/calendars/${elsewhere.calendarId}`, calendar())).status).toBe(200)
    expect((await as(lead).put(`/calendars/${randomUUID()}`, calendar())).status).toBe(200)
  })
})
