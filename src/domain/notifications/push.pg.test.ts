/** Pushes go through the guarded way out to a real https server: once, held back in quiet hours, tried again, and to who is signed in. */
import { createECDH, randomBytes, randomUUIDv7 } from 'node:crypto'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { aMailbox } from '../../../test/people.ts'
import { aToldDesk, type ToldDesk } from '../../../test/told-desk.ts'
import { openEgress } from '../../platform/egress/index.ts'
import { silentLog } from '../../platform/log/log.ts'
import { ownCertificate } from '../../platform/mail/smtp/own-certificate.ts'
import { mailRound } from './mailing.ts'
import { pushRound, sendRound } from './push/pushing.ts'

const minute = 60_000
const morning = () => new Date('2026-11-24T10:00:00Z')
let it: ToldDesk
let service: Server
let place = ''
let answer: { status: number; headers?: Record<string, string> } = { status: 201 }
let pushed: { bytes: number; headers: Record<string, unknown> }[] = []
beforeAll(async () => {
  const certificate = ownCertificate('push.example', new Date())
  service = createServer(certificate, (request, response) => {
    let bytes = 0
    request.on('data', part => (bytes += part.length))
    request.on('end', () => {
      pushed.push({ bytes, headers: request.headers })
      response.writeHead(answer.status, answer.headers ?? {}).end()
    })
  })
  await new Promise<void>(resolve => service.listen(0, '127.0.0.1', resolve))
  place = `https://push.example:${(service.address() as AddressInfo).port}`
  const resolve = async () => [{ address: '127.0.0.1', family: 4 }]
  const egress = openEgress({ allow: ['127.0.0.1'], authority: certificate.cert, resolve })
  it = await aToldDesk({ egress, now: morning() })
  await aMailbox(it.desk, it.team)
})
afterAll(async () => {
  await it.close()
  service.closeAllConnections()
  service.close()
})
beforeEach(async () => {
  it.clock.now = morning()
  pushed = []
  answer = { status: 201 }
  await it.clean()
})

const subscription = () => {
  const pair = createECDH('prime256v1')
  return {
    endpoint: `${place}/to/${randomUUIDv7()}`,
    keys: { p256dh: pair.generateKeys('base64url'), auth: randomBytes(16).toString('base64url') },
  }
}
const subscribe = (say: Record<string, unknown> = subscription()) => it.as('ana')('POST', '/api/v1/me/push', say)
const parts = () => ({
  db: it.database.db,
  egress: it.egress,
  log: silentLog(),
  baseUrl: it.baseUrl,
  keys: it.keys,
  clock: () => it.clock.now,
})
const push = async () => {
  await pushRound(parts())
  while ((await sendRound(parts())) > 0);
  return pushed.length
}

test('a push goes out once, encrypted and signed, to each browser that is signed in; not when it was read', async () => {
  const { deviceId } = (await subscribe()).body
  expect(
    (
      await subscribe({
        ...subscription(),
        endpoint: 'https://push.example/x',
        keys: { p256dh: 'A'.repeat(87), auth: 'B'.repeat(22) },
      })
    ).status,
  ).toBe(422)
  await it.givenToAna()
  expect(await push()).toBe(0)
  it.later(10_000)
  expect(await push()).toBe(1)
  expect(pushed[0]!.headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '43200' })
  expect(String(pushed[0]!.headers.authorization)).toContain(`k=${it.keys.publicKey}`)
  expect(pushed[0]!.bytes).toBeLessThan(1000)
  it.later(minute)
  expect(await push()).toBe(1)
  await it.givenToAna()
  await it.as('ana')('POST', '/api/v1/notifications/read', { all: true })
  it.later(minute)
  expect(await push()).toBe(1)
  const { devices } = (await it.as('ana')('GET', '/api/v1/me/push')).body
  expect(devices).toMatchObject([{ id: deviceId, current: true, lastGoodAt: expect.any(String) }])
  // A device of somebody else is nobody's.
  expect((await it.as('bram')('DELETE', `/api/v1/me/push/${deviceId}`)).status).toBe(404)
})

test('a browser that is gone is forgotten; a service that is away is tried again, a few times and later each time', async () => {
  await subscribe()
  await it.givenToAna()
  it.later(10_000)
  answer = { status: 503, headers: { 'retry-after': '300' } }
  expect(await push()).toBe(1)
  it.later(4 * minute)
  expect(await push()).toBe(1)
  for (let turn = 0; turn < 8; turn++) {
    it.later(70 * minute)
    await push()
  }
  expect(pushed).toHaveLength(5)
  expect((await it.database.pool.query('select from push')).rowCount).toBe(0)
  answer = { status: 410 }
  await it.givenToAna()
  it.later(minute)
  expect(await push()).toBe(6)
  expect((await it.database.pool.query('select from push_device')).rowCount).toBe(0)
})

test('what would lead inside our network is no push service', async () => {
  for (const endpoint of [
    'http://push.example/x',
    'https://10.0.0.1/x',
    'https://[::ffff:169.254.169.254]/x',
    'ftp://push.example/x',
  ])
    expect((await subscribe({ ...subscription(), endpoint })).status, endpoint).toBeGreaterThanOrEqual(400)
  expect((await it.database.pool.query('select from push_device')).rowCount).toBe(0)
})

test('quiet hours hold pushes back; several come as one; whose session ended gets none', async () => {
  await subscribe()
  await it.choose({ quiet: { from: 0, to: 12 * 60 } })
  for (let turn = 0; turn < 5; turn++) await it.givenToAna()
  it.later(60 * minute)
  expect(await push()).toBe(0)
  it.clock.now = new Date('2026-11-24T12:00:01Z')
  expect(await push()).toBe(1)
  await it.givenToAna()
  await it.database.pool.query('update session set ended_at = $2 where person_id = $1', [it.ana.personId, it.clock.now])
  it.later(minute)
  expect(await push()).toBe(1)
  await it.database.pool.query('update session set ended_at = null where person_id = $1', [it.ana.personId])
})

test('a test goes at once by its way, whatever the hour, and says where there is no way', async () => {
  const tried = async (way: string) => (await it.as('ana')('POST', '/api/v1/me/notifications/test', { way })).status
  await it.choose({ quiet: { from: 0, to: 1439 } })
  expect(await tried('push')).toBe(409)
  await subscribe()
  expect([await tried('push'), await tried('mail'), await tried('app')]).toEqual([200, 200, 200])
  expect(await push()).toBe(1)
  await mailRound({ db: it.database.db, baseUrl: it.baseUrl, clock: () => it.clock.now })
  const { rows } = await it.database.pool.query('select content from outbox')
  expect(rows.map(row => row.content.items[0].kind)).toEqual(['test'])
  expect((await it.as('ana')('GET', '/api/v1/notifications', {})).body.notifications).toMatchObject([{ kind: 'test' }])
})
