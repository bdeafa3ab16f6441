/** Connecting, checking and changing mailboxes over HTTP, against a real Dovecot, an SMTP server and an OAuth provider on loopback. */
import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mailboxRoutes } from '../../src/domain/channels/mailboxes/routes.ts'
import { secretsFrom } from '../../src/domain/channels/mailboxes/secrets.ts'
import { liveMailboxes, secretsOf } from '../../src/domain/channels/mailboxes/tables.ts'
import { importRoutes } from '../../src/domain/intake/import/routes.ts'
import { openKeys } from '../../src/platform/config/keys.ts'
import { noNudges } from '../desk.ts'
import { type Dovecot, hasDovecot, mailPassword, startDovecot } from '../mail-servers.ts'
import { aDesk, aMember, ask, aTeam, cookieOf, type TestDesk, type TestTeam } from '../people.ts'
import { type OauthServer, startOauthServer } from './oauth-server.ts'
import { plainIntake } from './plain-intake.ts'
import { type ScriptedSmtp, startScriptedSmtp } from './scripted-smtp.ts'

describe.skipIf(!hasDovecot)('mailboxes', () => {
  let server: Dovecot
  let smtp: ScriptedSmtp
  let oauth: OauthServer
  let desk: TestDesk
  let team: TestTeam
  let cookie: string
  const keys = openKeys({ dataDir: '', key: '5a'.repeat(32) })
  const records: Record<string, string[][]> = {
    'spf.example': [['v=spf1 a:127.0.0.1 -all']],
    'none.example': [['something else']],
    '_dmarc.spf.example': [['v=DMARC1; p=quarantine']],
    'default._domainkey.spf.example': [['v=DKIM1; k=rsa; p=MIGf']],
  }
  const missing = async () => {
    throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
  }
  const dns = {
    resolveTxt: async (name: string) => records[name] ?? missing(),
    resolveMx: missing,
    resolve4: missing,
    resolve6: missing,
  } as never
  let silentDns = false

  beforeAll(async () => {
    server = await startDovecot()
    smtp = await startScriptedSmtp()
    oauth = await startOauthServer()
    desk = await aDesk({
      more: desk => {
        const { db, pool } = desk.database
        const client = {
          clientId: 'pond',
          clientSecret: 'hush',
          authorizeUrl: oauth.authorizeUrl,
          tokenUrl: oauth.tokenUrl,
        }
        mailboxRoutes(desk.app, {
          db,
          keys,
          nudges: noNudges,
          files: desk.files,
          rights: desk.access.rights,
          baseUrl: desk.baseUrl,
          oauth: { google: client },
          clock: () => desk.clock.now,
          retry: async () => ({ deliveryId: '', became: 'known', conversationId: null, reason: null }),
          ca: readFileSync(server.cert, 'utf8'),
          dns: new Proxy(dns, {
            get: (target, name) =>
              silentDns
                ? async () => Promise.reject(Object.assign(new Error(), { code: 'ECONNREFUSED' }))
                : target[name],
          }),
        })
        importRoutes(desk.app, {
          db,
          nudges: noNudges,
          rights: desk.access.rights,
          clock: () => desk.clock.now,
          takeIn: plainIntake(pool).takeIn,
        })
      },
    })
    team = await aTeam(desk)
    cookie = await cookieOf(desk, await aMember(desk, { administrator: true }))
    await desk.database.pool.query(
      "insert into installation (id, name) values (gen_random_uuid(), 'Lindqvist Espresso') on conflict do nothing",
    )
    server.drop('ana', ['Subject: one\r\n\r\n1\r\n', 'Subject: two\r\n\r\n2\r\n'])
    server.doveadm('mailbox', 'create', '-u', 'ana', 'Service')
  })
  afterAll(async () => {
    await desk.close()
    await oauth.close()
    await smtp.close()
    await server.stop()
  })

  let made = 0
  type Wishes = { imap?: object | undefined; smtp?: object | null; [other: string]: unknown }
  const settings = ({ imap, smtp: sending, ...wishes }: Wishes = {}) => ({
    address: `ana${++made}@spf.example`,
    fromName: 'Lindqvist Espresso',
    teamId: team.id,
    receiveBy: 'imap',
    imap: { host: 'localhost', port: server.tlsPort, security: 'tls', user: 'ana', folder: 'INBOX', ...imap },
    smtp: sending === null ? null : { host: '127.0.0.1', port: smtp.port, security: 'none', user: '', ...sending },
    password: mailPassword,
    ...wishes,
  })
  async function check(wishes: Wishes = {}) {
    const answer = await ask(desk, 'POST', '/api/v1/mailboxes/check', settings(wishes), { cookie })
    expect(answer.status).toBe(200)
    const steps: { step: string; outcome: string; says: string; remedy: string | null }[] = answer.body.steps
    return { ...answer.body, steps, of: (name: string) => steps.find(step => step.step === name)! }
  }

  test('a check of what is right says so step by step, and sends the test mail that was asked for', async () => {
    const told = await check({ sendTo: 'ana@elsewhere.example' })
    expect(told.steps.map((step: { step: string; outcome: string }) => `${step.step} ${step.outcome}`)).toEqual([
      'name good',
      'port good',
      'tls good',
      'sign-in good',
      'folder good',
      'smtp-name good',
      'smtp-port good',
      'smtp-tls good',
      'smtp-sign-in good',
      'sending good',
      'spf good',
      'dkim good',
      'dmarc good',
    ])
    expect(told).toMatchObject({ works: true, waiting: 2, folders: expect.arrayContaining(['INBOX', 'Service']) })
    expect(smtp.mails.at(-1)!.to).toBe('ana@elsewhere.example')
    expect(smtp.mails.at(-1)!.text).toContain('Sending works')
    for (const step of told.steps) expect(step.says).not.toMatch(/channels:|\{\{|^check|^trouble/)
  })

  test.each<[string, Wishes, string, RegExp]>([
    ['name', { imap: { host: 'nowhere.invalid' } }, 'name-not-found', /nowhere\.invalid is not known/],
    ['port', { imap: { port: 1 } }, 'port-closed', /refuses on port 1/],
    ['sign-in', { password: 'wrong' }, 'sign-in-refused', /refuses the sign-in name or the password/],
    ['folder', { imap: { folder: 'Nowhere' } }, 'folder-missing', /no folder Nowhere/],
    ['smtp-port', { smtp: { port: 1 } }, 'port-closed', /refuses on port 1/],
  ])('a check names the step that fails: %s', async (step, wishes, _code, words) => {
    const told = await check(wishes)
    expect(told.of(step)).toMatchObject({
      outcome: 'bad',
      says: expect.stringMatching(words),
      remedy: expect.any(String),
    })
    expect(told.works).toBe(false)
    if (step === 'folder') expect(told.of(step).remedy).toContain('Service')
  })

  test('a check tells a wrong certificate from other trouble', async () => {
    const wrongName = await check({ imap: { host: '127.0.0.1' } })
    expect(wrongName.of('tls')).toMatchObject({ outcome: 'bad', says: expect.stringMatching(/another name/) })
    const wrongKind = await check({ imap: { port: server.port } })
    expect(wrongKind.of('tls')).toMatchObject({
      outcome: 'bad',
      says: expect.stringMatching(/another kind of encryption/),
    })
    const start = await check({ imap: { port: server.port, security: 'starttls' } })
    expect(start.of('tls')).toMatchObject({ outcome: 'good' })
  })

  test('a check says when the domain does not let us send, and is honest without an answer', async () => {
    const none = await check({ address: 'ana@none.example', smtp: { host: 'localhost' } })
    expect(none.of('spf')).toMatchObject({ outcome: 'warning', remedy: expect.stringContaining('v=spf1') })
    expect(none.of('dmarc')).toMatchObject({ outcome: 'warning', remedy: expect.stringContaining('v=DMARC1; p=none') })
    expect(none.works).toBe(true)
    silentDns = true
    const silent = await check()
    silentDns = false
    expect(silent.of('spf')).toMatchObject({
      outcome: 'skipped',
      says: expect.stringContaining('could not be looked up from here'),
    })
  })

  test('settings of known providers come by the domain; for others names to try', async () => {
    const google = await ask(desk, 'GET', '/api/v1/mailboxes/preset', { address: 'ana@gmail.com' }, { cookie })
    expect(google.body).toMatchObject({
      provider: 'Google',
      oauth: 'google',
      imap: { host: 'imap.gmail.com', port: 993 },
      plusAddressing: true,
    })
    const other = await ask(desk, 'GET', '/api/v1/mailboxes/preset', { address: 'ana@lindqvist.example' }, { cookie })
    expect(other.body).toMatchObject({ provider: null, imap: { host: 'imap.lindqvist.example' }, smtp: { port: 587 } })
    expect(other.body.advice).toMatch(/usual/)
  })

  test('a mailbox is connected, seen without its password, changed, paused and removed; then its address can come back', async () => {
    const given = settings()
    const connected = await ask(desk, 'POST', '/api/v1/mailboxes', given, { cookie })
    expect(connected.status).toBe(200)
    const { id } = connected.body.mailbox
    expect(connected.text).not.toContain(mailPassword)
    expect(connected.body.mailbox).toMatchObject({ hasPassword: true, lastGoodPollAt: null, teamId: team.id })
    const twice = await ask(desk, 'POST', '/api/v1/mailboxes', given, { cookie })
    expect(twice).toMatchObject({ status: 409, body: { code: 'mailbox-known' } })

    const password = async () => secretsOf((await liveMailboxes(desk.database.db, [id]))[0]!, keys).password
    const { password: _, ...without } = given
    await ask(desk, 'PUT', `/api/v1/mailboxes/${id}`, { ...without, fromName: 'Other' }, { cookie })
    expect(await password()).toBe(mailPassword)
    // To another server the stored password does not go.
    await ask(
      desk,
      'PUT',
      `/api/v1/mailboxes/${id}`,
      { ...without, imap: { ...without.imap, host: '127.0.0.1' } },
      { cookie },
    )
    expect(await password()).toBeUndefined()

    expect(
      (await ask(desk, 'POST', `/api/v1/mailboxes/${id}/pause`, { paused: true }, { cookie })).body.mailbox.pausedAt,
    ).not.toBeNull()
    expect((await ask(desk, 'DELETE', `/api/v1/mailboxes/${id}`, {}, { cookie })).status).toBe(200)
    expect(
      (await ask(desk, 'GET', '/api/v1/mailboxes', undefined, { cookie })).body.mailboxes.map(
        (each: { id: string }) => each.id,
      ),
    ).not.toContain(id)
    const again = await ask(desk, 'POST', '/api/v1/mailboxes', given, { cookie })
    expect(again.body.mailbox).toMatchObject({ id, pausedAt: null })
    const kinds = await desk.database.pool.query('select kind from event where subject_id = $1 order by seq', [id])
    expect(kinds.rows.map(row => row.kind)).toEqual([
      'mailbox.connected',
      'mailbox.changed',
      'mailbox.changed',
      'mailbox.changed',
      'mailbox.removed',
      'mailbox.connected',
    ])
  })

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
    const upload = async (body: FormData) => {
      const request = new Request('http://localhost', { method: 'POST', body })
      return desk.app.inject({
        method: 'POST',
        url: `/api/v1/mailboxes/${id}/import`,
        headers: { cookie, 'content-type': request.headers.get('content-type')! },
        payload: Buffer.from(await request.arrayBuffer()),
      })
    }
    expect((await upload(form)).json()).toMatchObject({ mails: 3, messages: 3, known: 0, done: true })
    expect((await upload(form)).json()).toMatchObject({ mails: 3, messages: 0, known: 3, done: true })
    expect((await upload(new FormData())).statusCode).toBe(400)
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
