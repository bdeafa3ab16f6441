/**
 * The whole way with servers nobody here wrote: a mail sent by another program goes through Postfix into Dovecot, arrives
 * by IDLE, is acknowledged, answered in the browser, and the customer's reply comes back to the same conversation. Then
 * the IMAP server is killed, swallowed by a black hole and renumbered: nothing is lost, doubled or acknowledged wrongly.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { read } from '../../src/platform/mail/reading/read.ts'
import { type Relay, startRelay } from '../mail/black-hole.ts'
import { type Dovecot, hasPostfix, mailPassword, startDovecot } from '../mail-servers.ts'
import { type Postfix, startPostfix } from '../postfix-server.ts'
import { type APIRequestContext, expect, test } from './journey.ts'
import { sendsAtOnce } from './outside.ts'
import { port } from './place.ts'

test.describe.configure({ mode: 'serial' })
test.skip(!hasPostfix || process.getuid?.() !== 0, 'needs Postfix, which runs as root only')

const desk = 'workshop@desk.example'
const ines = 'ines@cafe.example'
const account = (address: string) => address.slice(0, address.indexOf('@'))

/** Raw mails in somebody's mailbox, as they would see it. */
function mailsOf(address: string): string[] {
  return ['new', 'cur'].flatMap(part => {
    const place = join(dovecot.maildir(account(address)), part)
    return existsSync(place) ? readdirSync(place).map(name => readFileSync(join(place, name), 'latin1')) : []
  })
}

let dovecot: Dovecot
let postfix: Postfix
let relay: Relay

test.beforeAll(async ({ browser }) => {
  dovecot = await startDovecot()
  postfix = await startPostfix(dovecot, [desk, ines])
  relay = await startRelay(dovecot.port)
  dovecot.drop(account(desk), [])
  const context = await browser.newContext()
  await connect(context.request)
  await sendsAtOnce(context.request)
  await context.close()
})
test.afterAll(async () => {
  await relay?.close()
  await postfix?.stop()
  await dovecot?.stop()
})

/** The mailbox behind the relay; what lies in it already stays unanswered ("from now on"). */
async function connect(request: APIRequestContext) {
  const me = (await (await request.get('/api/v1/me')).json()) as { teams: { id: string }[] }
  const settings = {
    address: desk,
    fromName: 'Lindqvist Workshop',
    teamId: me.teams[0]?.id,
    receiveBy: 'imap',
    password: mailPassword,
    plusAddressing: true,
    imap: { host: '127.0.0.1', port: relay.port, security: 'none', user: account(desk), folder: 'INBOX' },
    smtp: { host: '127.0.0.1', port: postfix.port, security: 'none', user: '' },
  }
  const made = await request.post('/api/v1/mailboxes', {
    data: settings,
    headers: { origin: `http://localhost:${port}` },
  })
  expect(made.ok(), await made.text()).toBe(true)
}

/** Another program's client. */
function swaks(subject: string, body: string, more: { to?: string; headers?: string[] } = {}) {
  const headers = (more.headers ?? []).flatMap(line => ['--add-header', line])
  execFileSync(
    'swaks',
    [
      '--server',
      '127.0.0.1',
      '--port',
      `${postfix.port}`,
      '--from',
      ines,
      '--to',
      more.to ?? desk,
      '--header',
      `Subject: ${subject}`,
      '--header',
      `From: Inês Carvalho <${ines}>`,
      '--body',
      body,
      ...headers,
    ],
    { stdio: 'ignore' },
  )
}

type Row = { id: string; number: number; subject: string; state: string }
async function conversations(request: APIRequestContext): Promise<Row[]> {
  const { rows } = (await (await request.get('/api/v1/conversations?view=all&limit=100')).json()) as { rows: Row[] }
  return rows.filter(row => row.subject.startsWith('Real:'))
}
const about = (subject: string) =>
  mailsOf(ines).filter(mail => /^In-Reply-To:.*$/im.test(mail) && mail.includes(subject))
