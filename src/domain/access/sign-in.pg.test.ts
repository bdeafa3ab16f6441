import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aDesk, aMember, ask, cookieOf, signIn, type TestDesk } from '../../../test/people.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { issueFirstAdministratorLink } from './index.ts'

const goodPassword = 'nine quiet herons wade'
const day = 86_400_000

let desk: TestDesk
beforeAll(async () => {
  desk = await aDesk()
})
afterAll(() => desk.close())

const firstLink = (at: TestDesk) =>
  inTransaction(at.database.db, tx => issueFirstAdministratorLink(tx, at.baseUrl, at.clock.now))
const tokenOf = (link: string | null) => String(link).split('#token=')[1]!

describe('the first administrator', () => {
  const about = {
    name: 'Ana Kovačević',
    address: 'Ana@Example.org',
    password: goodPassword,
    organisation: 'Lindqvist Espresso',
    zone: 'Europe/Zagreb',
  }

  test('gets a new link with each start; the one before stops working', async () => {
    const before = tokenOf(await firstLink(desk))
    const after = tokenOf(await firstLink(desk))
    expect((await ask(desk, 'POST', '/api/v1/links/look', { token: before })).status).toBe(410)
    const seen = await ask(desk, 'POST', '/api/v1/links/look', { token: after })
    expect(seen.body).toEqual({ purpose: 'first-administrator', name: null, address: null })
    expect((await ask(desk, 'GET', '/api/v1/welcome')).body).toEqual({
      name: 'Pond',
      language: 'en',
      needsFirstAdministrator: true,
      passkeys: true,
      accent: null,
      logoId: null,
    })
  })

  test('is one person, however many come at once, and finds a team and a calendar', async () => {
    const token = tokenOf(await firstLink(desk))
    expect(
      (await ask(desk, 'POST', '/api/v1/first-administrator', { ...about, token, password: 'Lindqvist Espresso 1' }))
        .body.code,
    ).toBe('password-guessable')
    const answers = await Promise.all(
      [1, 2, 3, 4].map(n =>
        ask(desk, 'POST', '/api/v1/first-administrator', { ...about, token, address: `ana${n}@example.org` }),
      ),
    )
    const won = answers.filter(answer => answer.status === 200)
    expect(won).toHaveLength(1)
    expect(answers.filter(answer => answer.status === 409 || answer.status === 410)).toHaveLength(3)
    const { me } = won[0]!.body
    expect(me).toMatchObject({
      name: 'Ana Kovačević',
      administrator: true,
      installation: { name: 'Lindqvist Espresso', zone: 'Europe/Zagreb', plainHttp: false },
      teams: [{ name: 'Service', role: 'lead', onDuty: false }],
    })
    const { cookie } = won[0]!
    const teams = await ask(desk, 'GET', '/api/v1/teams', undefined, { cookie })
    expect(teams.body.teams[0].fallback.id).toBe(me.id)
    const calendars = await ask(desk, 'GET', '/api/v1/calendars', undefined, { cookie })
    expect(calendars.body.calendars[0]).toMatchObject({ zone: 'Europe/Zagreb', hours: { length: 5 } })
    expect(await firstLink(desk)).toBeNull()
    expect((await ask(desk, 'GET', '/api/v1/welcome')).body.needsFirstAdministrator).toBe(false)
    const people = await desk.database.pool.query('select count(*)::int as n from person')
    expect(people.rows[0].n).toBe(1)
  })
})

