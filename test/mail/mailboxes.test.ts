import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { liveMailboxes, secretsOf } from '../../src/domain/channels/mailboxes/tables.ts'
import { hasDovecot, mailPassword } from '../mail-servers.ts'
import { ask } from '../people.ts'
import {
  check,
  closeDesk,
  cookie,
  desk,
  keys,
  openDesk,
  server,
  settings,
  silence,
  smtp,
  team,
  type Wishes,
} from './mailbox-desk.ts'

describe.skipIf(!hasDovecot)('mailboxes', () => {
  beforeAll(openDesk)
  afterAll(closeDesk)

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
    silence(true)
    const silent = await check()
    silence(false)
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
})
