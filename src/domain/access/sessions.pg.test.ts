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

const _firstLink = (at: TestDesk) =>
  inTransaction(at.database.db, tx => issueFirstAdministratorLink(tx, at.baseUrl, at.clock.now))
const tokenOf = (link: string | null) => String(link).split('#token=')[1]!

describe('a session', () => {
  test('is seen, and ended by its member', async () => {
    const jane = await aMember(desk)
    const [here, there] = [await cookieOf(desk, jane), await cookieOf(desk, jane)]
    const other = await cookieOf(desk, await aMember(desk))
    const { sessions } = (await ask(desk, 'GET', '/api/v1/me/sessions', undefined, { cookie: here })).body
    expect(sessions).toHaveLength(2)
    const away = sessions.find((each: { current: boolean }) => !each.current).id
    expect((await ask(desk, 'DELETE', `/api/v1/me/sessions/${away}`, undefined, { cookie: other })).status).toBe(404)
    expect((await ask(desk, 'DELETE', `/api/v1/me/sessions/${away}`, undefined, { cookie: here })).status).toBe(200)
    expect((await ask(desk, 'GET', '/api/v1/me', undefined, { cookie: there })).status).toBe(401)
    expect((await ask(desk, 'POST', '/api/v1/sign-out', {}, { cookie: here })).status).toBe(200)
    expect((await ask(desk, 'GET', '/api/v1/me', undefined, { cookie: here })).status).toBe(401)
  })

  test('ends after a week without a sign of life, and after a month in any case', async () => {
    const at = await aDesk()
    try {
      const jane = await aMember(at)
      const cookie = await cookieOf(at, jane)
      const alive = async () => (await ask(at, 'GET', '/api/v1/me', undefined, { cookie })).status
      for (let n = 0; n < 4; n++) {
        at.clock.now = new Date(at.clock.now.getTime() + 6.9 * day)
        expect(await alive()).toBe(200)
      }
      at.clock.now = new Date(at.clock.now.getTime() + 3 * day)
      expect(await alive()).toBe(401)
      const idle = await cookieOf(at, jane)
      at.clock.now = new Date(at.clock.now.getTime() + 7 * day + 1)
      expect((await ask(at, 'GET', '/api/v1/me', undefined, { cookie: idle })).status).toBe(401)
    } finally {
      await at.close()
    }
  })

  test('writes when it was seen at most once a minute', async () => {
    const jane = await aMember(desk)
    const cookie = await cookieOf(desk, jane)
    const seen = async () => {
      await ask(desk, 'GET', '/api/v1/me', undefined, { cookie })
      const { rows } = await desk.database.pool.query(
        'select xmin::text, last_seen_at from session where person_id = $1',
        [jane.personId],
      )
      return rows[0]
    }
    const first = await seen()
    desk.clock.now = new Date(desk.clock.now.getTime() + 59_000)
    expect(await seen()).toEqual(first)
    desk.clock.now = new Date(desk.clock.now.getTime() + 1_000)
    expect((await seen()).last_seen_at).toEqual(desk.clock.now)
  })

  test('nothing that opens a door lies in the database', async () => {
    const jane = await aMember(desk, { password: goodPassword })
    const { cookie } = await signIn(desk, jane)
    const { rows } = await desk.database.pool.query(
      `select concat((select json_agg(s) from session s)::text, (select json_agg(m) from member m)::text,
        (select json_agg(l) from sign_in_link l)::text, (select json_agg(t) from throttle t)::text,
        (select json_agg(e) from event e)::text) as everything`,
    )
    expect(rows[0].everything).not.toContain(cookie!.split('=')[1])
    expect(rows[0].everything).not.toContain(goodPassword)
    expect(rows[0].everything).toContain('$argon2id$v=19$m=19456,t=2,p=1$')
  })
})

