/** A house full of hostile texts, by every way that words come in: mails, their names and files, a form, a chat, articles, an import. Knows where each is shown. */
import { createHmac, randomBytes, randomUUIDv7 } from 'node:crypto'
import { createTransport } from 'nodemailer'
import yazl from 'yazl'
import { read } from '../../src/platform/mail/reading/read.ts'
import { type Browser, expect, type Page } from './journey.ts'
import { service } from './outside.ts'
import { asLine, otherHost, type Payload, packed, pages, some } from './payloads.ts'
import { port, smtpInPort } from './place.ts'

const home = `http://localhost:${port}`
const headers = { origin: home }
const mallory = 'mallory@saudade.example'
/** Looked for afterwards, so that what was found is marked. */
const word = 'zanzibar'

type Place = { path: string; marks: number; and?: (page: Page) => Promise<unknown> }
export type HostileHouse = {
  conversationId: string
  desk: Place[]
  outside: Place[]
  customer: Awaited<ReturnType<Awaited<ReturnType<Browser['newContext']>>['storageState']>>
}
type Given = { browser: Browser; page: Page; few: readonly Payload[]; sent: readonly string[] }

const transport = createTransport({ host: '127.0.0.1', port: smtpInPort, secure: false, ignoreTLS: true })
const polyglots = (text: string) => [
  {
    suffix: '.svg',
    contentType: 'image/svg+xml',
    content: `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>`,
  },
  { suffix: '.html', contentType: 'text/html', content: `<script>top.__ran=1</script>${text}` },
  {
    suffix: '.png',
    contentType: 'image/png',
    content: `GIF89a/*<svg onload=alert(1)>*/=1;__ran=1//<script>alert(1)</script>`,
  },
  { suffix: '.txt', contentType: 'text/plain', content: text },
]

