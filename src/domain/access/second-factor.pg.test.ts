import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aPasskey } from '../../../test/passkey.ts'
import { type Answer, aDesk, aMember, ask, cookieOf, type TestDesk, type TestMember } from '../../../test/people.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { codeAt } from './codes.ts'
import { issueLinkForLockedOut } from './index.ts'

const password = 'nine quiet herons wade'
const minute = 60_000

let desk: TestDesk
beforeAll(async () => {
  desk = await aDesk()
})
afterAll(() => desk.close())

let networks = 0
/** From a network of its own, so that no limit on places is met. */
const say = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, cookie?: string | null) =>
  ask(desk, method, `/api/v1${path}`, body, {
    cookie: cookie ?? null,
    remoteAddress: `10.7.${++networks >> 8}.${networks & 255}`,
  })
const pass = (ms: number) => {
  desk.clock.now = new Date(desk.clock.now.getTime() + ms)
}
const first = (who: TestMember) => say('POST', '/sign-in', { address: who.address, password })
const kinds = async (who: TestMember) =>
  (
    await desk.database.pool.query<{ kind: string }>('select kind from event where subject_id = $1 order by seq', [
      who.personId,
    ])
  ).rows.map(row => row.kind)

async function withAuthenticator(wishes: Parameters<typeof aMember>[1] = {}) {
  const who = await aMember(desk, { password, ...wishes })
  const cookie = await cookieOf(desk, who)
  const { secret, uri } = (await say('POST', '/me/authenticator', {}, cookie)).body as { secret: string; uri: string }
  const answer = await say('POST', '/me/authenticator/confirm', { code: codeAt(secret, desk.clock.now) }, cookie)
  pass(31_000)
  return { who, cookie, secret, uri, codes: answer.body.codes as string[] }
}
const code = (secret: string, ms = 0) => codeAt(secret, new Date(desk.clock.now.getTime() + ms))
const second = (answer: Answer, given: string) =>
  say('POST', '/sign-in/second', { ticket: answer.body.second.ticket, code: given })

