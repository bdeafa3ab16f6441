/** Ends the process at every moment between fetching a mail and flagging it. Each time the mail is there once afterwards, and acknowledged once. */
import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { failpoints } from '../../src/platform/failpoints/index.ts'
import { type TestDatabase, testDatabase } from '../database.ts'
import { aWorld, mail } from '../desk.ts'
import { type Dovecot, hasDovecot, startDovecot } from '../mail-servers.ts'

const atOnce = 4

describe.skipIf(!hasDovecot)('a mail that is being fetched', () => {
  let database: TestDatabase
  let dovecot: Dovecot
  let folder: string
  let world: Awaited<ReturnType<typeof aWorld>>
  const children = new Set<ChildProcess>()
  /** Goes on where others were ended, as another process of the installation would. */
  let rescue: ChildProcess

  beforeAll(async () => {
    database = await testDatabase({ connections: 4 })
    dovecot = await startDovecot()
    folder = await mkdtemp(join(tmpdir(), 'pond-failpoints-'))
    world = await aWorld(database.db)
    rescue = startChild(null)
  })
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL')
    await dovecot.stop()
    await database.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function mailbox(): Promise<{ id: string; user: string }> {
    const id = randomUUID()
    const user = `u${id.slice(0, 8)}`
    dovecot.drop(user, [])
    const imap = { host: '127.0.0.1', port: dovecot.port, security: 'none', user, folder: 'INBOX' }
    await database.pool.query(
      `insert into mailbox (id, team_id, address, normal, from_name, receive_by, imap, smtp) values ($1, $2, $3, $3, 'Desk', 'imap', $4, '{"host":"localhost","port":1,"security":"none","user":""}')`,
      [id, world.team, `${user}@lindqvist.example`, imap],
    )
    return { id, user }
  }

  function startChild(armed: string | null): ChildProcess {
    const child = fork(join(import.meta.dirname, 'child.ts'), [JSON.stringify({ url: database.url, folder })], {
      env: { ...process.env, NODE_ENV: 'test', POND_FAILPOINT: armed ?? '' },
      stdio: 'inherit',
    })
    children.add(child)
    child.once('exit', () => children.delete(child))
    return child
  }
  function start(id: string, armed: string): ChildProcess {
    const child = startChild(armed)
    child.send({ fetch: id })
    return child
  }

  async function until(query: string, id: string) {
    for (const began = Date.now(); Date.now() - began < 30_000; ) {
      if ((await database.pool.query(query, [id])).rows[0]) return
      await new Promise(resolve => setTimeout(resolve, 30))
    }
    throw new Error(`waited in vain: ${query}`)
  }

  const met = (id: string) => until('select from mailbox_folder where mailbox_id = $1', id)
  const kept = (id: string) => until('select from delivery_uid where mailbox_id = $1', id)

  /** What became of the one mail of this mailbox. */
  async function found(id: string) {
    const { rows } = await database.pool.query(
      `select (select count(*)::int from delivery where mailbox_id = $1) as deliveries, (select count(*)::int from delivery_uid where mailbox_id = $1) as places,
        (select count(*)::int from message m join delivery d on d.message_id = m.id where d.mailbox_id = $1) as messages,
        (select count(*)::int from delivery where mailbox_id = $1 and became = 'quarantined') as quarantined,
        (select count(*)::int from outbox where mailbox_id = $1) as acknowledgements`,
      [id],
    )
    return rows[0]
  }

  async function endAt(armed: string) {
    const { id, user } = await mailbox()
    const broken = start(id, armed)
    await met(id)
    dovecot.drop(user, [mail({ from: `Someone <${user}@customers.example>`, to: `${user}@lindqvist.example` })])
    if (armed.includes('=kill')) await once(broken, 'exit')
    if (armed.includes('=hang')) {
      await once(broken, 'message')
      broken.kill('SIGKILL')
    }
    // What threw goes on by itself; for what was killed another takes over.
    if (!armed.includes('=throw')) rescue.send({ fetch: id })
    await kept(id)
    // One more poll: whatever would double it has its chance.
    await new Promise(resolve => setTimeout(resolve, 700))
    if (armed.includes('=throw')) broken.kill('SIGKILL')
    else rescue.send({ leave: id })
    return found(id)
  }

  async function all(armed: string[]) {
    const results = new Map<string, unknown>()
    const waiting = [...armed]
    const lanes = Array.from({ length: atOnce }, async () => {
      for (let each = waiting.shift(); each; each = waiting.shift()) results.set(each, await endAt(each))
    })
    await Promise.all(lanes)
    return results
  }

  async function statements(): Promise<number> {
    const { id, user } = await mailbox()
    const child = start(id, 'intake statement=count')
    await met(id)
    dovecot.drop(user, [mail({ from: `Someone <${user}@customers.example>`, to: `${user}@lindqvist.example` })])
    await kept(id)
    child.send('how often?')
    const [answer] = await once(child, 'message')
    child.kill('SIGKILL')
    return answer.passed
  }

  const keptOnce = { deliveries: 1, places: 1, messages: 1, quarantined: 0, acknowledgements: 1 }

  test('is kept and acknowledged once when the process is killed at any of its moments', async () => {
    const names = failpoints.filter(name => name !== 'intake statement')
    for (const [armed, what] of await all(names.map(name => `${name}=kill`))) expect(what, armed).toEqual(keptOnce)
  }, 120_000)

  test('is kept and acknowledged once when the process is killed after any statement of its transaction', async () => {
    const count = await statements()
    expect(count).toBeGreaterThan(10)
    const armed = Array.from({ length: count }, (_, n) => `intake statement=kill@${n + 1}`)
    for (const [each, what] of await all(armed)) expect(what, each).toEqual(keptOnce)
  }, 240_000)

  test('is kept once when one of its moments breaks, and when one hangs until the process is killed', async () => {
    const outside = failpoints.filter(name => !name.startsWith('intake'))
    const armed = [...outside.map(name => `${name}=throw`), 'before taking in=hang', 'intake committed=hang']
    for (const [each, what] of await all(armed)) expect(what, each).toEqual(keptOnce)
  }, 120_000)

  test('every moment that the source names is on the list', async () => {
    const root = join(import.meta.dirname, '../../src')
    const named = new Set<string>()
    for (const file of await readdir(root, { recursive: true })) {
      if (!file.endsWith('.ts') || file.includes('failpoints') || file.includes('/send/')) continue
      const text = await readFile(join(root, file), 'utf8')
      for (const match of text.matchAll(/(?:failpoint|visit\.at|withFailpoint\(plain,)\(? ?'([^']+)'/g))
        named.add(match[1]!)
    }
    expect([...named].sort()).toEqual([...failpoints].sort())
  })
})
