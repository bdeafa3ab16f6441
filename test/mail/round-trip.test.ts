/** From a real mail to a kept thread: Postfix and Dovecot on loopback, another program's client, and all of Pond's own parts between them. */
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Channels, enqueue, startChannels } from '../../src/domain/channels/index.ts'
import { sealSecrets } from '../../src/domain/channels/mailboxes/tables.ts'
import { startIntake } from '../../src/domain/intake/index.ts'
import { openKeys } from '../../src/platform/config/keys.ts'
import { type Nudges, startNudges } from '../../src/platform/events/index.ts'
import { silentLog } from '../../src/platform/log/log.ts'
import { startParser } from '../../src/platform/mail/reading/parser.ts'
import { aDesk } from '../desk.ts'
import { type Dovecot, hasDovecot, hasPostfix, mailPassword, startDovecot } from '../mail-servers.ts'
import { type Postfix, startPostfix } from '../postfix-server.ts'
import { startRelay } from './black-hole.ts'

const keys = openKeys({ dataDir: '', key: '5b'.repeat(32) })
const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

describe.skipIf(!hasDovecot || !hasPostfix)('with real mail servers', () => {
  let dovecot: Dovecot
  let postfix: Postfix
  let relay: Awaited<ReturnType<typeof startRelay>>
  let desk: Awaited<ReturnType<typeof aDesk>>
  let nudges: Nudges
  let parser: ReturnType<typeof startParser>
  let channels: Channels

  beforeAll(async () => {
    dovecot = await startDovecot()
    postfix = await startPostfix(dovecot, [
      'service@lindqvist.example',
      ...['ines', 'mallory', ...Array.from({ length: 40 }, (_, n) => `c${n}`)].map(name => `${name}@saudade.example`),
    ])
    relay = await startRelay(dovecot.port)
    desk = await aDesk({ now: new Date() })
    const { db, pool, url, files, world } = desk
    await pool.query(
      "update mailbox set receive_by = 'imap', imap = $2, smtp = $3, sealed = $4, created_at = now() where id = $1",
      [
        world.mailbox,
        { host: '127.0.0.1', port: relay.port, security: 'none', user: 'service', folder: 'INBOX' },
        { host: '127.0.0.1', port: postfix.port, security: 'none', user: '' },
        sealSecrets(world.mailbox, { password: mailPassword }, keys),
      ],
    )
    nudges = startNudges({ url, pool, log: silentLog() })
    parser = startParser({ children: 1 })
    const clock = () => new Date()
    const intake = startIntake({ db, files, parser, log: silentLog(), nudges, keys: keys.replies, clock })
    const { takeIn, retry } = intake
    channels = await startChannels({
      db,
      pool,
      url,
      files,
      keys,
      nudges,
      log: silentLog(),
      clock,
      baseUrl: new URL('http://localhost:4747'),
      oauth: {},
      smtp: null,
      takeIn,
      retry,
    })
    await until(
      'a good poll',
      async () => (await rows('select from mailbox where last_good_poll_at is not null')).length > 0,
    )
  }, 60_000)
  afterAll(async () => {
    await channels.stop()
    await parser.stop()
    await nudges.stop()
    await desk.close()
    await relay.close()
    await postfix.stop()
    await dovecot.stop()
  })

  const rows = async (query: string, values: unknown[] = []) => (await desk.pool.query(query, values)).rows
  async function until<T>(what: string, look: () => Promise<T | false | undefined>, withinMs = 60_000): Promise<T> {
    for (const end = Date.now() + withinMs; Date.now() < end; await wait(50)) {
      const found = await look()
      if (found) return found
    }
    throw new Error(`not in time: ${what}`)
  }
  const written = (n: string, more: string[] = []) =>
    [
      'From: =?utf-8?q?In=C3=AAs?= <ines@saudade.example>',
      'To: service@lindqvist.example',
      `Subject: The Faro ${n}`,
      `Message-ID: <${n}.${randomUUID()}@saudade.example>`,
      `Date: ${new Date().toUTCString()}`,
      ...more,
      '',
      `Good morning, it is about ${n}.`,
      '',
    ].join('\r\n')
  /** What lies in a customer's own mailbox. */
  function inboxOf(user: string): string[] {
    const folder = dovecot.maildir(user)
    return ['new', 'cur'].flatMap(part => {
      try {
        return readdirSync(join(folder, part)).map(name => readFileSync(join(folder, part, name), 'latin1'))
      } catch {
        return []
      }
    })
  }
  const unfolded = (mail: string) => mail.slice(0, mail.search(/\r?\n\r?\n/)).replace(/\r?\n[ \t]+/g, ' ')

  test('a mail arrives, is acknowledged once, and the answer to that comes back to its conversation', async () => {
    await postfix.send({ from: 'ines@saudade.example', to: 'service@lindqvist.example', raw: written('fuse') })
    const [acknowledgement] = await until('the acknowledgement', async () => {
      const mails = inboxOf('ines')
      return mails.length > 0 && mails
    })
    const head = unfolded(acknowledgement!)
    expect(head).toMatch(/^Return-Path: <>$/m)
    expect(head).toMatch(/^Auto-Submitted: auto-replied$/m)
    expect(head).toMatch(/^In-Reply-To: <fuse\./m)
    const replyTo = /^Reply-To: .*<(service\+[^>]+)>$/m.exec(head)?.[1]
    expect(replyTo).toBeDefined()

    const messageId = /^Message-ID: (<.*>)$/im.exec(head)?.[1] ?? ''
    await postfix.send({
      from: 'ines@saudade.example',
      to: replyTo!,
      raw: written('more about it', [`In-Reply-To: ${messageId}`]).replace(
        'To: service@lindqvist.example',
        `To: ${replyTo}`,
      ),
    })
    await until('both messages', async () => (await rows("select from message where kind = 'message'")).length === 2)
    expect(await rows('select from conversation')).toHaveLength(1)
    await wait(1500)
    // The promise that was told is still open: nothing more is to be said.
    expect(inboxOf('ines')).toHaveLength(1)
  }, 60_000)

  test('a stranger who guesses the subject or the number starts a conversation of their own', async () => {
    const [{ number }] = await rows('select number from conversation')
    await postfix.send({
      from: 'mallory@saudade.example',
      to: 'service@lindqvist.example',
      raw: written(`fuse (${number})`).replace('ines@', 'mallory@'),
    })
    await until('another conversation', async () => (await rows('select from conversation')).length === 2)
  })

  test('an address that the server refuses at once is shown as failed, in its words', async () => {
    const raw = written('a ghost').replace('ines@saudade.example', 'no_body@saudade.example')
    await postfix.send({ from: 'nobody@saudade.example', to: 'service@lindqvist.example', raw })
    const [failed] = await until('a failure', async () => {
      const found = await rows("select error from outbox where state = 'failed' and recipient like 'no_body%'")
      return found.length > 0 && found
    })
    expect(failed.error).toMatch(/550 5\.1\.1/)
  })

  test('a bounce comes back to the signed return address and is matched to what bounced', async () => {
    const [person, address, message, outbox] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
    const [{ id: conversation }] = await rows('select id from conversation order by number limit 1')
    await rows("insert into person (id, name) values ($1, 'Ghost')", [person])
    await rows(
      "insert into address (id, person_id, kind, written, normal) values ($1, $2, 'mail', 'gone@saudade.example', 'gone@saudade.example')",
      [address, person],
    )
    await rows(
      "insert into message (id, conversation_id, kind, at, body_text, rfc_id) values ($1, $2, 'reply', now(), 'Here is the answer.', $3)",
      [message, conversation, `${message}@lindqvist.example`],
    )
    const client = await desk.pool.connect()
    await client.query('begin')
    await enqueue(client, [
      {
        id: outbox,
        mailboxId: desk.world.mailbox,
        conversationId: conversation,
        messageId: message,
        automatic: false,
        recipient: 'gone@saudade.example',
        recipientNormal: 'gone@saudade.example',
        addressId: address,
        rfcId: `${message}@lindqvist.example`,
        content: {
          is: 'reply',
          subject: 'Re: The Faro',
          fromName: 'Ana, Lindqvist Espresso',
          author: 'Ana',
          to: [{ name: '', address: 'gone@saudade.example' }],
          language: 'en',
          zone: 'UTC',
        },
        createdAt: new Date(),
        notBefore: new Date(),
      },
    ])
    await client.query('commit')
    client.release()
    const [report] = await until('the bounce', async () => {
      const found = await rows('select outbox_id, message_id, hard from delivery_report')
      return found.length > 0 && found
    })
    expect(report).toMatchObject({ outbox_id: outbox, message_id: message })
    expect((await rows('select state, bounced_at from outbox where id = $1', [outbox]))[0]).toMatchObject({
      state: 'sent',
      bounced_at: expect.any(Date),
    })
  }, 45_000)

  test('the server is killed, swallowed and renumbered while mail flows: nothing lost, nothing doubled, nobody answered twice', async () => {
    const before = (await rows("select from message where kind = 'message'")).length
    let sent = 0
    const some = async (count: number) => {
      for (let n = 0; n < count; n++) {
        sent++
        await postfix.send({
          from: 'ines@saudade.example',
          to: 'service@lindqvist.example',
          raw: written(`number ${sent}`).replaceAll('ines@saudade.example', `c${sent}@saudade.example`),
        })
      }
    }
    await some(10)
    await dovecot.kill()
    await some(5)
    await dovecot.start()
    await some(5)
    relay.swallow(true)
    await some(5)
    await wait(2000)
    relay.swallow(false)
    relay.cut()
    await some(5)
    await until(
      'all of them',
      async () => (await rows("select from message where kind = 'message'")).length === before + sent,
      60_000,
    )
    await dovecot.stopServing()
    execFileSync('sh', ['-c', `rm -f "${dovecot.maildir('service')}"/dovecot*`])
    await wait(1100)
    await dovecot.start()
    await some(3)
    await until(
      'those as well',
      async () => (await rows("select from message where kind = 'message'")).length === before + sent,
      60_000,
    )
    await until(
      'nothing waits',
      async () => (await rows("select from outbox where state in ('waiting', 'sending')")).length === 0,
      30_000,
    )
    expect(await rows('select uidvalidity from mailbox_folder')).toHaveLength(2)
    expect(
      await rows(
        'select from delivery_uid u join delivery d on d.id = u.delivery_id group by d.id having count(distinct u.uidvalidity) = 2',
      ),
    ).not.toHaveLength(0)
    for (let n = 1; n <= sent; n++) expect(inboxOf(`c${n}`)).toHaveLength(1)
    expect(await rows("select from outbox where state = 'uncertain'")).toHaveLength(0)
  }, 180_000)
})