describe('an authenticator', () => {
  test('is confirmed by a code, and asked for from then on; without it nothing opens', async () => {
    const { who, secret, uri, codes } = await withAuthenticator()
    expect(uri).toMatch(/^otpauth:\/\/totp\/.*secret=/)
    expect(codes).toHaveLength(10)
    expect(new Set(codes).size).toBe(10)
    const stepped = await first(who)
    expect(stepped.status).toBe(200)
    expect(stepped.cookie).toBeNull()
    expect(stepped.body).toEqual({
      second: { ticket: expect.any(String), ways: ['authenticator', 'recovery-code'] },
    })
    const wrong = await second(stepped, '000000')
    expect([wrong.status, wrong.body.code, wrong.cookie]).toEqual([403, 'code-wrong', null])
    const entered = await second(stepped, code(secret).replace(/^(...)/, '$1 '))
    expect(entered.body.me).toMatchObject({ id: who.personId, secondFactor: true, mustSetUp: false })
    expect((await say('GET', '/me', undefined, entered.cookie)).status).toBe(200)
    expect((await second(stepped, code(secret, 30_000))).body.code).toBe('sign-in-over')
    expect(await kinds(who)).toEqual(['member.factor-added', 'member.second-step-refused', 'member.signed-in'])
  })

  test('accepts a code once, the one before and after it, and no other', async () => {
    const { who, secret } = await withAuthenticator()
    const used = code(secret)
    expect((await second(await first(who), used)).status).toBe(200)
    expect((await second(await first(who), used)).body.code).toBe('code-wrong')
    expect((await second(await first(who), code(secret, -30_000))).body.code).toBe('code-wrong')
    expect((await second(await first(who), code(secret, 30_000))).status).toBe(200)
    expect((await second(await first(who), code(secret, 90_000))).body.code).toBe('code-wrong')
    pass(61_000)
    const [a, b] = [await first(who), await first(who)]
    const both = await Promise.all([second(a, code(secret)), second(b, code(secret))])
    expect(both.map(answer => answer.status).sort()).toEqual([200, 403])
  })

  test('is guessed ten times in a quarter of an hour, from wherever', async () => {
    const { who, secret } = await withAuthenticator()
    for (let n = 0; n < 10; n++) expect((await second(await first(who), `99999${n}`)).status).toBe(403)
    const late = await second(await first(who), code(secret))
    expect([late.status, late.body.code]).toEqual([429, 'too-many-tries'])
    pass(15 * minute)
    expect((await second(await first(who), code(secret))).status).toBe(200)
  })

  test('leaves the answer to a wrong password as it is, and a ticket dies after ten minutes', async () => {
    const { who, secret } = await withAuthenticator()
    const plain = await aMember(desk, { password })
    const wrong = (address: string) => say('POST', '/sign-in', { address, password: 'not this one at all' })
    const [theirs, others, nobodys] = [await wrong(who.address), await wrong(plain.address), await wrong('x@y.example')]
    expect(theirs.text).toBe(others.text)
    expect(theirs.text).toBe(nobodys.text)
    const stepped = await first(who)
    pass(10 * minute + 1)
    expect((await second(stepped, code(secret))).body.code).toBe('sign-in-over')
  })

  test('can be stood in for by each recovery code once; new ones make the old ones worthless', async () => {
    const { who, cookie, codes } = await withAuthenticator()
    expect((await second(await first(who), codes[0]!.toUpperCase().replaceAll('-', ' '))).status).toBe(200)
    expect((await second(await first(who), codes[0]!)).body.code).toBe('code-wrong')
    expect((await say('GET', '/me/security', undefined, cookie)).body.codesLeft).toBe(9)
    const { rows } = await desk.database.pool.query('select code_hash from recovery_code where person_id = $1', [
      who.personId,
    ])
    expect(rows.some(row => codes.some(one => row.code_hash.toString().includes(one)))).toBe(false)
    const renewed = await say('POST', '/me/recovery-codes', {}, cookie)
    expect(renewed.body.codes).toHaveLength(10)
    expect((await second(await first(who), codes[1]!)).body.code).toBe('code-wrong')
    expect((await second(await first(who), renewed.body.codes[1])).status).toBe(200)
  })

  test('lies sealed, and one that was never confirmed asks for nothing', async () => {
    const who = await aMember(desk, { password })
    const cookie = await cookieOf(desk, who)
    const begun = await say('POST', '/me/authenticator', {}, cookie)
    const { rows } = await desk.database.pool.query('select secret from authenticator where person_id = $1', [
      who.personId,
    ])
    expect(rows[0].secret.toString('latin1')).not.toContain(begun.body.secret)
    expect((await first(who)).body.me.secondFactor).toBe(false)
    expect((await say('POST', '/me/authenticator/confirm', { code: '123456' }, cookie)).body.code).toBe('code-wrong')
    expect((await say('DELETE', '/me/authenticator', {}, cookie)).status).toBe(404)
  })

  test('is not passed by a link either; a new password by link waits for it', async () => {
    const boss = await aMember(desk, { administrator: true })
    const { who, secret } = await withAuthenticator()
    const made = await say('POST', `/members/${who.personId}/link`, {}, await cookieOf(desk, boss))
    const token = made.body.link.split('#token=')[1]
    const next = 'eleven loud geese land'
    const stepped = await say('POST', '/links/use', { token, password: next })
    expect(stepped.body.second.ways).toContain('authenticator')
    expect((await say('POST', '/sign-in', { address: who.address, password: next })).status).toBe(401)
    expect((await second(stepped, code(secret))).status).toBe(200)
    expect((await say('POST', '/sign-in', { address: who.address, password: next })).body.second).toBeTruthy()
  })
})

