/** The pages under /help over HTTP: signing in by a mailed link, what customer A, customer B and a colleague see, writing, judging, ending, and forms with files and conditions. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noNudges } from '../../test/desk.ts'
import { aHelp } from '../../test/help-desk.ts'
import { silence, structureDesk } from '../../test/structure-desk.ts'
import { customerRoutes } from '../domain/customers/index.ts'
import { startIntake } from '../domain/intake/index.ts'
import { silentLog } from '../platform/log/log.ts'
import { startParser } from '../platform/mail/reading/parser.ts'
import { followHost } from './hosts.ts'
import { render } from './pages/render.tsx'
import { portalRoutes } from './routes.ts'

const keys = [Buffer.alloc(32, 5)]
let made: Awaited<ReturnType<typeof start>>
beforeAll(async () => {
  made = await start()
})
afterAll(() => made.stop())

async function start() {
  const parser = startParser({ children: 1 })
  const desk = await structureDesk({
    more: ({ app, database, access, baseUrl, files, clock }) => {
      const { db } = database
      const intake = startIntake({
        ...{ db, files, parser, keys, log: silentLog(), nudges: noNudges },
        clock: () => clock.now,
      })
      const help = aHelp({ db, baseUrl, files }, { takeIn: intake.takeIn, replyKeys: keys })
      customerRoutes(app, {
        db,
        rights: access.rights,
        baseUrl,
        hosts: { origin: () => baseUrl.origin, renew: async () => {} },
      })
      portalRoutes(app, { db, rights: access.rights, nudges: silence, keys, pages: { render, css: '' }, help })
    },
  })
  return {
    ...desk,
    stop: async () => {
      await desk.desk.close()
      await parser.stop()
    },
  }
}

type Look = {
  status: number
  html: string
  to: string | undefined
  cookie: string | undefined
  headers: Record<string, unknown>
}

async function look(path: string, cookie?: string, headers: Record<string, string> = {}): Promise<Look> {
  const reply = await made.desk.app.inject({
    url: path,
    headers: { accept: 'text/html', ...(cookie ? { cookie } : {}), ...headers },
  })
  return lookOf(reply)
}

function lookOf(reply: Awaited<ReturnType<typeof made.desk.app.inject>>): Look {
  const cookie = reply.cookies[0]
  return {
    status: reply.statusCode,
    html: reply.body,
    to: reply.headers.location as string | undefined,
    cookie: cookie ? `${cookie.name}=${cookie.value}` : undefined,
    headers: reply.headers,
  }
}

async function press(path: string, fields: Record<string, string | string[]>, cookie?: string): Promise<Look> {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, each]),
  )
  const reply = await made.desk.app.inject({
    method: 'POST',
    url: path,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: made.desk.baseUrl.origin,
      ...(cookie ? { cookie } : {}),
    },
    payload: new URLSearchParams(pairs).toString(),
  })
  return lookOf(reply)
}

/** With a file, as a browser sends it. */
async function pressWith(
  path: string,
  fields: [string, string][],
  file: { name: string; content: string },
  cookie?: string,
) {
  const parts = [
    ...fields.map(([name, value]) => `------x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}`),
    `------x\r\ncontent-disposition: form-data; name="files"; filename="${file.name}"\r\ncontent-type: text/plain\r\n\r\n${file.content}`,
    '------x--\r\n',
  ]
  const reply = await made.desk.app.inject({
    method: 'POST',
    url: path,
    headers: {
      'content-type': 'multipart/form-data; boundary=----x',
      origin: made.desk.baseUrl.origin,
      ...(cookie ? { cookie } : {}),
    },
    payload: parts.join('\r\n'),
  })
  return lookOf(reply)
}

const valueIn = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
const tokensIn = (html: string, from = '') => {
  const at = html.indexOf(from)
  return { press: valueIn(html.slice(at), 'press'), form: valueIn(html.slice(at), 'form') }
}
/** The link of the newest mail to an address. */
async function mailedLink(to: string): Promise<string> {
  const { rows } = await sql<{ link: string }>`
    select content->>'link' as link from outbox where recipient_normal = ${to} and purpose = 'account' order by created_at desc, id desc limit 1`.execute(
    made.desk.database.db,
  )
  return new URL(rows[0]!.link).pathname
}
async function signIn(address: string): Promise<string> {
  expect((await press('/help/sign-in', { address })).to).toContain('/help/sign-in/sent')
  const path = await mailedLink(address)
  expect((await look(path)).status).toBe(200)
  const inside = await press(path, {})
  expect(inside.status).toBe(303)
  return inside.cookie!
}
let people = 0
const someone = (name: string) => `${name}${++people}@saudade.example`