const acknowledgements = () => mailsOf(ines).filter(mail => /^Auto-Submitted: auto-replied/im.test(mail))
const answers = () =>
  mailsOf(ines).filter(mail => read(Buffer.from(mail, 'latin1')).text.includes('photo of the plate'))
const header = (mail: string, name: string) =>
  new RegExp(`^${name}: (.*(?:\\r?\\n[ \\t].*)*)`, 'im')
    .exec(mail)?.[1]
    ?.replace(/\r?\n[ \t]+/g, ' ')
    .trim() ?? ''

test('a mail arrives by IDLE, is acknowledged, answered in the browser, and the reply to that threads', async ({
  page,
}) => {
  await page.goto('/inbox/open')
  swaks('Real: the fuse', 'Every morning the fuse goes.')
  const row = page.locator('.c', { hasText: 'Real: the fuse' })
  await expect(row).toBeVisible({ timeout: 30_000 })
  await expect.poll(() => acknowledgements().length, { timeout: 30_000 }).toBe(1)
  const [fresh] = await conversations(page.request)
  await page.goto(`/conversations/${fresh!.number}`)
  await expect(page.getByText('Every morning the fuse goes.')).toBeVisible()
  await page.keyboard.press('r')
  await expect(page.locator('.ProseMirror')).toBeFocused()
  await page.keyboard.type('It is safe. Could you send a photo of the plate?')
  await page.keyboard.press('Alt+2')
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => answers().length, { timeout: 30_000 }).toBe(1)

  const answer = answers()[0]!
  const replyTo = /<?([^<>\s]+@[^<>\s]+)>?$/.exec(header(answer, 'Reply-To') || header(answer, 'From'))![1]!
  expect(replyTo).toContain('workshop+')
  swaks('Re: something else entirely', 'Here is the plate.', {
    to: replyTo,
    headers: [`In-Reply-To: ${header(answer, 'Message-ID')}`],
  })
  await expect.poll(async () => (await conversations(page.request))[0]?.state, { timeout: 30_000 }).toBe('open')
  const [it] = await conversations(page.request)
  await page.goto(`/conversations/${it!.number}`)
  await expect(page.getByText('Here is the plate.')).toBeVisible()
  expect((await conversations(page.request)).length).toBe(1)
  // It was waiting for her: a new promise, so a second acknowledgement.
  await expect.poll(() => acknowledgements().length, { timeout: 30_000 }).toBe(2)
})

test('the mail server is killed, swallowed and renumbered: 0 lost, 0 doubled, 0 wrong acknowledgements', async ({
  page,
}) => {
  test.setTimeout(180_000)
  await dovecot.kill()
  for (let n = 0; n < 3; n++) swaks(`Real: while dead ${n}`, `mail ${n}`)
  await dovecot.start()
  await expect.poll(async () => (await conversations(page.request)).length, { timeout: 70_000 }).toBe(4)

  relay.swallow(true)
  swaks('Real: into the black hole', 'is anybody there?')
  await new Promise(resolve => setTimeout(resolve, 3000))
  relay.swallow(false)
  await expect.poll(async () => (await conversations(page.request)).length, { timeout: 90_000 }).toBe(5)

  dovecot.doveadm(
    'mailbox',
    'update',
    '-u',
    account(desk),
    '--uid-validity',
    `${Math.floor(Date.now() / 1000) + 1000}`,
    'INBOX',
  )
  relay.cut()
  swaks('Real: after the renumbering', 'still there?')
  await expect.poll(async () => (await conversations(page.request)).length, { timeout: 90_000 }).toBe(6)
  await new Promise(resolve => setTimeout(resolve, 5000))

  const all = await conversations(page.request)
  expect(new Set(all.map(each => each.subject)).size).toBe(6)
  expect(all.length).toBe(6)
  // Five an hour go to one address: two for the first matter, and one each for the next three; the rest are held back.
  expect(acknowledgements().length).toBe(5)
  expect(about('Real:').length).toBeGreaterThan(0)
})
