/** What leaves the house: mails once, together, not in quiet hours and not when read; pushes through the guarded way out to a real https server. */

import { createECDH, randomBytes, randomUUIDv7 } from 'node:crypto'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { noNudges } from '../../../test/desk.ts'
import {
  aConversation,
  aDesk,
  aMailbox,
  aMember,
  ask,
  aTeam,
  cookieOf,
  type TestDesk,
  type TestMember,
  type TestTeam,
} from '../../../test/people.ts'
import { openKeys } from '../../platform/config/keys.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { type Egress, openEgress } from '../../platform/egress/index.ts'
import { readOnce, record } from '../../platform/events/index.ts'
import { silentLog } from '../../platform/log/log.ts'
import { ownCertificate } from '../../platform/mail/smtp/own-certificate.ts'
import { notificationRoutes } from './index.ts'
import { mailRound } from './mailing.ts'
import { pushRound, sendRound } from './push/pushing.ts'
import { notificationReader } from './reader.ts'

const minute = 60_000
let desk: TestDesk
let team: TestTeam
let ana: TestMember
let bram: TestMember
let cookie: string
let egress: Egress
let service: Server
let place = ''
let answer: { status: number; headers?: Record<string, string> } = { status: 201 }
let pushed: { path: string; bytes: number; headers: Record<string, unknown> }[] = []
const keys = openKeys({ dataDir: '/tmp', key: 'ab'.repeat(32) }).push

beforeAll(async () => {
  const certificate = ownCertificate('push.example', new Date())
  service = createServer(certificate, (request, response) => {
    let bytes = 0
    request.on('data', part => (bytes += part.length))
    request.on('end', () => {
      pushed.push({ path: request.url ?? '', bytes, headers: request.headers })
      response.writeHead(answer.status, answer.headers ?? {}).end()
    })
  })
  await new Promise<void>(resolve => service.listen(0, '127.0.0.1', resolve))
  place = `https://push.example:${(service.address() as AddressInfo).port}`
  egress = openEgress({
    allow: ['127.0.0.1'],
    authority: certificate.cert,
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  })
  desk = await aDesk({
    more: it =>
      notificationRoutes(it.app, {
        db: it.database.db,
        rights: it.access.rights,
        nudges: noNudges,
        egress,
        pushKey: keys.publicKey,
      }),
  })
  desk.clock.now = new Date('2026-11-24T10:00:00Z')
  team = await aTeam(desk)
  await aMailbox(desk, team)
  ana = await aMember(desk, { name: 'Ana', teams: { [team.id]: 'teammate' } })
  bram = await aMember(desk, { name: 'Bram', teams: { [team.id]: 'lead' } })
  cookie = await cookieOf(desk, ana)
})
afterAll(async () => {
  await egress.stop()
  service.closeAllConnections()
  service.close()
  await desk.close()
})
beforeEach(async () => {
  desk.clock.now = new Date('2026-11-24T10:00:00Z')
  pushed = []
  answer = { status: 201 }
  await desk.database.pool.query(
    'delete from notification; delete from notification_choice; delete from push_device; delete from outbox',
  )
})

const later = (ms: number) => {
  desk.clock.now = new Date(desk.clock.now.getTime() + ms)
}
const settled = () => {
  const last = async () => {
    while (
      (await readOnce(
        desk.database.pool,
        notificationReader(() => desk.clock.now),
      )) > 0
    );
    const { rows } = await desk.database.pool.query(
      `select (select max(seq) from event) <= (select seq from event_reader where name = 'notifications') as done`,
    )
    return rows[0].done
  }
  return expect.poll(last, { timeout: 8000, interval: 15 }).toBe(true)
}
/** Bram gives Ana a conversation of a customer who wrote something private. */
async function given() {
  const one = await aConversation(desk, { team, owner: ana, words: 'Something private' })
  await inTransaction(desk.database.db, tx =>
    record(tx, {
      kind: 'conversation.owned',
      subjectId: one.id,
      actorId: bram.personId,
      scopes: [],
      facts: { ownerId: ana.personId },
      at: desk.clock.now,
    }),
  )
  await settled()
  return one
}
const mails = async () => {
  const round = () => mailRound({ db: desk.database.db, baseUrl: desk.baseUrl, clock: () => desk.clock.now })
  await round()
  await round()
  return (
    await desk.database.pool.query(
      'select id, state, recipient, automatic, conversation_id, content from outbox order by created_at, id',
    )
  ).rows
}
const choose = async (some: Record<string, unknown>) => {
  const now = (await ask(desk, 'GET', '/api/v1/me/notifications', undefined, { cookie })).body
  const answered = await ask(desk, 'PUT', '/api/v1/me/notifications', { ...now, ...some }, { cookie })
  expect(answered.status, JSON.stringify(answered.body)).toBe(200)
  return answered.body
}

