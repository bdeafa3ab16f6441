import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { accessDesk } from '../../../test/access-desk.ts'
import { aMember, aTeam, cookieOf } from '../../../test/people.ts'

const it = await accessDesk()
const { desk, administrator, as, soon } = it
afterAll(() => desk.close())

describe('a team', () => {
  const fields = (more: object = {}) => ({
    name: 'Repairs',
    fallbackId: administrator.personId,
    calendarId: it.team.calendarId,
    replyWithin: 60,
    followUpDays: 7,
    reopenDays: 30,
    ...more,
  })

  test('is made with a fallback who leads it', async () => {
    const made = await as(it.admin).post('/teams', fields())
    expect(made.body.team).toMatchObject({
      name: 'Repairs',
      members: [{ id: administrator.personId, role: 'lead' }],
      onDuty: [],
    })
    expect((await as(it.admin).post('/teams', fields({ fallbackId: randomUUID() }))).body.code).toBe('unknown-member')
    expect((await as(it.admin).post('/teams', fields({ calendarId: randomUUID() }))).body.code).toBe('unknown-calendar')
    const leaving = await aMember(desk, { expiresAt: new Date(soon(9)) })
    expect((await as(it.admin).post('/teams', fields({ fallbackId: leaving.personId }))).body.code).toBe(
      'fallback-leaves',
    )
  })

  test('its lead changes it; a new fallback serves in it from then on', async () => {
    const kim = await aMember(desk, { teams: { [it.team.id]: 'colleague' } })
    const changed = await as(it.lead).put(`/teams/${it.team.id}`, { fallbackId: kim.personId, replyWithin: 30 })
    expect(changed.body.team).toMatchObject({ replyWithin: 30, fallback: { id: kim.personId } })
    expect(changed.body.team.members).toContainEqual({ id: kim.personId, name: kim.name, role: 'teammate' })
    expect((await as(it.lead).put(`/teams/${it.team.id}`, { replyWithin: 0 })).status).toBe(400)
    expect((await as(it.lead).put(`/teams/${it.team.id}`, { archivedAt: null })).status).toBe(400)
  })

  test('a member cannot become its fallback and be disabled at the same moment', async () => {
    for (let round = 0; round < 8; round++) {
      const kim = await aMember(desk, { teams: { [it.team.id]: 'teammate' } })
      await Promise.all([
        as(it.admin).put(`/members/${kim.personId}`, { disabled: true }),
        as(it.lead).put(`/teams/${it.team.id}`, { fallbackId: kim.personId }),
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
    const seat = `/teams/${it.team.id}/members/${kim.personId}`
    expect((await as(cookie).get(`/teams/${it.team.id}/duty`)).status).toBe(404)
    expect((await as(it.lead).put(seat, { role: 'colleague' })).status).toBe(200)
    expect((await as(cookie).get(`/teams/${it.team.id}/duty`)).status).toBe(200)
    expect((await as(cookie).put(seat, { role: 'lead' })).status).toBe(403)
    expect((await as(it.lead).delete(seat)).status).toBe(200)
    expect((await as(it.lead).delete(seat)).status).toBe(404)
    expect((await as(cookie).get(`/teams/${it.team.id}/duty`)).status).toBe(404)
    const fallback = `/teams/${it.team.id}/members/${it.team.fallbackId}`
    expect((await as(it.lead).put(fallback, { role: 'partner' })).body.code).toBe('fallback-stays')
    expect((await as(it.lead).delete(fallback)).body.code).toBe('fallback-stays')
    const loud = `/teams/${it.team.id}/members/${it.team.fallbackId.toUpperCase()}`
    expect((await as(it.lead).delete(loud)).body.code).toBe('fallback-stays')
    expect((await as(it.lead).put(fallback, { role: 'lead' })).status).toBe(200)
  })

  test('duty is for those who serve, has no overlap for one person, and leaves what lies behind', async () => {
    const kim = await aMember(desk, { teams: { [it.team.id]: 'teammate' } })
    const visitor = await aMember(desk, { teams: { [it.team.id]: 'colleague' } })
    const add = (memberId: string, from: number, to: number) =>
      as(it.lead).post(`/teams/${it.team.id}/duty`, { memberId, from: soon(from), to: soon(to) })
    const running = await add(kim.personId, -1, 5)
    expect(running.body.duty).toMatchObject({ memberId: kim.personId, name: kim.name, from: soon(-1), to: soon(5) })
    expect((await add(kim.personId, 4, 6)).body.code).toBe('duty-overlaps')
    expect((await add(kim.personId, 5, 6)).status).toBe(200)
    expect((await add(visitor.personId, 7, 8)).body.code).toBe('not-serving')
    expect((await add(kim.personId, 9, 8)).body.code).toBe('duty-backwards')
    expect((await add(kim.personId, 1, 9000)).body.code).toBe('duty-backwards')
    expect((await add(kim.personId, -9, -8)).body.code).toBe('time-passed')
    const seen = await as(it.lead).get('/teams')
    expect(seen.body.teams.find((each: { id: string }) => each.id === it.team.id).onDuty).toEqual([
      { id: kim.personId, name: kim.name },
    ])
    expect((await as(it.lead).delete(`/teams/${it.team.id}/duty/${running.body.duty.id}`)).status).toBe(200)
    expect((await as(it.lead).delete(`/teams/${it.team.id}/duty/${running.body.duty.id}`)).status).toBe(404)
    const all = await as(it.lead).get(`/teams/${it.team.id}/duty`, { from: soon(-10), to: soon(10) })
    expect(all.body.duties.map((duty: { from: string; to: string }) => [duty.from, duty.to])).toEqual([
      [soon(-1), soon(0)],
      [soon(5), soon(6)],
    ])
    const elsewhere = await aTeam(desk)
    const theirs = all.body.duties[1].id
    expect((await as(it.admin).delete(`/teams/${elsewhere.id}/duty/${theirs}`)).status).toBe(404)
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
    const path = `/calendars/${it.team.calendarId}`
    const saved = await as(it.lead).put(path, calendar())
    expect(saved.body.calendar).toEqual({ id: it.team.calendarId, ...calendar() })
    expect(
      (
        await as(it.lead).put(
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
    expect((await as(it.lead).put(path, calendar({ hours: [{ weekday: 1, from: 720, to: 720 }] }))).body.code).toBe(
      'hours-overlap',
    )
    expect((await as(it.lead).put(path, calendar({ zone: 'Mars/Olympus' }))).status).toBe(400)
    const twice = [
      { day: '2026-12-25', name: 'a' },
      { day: '2026-12-25', name: 'b' },
    ]
    expect((await as(it.lead).put(path, calendar({ holidays: twice }))).body.code).toBe('holiday-twice')
    expect((await as(it.lead).put(path, calendar({ holidays: [{ day: '2026-02-30', name: 'x' }] }))).status).toBe(400)
    expect((await as(it.lead).get('/calendars')).body.calendars).toContainEqual({
      id: it.team.calendarId,
      ...calendar(),
    })
  })

  test('that another team works by is the administrator’s to change', async () => {
    const elsewhere = await aTeam(desk)
    expect((await as(it.lead).put(`/calendars/${elsewhere.calendarId}`, calendar())).status).toBe(403)
    expect((await as(it.admin).put(`/calendars/${elsewhere.calendarId}`, calendar())).status).toBe(200)
    expect((await as(it.lead).put(`/calendars/${randomUUID()}`, calendar())).status).toBe(200)
  })
})