describe('signing in', () => {
  test('works with the address in any case, gives a strict cookie and a new session each time', async () => {
    const jane = await aMember(desk, { address: 'jane.doe@bücher.example', password: goodPassword })
    const first = await signIn(desk, { address: 'Jane.Doe@BÜCHER.example', password: goodPassword })
    expect(first.status).toBe(200)
    expect(first.headers['set-cookie']).toMatch(
      /^pond-session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
    )
    const again = await signIn(desk, jane, { cookie: first.cookie })
    expect(again.cookie).not.toBe(first.cookie)
    expect((await ask(desk, 'GET', '/api/v1/me', undefined, { cookie: first.cookie })).status).toBe(401)
    expect((await ask(desk, 'GET', '/api/v1/me', undefined, { cookie: again.cookie })).body.id).toBe(jane.personId)
  })

  test('over https the cookie is bound to this host; over plain http beyond loopback the desk is told', async () => {
    const secure = await aDesk({ baseUrl: 'https://desk.example.org' })
    const plain = await aDesk({ baseUrl: 'http://desk.example.org' })
    try {
      const kim = await aMember(secure, { password: goodPassword })
      const answer = await signIn(secure, kim)
      expect(answer.headers['set-cookie']).toMatch(
        /^__Host-pond=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      )
      expect(answer.body.me.installation.plainHttp).toBe(false)
      const leo = await aMember(plain, { password: goodPassword })
      expect((await signIn(plain, leo)).body.me.installation.plainHttp).toBe(true)
    } finally {
      await secure.close()
      await plain.close()
    }
  })

  test('says the same to a wrong password, an unknown address, and accounts that are closed or have no password', async () => {
    const past = new Date(desk.clock.now.getTime() - day)
    const open = await aMember(desk, { password: goodPassword })
    const disabled = await aMember(desk, { password: goodPassword, disabled: true })
    const expired = await aMember(desk, { password: goodPassword, expiresAt: past })
    const answers = [
      await signIn(desk, { ...open, password: 'something else' }),
      await signIn(desk, { address: 'nobody@example.org', password: goodPassword }),
      await signIn(desk, { address: 'no address at all', password: goodPassword }),
      await signIn(desk, disabled),
      await signIn(desk, expired),
    ]
    for (const answer of answers) {
      expect(answer.status).toBe(401)
      expect(answer.text).toBe(answers[0]!.text)
      expect(answer.cookie).toBeNull()
    }
  })

  test('takes as long for an unknown address as for a known one', async () => {
    const known = await aMember(desk, { password: goodPassword })
    const took = async (address: string) => {
      const times: number[] = []
      for (let n = 0; n < 8; n++) {
        const begun = performance.now()
        await signIn(desk, { address, password: 'not the one' })
        times.push(performance.now() - begun)
      }
      return Math.min(...times)
    }
    await took('warm@example.org')
    const [unknown, right] = [await took('unknown@example.org'), await took(known.address)]
    expect(unknown).toBeGreaterThan(5)
    expect(Math.max(unknown, right) / Math.min(unknown, right)).toBeLessThan(2)
  })

  test('is slowed per account and per network, for all processes together, and opens again', async () => {
    const bob = await aMember(desk, { password: goodPassword })
    const call = { remoteAddress: '203.0.113.7' }
    const tries = await Promise.all(Array.from({ length: 14 }, () => signIn(desk, { ...bob, password: 'guess' }, call)))
    expect(tries.filter(answer => answer.status === 401)).toHaveLength(10)
    expect(tries.filter(answer => answer.status === 429)).toHaveLength(4)
    const refused = await signIn(desk, bob, call)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect((await signIn(desk, bob, { remoteAddress: '198.51.100.1' })).status).toBe(200)
    desk.clock.now = new Date(desk.clock.now.getTime() + 16 * 60_000)
    expect((await signIn(desk, bob, call)).status).toBe(200)
  })

  test('a network that tries many accounts is slowed as a whole, an IPv6 one by its first 64 bits', async () => {
    let refused = 0
    for (let n = 0; n < 103; n++) {
      const call = { remoteAddress: `2001:db8:1:2::${n.toString(16)}` }
      const answer = await ask(
        desk,
        'POST',
        '/api/v1/sign-in',
        { address: `x${n}@example.org`, password: 'guess' },
        call,
      )
      if (answer.status === 429) refused++
    }
    expect(refused).toBe(3)
  })

  test('many who sign in rightly behind one network address are not slowed', async () => {
    const many = await Promise.all([1, 2, 3].map(() => aMember(desk, { password: goodPassword })))
    for (let n = 0; n < 105; n++) {
      const call = { remoteAddress: '203.0.113.99' }
      expect((await signIn(desk, many[n % 3]!, call)).status).toBe(200)
    }
  })

  test('a forged X-Forwarded-For changes nothing unless a trusted proxy says it', async () => {
    for (let n = 0; n < 12; n++) {
      const headers = { 'x-forwarded-for': `198.51.100.${n}` }
      const answer = await signIn(
        desk,
        { address: 'forged@example.org', password: 'guess' },
        { headers, remoteAddress: '203.0.113.50' },
      )
      expect(answer.status).toBe(n < 10 ? 401 : 429)
    }
  })

  test('refuses what comes from another site', async () => {
    const jane = await aMember(desk)
    const cookie = await cookieOf(desk, jane)
    const from = (headers: Record<string, string>) =>
      ask(desk, 'PUT', '/api/v1/me', { undoSeconds: 5 }, { cookie, headers })
    expect((await from({ origin: 'https://evil.example' })).status).toBe(403)
    expect((await from({ origin: 'null' })).status).toBe(403)
    expect((await from({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await from({ origin: 'http://localhost:4747', 'sec-fetch-site': 'same-origin' })).status).toBe(200)
  })
})