describe('a password', () => {
  test('is changed with the one before, ends other sessions and every link', async () => {
    const jane = await aMember(desk, { password: goodPassword })
    const { cookie } = await signIn(desk, jane)
    const other = await cookieOf(desk, jane)
    await ask(desk, 'POST', '/api/v1/sign-in/link', { address: jane.address })
    const token = tokenOf(desk.mails.at(-1)!.link)
    const change = (now: string, next: string) => ask(desk, 'PUT', '/api/v1/me/password', { now, next }, { cookie })
    expect((await change('not it', 'seven slow snails sing')).body.code).toBe('password-wrong')
    expect((await change(goodPassword, goodPassword)).body.code).toBe('password-same')
    expect((await change(goodPassword, 'password1234')).body.code).toBe('password-guessable')
    expect((await change(goodPassword, 'seven slow snails sing')).status).toBe(200)
    expect((await ask(desk, 'GET', '/api/v1/me', undefined, { cookie: other })).status).toBe(401)
    expect((await ask(desk, 'GET', '/api/v1/me', undefined, { cookie })).status).toBe(200)
    expect((await ask(desk, 'POST', '/api/v1/links/use', { token })).status).toBe(410)
    expect((await signIn(desk, jane)).status).toBe(401)
    expect((await signIn(desk, { ...jane, password: 'seven slow snails sing' })).status).toBe(200)
  })
})

describe('a mailed link', () => {
  test('is asked for with the same answer for everybody, and mailed to open accounts only', async () => {
    const open = await aMember(desk)
    const closed = await aMember(desk, { disabled: true })
    const before = desk.mails.length
    const answers = []
    for (const address of [open.address, closed.address, 'nobody@example.org', 'no address'])
      answers.push(await ask(desk, 'POST', '/api/v1/sign-in/link', { address }, { remoteAddress: '192.0.2.9' }))
    expect(new Set(answers.map(answer => `${answer.status} ${answer.text}`))).toEqual(new Set(['200 {"done":true}']))
    expect(desk.mails.slice(before).map(mail => mail.address.written)).toEqual([open.address])
    expect(desk.mails.at(-1)).toMatchObject({
      about: 'sign-in',
      link: expect.stringMatching(/^http:\/\/localhost:4747\/link#token=/),
    })
    for (let n = 0; n < 5; n++)
      await ask(desk, 'POST', '/api/v1/sign-in/link', { address: open.address }, { remoteAddress: '192.0.2.9' })
    expect(desk.mails.length - before).toBe(3)
  })

  test('points at the configured address, whatever Host a request names', async () => {
    const open = await aMember(desk)
    await ask(desk, 'POST', '/api/v1/sign-in/link', { address: open.address }, { headers: { host: 'evil.example' } })
    expect(new URL(desk.mails.at(-1)!.link).host).toBe('localhost:4747')
  })

  test('signs in once, also when used many times at once, and not after an hour', async () => {
    const jane = await aMember(desk)
    await ask(desk, 'POST', '/api/v1/sign-in/link', { address: jane.address }, { remoteAddress: '192.0.2.10' })
    const token = tokenOf(desk.mails.at(-1)!.link)
    const seen = await ask(desk, 'POST', '/api/v1/links/look', { token })
    expect(seen.body).toEqual({ purpose: 'sign-in', name: jane.name, address: jane.address })
    const used = await Promise.all([1, 2, 3, 4, 5].map(() => ask(desk, 'POST', '/api/v1/links/use', { token })))
    expect(used.map(answer => answer.status).sort()).toEqual([200, 410, 410, 410, 410])
    await ask(desk, 'POST', '/api/v1/sign-in/link', { address: jane.address }, { remoteAddress: '192.0.2.10' })
    const late = tokenOf(desk.mails.at(-1)!.link)
    desk.clock.now = new Date(desk.clock.now.getTime() + 3_600_000)
    expect((await ask(desk, 'POST', '/api/v1/links/use', { token: late })).status).toBe(410)
  })

  test('does not open an account that was closed since', async () => {
    const jane = await aMember(desk)
    await ask(desk, 'POST', '/api/v1/sign-in/link', { address: jane.address }, { remoteAddress: '192.0.2.11' })
    const token = tokenOf(desk.mails.at(-1)!.link)
    await desk.database.pool.query('update member set disabled_at = now() where person_id = $1', [jane.personId])
    expect((await ask(desk, 'POST', '/api/v1/links/look', { token })).status).toBe(410)
    expect((await ask(desk, 'POST', '/api/v1/links/use', { token })).status).toBe(410)
  })
})