describe('a passkey', () => {
  const origin = 'http://localhost:4747'
  async function withPasskey(verifies = true) {
    const who = await aMember(desk, { password })
    const cookie = await cookieOf(desk, who)
    const device = aPasskey(origin, verifies)
    const asked = await say('POST', '/me/passkeys/options', {}, cookie)
    const made = device.make(asked.body.options)
    const added = await say('POST', '/me/passkeys', { ticket: asked.body.ticket, name: 'Laptop', made }, cookie)
    return { who, cookie, device, asked, made, added }
  }
  const alone = async (device: ReturnType<typeof aPasskey>) => {
    const asked = await say('POST', '/sign-in/passkey/options', {})
    return {
      asked,
      answer: await say('POST', '/sign-in/passkey', {
        ticket: asked.body.ticket,
        answer: device.answer(asked.body.options),
      }),
    }
  }

  test('is the second step, and each question is answered once', async () => {
    const { who, device, added } = await withPasskey()
    expect(added.body.codes).toHaveLength(10)
    const stepped = await first(who)
    expect(stepped.body.second.ways).toEqual(['passkey', 'recovery-code'])
    const { ticket } = stepped.body.second
    const options = async () => (await say('POST', '/sign-in/second/passkey/options', { ticket })).body.options
    const foreign = aPasskey('https://evil.example')
    expect(
      (await say('POST', '/sign-in/second/passkey', { ticket, answer: foreign.answer(await options()) })).body.code,
    ).toBe('passkey-wrong')
    const asked = await options()
    expect(asked.allowCredentials).toHaveLength(1)
    const answer = device.answer(asked)
    expect((await say('POST', '/sign-in/second/passkey', { ticket, answer })).body.me.id).toBe(who.personId)
    const again = await first(who)
    expect((await say('POST', '/sign-in/second/passkey', { ticket: again.body.second.ticket, answer })).body.code).toBe(
      'passkey-wrong',
    )
  })

  test('signs in alone where the device makes sure who it is, and never by a copy that counts behind', async () => {
    const { who, device } = await withPasskey()
    device.key.counter = 5
    const { answer } = await alone(device)
    expect(answer.body.me.id).toBe(who.personId)
    expect((await alone(device)).answer.body.code).toBe('passkey-wrong')
    device.key.counter = 6
    const { asked } = await alone(device)
    expect(
      (await say('POST', '/sign-in/passkey', { ticket: asked.body.ticket, answer: device.answer(asked.body.options) }))
        .body.code,
    ).toBe('sign-in-over')
    const careless = await withPasskey(false)
    expect((await alone(careless.device)).answer.body.code).toBe('passkey-wrong')
    expect((await alone(aPasskey(origin))).answer.body.code).toBe('passkey-wrong')
  })

  test('belongs to the session that asked for it and to one person, has a name, and goes', async () => {
    const { who, cookie, made, asked, added } = await withPasskey()
    expect((await say('POST', '/me/passkeys', { ticket: asked.body.ticket, name: 'x', made }, cookie)).body.code).toBe(
      'sign-in-over',
    )
    const other = await aMember(desk, { password })
    const theirs = await cookieOf(desk, other)
    const fresh = await say('POST', '/me/passkeys/options', {}, cookie)
    expect((await say('POST', '/me/passkeys', { ticket: fresh.body.ticket, name: 'x', made }, theirs)).body.code).toBe(
      'sign-in-over',
    )
    const { passkeyId } = added.body
    expect((await say('PUT', `/me/passkeys/${passkeyId}`, { name: 'Mine' }, theirs)).status).toBe(404)
    expect((await say('DELETE', `/me/passkeys/${passkeyId}`, {}, theirs)).status).toBe(404)
    expect((await say('PUT', `/me/passkeys/${passkeyId}`, { name: 'Desk key' }, cookie)).status).toBe(200)
    expect((await say('GET', '/me/security', undefined, cookie)).body.passkeys).toMatchObject([{ name: 'Desk key' }])
    expect((await say('DELETE', `/me/passkeys/${passkeyId}`, {}, cookie)).status).toBe(200)
    expect((await first(who)).body.me.secondFactor).toBe(false)
    expect((await say('GET', '/me/security', undefined, cookie)).body.codesLeft).toBe(0)
  })
})

