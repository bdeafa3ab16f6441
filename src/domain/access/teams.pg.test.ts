import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  aDesk,
  aMember,
  ask,
  aTeam,
  cookieOf,
  signIn,
  type TestDesk,
  type TestMember,
  type TestTeam,
} from '../../../test/people.ts'

const goodPassword = 'nine quiet herons wade'
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
const events = async (kind: string) =>
  (await desk.database.pool.query('select * from event where kind = $1 order by seq desc limit 1', [kind])).rows[0]
const soon = (hours: number) => new Date(desk.clock.now.getTime() + hours * hour).toISOString()

describe('a member', () => {
  test('is invited, sets a password by the link, and is in their team', async () => {
    const invited = await as(admin).post('/members', {
      name: 'Kim Berg',
      address: 'Kim@example.org',
      teams: [{ teamId: team.id, role: 'colleague' }],
    })
    expect(invited.body.member).toMatchObject({
      name: 'Kim Berg',
      invited: true,
      teams: [{ id: team.id, role: 'colleague' }],
    })
    expect(desk.mails.at(-1)).toMatchObject({
      about: 'invitation',
      link: invited.body.link,
      invitedBy: administrator.name,
    })
    const token = invited.body.link.split('#token=')[1]
    expect((await as('').post('/links/look', { token })).body).toMatchObject({
      purpose: 'invitation',
      name: 'Kim Berg',
    })
    expect((await as('').post('/links/use', { token })).body.code).toBe('password-needed')
    desk.clock.now = new Date(desk.clock.now.getTime() + 6 * 24 * hour)
    admin = await cookieOf(desk, administrator)
    const used = await as('').post('/links/use', { token, password: goodPassword })
    expect(used.body.me.teams).toMatchObject([{ id: team.id, role: 'colleague' }])
    expect((await signIn(desk, { address: 'kim@example.org', password: goodPassword })).status).toBe(200)
    expect((await as(admin).post('/members', { name: 'Kim', address: 'kim@example.org' })).body.code).toBe(
      'already-member',
    )
    const event = await events('member.invited')
    expect(event).toMatchObject({ subject_id: invited.body.member.id, scopes: [] })
    expect(JSON.stringify(event.facts)).not.toMatch(/kim/i)
  })

  test('a customer who is invited keeps who they are', async () => {
    const { rows } = await desk.database.pool.query(
      `with p as (insert into person (id, name) values (gen_random_uuid(), 'cust@example.org') returning id)
       insert into address (id, person_id, kind, written, normal) select gen_random_uuid(), id, 'mail', 'cust@example.org', 'cust@example.org' from p returning person_id`,
    )
    const invited = await as(admin).post('/members', { name: 'Cleo', address: 'cust@example.org' })
    expect(invited.body.member.id).toBe(rows[0].person_id)
  })

  test('nothing is made when one of the teams does not exist', async () => {
    const before = await desk.database.pool.query('select count(*) from person')
    const teams = [
      { teamId: team.id, role: 'lead' },
      { teamId: randomUUID(), role: 'lead' },
    ]
    expect((await as(admin).post('/members', { name: 'Lo', address: 'lo@example.org', teams })).status).toBe(400)
    expect((await desk.database.pool.query('select count(*) from person')).rows).toEqual(before.rows)
  })

  test('gets a new link only while the account is open; the one before stops working', async () => {
    const kim = await aMember(desk, { password: goodPassword })
    const first = (await as(admin).post(`/members/${kim.personId}/link`)).body.link
    const second = (await as(admin).post(`/members/${kim.personId}/link`)).body.link
    expect((await as('').post('/links/look', { token: first.split('#token=')[1] })).status).toBe(410)
    const session = await cookieOf(desk, kim)
    const used = await as('').post('/links/use', {
      token: second.split('#token=')[1],
      password: 'seven slow snails sing',
    })
    expect(used.status).toBe(200)
    expect((await as(session).get('/me')).status).toBe(401)
    await as(admin).put(`/members/${kim.personId}`, { disabled: true })
    expect((await as(admin).post(`/members/${kim.personId}/link`)).body.code).toBe('account-closed')
  })

  test('who is disabled is out at once, and their duty ends', async () => {
    const kim = await aMember(desk, { password: goodPassword, teams: { [team.id]: 'teammate' } })
    const cookie = await cookieOf(desk, kim)
    for (const [from, to] of [
      [-1, 1],
      [2, 3],
    ] as const)
      await as(lead).post(`/teams/${team.id}/duty`, { memberId: kim.personId, from: soon(from), to: soon(to) })
    expect((await as(cookie).get('/me')).body.teams[0].onDuty).toBe(true)
    const changed = await as(admin).put(`/members/${kim.personId}`, { disabled: true })
    expect(changed.body.member.disabledAt).not.toBeNull()
    expect((await as(cookie).get('/me')).status).toBe(401)
    expect((await signIn(desk, kim)).status).toBe(401)
    const duty = await as(lead).get(`/teams/${team.id}/duty`, { from: soon(0), to: soon(100) })
    expect(duty.body.duties).toEqual([])
    await as(admin).put(`/members/${kim.personId}`, { disabled: false })
    expect((await as(cookie).get('/me')).status).toBe(401)
    expect((await signIn(desk, kim)).status).toBe(200)
  })

  test('whose account has an end is out when it comes', async () => {
    const kim = await aMember(desk)
    const cookie = await cookieOf(desk, kim)
    expect((await as(admin).put(`/members/${kim.personId}`, { expiresAt: soon(-1) })).body.code).toBe('time-passed')
    await as(admin).put(`/members/${kim.personId}`, { expiresAt: soon(1) })
    expect((await as(cookie).get('/me')).status).toBe(200)
    desk.clock.now = new Date(desk.clock.now.getTime() + hour)
    expect((await as(cookie).get('/me')).status).toBe(401)
  })

  test('a fallback person stays, and it says for which team', async () => {
    for (const change of [{ disabled: true }, { expiresAt: soon(5) }]) {
      const refused = await as(admin).put(`/members/${team.fallbackId}`, change)
      expect(refused.body).toMatchObject({ code: 'fallback-stays', facts: { teams: expect.stringContaining('Team') } })
    }
  })

  test('the last administrator stays, also when two remove each other at once', async () => {
    const at = await aDesk()
    try {
      const [one, two] = [await aMember(at, { administrator: true }), await aMember(at, { administrator: true })]
      await aMember(at, { administrator: true, expiresAt: new Date(Date.now() + 24 * hour) })
      await aMember(at, { administrator: true, disabled: true })
      const cookies = [await cookieOf(at, one), await cookieOf(at, two)]
      const change = (cookie: string, who: TestMember, say: unknown) =>
        ask(at, 'PUT', `/api/v1/members/${who.personId}`, say, { cookie })
      const answers = await Promise.all([
        change(cookies[0]!, two, { administrator: false }),
        change(cookies[1]!, one, { disabled: true }),
      ])
      expect(answers.map(answer => answer.status).sort()).not.toEqual([200, 200])
      const { rows } = await at.database.pool.query(
        'select count(*)::int as n from member where administrator and disabled_at is null and expires_at is null',
      )
      expect(rows[0].n).toBe(1)
    } finally {
      await at.close()
    }
  })
})

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