test('what is given at once is mailed after a minute, once, as automatic mail without a customer’s words', async () => {
  const one = await given()
  expect(await mails()).toEqual([])
  later(minute)
  const [mail, ...more] = await mails()
  expect(more).toEqual([])
  expect(mail).toMatchObject({ state: 'waiting', recipient: ana.address, automatic: true, conversation_id: null })
  expect(mail.content).toMatchObject({
    is: 'notification',
    items: [{ kind: 'given', actor: 'Bram', link: `${desk.baseUrl.origin}/conversations/${one.id}` }],
  })
  expect(JSON.stringify(mail.content)).not.toContain('private')
  later(minute)
  expect(await mails()).toHaveLength(1)
})

test('what is read within the minute is not mailed, and what is read before it left is held back', async () => {
  const one = await given()
  await ask(desk, 'POST', '/api/v1/notifications/read', { conversationId: one.id }, { cookie })
  later(minute)
  expect(await mails()).toEqual([])
  const other = await given()
  later(minute)
  expect((await mails()).map(mail => mail.state)).toEqual(['waiting'])
  await ask(desk, 'POST', '/api/v1/notifications/read', { conversationId: other.id }, { cookie })
  expect((await mails()).map(mail => mail.state)).toEqual(['cancelled'])
})

test('quiet hours hold mails back; then one digest comes, once, and a choice made meanwhile counts at once', async () => {
  await choose({ quiet: { from: 9 * 60, to: 17 * 60 }, reachedOn: [1, 2, 3, 4, 5], showsWords: true })
  for (let turn = 0; turn < 3; turn++) await given()
  later(60 * minute)
  expect(await mails()).toEqual([])
  desk.clock.now = new Date('2026-11-24T17:00:01Z')
  const sent = await mails()
  expect(sent).toHaveLength(1)
  expect(sent[0].content.items).toHaveLength(3)
  expect(sent[0].content.items[0].subject).toBe('Something private')
  await given()
  await choose({ kinds: { ...(await choose({})).kinds, given: { app: true, mail: 'no', push: false } } })
  later(24 * 60 * minute)
  expect(await mails()).toHaveLength(1)
})

test('two rounds at one time mail nothing twice, and a round that dies leaves all as it was', async () => {
  for (let turn = 0; turn < 4; turn++) await given()
  later(minute)
  const parts = { db: desk.database.db, baseUrl: desk.baseUrl, clock: () => desk.clock.now }
  await desk.database.pool.query(`create function refuse() returns trigger language plpgsql as $$ begin raise exception 'died'; end $$;
    create trigger refuse before update of outbox_id on notification for each row when (new.outbox_id is not null) execute function refuse()`)
  await expect(mailRound(parts)).rejects.toThrow('died')
  await desk.database.pool.query('drop trigger refuse on notification; drop function refuse')
  expect((await desk.database.pool.query('select from outbox')).rowCount).toBe(0)
  await Promise.all([mailRound(parts), mailRound(parts), mailRound(parts)])
  expect((await mails()).map(mail => mail.content.items.length)).toEqual([4])
})

test('one address gets no more automatic mails an hour than anybody: the rest comes together', async () => {
  for (let turn = 0; turn < 8; turn++) {
    await given()
    later(2 * minute)
    await mails()
  }
  expect(await mails()).toHaveLength(5)
  later(60 * minute)
  expect((await mails()).map(mail => mail.content.items.length)).toEqual([1, 1, 1, 1, 1, 3])
})

const subscription = () => {
  const pair = createECDH('prime256v1')
  return {
    endpoint: `${place}/to/${randomUUIDv7()}`,
    keys: { p256dh: pair.generateKeys('base64url'), auth: randomBytes(16).toString('base64url') },
  }
}
const subscribe = (say: Record<string, unknown> = subscription()) =>
  ask(desk, 'POST', '/api/v1/me/push', say, { cookie })