describe('what matters', () => {
  test('asks again after ten minutes who one is, by password or code', async () => {
    const { cookie, secret } = await withAuthenticator()
    pass(10 * minute)
    expect((await say('DELETE', '/me/authenticator', {}, cookie)).body.code).toBe('prove-again')
    expect((await say('POST', '/me/recovery-codes', {}, cookie)).body.code).toBe('prove-again')
    expect((await say('POST', '/me/prove', { password: 'wrong one entirely' }, cookie)).body.code).toBe(
      'password-wrong',
    )
    expect((await say('POST', '/me/prove', { code: code(secret) }, cookie)).status).toBe(200)
    expect((await say('POST', '/me/recovery-codes', {}, cookie)).status).toBe(200)
    pass(10 * minute)
    expect((await say('POST', '/me/prove', { password }, cookie)).status).toBe(200)
    expect((await say('DELETE', '/me/authenticator', {}, cookie)).status).toBe(200)
  })

  test('an administrator resets a second factor: sessions end, the person is told, the log says who', async () => {
    const boss = await aMember(desk, { administrator: true, name: 'Boss', password })
    const bossCookie = await cookieOf(desk, boss)
    const { who, cookie } = await withAuthenticator()
    const reset = () => say('POST', `/members/${who.personId}/second-factor/reset`, {}, bossCookie)
    pass(10 * minute)
    expect((await reset()).body.code).toBe('prove-again')
    await say('POST', '/me/prove', { password }, bossCookie)
    expect((await reset()).status).toBe(200)
    expect((await say('GET', '/me', undefined, cookie)).status).toBe(401)
    expect((await first(who)).body.me.secondFactor).toBe(false)
    expect(desk.mails.at(-1)).toMatchObject({ about: 'factors-reset', personId: who.personId, invitedBy: 'Boss' })
    expect(await kinds(who)).toContain('member.factors-reset')
  })

  test('the link from the command line lets an administrator in who lost everything', async () => {
    const { who } = await withAuthenticator({ administrator: true })
    const link = await inTransaction(desk.database.db, tx =>
      issueLinkForLockedOut(tx, who.address, desk.baseUrl, desk.clock.now),
    )
    const token = link.split('#token=')[1]
    expect((await say('POST', '/links/look', { token })).body.purpose).toBe('recovery')
    const entered = await say('POST', '/links/use', { token, password: 'eleven loud geese land' })
    expect(entered.body.me).toMatchObject({ id: who.personId, secondFactor: false })
  })

  test('a second factor that is asked of everybody is set up at the next sign-in, and nothing opens before', async () => {
    const boss = await aMember(desk, { administrator: true, password })
    const bossCookie = await cookieOf(desk, boss)
    const who = await aMember(desk, { password })
    const open = await cookieOf(desk, who)
    const set = (secondFactor: string) => say('PUT', '/protection', { secondFactor }, bossCookie)
    await set('administrators')
    expect((await first(who)).body.me.mustSetUp).toBe(false)
    expect((await first(boss)).body.me.mustSetUp).toBe(true)
    expect((await set('everyone')).body.secondFactor).toBe('everyone')
    expect((await say('GET', '/teams', undefined, open)).status).toBe(200)
    const entered = await first(who)
    expect(entered.body.me.mustSetUp).toBe(true)
    for (const { endpoint, right } of desk.app.served) {
      if (right === 'anyone' || right === 'self') continue
      const answer = await say(
        endpoint.method,
        endpoint.path.slice(7),
        endpoint.method === 'GET' ? undefined : {},
        entered.cookie,
      )
      expect([endpoint.path, answer.body.code]).toEqual([endpoint.path, 'second-factor-needed'])
    }
    const { secret } = (await say('POST', '/me/authenticator', {}, entered.cookie)).body
    expect((await say('POST', '/me/authenticator/confirm', { code: code(secret) }, entered.cookie)).status).toBe(200)
    expect((await say('GET', '/teams', undefined, entered.cookie)).status).toBe(200)
    await set('nobody')
  })
})
