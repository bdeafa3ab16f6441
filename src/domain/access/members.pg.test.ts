import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { accessDesk } from '../../../test/access-desk.ts'
import { aDesk, aMember, ask, aTeam, cookieOf, signIn, type TestMember } from '../../../test/people.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { issueLinkForLockedOut } from './index.ts'

const goodPassword = 'nine quiet herons wade'
const hour = 3_600_000

const it = await accessDesk()
const { desk, administrator, as, soon } = it
afterAll(() => desk.close())

const events = async (kind: string) =>
  (await desk.database.pool.query('select * from event where kind = $1 order by seq desc limit 1', [kind])).rows[0]

describe('a member', () => {
  test('is invited, sets a password by the link, and is in their team', async () => {
    const invited = await as(it.admin).post('/members', {
      name: 'Kim Berg',
      address: 'Kim@example.org',
      teams: [{ teamId: it.team.id, role: 'colleague' }],
    })
    expect(invited.body.member).toMatchObject({
      name: 'Kim Berg',
      invited: true,
      teams: [{ id: it.team.id, role: 'colleague' }],
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
    it.admin = await cookieOf(desk, administrator)
    const used = await as('').post('/links/use', { token, password: goodPassword })
    expect(used.body.me.teams).toMatchObject([{ id: it.team.id, role: 'colleague' }])
    expect((await signIn(desk, { address: 'kim@example.org', password: goodPassword })).status).toBe(200)
    expect((await as(it.admin).post('/members', { name: 'Kim', address: 'kim@example.org' })).body.code).toBe(
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
    const invited = await as(it.admin).post('/members', { name: 'Cleo', address: 'cust@example.org' })
    expect(invited.body.member.id).toBe(rows[0].person_id)
  })

  test('nothing is made when one of the teams does not exist', async () => {
    const before = await desk.database.pool.query('select count(*) from person')
    const teams = [
      { teamId: it.team.id, role: 'lead' },
      { teamId: randomUUID(), role: 'lead' },
    ]
    expect((await as(it.admin).post('/members', { name: 'Lo', address: 'lo@example.org', teams })).status).toBe(400)
    expect((await desk.database.pool.query('select count(*) from person')).rows).toEqual(before.rows)
  })

  test('gets a new link only while the account is open; the one before stops working', async () => {
    const kim = await aMember(desk, { password: goodPassword })
    const first = (await as(it.admin).post(`/members/${kim.personId}/link`)).body.link
    const second = (await as(it.admin).post(`/members/${kim.personId}/link`)).body.link
    expect((await as('').post('/links/look', { token: first.split('#token=')[1] })).status).toBe(410)
    const session = await cookieOf(desk, kim)
    const used = await as('').post('/links/use', {
      token: second.split('#token=')[1],
      password: 'seven slow snails sing',
    })
    expect(used.status).toBe(200)
    expect((await as(session).get('/me')).status).toBe(401)
    await as(it.admin).put(`/members/${kim.personId}`, { disabled: true })
    expect((await as(it.admin).post(`/members/${kim.personId}/link`)).body.code).toBe('account-closed')
  })

  test('who is disabled is out at once, and their duty ends', async () => {
    const kim = await aMember(desk, { password: goodPassword, teams: { [it.team.id]: 'teammate' } })
    const cookie = await cookieOf(desk, kim)
    for (const [from, to] of [
      [-1, 1],
      [2, 3],
    ] as const)
      await as(it.lead).post(`/teams/${it.team.id}/duty`, { memberId: kim.personId, from: soon(from), to: soon(to) })
    expect((await as(cookie).get('/me')).body.teams[0].onDuty).toBe(true)
    const changed = await as(it.admin).put(`/members/${kim.personId}`, { disabled: true })
    expect(changed.body.member.disabledAt).not.toBeNull()
    expect((await as(cookie).get('/me')).status).toBe(401)
    expect((await signIn(desk, kim)).status).toBe(401)
    const duty = await as(it.lead).get(`/teams/${it.team.id}/duty`, { from: soon(0), to: soon(100) })
    expect(duty.body.duties).toEqual([])
    await as(it.admin).put(`/members/${kim.personId}`, { disabled: false })
    expect((await as(cookie).get('/me')).status).toBe(401)
    expect((await signIn(desk, kim)).status).toBe(200)
  })

  test('whose account has an end is out when it comes', async () => {
    const kim = await aMember(desk)
    const cookie = await cookieOf(desk, kim)
    expect((await as(it.admin).put(`/members/${kim.personId}`, { expiresAt: soon(-1) })).body.code).toBe('time-passed')
    await as(it.admin).put(`/members/${kim.personId}`, { expiresAt: soon(1) })
    expect((await as(cookie).get('/me')).status).toBe(200)
    desk.clock.now = new Date(desk.clock.now.getTime() + hour)
    expect((await as(cookie).get('/me')).status).toBe(401)
  })

  test('a fallback person stays, and it says for which team', async () => {
    for (const change of [{ disabled: true }, { expiresAt: soon(5) }]) {
      const refused = await as(it.admin).put(`/members/${it.team.fallbackId}`, change)
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

test('colleagues are those of one’s own teams whose account is open, and not partners', async () => {
  const kim = await aMember(desk, { name: 'Kim', teams: { [it.team.id]: 'teammate' } })
  await aMember(desk, { name: 'Gone', disabled: true, teams: { [it.team.id]: 'teammate' } })
  const partner = await aMember(desk, { name: 'Pat', teams: { [it.team.id]: 'partner' } })
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

test('a locked-out administrator gets a link on the machine itself; nobody else does', async () => {
  const made = (address: string) =>
    inTransaction(desk.database.db, tx => issueLinkForLockedOut(tx, address, desk.baseUrl, desk.clock.now))
  const boss = await aMember(desk, { administrator: true })
  const token = (await made(boss.address.toUpperCase())).split('#token=')[1]
  const used = await as('').post('/links/use', { token, password: goodPassword })
  expect(used.body.me).toMatchObject({ id: boss.personId, administrator: true })
  await expect(made((await aMember(desk)).address)).rejects.toMatchObject({ code: 'absent' })
  await expect(made('nobody@example.org')).rejects.toMatchObject({ code: 'absent' })
  await expect(made((await aMember(desk, { administrator: true, disabled: true })).address)).rejects.toMatchObject({
    code: 'account-closed',
  })
})
