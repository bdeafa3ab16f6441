import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Listener, startListener } from '../../src/domain/channels/listen/listener.ts'
import { type Nudges, startNudges } from '../../src/platform/events/index.ts'
import { silentLog } from '../../src/platform/log/log.ts'
import { openSmtp } from '../../src/platform/mail/smtp/line.ts'
import { type TestDatabase, testDatabase } from '../database.ts'
import { mailboxForTests } from '../mailbox.ts'
import { type PlainIntake, plainIntake } from './plain-intake.ts'

let database: TestDatabase
let nudges: Nudges
let listener: Listener
let intake: PlainIntake
let full = false
let mailboxId: string
beforeAll(async () => {
  database = await testDatabase()
  nudges = startNudges({ url: database.url, pool: database.pool, log: silentLog() })
  mailboxId = await mailboxForTests(database.pool, { address: 'help@desk.example', receiveBy: 'listener' })
  await database.pool.query("update mailbox set aliases = '{sales@desk.example}'")
  await mailboxForTests(database.pool, { address: 'other@desk.example', receiveBy: 'listener' })
  intake = plainIntake(database.pool)
  listener = await startListener({
    host: '127.0.0.1',
    port: 0,
    name: 'desk.example',
    db: database.db,
    nudges,
    log: silentLog(),
    clock: () => new Date(),
    takeIn: arrived => intake.takeIn(arrived),
    noRoom: async () => (full ? { code: 'disk-full', detail: '' } : null),
    sizeLimit: 200_000,
    holdAtMost: 250_000,
  })
})
afterAll(async () => {
  await listener.stop()
  await nudges.stop()
  await database.close()
})
beforeEach(async () => {
  full = false
  intake.failOn = () => false
  intake.calls.length = 0
  await database.pool.query('delete from delivery_uid; delete from delivery')
})

const raw = (n: number | string, more = '') =>
  Buffer.from(
    `From: ines@cafe.example\r\nTo: help@desk.example\r\nMessage-ID: <${n}@cafe.example>\r\nSubject: ${n}\r\n\r\nText ${n}\r\n.a line with a dot\r\n${more}`,
  )
async function send(to: string, mail: Buffer, from = 'ines@cafe.example') {
  const line = await openSmtp({ host: '127.0.0.1', port: listener.port, security: 'none', user: '' }, null, {
    deadlineMs: 3000,
    endMs: 5000,
  })
  const outcome = await line.send({ from, to, raw: mail, beforeEnd: async () => true })
  line.close()
  return outcome
}
const stored = async () => (await database.pool.query('select * from delivery order by mail_id')).rows

test('mail for us is kept byte by byte before the sender hears that it was', async () => {
  const mail = raw(1)
  expect(await send('help@desk.example', mail)).toMatchObject({ is: 'sent' })
  const rows = await stored()
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({ source: 'listener', mailbox_id: mailboxId })
  expect(rows[0].raw.equals(mail)).toBe(true)
})

test('aliases, any case, and a signed part behind "+" lead to the mailbox; the null return path is welcome', async () => {
  for (const to of ['sales@desk.example', 'HELP@Desk.Example', 'help+rb-c234567@desk.example'])
    expect(await send(to, raw(to), '')).toMatchObject({ is: 'sent' })
  expect(await stored()).toHaveLength(3)
})

test('nothing is relayed', async () => {
  expect(await send('someone@elsewhere.example', raw('relay'))).toMatchObject({
    is: 'refused',
    permanent: true,
    about: 'recipient',
  })
  expect(await send('nobody@desk.example', raw('relay'))).toMatchObject({ is: 'refused', permanent: true })
  expect(await stored()).toHaveLength(0)
})

test('many at once share transactions, and each is there once', async () => {
  const outcomes = await Promise.all(Array.from({ length: 18 }, (_, n) => send('help@desk.example', raw(`many ${n}`))))
  expect(outcomes.every(outcome => outcome.is === 'sent')).toBe(true)
  expect(await stored()).toHaveLength(18)
  expect(intake.calls.length).toBeLessThan(18)
})

test('what cannot be kept is refused for now: trouble with intake, and a full disk', async () => {
  intake.failOn = () => true
  expect(await send('help@desk.example', raw('later'))).toMatchObject({ is: 'refused', permanent: false })
  full = true
  expect(await send('help@desk.example', raw('later'))).toMatchObject({ is: 'refused', permanent: false })
  full = false
  intake.failOn = () => false
  expect(await send('help@desk.example', raw('later'))).toMatchObject({ is: 'sent' })
  expect(await stored()).toHaveLength(1)
})

test('mails that together are more than memory should hold come again later (S18)', async () => {
  const large = raw('large', `${'x'.repeat(76)}\r\n`.repeat(2000))
  const line = await openSmtp({ host: '127.0.0.1', port: listener.port, security: 'none', user: '' }, null)
  let goOn = (_: boolean) => {}
  const first = { from: 'ines@cafe.example', to: 'help@desk.example', raw: large }
  const begun = new Promise<void>(resolve => {
    const beforeEnd = () => {
      setTimeout(resolve, 300)
      return new Promise<boolean>(answer => (goOn = answer))
    }
    void line.send({ ...first, beforeEnd }).catch(() => {})
  })
  await begun
  expect(await send('help@desk.example', large)).toMatchObject({ is: 'refused', permanent: false })
  goOn(false)
  line.close()
  await expect.poll(() => send('help@desk.example', large), { timeout: 20_000 }).toMatchObject({ is: 'sent' })
})

test('an oversize mail is kept by its head, a monstrous one refused', async () => {
  const line = `${'x'.repeat(76)}\r\n`
  expect(await send('help@desk.example', raw('large', line.repeat(4000)))).toMatchObject({ is: 'sent' })
  const rows = await stored()
  expect(rows[0].raw.length).toBe(65_536)
  expect(rows[0].bytes).toBeGreaterThan(300_000)
  expect(await send('help@desk.example', raw('monstrous', line.repeat(12_000)))).toMatchObject({
    is: 'refused',
    permanent: true,
  })
})

const has = (program: string) => existsSync(`/usr/bin/${program}`)
/** Not the synchronous kind: the listener lives in this process. */
const run = promisify(execFile)
const swaks = (...args: string[]) =>
  run('swaks', ['--server', `127.0.0.1:${listener.port}`, '--from', 'ines@cafe.example', ...args]).catch(error => error)

test.skipIf(!has('swaks'))('one mail to two of our mailboxes is in both', async () => {
  await swaks('--to', 'help@desk.example,other@desk.example')
  const rows = await stored()
  expect(rows).toHaveLength(2)
  expect(new Set(rows.map(row => row.mailbox_id)).size).toBe(2)
})

test.skipIf(!has('swaks'))('a client that guesses recipients is sent away', async () => {
  const guesses = Array.from({ length: 14 }, (_, n) => `guess${n}@desk.example`).join(',')
  expect((await swaks('--to', guesses)).stdout).toMatch(/421 /)
})

test.skipIf(!has('openssl'))('the line is encrypted with a certificate of our own when none was given', async () => {
  const talk = run('openssl', [
    's_client',
    '-starttls',
    'smtp',
    '-connect',
    `127.0.0.1:${listener.port}`,
    '-servername',
    'desk.example',
    '-verify_hostname',
    'desk.example',
  ])
  talk.child.stdin?.end('QUIT\r\n')
  const { stdout } = await talk
  expect(stdout).toMatch(/subject=CN ?= ?desk\.example/)
  expect(stdout).toMatch(/TLSv1\.3/)
})