export async function aHostileHouse({ browser, page, few, sent }: Given): Promise<HostileHouse> {
  const say = async (method: string, path: string, data?: object, ways: object = {}) => {
    const answer = await page.request.fetch(path, { method, headers, ...(data ? { data } : {}), ...ways })
    expect(answer.ok(), `${method} ${path}: ${await answer.text()}`).toBe(true)
    return (await answer.json().catch(() => ({}))) as never as Said
  }
  const api = (method: string, path: string, data?: object) => say(method, `/api/v1${path}`, data)
  // biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, of which a few names are read
  type Said = any
  const lines = (many: number, most?: number) => some(few, many).map(each => asLine(each, most))
  const one = (n: number, most?: number) => asLine(few[(n * 37) % few.length]!, most)
  const days = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString()

  // --- mail: bodies, subjects, names, files; the first in a conversation, the others as its answers
  const parts = pages(few, 100)
  const names = lines(parts.length * 4, 150)
  const write = (n: number, inReplyTo?: string) =>
    transport.sendMail({
      from: { name: one(n + 1, 120), address: mallory },
      to: service,
      subject: one(n, 150),
      text: `${word} ${some(parts[n]!, 30)
        .map(each => asLine(each))
        .join('\n\n')}`,
      html: `<p>${word}</p><table bgcolor="#eee"><tr><td>x</td></tr></table>${packed(parts[n]!)}`,
      attachments: polyglots(one(n)).map(({ suffix, ...each }, k) => ({
        ...each,
        filename: `${names[n * 4 + k]!.replaceAll('/', '∕')}${suffix}`,
      })),
      ...(inReplyTo ? { inReplyTo, references: inReplyTo } : {}),
    })
  await write(0)
  const acknowledgement = () =>
    sent.map(mail => read(Buffer.from(mail))).find(mail => mail.to.some(to => to.address === mallory))
  await expect.poll(() => acknowledgement() !== undefined).toBe(true)
  for (let n = 1; n < parts.length; n++) await write(n, acknowledgement()!.messageId!)
  // Lists are full of them, too.
  for (const [n, payload] of some(few, Math.min(60, few.length / 12)).entries())
    await transport.sendMail({
      from: { name: asLine(payload, 100), address: `m${n}@saudade.example` },
      to: service,
      subject: asLine(payload, 140),
      text: `${word} ${payload.text}`,
    })
  const rows = async () => (await api('GET', '/conversations?view=all&limit=100')).rows as Said[]
  const listed = Math.floor(Math.min(60, few.length / 12))
  await expect
    .poll(async () => (await rows()).length, { timeout: 60_000 })
    .toBeGreaterThanOrEqual(Math.min(100, listed + 1))
  const mine =
    (await rows()).find(row => row.customer.address === mallory || JSON.stringify(row).includes(mallory)) ??
    (await rows()).at(-1)
  const conversationId = mine.id as string
  await expect
    .poll(
      async () =>
        (await api('GET', `/conversations/${conversationId}`)).messages.filter((each: Said) => each.kind === 'message')
          .length,
      { timeout: 60_000 },
    )
    .toBeGreaterThanOrEqual(Math.min(parts.length, 20))
  const view = await api('GET', `/conversations/${conversationId}`)
  const teamId = view.team.id as string

  // --- what is written down about it
  for (const [about, at] of [
    ['conversation', `/conversations/${conversationId}`],
    ['person', `/people/${view.customer.id}`],
  ] as const)
    for (const kind of ['text', 'link'] as const) {
      const { field } = await api('POST', '/fields', { name: one(50, 60), kind, about })
      const value = kind === 'text' ? one(60) : `https://fine.example/${encodeURI(one(61))}`
      await api('PUT', `${at}/fields/${field.id}`, { value })
      if (kind === 'link')
        for (const bad of [
          'javascript:__ran=1',
          'data:text/html,<script>alert(1)</script>',
          ' java\tscript:alert(1)',
        ]) {
          const answer = await page.request.put(`/api/v1${at}/fields/${field.id}`, { data: { value: bad }, headers })
          expect(answer.status(), bad).toBeGreaterThanOrEqual(400)
        }
    }
  await api('POST', `/conversations/${conversationId}/tags`, { make: [one(62, 40)] })
  const organisation = await api('POST', '/organisations', { name: one(63, 100) })
  await api('PUT', `/people/${view.customer.id}/organisations/${organisation.id}`, { role: one(64, 80) })
  await api('POST', `/conversations/${conversationId}/notes`, {
    body: `<p>${word}</p>${packed(parts[0]!.slice(0, 60))}`,
  })

  // --- an answer with options and a promise of theirs, for the pages that mails lead to
  const { version } = await api('GET', `/conversations/${conversationId}`)
  await api('POST', `/conversations/${conversationId}/replies`, {
    seenVersion: version,
    body: `<p>${word}</p>${packed(parts[0]!.slice(0, 40))}`,
    recipients: { to: [mallory], cc: [] },
    nextStep: { is: 'your-turn', askAgainAt: days(5), theirs: { words: one(70), dueAt: days(2) } },
    options: {
      until: days(1),
      options: [71, 72].map(n => ({ words: one(n), consequence: one(n + 3), cost: one(n + 6, 55) })),
    },
  })

  // --- articles, by hand and by import
  const article = await api('POST', '/articles', {
    language: 'en',
    title: one(80, 120),
    summary: one(81),
    body: `<p>${word}</p>${packed(parts[0]!)}`,
  })
  await api('POST', `/articles/${article.article.id}/texts/en/publish`, {})
  const zip = new yazl.ZipFile()
  for (const [n, part] of parts.entries()) {
    zip.addBuffer(
      Buffer.from(
        `<html><head><title>x</title></head><body><h1>${one(90 + n).replaceAll('<', '&lt;')}</h1><p>${word}</p>${packed(part)}`,
      ),
      `bad/page${n}.html`,
    )
    zip.addBuffer(
      Buffer.from(
        `# ${one(95 + n)}\n\n${word}\n\n${some(part, 60)
          .map(each => asLine(each))
          .join('\n\n')}`,
      ),
      `bad/text${n}.md`,
    )
  }
  zip.addBuffer(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'bad/img/x.svg')
  zip.end()
  const bytes: Buffer[] = []
  for await (const part of zip.outputStream) bytes.push(part as Buffer)
  await say('POST', '/api/v1/articles/import', undefined, {
    multipart: { file: { name: 'a.zip', mimeType: 'application/zip', buffer: Buffer.concat(bytes) } },
  })
  const drafts = (await api('GET', '/articles')).articles as Said[]
  const brought: string[] = []
  for (const draft of drafts.slice(0, 6)) {
    if (draft.id !== article.article.id) await api('POST', `/articles/${draft.id}/texts/en/publish`, {})
    const { editions } = (await api('GET', `/articles/${draft.id}`)).article
    if (editions[0]?.path) brought.push(editions[0].path)
  }

  // --- a chat with somebody whose name the site says
  const { channelId } = await api('POST', '/chat-channels', {
    name: one(100, 90),
    teamId,
    origins: [],
    phone: '010 1',
    phoneWords: one(101, 110),
  })
  const { secret } = await api('POST', `/chat-channels/${channelId}/secret`, {})
  const { key } = ((await api('GET', '/chat-channels')).channels as Said[]).find(each => each.id === channelId)
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ email: 'chatty@saudade.example', name: one(102, 200), exp: Math.floor(Date.now() / 1000) + 3600 })}`
  const identity = `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
  const token = randomBytes(32).toString('base64url')
  let chatId: string | null = null
  for (const text of pages(lines(90), 15)) {
    const said: Said = await say('POST', `/chat/${key}/say`, {
      token,
      identity,
      messageId: randomUUIDv7(),
      conversationId: chatId,
      text: text.join('\n').slice(0, 3900),
    })
    chatId = said.conversationId
  }
  const file = await say('POST', `/chat/${key}/files`, undefined, {
    headers: { ...headers, 'x-pond-token': token },
    multipart: {
      file: {
        name: `${one(103, 80).replaceAll('/', '∕')}.svg`,
        mimeType: 'image/svg+xml',
        buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      },
    },
  })
  await say('POST', `/chat/${key}/say`, {
    token,
    identity,
    messageId: randomUUIDv7(),
    conversationId: chatId,
    text: one(104),
    files: [file.id],
  })
  await api('POST', `/conversations/${chatId}/chat`, {
    messageId: randomUUIDv7(),
    text: lines(15).join('\n').slice(0, 3900),
  })
  // Sites nobody has named, in the settings; and a browser with a name of its own, among one's sessions.
  await page.request.post(`/chat/${key}/hello`, {
    headers: { origin: `https://"><img/src=x/onerror=__ran=1>.${otherHost}` },
    data: {},
  })

  // --- a customer at the help pages, signed in by the mailed link
  const theirs = await browser.newContext({
    baseURL: home,
    storageState: { cookies: [], origins: [] },
    userAgent: 'Mozilla/5.0 "><img src=x onerror=__ran=1>',
    javaScriptEnabled: false,
  })
  const shop = await theirs.newPage()
  await shop.goto('/help/sign-in')
  await shop.locator('input[name=address]').fill(mallory)
  await shop.locator('form[action*="sign-in"] button').click()
  const link = () =>
    sent.map(mail => /http:\/\/localhost:\d+\/help\/sign-in\/\S+/.exec(read(Buffer.from(mail)).text)?.[0]).find(Boolean)
  await expect.poll(link).toBeTruthy()
  await shop.goto(link()!)
  await shop.locator('main form button').click()
  await shop.goto('/help/me')
  await shop.locator('input[name=name]').fill(one(110))
  await shop.locator('main form:has(input[name=name]) button').first().click()
  const customer = await theirs.storageState()
  await theirs.close()
  const mailed = () =>
    sent
      .map(mail => read(Buffer.from(mail)).text.match(/http:\/\/localhost:\d+(\/o\/\S+)/g) ?? [])
      .find(links => links.some(each => each.endsWith('/1'))) ?? []
  await expect.poll(() => mailed().length).toBeGreaterThan(0)

  const many = few.length
  const filledIn = (name: string, texts: string[]) => async (it: Page) => {
    await it.locator(`[name=${name}]`).first().fill(texts.join('\n'))
    await it.locator('main form button.btn:visible').last().click()
  }
  return {
    conversationId,
    customer,
    desk: [
      { path: '/inbox/all', marks: Math.min(10, listed) },
      { path: `/conversations/${conversationId}`, marks: Math.min(60, many / 6), and: showsOriginal },
      { path: `/conversations/${conversationId}/print`, marks: many * 0.4 },
      { path: `/conversations/${chatId}`, marks: 40 },
      { path: '/', marks: 1 },
      { path: `/search?q=${word}`, marks: 8 },
      { path: '/notifications', marks: 0 },
      { path: `/people/${view.customer.id}`, marks: 4 },
      { path: `/organisations/${organisation.id}`, marks: 1 },
      { path: '/people', marks: 8 },
      { path: '/promises', marks: 1 },
      { path: '/pond?as=table', marks: 1 },
      { path: '/asked-again', marks: 0 },
      { path: '/insight/answers', marks: 0 },
      { path: '/knowledge', marks: 3 },
      ...drafts.slice(0, 3).map(({ id }) => ({ path: `/knowledge/${id}`, marks: 20 })),
      { path: '/settings/chat', marks: 1 },
      { path: '/settings/audit', marks: 0 },
      { path: `/write`, marks: 0 },
      { path: `/conversations/${conversationId}?write=reply`, marks: 20, and: quotes },
    ],
    outside: [
      { path: '/help', marks: 1 },
      { path: `/help/search?q=${encodeURIComponent(one(120))}`, marks: 1 },
      { path: `/help/search?q=${encodeURIComponent(`"><svg/onload=__ran=1> ${word}`)}`, marks: 1 },
      ...brought.map(path => ({ path, marks: 10 })),
      { path: '/help/feed.xml', marks: 1 },
      { path: '/help/mine', marks: 1 },
      { path: '/help/me', marks: 1 },
      { path: '/help/ask', marks: 15, and: filledIn('text', lines(20)) },
      { path: '/help/sign-in?next=javascript:alert(1)//', marks: 0 },
      { path: `/help/sign-in?next=//${otherHost}/`, marks: 0 },
      { path: new URL(mailed().find(each => each.endsWith('/1'))!).pathname, marks: 2 },
      ...mailed()
        .slice(0, 6)
        .map(each => ({ path: new URL(each).pathname, marks: 0 })),
      { path: '/help/mine', marks: 3, and: opensFirst },
      { path: `/chat/${key}/try`, marks: 40, and: opensChat(key, token, identity) },
    ],
  }

  async function showsOriginal(it: Page) {
    await it.locator('.messagemenu').first().click()
    await it.getByRole('menuitem', { name: 'The original mail' }).click()
    await it.locator('.originalmail pre').waitFor()
  }
  async function quotes(it: Page) {
    await it.locator('.ProseMirror').first().waitFor()
  }
  async function opensFirst(it: Page) {
    await it.locator('main a.t').first().click()
    await it.locator('h1').waitFor()
  }
}

function opensChat(key: string, token: string, identity: string) {
  return async (it: Page) => {
    await it.evaluate(
      ([name, value]) => localStorage.setItem(name!, value!),
      [`pond:${key}`, JSON.stringify({ token })],
    )
    await it.addInitScript(said => Object.assign(window, { pondIdentity: said }), identity)
    await it.reload()
    await it.getByRole('button').first().click()
    await it.getByRole('log').waitFor()
  }
}
