import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { FetchersOptions } from '../../src/domain/channels/fetch/fetchers.ts'
import { startFetchers } from '../../src/domain/channels/fetch/fetchers.ts'
import { type Nudges, startNudges } from '../../src/platform/events/index.ts'
import { silentLog } from '../../src/platform/log/log.ts'
import { type TestDatabase, testDatabase } from '../database.ts'
import { type Dovecot, hasDovecot, mailPassword, startDovecot } from '../mail-servers.ts'
import { mailboxForTests } from '../mailbox.ts'
import { type Relay, startRelay } from './black-hole.ts'
import { type PlainIntake, plainIntake } from './plain-intake.ts'

describe.skipIf(!hasDovecot)('a mailbox on a real Dovecot', () => {
  let server: Dovecot
  let database: TestDatabase
  let nudges: Nudges
  let intake: PlainIntake
  let relay: Relay
  let user: string
  let mailboxId: string
  let fetchers: { stop(): Promise<void> } | undefined
  let counter = 0

  beforeAll(async () => {
    server = await startDovecot()
    database = await testDatabase()
    nudges = startNudges({ url: database.url, pool: database.pool, log: silentLog() })
  })
  afterAll(async () => {
    await nudges.stop()
    await database.close()
    await server.stop()
  })
  beforeEach(async () => {
    user = `u${++counter}`
    intake = plainIntake(database.pool)
    relay = await startRelay(server.port)
  })
  afterEach(async () => {
    await fetchers?.stop()
    await database.pool.query('update mailbox set removed_at = now()')
    await relay.close()
  })

  const mail = (n: number | string, more = '') =>
    `From: Inês <ines@cafe.example>\r\nTo: ${user}@desk.example\r\nSubject: mail ${n}\r\nMessage-ID: <${user}.${n}@cafe.example>\r\n${more}\r\nText of ${n}\r\n`
  const mails = (count: number, from = 1) => Array.from({ length: count }, (_, n) => mail(from + n))
  async function connect(settings: { startFrom?: string; port?: number; folder?: string; user?: string } = {}) {
    const imap = {
      host: '127.0.0.1',
      port: settings.port ?? relay.port,
      security: 'none',
      user: settings.user ?? user,
      folder: settings.folder ?? 'INBOX',
    }
    mailboxId = await mailboxForTests(database.pool, { imap, startFrom: settings.startFrom ?? 'now' })
    nudges.send('mailbox')
  }
  function start(more: Partial<FetchersOptions> = {}) {
    return startFetchers({
      db: database.db,
      url: database.url,
      nudges,
      log: silentLog(),
      clock: () => new Date(),
      takeIn: arrived => intake.takeIn(arrived),
      secretFor: async () => ({ password: mailPassword }),
      imap: { deadlineMs: 2000 },
      pollMs: 1500,
      lookMs: 500,
      patience: { alertAfter: 3000, longestPause: 1000, room: 500 },
      ...more,
    })
  }
  const stored = async (): Promise<{ mailId: string; backlog: boolean }[]> =>
    (
      await database.pool.query('select mail_id, reading from delivery where mailbox_id = $1 order by mail_id', [
        mailboxId,
      ])
    ).rows.map(row => ({ mailId: row.mail_id, backlog: row.reading.backlog }))
  const health = async () =>
    (await database.pool.query('select alert, alert_detail, last_good_poll_at from mailbox where id = $1', [mailboxId]))
      .rows[0]
  async function until<T>(
    what: string,
    ask: () => Promise<T | false | undefined | null>,
    withinMs = 30_000,
  ): Promise<T> {
    const end = Date.now() + withinMs
    for (;;) {
      const answer = await ask()
      if (answer) return answer
      if (Date.now() > end) throw new Error(`not in time: ${what}`)
      await new Promise(resolve => setTimeout(resolve, 40))
    }
  }
  const polled = () => until('a good poll', async () => (await health())?.last_good_poll_at)
  const count = (n: number) => until(`${n} mails`, async () => (await stored()).length >= n)
  function send(n: string) {
    execFileSync('doveadm', ['-c', join(server.folder, 'dovecot.conf'), 'save', '-u', user], { input: mail(n) })
  }

  test('from the connection on: old mail stays where it is, new mail arrives by IDLE at once, and nothing in the mailbox changes', async () => {
    server.drop(user, mails(30))
    await connect()
    fetchers = start({ pollMs: 60_000 })
    await polled()
    const sent = Date.now()
    send('new')
    await count(1)
    expect(Date.now() - sent).toBeLessThan(3000)
    expect(await stored()).toEqual([{ mailId: `<${user}.new@cafe.example>`, backlog: false }])
    expect(server.doveadm('search', '-u', user, 'mailbox', 'INBOX', 'SEEN').trim()).toBe('')
  })

  test('where it is wanted, mail is marked as seen once it is stored', async () => {
    await connect()
    fetchers = start({ markSeen: true })
    await polled()
    server.drop(user, mails(3))
    const seen = () =>
      server.doveadm('search', '-u', user, 'mailbox', 'INBOX', 'SEEN').trim().split('\n').filter(Boolean)
    await until('flagged', async () => seen().length === 3)
    expect(await stored()).toHaveLength(3)
  })

  test('the whole backlog when asked for, all of it marked as old; mail somebody has read is fetched too', async () => {
    server.drop(user, mails(250))
    server.doveadm('flags', 'add', '-u', user, '\\Seen', 'mailbox', 'INBOX', 'uid', '1:120')
    await connect({ startFrom: 'all' })
    fetchers = start()
    await count(250)
    send('fresh')
    await count(251)
    const fresh = (await stored()).filter(each => !each.backlog)
    expect(fresh.map(each => each.mailId)).toEqual([`<${user}.fresh@cafe.example>`])
  })

  test('the server is killed in the middle and comes back: nothing lost, nothing doubled', async () => {
    await connect()
    fetchers = start()
    await polled()
    server.drop(user, mails(400))
    await count(50)
    await server.kill()
    await server.start()
    send('after')
    await count(401)
    expect(await stored()).toHaveLength(401)
  }, 60_000)

  test('a black hole is noticed, shown, and left behind', async () => {
    await connect()
    fetchers = start()
    await polled()
    const before = relay.connections()
    relay.swallow(true)
    send('unseen')
    await until('an alert', async () => (await health())?.alert === 'no-answer', 45_000)
    relay.swallow(false)
    relay.cut()
    await until('the mail', async () => (await stored()).length === 1, 30_000)
    expect(relay.connections()).toBeGreaterThan(before)
    await until('recovered', async () => (await health())?.alert === null)
    const kinds = await database.pool.query('select kind from event where subject_id = $1 order by seq', [mailboxId])
    expect(kinds.rows.map(row => row.kind)).toEqual(['mailbox.alerted', 'mailbox.recovered'])
  }, 70_000)

  test('a new UIDVALIDITY: nothing lost, nothing doubled, and old mail is not taken for new', async () => {
    server.drop(user, mails(20))
    await connect()
    fetchers = start()
    await polled()
    server.drop(user, mails(40, 100))
    await count(40)
    await fetchers.stop()
    await renumber()
    send('meanwhile')
    fetchers = start()
    await count(41)
    await polled()
    await new Promise(resolve => setTimeout(resolve, 1000))
    const all = await stored()
    const old = all.filter(each => /\.([1-9]|1\d|20)@/.test(each.mailId))
    expect(all.length - old.length).toBe(41)
    expect(old.every(each => each.backlog)).toBe(true)
    expect(all.find(each => each.mailId.includes('meanwhile'))).toMatchObject({ backlog: false })
  }, 60_000)

  /** Dovecot gives a new UIDVALIDITY when its list of UIDs is gone. */
  async function renumber() {
    await server.stopServing()
    for (const name of [
      'dovecot-uidlist',
      'dovecot-uidvalidity',
      'dovecot.index',
      'dovecot.index.log',
      'dovecot.index.cache',
      'dovecot.list.index.log',
    ])
      rmSync(join(server.maildir(user), name), { force: true })
    await new Promise(resolve => setTimeout(resolve, 1100))
    await server.start()
  }

  test('a mail that cannot be taken holds up no other, and is shown when it stays', async () => {
    intake.failOn = raw => raw.includes('Subject: mail 7\r\n')
    await connect()
    fetchers = start({ reconcileMs: 100, pollMs: 300 })
    await polled()
    server.drop(user, mails(12))
    await count(11)
    await until('an alert', async () => (await health())?.alert === 'not-stored')
    intake.failOn = () => false
    await count(12)
    await until('recovered', async () => (await health())?.alert === null)
  }, 40_000)

  test('what was missed for any reason is found by comparing', async () => {
    await connect()
    fetchers = start({ reconcileMs: 100, pollMs: 300 })
    await polled()
    server.drop(user, mails(5))
    await count(5)
    await database.pool.query('delete from delivery_uid where mailbox_id = $1 and uid in (2, 4)', [mailboxId])
    await until(
      'found',
      async () =>
        (await database.pool.query('select from delivery_uid where mailbox_id = $1', [mailboxId])).rowCount === 5,
    )
    expect(await stored()).toHaveLength(5)
  })

  test('an oversize mail is not downloaded whole', async () => {
    await connect()
    fetchers = start({ sizeLimit: 100_000 })
    await polled()
    server.drop(user, [mail('large') + 'x'.repeat(70).concat('\r\n').repeat(4000), mail('small')])
    await count(2)
    const row = await database.pool.query(
      "select bytes, length(raw) as kept from delivery where mailbox_id = $1 and mail_id like '%large%'",
      [mailboxId],
    )
    expect(row.rows[0].bytes).toBeGreaterThan(280_000)
    expect(row.rows[0].kept).toBe(65_536)
  })

  test('two processes fetch a mailbox once, and the other takes over when one goes', async () => {
    await connect()
    const one = start()
    const two = start()
    await polled()
    await new Promise(resolve => setTimeout(resolve, 1200))
    expect(relay.connections()).toBe(1)
    await one.stop()
    fetchers = two
    send('later')
    await count(1)
  })

  test('pausing stops fetching at once, going on fetches what came meanwhile', async () => {
    await connect()
    fetchers = start()
    await polled()
    await database.pool.query('update mailbox set paused_at = now() where id = $1', [mailboxId])
    nudges.send('mailbox')
    await new Promise(resolve => setTimeout(resolve, 500))
    send('one')
    await new Promise(resolve => setTimeout(resolve, 700))
    expect(await stored()).toHaveLength(0)
    await database.pool.query('update mailbox set paused_at = null where id = $1', [mailboxId])
    nudges.send('mailbox')
    await count(1)
  })

  test('a full disk pauses fetching, says so, and passes by itself', async () => {
    let full = true
    await connect()
    fetchers = start({ noRoom: async () => (full ? { code: 'disk-full', detail: '12 MB left' } : null) })
    await until('an alert', async () => (await health())?.alert === 'disk-full')
    full = false
    await until('recovered', async () => (await health())?.alert === null)
  })

  test.each([
    ['sign-in-refused', { secretFor: async () => ({ password: 'wrong' }) }, {}],
    ['folder-missing', {}, { folder: 'Nowhere' }],
    ['port-closed', {}, { port: 1 }],
  ])(
    'trouble is named: %s',
    async (code, options, place) => {
      await connect(place)
      fetchers = start(options)
      await until('an alert', async () => (await health())?.alert === code, 35_000)
    },
    45_000,
  )
})
