import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { enqueue, type Outgoing } from '../../src/domain/channels/outgoing.ts'
import { readToken, tokenHolds } from '../../src/domain/channels/reply-token.ts'
import { type SenderOptions, startSender } from '../../src/domain/channels/send/sender.ts'
import { openKeys } from '../../src/platform/config/keys.ts'
import { inTransaction } from '../../src/platform/db/index.ts'
import { type Nudges, startNudges } from '../../src/platform/events/index.ts'
import { openFiles } from '../../src/platform/files/index.ts'
import { silentLog } from '../../src/platform/log/log.ts'
import { type TestDatabase, testDatabase } from '../database.ts'
import { mailboxForTests } from '../mailbox.ts'
import { type Fault, type ScriptedSmtp, type Step, startScriptedSmtp } from './scripted-smtp.ts'

let database: TestDatabase
let nudges: Nudges
let smtp: ScriptedSmtp
let mailboxId: string
let sender: { stop(): Promise<void> } | undefined
const dataDir = mkdtempSync(join(tmpdir(), 'sending-'))
const keys = openKeys({ dataDir, key: undefined })

beforeAll(async () => {
  database = await testDatabase()
  nudges = startNudges({ url: database.url, pool: database.pool, log: silentLog() })
  await database.pool.query("insert into installation (id, name) values (gen_random_uuid(), 'Lindqvist Espresso')")
})
afterAll(async () => {
  await nudges.stop()
  await database.close()
  rmSync(dataDir, { recursive: true })
})
beforeEach(async () => {
  smtp = await startScriptedSmtp()
  mailboxId = await mailboxForTests(database.pool, {
    smtp: { host: '127.0.0.1', port: smtp.port, security: 'none', user: '' },
  })
})
afterEach(async () => {
  await sender?.stop()
  await smtp.close()
  await database.pool.query(
    "update mailbox set removed_at = now(); update outbox set state = 'cancelled' where state in ('waiting', 'sending')",
  )
})

const start = (more: Partial<SenderOptions> = {}) =>
  startSender({
    db: database.db,
    pool: database.pool,
    files: openFiles(dataDir),
    keys,
    clock: () => new Date(),
    baseUrl: new URL('http://localhost:4747'),
    log: silentLog(),
    nudges,
    secretFor: async () => null,
    smtp: { deadlineMs: 1000, endMs: 1000 },
    ...more,
  })