const parts = () => ({
  db: desk.database.db,
  egress,
  log: silentLog(),
  baseUrl: desk.baseUrl,
  keys,
  clock: () => desk.clock.now,
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
  const one = await given()
  expect(await push()).toBe(0)
  later(10_000)
  expect(await push()).toBe(1)
  expect(pushed[0]!.headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '43200' })
  expect(String(pushed[0]!.headers.authorization)).toContain(`k=${keys.publicKey}`)
  expect(pushed[0]!.bytes).toBeLessThan(1000)
  later(minute)
  expect(await push()).toBe(1)
  await given()
  await ask(desk, 'POST', '/api/v1/notifications/read', { all: true }, { cookie })
  later(minute)
  expect(await push()).toBe(1)
  const devices = async (as: string) =>
    (await ask(desk, 'GET', '/api/v1/me/push', undefined, { cookie: as })).body.devices
  expect(await devices(cookie)).toMatchObject([{ id: deviceId, current: true, lastGoodAt: expect.any(String) }])
  // A device of somebody else is nobody's.
  const brams = await cookieOf(desk, bram)
  expect((await ask(desk, 'DELETE', `/api/v1/me/push/${deviceId}`, undefined, { cookie: brams })).status).toBe(404)
  await desk.database.pool.query('update session set ended_at = $2 where person_id = $1', [
    bram.personId,
    desk.clock.now,
  ])
  expect(one.id).toBeTruthy()
})

test('a browser that is gone is forgotten; a service that is away is tried again, a few times and later each time', async () => {
  await subscribe()
  await given()
  later(10_000)
  answer = { status: 503, headers: { 'retry-after': '300' } }
  expect(await push()).toBe(1)
  later(4 * minute)
  expect(await push()).toBe(1)
  for (let turn = 0; turn < 8; turn++) {
    later(70 * minute)
    await push()
  }
  expect(pushed).toHaveLength(5)
  expect((await desk.database.pool.query('select from push')).rowCount).toBe(0)
  answer = { status: 410 }
  await given()
  later(minute)
  expect(await push()).toBe(6)
  expect((await desk.database.pool.query('select from push_device')).rowCount).toBe(0)
})

test('what would lead inside our network is no push service', async () => {
  for (const endpoint of [
    'http://push.example/x',
    'https://10.0.0.1/x',
    'https://[::ffff:169.254.169.254]/x',
    'ftp://push.example/x',
  ])
    expect((await subscribe({ ...subscription(), endpoint })).status, endpoint).toBeGreaterThanOrEqual(400)
  expect((await desk.database.pool.query('select from push_device')).rowCount).toBe(0)
})

test('quiet hours hold pushes back; several come as one; whose session ended gets none', async () => {
  await subscribe()
  await choose({ quiet: { from: 0, to: 12 * 60 } })
  for (let turn = 0; turn < 5; turn++) await given()
  later(60 * minute)
  expect(await push()).toBe(0)
  desk.clock.now = new Date('2026-11-24T12:00:01Z')
  expect(await push()).toBe(1)
  await given()
  await desk.database.pool.query('update session set ended_at = $2 where person_id = $1', [
    ana.personId,
    desk.clock.now,
  ])
  later(minute)
  expect(await push()).toBe(1)
  await desk.database.pool.query('update session set ended_at = null where person_id = $1', [ana.personId])
})

test('a test goes at once by its way, whatever the hour, and says where there is no way', async () => {
  const tried = async (way: string) =>
    (await ask(desk, 'POST', '/api/v1/me/notifications/test', { way }, { cookie })).status
  await choose({ quiet: { from: 0, to: 1439 } })
  expect(await tried('push')).toBe(409)
  await subscribe()
  expect([await tried('push'), await tried('mail'), await tried('app')]).toEqual([200, 200, 200])
  expect(await push()).toBe(1)
  expect((await mails()).map(mail => mail.content.items[0].kind)).toEqual(['test'])
  expect((await ask(desk, 'GET', '/api/v1/notifications', {}, { cookie })).body.notifications).toMatchObject([
    { kind: 'test' },
  ])
})
