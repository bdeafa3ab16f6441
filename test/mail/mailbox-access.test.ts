import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { secretsFrom } from '../../src/domain/channels/mailboxes/secrets.ts'
import { liveMailboxes, secretsOf } from '../../src/domain/channels/mailboxes/tables.ts'
import { bring, sweep } from '../../src/domain/intake/import/work.ts'
import { hasDovecot, mailPassword } from '../mail-servers.ts'
import { aMember, ask, cookieOf } from '../people.ts'
import {
  closeDesk,
  cookie,
  desk,
  importing,
  keys,
  oauth,
  openDesk,
  settings,
  team,
  withoutWorkers,
} from './mailbox-desk.ts'

describe.skipIf(!hasDovecot)('what belongs to a mailbox', () => {
  beforeAll(openDesk)
  afterAll(closeDesk)

  test('access by OAuth: granted in the browser, renewed ahead of its end, and its loss is trouble at once', async () => {
    const connected = await ask(desk, 'POST', '/api/v1/mailboxes', settings({ oauth: 'google' }), { cookie })
    const { id } = connected.body.mailbox
    const begun = await ask(desk, 'POST', `/api/v1/mailboxes/${id}/grant`, {}, { cookie })
    const { code, state } = oauth.agree(begun.body.address)
    const stranger = await cookieOf(desk, await aMember(desk, { administrator: true }))
    expect((await ask(desk, 'GET', '/oauth/return', { code, state }, { cookie: stranger })).status).toBe(400)
    expect((await ask(desk, 'GET', '/oauth/return', { code, state: `A${state}` }, { cookie })).status).toBe(400)
    expect((await ask(desk, 'GET', '/oauth/return', { code, state }, { cookie })).status).toBe(303)

    const secretFor = secretsFrom({
      db: desk.database.db,
      keys,
      clock: () => desk.clock.now,
      oauth: { google: { clientId: 'pond', clientSecret: 'hush', tokenUrl: oauth.tokenUrl } },
    })
    const row = async () => (await liveMailboxes(desk.database.db, [id]))[0]!
    const before = oauth.asked.length
    const first = await secretFor(await row(), 'imap')
    expect(oauth.asked.length).toBe(before)
    desk.clock.now = new Date(desk.clock.now.getTime() + 57 * 60_000)
    const old = await row()
    const [one, two] = await Promise.all([secretFor(old, 'imap'), secretFor(old, 'smtp')])
    expect(one).toEqual(two)
    expect(one).not.toEqual(first)
    expect(oauth.asked.length).toBe(before + 1)
    oauth.revoke()
    desk.clock.now = new Date(desk.clock.now.getTime() + 57 * 60_000)
    await expect(secretFor(await row(), 'imap')).rejects.toMatchObject({ code: 'grant-lost', passing: false })
    const anew = oauth.agree((await ask(desk, 'POST', `/api/v1/mailboxes/${id}/grant`, {}, { cookie })).body.address)
    expect((await ask(desk, 'GET', '/oauth/return', anew, { cookie })).status).toBe(303)
    expect(await secretFor(await row(), 'imap')).toMatchObject({ accessToken: expect.any(String) })
  })

  test('a granted token goes to no other server, neither by a check nor by a change', async () => {
    let heard = ''
    const listening = createServer(socket => {
      socket.on('data', piece => {
        heard += piece
        for (const line of String(piece).split('\r\n')) if (line) socket.write(`${line.split(' ')[0]} OK done\r\n`)
      })
      socket.on('error', () => {})
      socket.write('* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] ready\r\n')
    })
    await new Promise<void>(resolve => listening.listen(0, '127.0.0.1', resolve))
    const { port } = listening.address() as AddressInfo
    const given = settings({ oauth: 'google', smtp: null })
    const { id } = (await ask(desk, 'POST', '/api/v1/mailboxes', given, { cookie })).body.mailbox
    const agreed = oauth.agree((await ask(desk, 'POST', `/api/v1/mailboxes/${id}/grant`, {}, { cookie })).body.address)
    expect((await ask(desk, 'GET', '/oauth/return', agreed, { cookie })).status).toBe(303)
    const elsewhere = { ...given, imap: { ...given.imap, host: '127.0.0.1', port, security: 'none' } }
    const checked = { ...elsewhere, mailboxId: id }
    expect((await ask(desk, 'POST', '/api/v1/mailboxes/check', checked, { cookie })).status).toBe(200)
    expect(heard).not.toMatch(/AUTHENTICATE/i)
    expect((await ask(desk, 'PUT', `/api/v1/mailboxes/${id}`, elsewhere, { cookie })).status).toBe(200)
    const [row] = await liveMailboxes(desk.database.db, [id])
    expect(secretsOf(row!, keys)).toEqual({ password: mailPassword })
    await new Promise(resolve => listening.close(resolve))
  })

  test('old mail comes in through the desk, whatever its files are called', async () => {
    const connected = await ask(
      desk,
      'POST',
      '/api/v1/mailboxes',
      settings({ receiveBy: 'import', imap: undefined, smtp: null }),
      { cookie },
    )
    const { id } = connected.body.mailbox
    const form = new FormData()
    form.append(
      'file',
      new File(
        [
          'From a@b Tue Nov 24 10:00:00 2026\nSubject: 1\n\none\n\nFrom a@b Tue Nov 24 10:00:00 2026\nSubject: 2\n\ntwo\n',
        ],
        '../../old.mbox',
      ),
    )
    form.append('file', new File(['Subject: 3\n\nthree\n'], 'three'))
    await withoutWorkers()
    const upload = async (body: FormData, asked = '') => {
      const request = new Request('http://localhost', { method: 'POST', body })
      return desk.app.inject({
        method: 'POST',
        url: `/api/v1/mailboxes/${id}/import${asked}`,
        headers: { cookie, 'content-type': request.headers.get('content-type')! },
        payload: Buffer.from(await request.arrayBuffer()),
      })
    }
    const goesOn = new AbortController().signal
    const listed = async () => (await ask(desk, 'GET', '/api/v1/imports', undefined, { cookie })).body.imports

    // In two loads, and the worker is stopped while it reads.
    const first = (await upload(form, '?more')).json()
    expect(first).toMatchObject({ state: 'receiving', mails: 0 })
    const last = new FormData()
    last.append('file', new File(['Subject: 4\n\nfour\n'], 'four'))
    expect((await upload(last, `?importId=${first.id}`)).json()).toMatchObject({ id: first.id, state: 'waiting' })
    expect((await upload(last, `?importId=${first.id}`)).statusCode).toBe(404)
    await expect(bring(importing(), first.id, AbortSignal.abort())).rejects.toThrow()
    expect(await listed()).toMatchObject([{ state: 'running', mails: 0, endedAt: null }])
    await bring(importing(), first.id, goesOn)
    const [done] = await listed()
    expect(done).toMatchObject({ state: 'done', mails: 4, messages: 4, known: 0, trouble: null })
    expect(done.bytesRead).toBe(done.bytes)

    const again = (await upload(form)).json()
    expect(again).toMatchObject({ state: 'waiting' })
    await bring(importing(), again.id, goesOn)
    expect((await listed())[0]).toMatchObject({ state: 'done', mails: 3, messages: 0, known: 3 })
    expect(existsSync(join(desk.folder, 'imports', again.id))).toBe(false)
    expect((await upload(new FormData())).statusCode).toBe(400)
    expect((await listed())[0]).toMatchObject({ state: 'failed', trouble: 'not-sent' })

    // What went with a disk or a restore is told, not waited for; whoever went away while sending is no wait either.
    const lost = (await upload(last)).json()
    await rm(join(desk.folder, 'imports', lost.id), { recursive: true })
    const left = (await upload(last, '?more')).json()
    desk.clock.now = new Date(desk.clock.now.getTime() + 25 * 3_600_000)
    await sweep(importing())
    const ended = (await listed()).map(({ id, trouble }: { id: string; trouble: string }) => ({ id, trouble }))
    expect(ended).toContainEqual({ id: lost.id, trouble: 'gone' })
    expect(ended).toContainEqual({ id: left.id, trouble: 'left' })
    expect(existsSync(join(desk.folder, 'imports', left.id))).toBe(false)
  })

  test('quarantine shows whom a mail is from', async () => {
    const mailbox = (await ask(desk, 'POST', '/api/v1/mailboxes', settings(), { cookie })).body.mailbox.id
    await desk.database.pool.query(
      `insert into delivery (id, mailbox_id, source, mail_id, body_hash, arrived_at, bytes, raw, became, reason, reading)
        values (gen_random_uuid(), $1, 'import', 'kept@aside', '\\x00', now(), 5, 'Raw!!', 'quarantined', 'not-stored', '{"from": "rui@saudade.example", "subject": "Odd"}')`,
      [mailbox],
    )
    const listed = await ask(desk, 'GET', '/api/v1/quarantine', undefined, { cookie })
    expect(listed.body.items).toMatchObject([{ from: 'rui@saudade.example', subject: 'Odd' }])
  })

  test('a mail that could not be delivered is shown to those who see its conversation, and settled by a person', async () => {
    const mailbox = (await ask(desk, 'POST', '/api/v1/mailboxes', settings(), { cookie })).body.mailbox.id
    const lost = async (state: string) => {
      const row = await desk.database.pool.query(
        `insert into outbox (id, mailbox_id, purpose, automatic, recipient, recipient_normal, rfc_id, content, created_at, not_before, state, error, committed_at, settled_at)
          values (gen_random_uuid(), $1, 'check', false, 'x@y.example', 'x@y.example', gen_random_uuid()::text, '{"subject":"Lost"}', now(), now(), $2, 'pond:line-cut', now(), now()) returning id`,
        [mailbox, state],
      )
      return row.rows[0].id as string
    }
    const [uncertain, failed] = [await lost('uncertain'), await lost('failed')]
    const listed = await ask(desk, 'GET', '/api/v1/deliveries/trouble', undefined, { cookie })
    expect(listed.body.items.map((item: { id: string }) => item.id)).toEqual(
      expect.arrayContaining([uncertain, failed]),
    )
    expect(listed.body.items[0]).toMatchObject({ subject: 'Lost', error: expect.stringMatching(/may have arrived/) })
    const outsider = await cookieOf(desk, await aMember(desk, { teams: { [team.id]: 'teammate' } }))
    expect((await ask(desk, 'GET', '/api/v1/deliveries/trouble', undefined, { cookie: outsider })).body.items).toEqual(
      [],
    )
    expect(
      (await ask(desk, 'POST', `/api/v1/deliveries/${failed}/settle`, { as: 'send-again' }, { cookie: outsider }))
        .status,
    ).toBe(404)
    expect(
      (await ask(desk, 'POST', `/api/v1/deliveries/${failed}/settle`, { as: 'send-again' }, { cookie })).status,
    ).toBe(200)
    expect(
      (await ask(desk, 'POST', `/api/v1/deliveries/${uncertain}/settle`, { as: 'arrived' }, { cookie })).status,
    ).toBe(200)
    const states = await desk.database.pool.query('select id, state, tries from outbox where id = any($1)', [
      [uncertain, failed],
    ])
    expect(Object.fromEntries(states.rows.map(row => [row.id, row.state]))).toEqual({
      [uncertain]: 'sent',
      [failed]: 'waiting',
    })
    expect(
      (await ask(desk, 'POST', `/api/v1/deliveries/${uncertain}/settle`, { as: 'let-be' }, { cookie })).status,
    ).toBe(409)
  })
})