test('colleagues are those of one’s own teams whose account is open, and not partners', async () => {
  const kim = await aMember(desk, { name: 'Kim', teams: { [team.id]: 'teammate' } })
  await aMember(desk, { name: 'Gone', disabled: true, teams: { [team.id]: 'teammate' } })
  const partner = await aMember(desk, { name: 'Pat', teams: { [team.id]: 'partner' } })
  await aMember(desk, { name: 'Away', teams: { [(await aTeam(desk)).id]: 'teammate' } })
  const names = async (who: TestMember) =>
    (await as(await cookieOf(desk, who)).get('/colleagues')).body.colleagues.map((each: { name: string }) => each.name)
  const seen = await names(kim)
  expect(seen).toContain('Kim')
  for (const name of ['Gone', 'Pat', 'Away']) expect(seen).not.toContain(name)
  expect(await names(partner)).toEqual([])
})

test('one’s own settings are added to, and limited', async () => {
  const cookie = await cookieOf(desk, await aMember(desk))
  await as(cookie).put('/me', { settings: { theme: 'dark' }, zone: 'Asia/Tokyo' })
  const me = await as(cookie).put('/me', { settings: { dense: true }, name: 'New Name', undoSeconds: 0 })
  expect(me.body).toMatchObject({
    settings: { theme: 'dark', dense: true },
    zone: 'Asia/Tokyo',
    name: 'New Name',
    undoSeconds: 0,
  })
  const much = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`key${n}`, 'x'.repeat(200)]))
  expect((await as(cookie).put('/me', { settings: much })).status).toBe(413)
  expect((await as(cookie).get('/me')).body.settings).toEqual({ theme: 'dark', dense: true })
})