function mail(more: Partial<Outgoing> = {}): Outgoing {
  const id = randomUUID()
  const now = new Date(Date.now() - 1000)
  return {
    id,
    mailboxId,
    conversationId: null,
    messageId: null,
    automatic: false,
    recipient: 'ines@cafe.example',
    recipientNormal: 'ines@cafe.example',
    addressId: null,
    rfcId: `${id}@desk.example`,
    content: {
      is: 'check',
      subject: null,
      fromName: null,
      to: [{ name: 'Inês', address: 'ines@cafe.example' }],
      language: 'en',
      zone: 'UTC',
    },
    createdAt: now,
    notBefore: now,
    ...more,
  }
}
async function put(...mails: Outgoing[]) {
  await inTransaction(database.db, tx => enqueue(tx, mails))
  nudges.send('outbox')
  return mails[0]!.id
}
async function row(id: string) {
  return (await database.pool.query('select * from outbox where id = $1', [id])).rows[0]
}
async function settled(id: string, withinMs = 30_000) {
  const end = Date.now() + withinMs
  for (;;) {
    const now = await row(id)
    if (now.settled_at || (now.state === 'waiting' && now.tries + (now.error ? 1 : 0) > 0)) return now
    if (Date.now() > end) throw new Error(`still ${now.state}`)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

test('a mail goes out once, with its Message-ID, and its row says so', async () => {
  sender = start()
  const id = await put(mail())
  expect(await settled(id)).toMatchObject({ state: 'sent', error: null, tries: 1 })
  expect(smtp.mails).toHaveLength(1)
  expect(smtp.mails[0]!.text).toContain(`Message-ID: <${id}@desk.example>`)
  expect(smtp.mails[0]!.text).not.toContain('Auto-Submitted')
  const events = await database.pool.query(
    "select facts from event where kind = 'message.sent' and facts->>'outboxId' = $1",
    [id],
  )
  expect(events.rows).toHaveLength(1)
})

const before: Step[] = ['connect', 'ehlo', 'mail', 'rcpt', 'data', 'body']
const faults = before.flatMap(step => [['cut', step] as const, ['silence', step] as const])
// A mail this small may be through before its line is seen to be lost: that case stands below.
test.each(faults.filter(([, step]) => step !== 'body'))(
  'the line is lost before the final dot (%s at %s): sent again later, once',
  async (does, step) => {
    smtp.fault = { step, does, times: 1 }
    sender = start()
    const id = await put(mail())
    expect(await settled(id)).toMatchObject({ state: 'waiting', committed_at: null })
    await database.pool.query('update outbox set not_before = now() where id = $1', [id])
    await sender.stop()
    sender = start()
    nudges.send('outbox')
    await expect.poll(() => row(id).then(now => now.state), { timeout: 30_000 }).toBe('sent')
    expect(smtp.mails).toHaveLength(1)
  },
)

test('a line lost while a small mail is being said leaves it to be sent again, or uncertain, and never doubled', async () => {
  smtp.fault = { step: 'body', does: 'cut', times: 1 }
  sender = start()
  const id = await put(mail())
  const first = (await settled(id)) as { state: string; committed_at: Date | null }
  // Only what was marked before the final dot may be in doubt.
  expect(first.state).toBe(first.committed_at ? 'uncertain' : 'waiting')
  expect(smtp.mails).toHaveLength(0)
})

test.each(['cut', 'silence'] as const)(
  'the line is lost after the final dot (%s): uncertain, and never sent again by itself',
  async does => {
    smtp.fault = { step: 'dot', does, times: 1 }
    sender = start()
    const id = await put(mail())
    expect(await settled(id)).toMatchObject({ state: 'uncertain' })
    await new Promise(resolve => setTimeout(resolve, 1500))
    expect(smtp.mails).toHaveLength(1)
    const events = await database.pool.query(
      "select facts from event where kind = 'message.troubled' and facts->>'outboxId' = $1",
      [id],
    )
    expect(events.rows).toHaveLength(1)
  },
)

test.each<[Fault['step'], string, string]>([
  ['rcpt', '550 5.1.1 no such person here', 'failed'],
  ['dot', '554 5.7.1 we do not like this', 'failed'],
  ['rcpt', '451 4.7.1 come back later', 'waiting'],
  ['dot', '452 4.3.1 no room', 'waiting'],
])('the server refuses at %s with "%s": %s, in its own words', async (step, says, state) => {
  smtp.fault = { step, does: { says } }
  sender = start()
  const id = await put(mail())
  const now = await settled(id)
  expect(now).toMatchObject({ state, committed_at: state === 'waiting' ? null : now.committed_at })
  expect(now.error).toContain(says)
  expect(smtp.mails).toHaveLength(0)
  if (state === 'waiting') expect(now.not_before.getTime()).toBeGreaterThan(Date.now() + 50_000)
})

test('automatic mail has a null return path and its marks; where the server refuses that, a signed address', async () => {
  const person = randomUUID()
  const address = randomUUID()
  const conversation = randomUUID()
  const { pool } = database
  await pool.query('update mailbox set plus_addressing = true where id = $1', [mailboxId])
  await pool.query("insert into person (id, name) values ($1, 'Inês')", [person])
  const number = (
    await pool.query(
      "insert into address (id, person_id, kind, written, normal) values ($1, $2, 'mail', 'ines@cafe.example', 'ines@cafe.example') returning number",
      [address, person],
    )
  ).rows[0].number
  await pool.query(
    "insert into conversation (id, customer_id, team_id, channel, subject, state, closed_because, last_at, opened_at) select $1, $2, team_id, 'mail', 'Fuse', 'closed', 'other', now(), now() from mailbox where id = $3",
    [conversation, person, mailboxId],
  )
  sender = start()
  const automatic = { automatic: true, addressId: address, conversationId: conversation }
  await settled(await put(mail(automatic)))
  expect(smtp.mails[0]!.from).toBe('')
  expect(smtp.mails[0]!.text).toMatch(/^Auto-Submitted: auto-generated\r$/m)
  expect(smtp.mails[0]!.text).toMatch(/^X-Auto-Response-Suppress: All\r$/m)
  expect(smtp.mails[0]!.text).toMatch(/^X-Pond-Loop: \S+/m)
  smtp.fault = { step: 'mail', does: { says: '550 5.1.7 the null sender is not yours' }, times: 1 }
  const second = await put(mail(automatic))
  expect(await settled(second)).toMatchObject({ state: 'sent', tries: 1 })
  const claim = readToken(smtp.mails[1]!.from)!
  expect(claim).toMatchObject({ purpose: 'return', addressNumber: number })
  expect(tokenHolds(claim, { conversationId: conversation, recipient: 'ines@cafe.example' }, keys.replies)).toBe(true)
  const replyTo = /^Reply-To: .*?<([^>]+)>/ms.exec(smtp.mails[1]!.text.replace(/\r\n[ \t]+/g, ' '))?.[1] ?? ''
  expect(readToken(replyTo)).toMatchObject({ purpose: 'reply' })
})

test('replies go before automatic mail, and nothing before its time', async () => {
  const later = mail({ notBefore: new Date(Date.now() + 60_000) })
  const automatic = Array.from({ length: 30 }, () => mail({ automatic: true }))
  const reply = mail()
  await put(...automatic, later, reply)
  sender = start()
  await settled(reply.id)
  await expect.poll(() => smtp.mails.length, { timeout: 30_000 }).toBe(31)
  const place = smtp.mails.findIndex(each => each.text.includes(`<${reply.rfcId}>`))
  expect(place).toBeLessThan(4)
  expect(await row(later.id)).toMatchObject({ state: 'waiting', tries: 0 })
})

test('two processes empty one outbox: each mail goes out once', async () => {
  const mails = Array.from({ length: 200 }, () => mail())
  await put(...mails)
  const one = start()
  const two = start()
  await expect.poll(() => smtp.mails.length, { timeout: 20_000 }).toBe(200)
  await Promise.all([one.stop(), two.stop()])
  expect(new Set(smtp.mails.map(each => /^Message-ID: (.*)\r$/m.exec(each.text)?.[1])).size).toBe(200)
  const states = await database.pool.query('select distinct state from outbox where mailbox_id = $1', [mailboxId])
  expect(states.rows).toEqual([{ state: 'sent' }])
})

test('what a dead process had claimed is sent, or uncertain when the dot may have gone', async () => {
  const [early, late] = [mail(), mail()]
  await put(early, late)
  await database.pool.query(
    "update outbox set state = 'sending', claimed_at = now() - interval '1 minute' where id = any($1)",
    [[early.id, late.id]],
  )
  await database.pool.query("update outbox set committed_at = now() - interval '1 minute' where id = $1", [late.id])
  sender = start()
  await expect.poll(() => row(early.id).then(now => now.state), { timeout: 30_000 }).toBe('sent')
  expect(await row(late.id)).toMatchObject({ state: 'uncertain', error: 'pond:stopped' })
  expect(smtp.mails).toHaveLength(1)
})

test('a claim that was taken over meanwhile stops before the final dot', async () => {
  let stolen = false
  const only = mail()
  sender = start({
    at: async point => {
      if (point !== 'before the end' || stolen) return
      stolen = true
      await database.pool.query("update outbox set claimed_at = now() + interval '1 second' where id = $1", [only.id])
    },
  })
  await put(only)
  await expect.poll(() => stolen, { timeout: 30_000 }).toBe(true)
  await new Promise(resolve => setTimeout(resolve, 500))
  expect(smtp.mails).toHaveLength(0)
  expect(await row(only.id)).toMatchObject({ state: 'sending', committed_at: null })
})

test('a process that stops gives back what it had not begun, and leaves nothing half done', async () => {
  smtp.fault = { step: 'rcpt', does: 'silence' }
  sender = start()
  await put(...Array.from({ length: 12 }, () => mail()))
  await expect.poll(() => smtp.connections, { timeout: 30_000 }).toBe(4)
  await sender.stop()
  const states = await database.pool.query('select state, count(*)::int from outbox where mailbox_id = $1 group by 1', [
    mailboxId,
  ])
  expect(states.rows).toEqual([{ state: 'waiting', count: 12 }])
})

test('a mail server that is away is shown on the mailbox, and nothing fails or counts', async () => {
  const { port } = smtp
  await smtp.close()
  await database.pool.query("update mailbox set smtp = jsonb_set(smtp, '{port}', $2) where id = $1", [mailboxId, port])
  sender = start()
  const id = await put(mail())
  await expect.poll(() => row(id).then(now => now.error), { timeout: 30_000 }).toContain('ECONNREFUSED')
  expect(await row(id)).toMatchObject({ state: 'waiting', tries: 0 })
  const health = await database.pool.query('select alert from mailbox where id = $1', [mailboxId])
  expect(health.rows[0].alert).toBe('smtp-port-closed')
})