test('a link signs in once, by a button alone, and an address we do not know gets the same answer and no mail', async () => {
  const ines = someone('ines')
  await made.fresh({ customer: ines })
  const known = await press('/help/sign-in', { address: ines, next: '/help/me' })
  const unknown = await press('/help/sign-in', { address: 'nobody@nowhere.example' })
  expect([known.status, known.to?.split('?')[0]]).toEqual([unknown.status, unknown.to?.split('?')[0]])
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from outbox where recipient_normal = 'nobody@nowhere.example'`.execute(
    made.desk.database.db,
  )
  expect(rows[0]!.n).toBe(0)
  const path = await mailedLink(ines)
  // A program that looks at mails opens it, twice: it still holds.
  for (const _ of [1, 2]) expect((await look(path)).html).toContain('Sign me in')
  const inside = await press(path, {})
  expect(inside).toMatchObject({ status: 303, to: '/help/me' })
  expect((await press(path, {})).status).toBe(410)
  expect((await look('/help/me', inside.cookie)).html).toContain(ines)
  // Half an hour later a new one has ended.
  await press('/help/sign-in', { address: ines })
  const late = await mailedLink(ines)
  const { now } = made.desk.clock
  made.desk.clock.now = new Date(now.getTime() + 31 * 60_000)
  expect((await look(late)).status).toBe(410)
  made.desk.clock.now = now
  expect((await press('/help/sign-out', {}, inside.cookie)).to).toBe('/help')
  expect((await look('/help/me', inside.cookie)).status).toBe(401)
})

test('only paths of these pages are gone to after signing in (S13)', async () => {
  const rui = someone('rui')
  await made.fresh({ customer: rui })
  for (const next of ['https://evil.example/', '//evil.example', '/help/../settings', '/settings']) {
    await sql`delete from throttle`.execute(made.desk.database.db)
    await press('/help/sign-in', { address: rui, next })
    expect((await press(await mailedLink(rui), {})).to).toBe('/help/mine')
  }
})

test('a customer sees their own, a colleague what the membership opens, and nobody else anything (I9)', async () => {
  await sql`delete from throttle`.execute(made.desk.database.db)
  const [a, b, mate, plain] = ['a', 'b', 'mate', 'plain'].map(someone) as [string, string, string, string]
  const it = await made.fresh({ customer: a, owner: made.ana, words: 'Zinc lever snapped' })
  for (const other of [b, mate, plain]) await made.fresh({ customer: other })
  const { db } = made.desk.database
  const [noteId, fileId, organisationId] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()]
  const sha256 = (await made.desk.files.put([Buffer.from('plate')]))[0]!
  await sql`insert into file (sha256, bytes) values (${sha256}, 5) on conflict do nothing`.execute(db)
  await sql`insert into attachment (id, message_id, sha256, name, media_type, bytes, position) values (${fileId}, ${it.messageId}, ${sha256}, 'plate.txt', 'text/plain', 5, 0)`.execute(
    db,
  )
  await sql`insert into message (id, conversation_id, kind, at, body_text, author_id) values (${noteId}, ${it.id}, 'note', ${made.desk.clock.now}, 'inside only', ${made.ana.personId})`.execute(
    db,
  )
  await sql`insert into organisation (id, name, created_at) values (${organisationId}, 'Saudade', now())`.execute(db)
  await sql`insert into membership (person_id, organisation_id, sees_all, since)
    select person_id, ${organisationId}::uuid, normal = ${mate}, now() from address where normal in (${a}, ${mate}, ${plain})`.execute(
    db,
  )
  const cookies = { a: await signIn(a), b: await signIn(b), mate: await signIn(mate), plain: await signIn(plain) }
  const page = `/help/mine/${it.id}`
  const file = `${page}/files/${fileId}`
  const seen = async (who: keyof typeof cookies) => ({
    listed: (await look('/help/mine', cookies[who])).html.includes('Zinc lever'),
    page: (await look(page, cookies[who])).status,
    file: (await look(file, cookies[who])).status,
  })
  expect(await seen('a')).toEqual({ listed: true, page: 200, file: 200 })
  expect(await seen('mate')).toEqual({ listed: true, page: 200, file: 200 })
  expect(await seen('b')).toEqual({ listed: false, page: 404, file: 404 })
  expect(await seen('plain')).toEqual({ listed: false, page: 404, file: 404 })
  expect((await look(page)).status).toBe(401)
  const whole = (await look(page, cookies.a)).html
  expect(whole).toContain('Hello.')
  expect(whole).not.toContain('inside only')
  // Somebody else's page is the page for what does not exist, byte by byte but for what is asked.
  const other = await look(page, cookies.b)
  expect(other.html).toBe((await look(`/help/mine/${randomUUIDv7()}`, cookies.b)).html)
  // With another's tokens and another's name nothing is done, either.
  const mine = tokensIn(whole, 'id="reply"')
  for (const act of ['answer', 'verdict', 'choice'])
    expect((await press(`${page}/${act}`, { ...mine, text: 'I am B', verdict: 'worked' }, cookies.b)).status).toBe(404)
  // Who looks on may not end it.
  const theirs = tokensIn((await look(page, cookies.mate)).html, 'id="reply"')
  expect((await press(`${page}/answer`, { ...theirs, text: '', act: 'withdraw' }, cookies.mate)).status).toBe(404)
  expect((await made.row(it.id)).state).toBe('open')
  // Shared with somebody it is theirs to see; left, it is not.
  await sql`insert into conversation_share (id, conversation_id, person_id, by_id, since) select ${randomUUIDv7()}::uuid, ${it.id}::uuid, person_id, ${made.ana.personId}::uuid, now() from address where normal = ${b}`.execute(
    db,
  )
  expect((await seen('b')).page).toBe(200)
  await sql`update membership set left_at = now() where organisation_id = ${organisationId}::uuid`.execute(db)
  expect((await seen('mate')).page).toBe(404)
  await sql`update conversation set state = 'trash' where id = ${it.id}::uuid`.execute(db)
  expect((await seen('a')).page).toBe(404)
})

test('an answer is a message like one by mail, once however often it is pressed, with its files', async () => {
  await sql`delete from throttle`.execute(made.desk.database.db)
  const eva = someone('eva')
  const it = await made.fresh({ customer: eva, owner: made.ana })
  const cookie = await signIn(eva)
  const page = `/help/mine/${it.id}`
  const before = tokensIn((await look(page, cookie)).html, 'id="reply"')
  const fields: [string, string][] = [
    ['press', before.press],
    ['form', before.form],
    ['text', 'The plate says 3.'],
  ]
  const file = { name: 'plate.txt', content: 'Faro 3' }
  const sent = await Promise.all([1, 2].map(() => pressWith(`${page}/answer`, fields, file, cookie)))
  for (const one of sent) expect(one).toMatchObject({ status: 303, to: `${page}?done=sent` })
  const { rows } = await sql<{ n: number; files: number; channel: string }>`
    select count(*)::int as n, (select count(*)::int from attachment f join message m on m.id = f.message_id where m.conversation_id = ${it.id}::uuid) as files
    from message where conversation_id = ${it.id}::uuid and kind = 'message' and body_text like 'The plate%'`.execute(
    made.desk.database.db,
  )
  expect(rows[0]).toMatchObject({ n: 1, files: 1 })
  expect((await look(page, cookie)).html).toContain('plate.txt')
  const empty = await press(
    `${page}/answer`,
    { ...tokensIn((await look(page, cookie)).html, 'id="reply"'), text: ' ' },
    cookie,
  )
  expect(empty.status).toBe(422)
  expect(empty.html).toContain('aria-invalid="true"')
  const old = await press(`${page}/answer`, { press: before.press, form: 'x.y', text: 'kept words' }, cookie)
  expect([old.status, old.html.includes('kept words')]).toEqual([409, true])
})

test('who needs nothing any more says so: it is closed, and what was owed is released', async () => {
  await sql`delete from throttle`.execute(made.desk.database.db)
  const kim = someone('kim')
  const it = await made.fresh({ customer: kim, owner: made.ana })
  const cookie = await signIn(kim)
  const tokens = tokensIn((await look(`/help/mine/${it.id}`, cookie)).html, 'id="reply"')
  const done = await press(
    `/help/mine/${it.id}/answer`,
    { ...tokens, text: 'Found it myself.', act: 'withdraw' },
    cookie,
  )
  expect(done.to).toBe(`/help/mine/${it.id}?done=withdrawn`)
  expect(await made.row(it.id)).toMatchObject({ state: 'closed', dueAt: null })
  expect(await made.openKinds(it.id)).toEqual([])
  const list = (await look('/help/mine', cookie)).html
  expect(list).toContain('Finished')
})

test('a form asks what its conditions say, keeps everything and the files when something is missing, and is sent once', async () => {
  await sql`delete from throttle`.execute(made.desk.database.db)
  const { desk, ana, say, mailboxId } = {
    ...made,
    mailboxId: (await sql<{ id: string }>`select id from mailbox limit 1`.execute(made.desk.database.db)).rows[0]!.id,
  }
  await sql`update member set administrator = true where person_id = ${ana.personId}::uuid`.execute(desk.database.db)
  const [formId, machine, serial] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()]
  const fields = [
    { id: machine, kind: 'choice', label: 'Which machine?', choices: ['Faro', 'Grinder'], required: true },
    { id: serial, kind: 'line', label: 'Its number', required: true, when: { fieldId: machine, is: 'Faro' } },
  ]
  const form = { name: 'A machine is down', mailboxId, fields }
  expect((await say('ana', 'PUT', `/forms/${formId}`, { ...form, fields: fields.toReversed() })).status).toBe(400)
  expect((await say('ana', 'PUT', `/forms/${formId}`, form)).status).toBe(200)
  const empty = await look('/help/ask')
  expect(empty.html).toContain('Which machine?')
  expect(empty.html).not.toContain('Its number')
  const url = `/help/ask/${formId}`
  const zoe = someone('zoe')
  const typed = (html: string): [string, string][] => [
    ['press', valueIn(html, 'press')],
    ['form', valueIn(html, 'form')],
    ['seen', machine],
    ['name', 'Zoe'],
    ['address', zoe],
    ['subject', 'Quetzal hiss'],
    ['text', 'It hisses.'],
    [machine, 'Faro'],
  ]
  const first = await pressWith(url, typed(empty.html), { name: 'hiss.txt', content: 'hiss' })
  expect(first.status).toBe(422)
  expect(first.html).toContain('Its number')
  expect(first.html).toContain('It hisses.')
  expect(first.html).toContain('hiss.txt is kept')
  const again = [
    ...typed(first.html),
    ['seen', serial],
    [serial, 'F3-20931'],
    ['kept', valueIn(first.html, 'kept')],
    ['website', ''],
  ] as [string, string][]
  const sent = await press(url, group(again))
  expect(sent.status).toBe(303)
  expect(sent.to).toContain('/help/ask/sent/')
  expect((await press(url, group(again))).to).toBe(sent.to)
  const receipt = (await look(sent.to!)).html
  expect(receipt).toContain('Workshop')
  expect(receipt).not.toContain('Zoe')
  const { rows } = await sql<{ channel: string; subject: string; text: string; file: string; ack: unknown }>`
    select c.channel, c.subject, m.body_text as text, (select name from attachment f where f.message_id = m.id) as file,
      (select content from outbox o where o.conversation_id = c.id and o.purpose = 'acknowledgement') as ack
    from conversation c join message m on m.conversation_id = c.id join address a on a.person_id = c.customer_id where a.normal = ${zoe}`.execute(
    desk.database.db,
  )
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({ channel: 'portal', subject: 'Quetzal hiss', file: 'hiss.txt' })
  expect(rows[0]!.text).toContain('Its number: F3-20931')
  // Nobody has shown that the address is theirs: nothing of what was typed is mailed there (S14).
  expect(rows[0]!.ack).toMatchObject({ subject: null, said: null, greets: null })
  const robot = await press(url, { ...group(again), website: 'https://spam.example', press: randomUUIDv7() })
  expect(robot.to).toContain('/help/ask/sent/')
  expect(
    (
      await sql<{ n: number }>`select count(*)::int as n from conversation where subject = 'Quetzal hiss'`.execute(
        desk.database.db,
      )
    ).rows[0]!.n,
  ).toBe(1)
})

test('details are kept, and what one takes along holds one’s own', async () => {
  await sql`delete from throttle`.execute(made.desk.database.db)
  const lea = someone('lea')
  const it = await made.fresh({ customer: lea, words: 'Umbra gasket' })
  const cookie = await signIn(lea)
  const form = valueIn((await look('/help/me', cookie)).html, 'form')
  const bad = await press('/help/me', { form, name: '', zone: 'Mars/Base' }, cookie)
  expect(bad.status).toBe(422)
  const wanted = {
    form,
    name: 'Léa',
    zone: 'Europe/Lisbon',
    tongue: 'ar',
    channel: 'phone',
    channelWords: '+351',
    unasked: 'quiet',
  }
  expect((await press('/help/me', wanted, cookie)).to).toBe('/help/me?done=saved')
  const { rows } =
    await sql`select name, zone, language, preferred_channel, no_unasked_since is not null as quiet from person p join address a on a.person_id = p.id where a.normal = ${lea}`.execute(
      made.desk.database.db,
    )
  expect(rows[0]).toMatchObject({
    name: 'Léa',
    zone: 'Europe/Lisbon',
    language: 'ar',
    preferredChannel: 'phone',
    quiet: true,
  })
  const arabic = await look('/help/mine', cookie)
  expect(arabic.html).toContain('<html lang="ar" dir="rtl">')
  const zip = await made.desk.app.inject({
    method: 'POST',
    url: '/help/me/export',
    headers: { cookie, origin: made.desk.baseUrl.origin, 'content-type': 'application/x-www-form-urlencoded' },
    payload: `form=${encodeURIComponent(valueIn((await look('/help/me', cookie)).html, 'form'))}`,
  })
  expect(zip.headers['content-type']).toBe('application/zip')
  expect(zip.rawPayload.subarray(0, 2).toString()).toBe('PK')
  await press('/help/me/erase', { form }, cookie)
  const path = await mailedLink(lea)
  expect(path).toContain('/help/me/erase/')
  expect((await look(path)).status).toBe(200)
  expect((await press(path, {})).status).toBe(200)
  expect((await press(path, {})).status).toBe(410)
  const asked = await sql<{
    subject: string
  }>`select c.subject from conversation c where c.customer_id = ${it.customerId}::uuid and c.id <> ${it.id}::uuid`.execute(
    made.desk.database.db,
  )
  expect(asked.rows).toHaveLength(1)
})

test('the pages may be kept and found: canonical, in five languages, unchanged is 304; off they are not there', async () => {
  const home = await look('/help', undefined, { 'accept-language': 'de' })
  expect(home.html).toContain('<html lang="de"')
  expect(home.html).toContain('rel="canonical" href="http://localhost:4747/help"')
  expect(home.headers['content-security-policy']).toContain("default-src 'none'")
  expect(home.headers['set-cookie']).toBeUndefined()
  expect(
    (await look('/help', undefined, { 'accept-language': 'de', 'if-none-match': String(home.headers.etag) })).status,
  ).toBe(304)
  expect((await look('/help?language=ar')).html).toContain('dir="rtl"')
  expect((await look('/sitemap.xml')).html).toContain('<loc>http://localhost:4747/help</loc>')
  expect((await look('/help/nothing-here')).status).toBe(404)
  const off = await made.say('ana', 'PUT', '/portal', { on: false, host: null, intro: '', note: null, foot: '' })
  expect(off.status).toBe(200)
  expect((await look('/help')).status).toBe(404)
  expect((await look('/robots.txt')).html).toContain('Disallow: /\n')
})

test('at a host of its own there are these pages and nothing of the desk', async () => {
  const hosts = followHost({ db: made.desk.database.db, baseUrl: made.desk.baseUrl })
  const settings = { on: true, host: 'Help.Saudade.example', intro: '', note: null, foot: '' }
  expect((await made.say('ana', 'PUT', '/portal', { ...settings, host: 'localhost:4747' })).status).toBe(400)
  expect((await made.say('ana', 'PUT', '/portal', settings)).status).toBe(200)
  await hosts.renew()
  const at = (url: string) => hosts.rewrite('help.saudade.example', url)
  expect(['/', '/?language=de', '/ask', '/help/mine', '/api/v1/me', '/o/style.css', '/helpless'].map(at)).toEqual([
    ...['/help', '/help?language=de', '/help/ask', '/help/mine', '/help/api/v1/me', '/o/style.css', '/help/helpless'],
  ])
  expect(hosts.rewrite('localhost:4747', '/api/v1/me')).toBe('/api/v1/me')
  expect([hosts.isOurs('http://help.saudade.example'), hosts.isOurs('http://evil.example')]).toEqual([true, false])
  hosts.stop()
})

function group(pairs: [string, string][]): Record<string, string[]> {
  const grouped: Record<string, string[]> = {}
  for (const [name, value] of pairs) grouped[name] = [...(grouped[name] ?? []), value]
  return grouped
}
