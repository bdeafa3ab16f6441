/** A house full of hostile texts, by every way that words come in: mails, their names and files, a form, a chat, articles, an import. Knows where each is shown. */
import { createTransport } from 'nodemailer'
import { read } from '../../src/platform/mail/reading/read.ts'
import { aShelf, aTalk, headers, opensChat, type Said, type Ways, word } from './hostile-ways.ts'
import { type Browser, expect, type Page } from './journey.ts'
import { service } from './outside.ts'
import { asLine, otherHost, type Payload, packed, pages, some } from './payloads.ts'
import { port, smtpInPort } from './place.ts'

const home = `http://localhost:${port}`
const mallory = 'mallory@saudade.example'

/** `rare`: looked at with LONG_TESTS, because it shows words in no other way than a place before it. */
type Place = { path: string; marks: number; and?: (page: Page) => Promise<unknown>; rare?: boolean }
export type HostileHouse = {
  conversationId: string
  desk: Place[]
  outside: Place[]
  customer: Awaited<ReturnType<Awaited<ReturnType<Browser['newContext']>>['storageState']>>
}
type Given = { browser: Browser; page: Page; few: readonly Payload[]; sent: readonly string[] }

const transport = createTransport({ host: '127.0.0.1', port: smtpInPort, secure: false, ignoreTLS: true, pool: true })
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
  const listed = process.env.LONG_TESTS ? 60 : 12
  await Promise.all(
    some(few.slice(1), listed).map((payload, n) =>
      transport.sendMail({
        from: { name: asLine(payload, 100), address: `m${n}@saudade.example` },
        to: service,
        subject: asLine(payload, 140),
        text: `${word} ${payload.text}`,
      }),
    ),
  )
  const rows = async () => (await api('GET', '/conversations?view=all&limit=100')).rows as Said[]
  await expect
    .poll(async () => (await rows()).length, { timeout: 60_000 })
    .toBeGreaterThanOrEqual(Math.min(100, listed + 1))
  const mine = (await rows()).find(row => row.subject.startsWith(one(0).slice(0, 7)) && row.customer !== undefined)!
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

  const ways: Ways = { say, api, lines, one, parts }
  const { drafts, brought } = await aShelf(ways)
  const { chatId, key, token, identity } = await aTalk(ways, teamId)
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
      { path: '/notifications', marks: 0, rare: true },
      { path: `/people/${view.customer.id}`, marks: 4 },
      { path: `/organisations/${organisation.id}`, marks: 1 },
      { path: '/people', marks: 8, rare: true },
      { path: '/promises', marks: 1, rare: true },
      { path: '/pond?as=table', marks: 1, rare: true },
      { path: '/asked-again', marks: 0, rare: true },
      { path: '/insight/answers', marks: 0, rare: true },
      { path: '/knowledge', marks: 3 },
      ...drafts.slice(0, 3).map(({ id }) => ({ path: `/knowledge/${id}`, marks: 20, rare: id !== drafts[0].id })),
      { path: '/settings/chat', marks: 1 },
      { path: '/settings/audit', marks: 0, rare: true },
      { path: `/write`, marks: 0, rare: true },
      { path: `/conversations/${conversationId}?write=reply`, marks: 20, and: quotes },
    ],
    outside: [
      { path: '/help', marks: 1 },
      { path: `/help/search?q=${encodeURIComponent(one(120))}`, marks: 1 },
      { path: `/help/search?q=${encodeURIComponent(`"><svg/onload=__ran=1> ${word}`)}`, marks: 1 },
      ...brought.map((path, n) => ({ path, marks: 5, rare: n > 1 })),
      { path: '/help/feed.xml', marks: 1 },
      { path: '/help/mine', marks: 1, rare: true },
      { path: '/help/me', marks: 1 },
      { path: '/help/ask', marks: 15, and: filledIn('text', lines(20)) },
      { path: '/help/sign-in?next=javascript:alert(1)//', marks: 0, rare: true },
      { path: `/help/sign-in?next=//${otherHost}/`, marks: 0, rare: true },
      { path: new URL(mailed().find(each => each.endsWith('/1'))!).pathname, marks: 2 },
      ...mailed()
        .slice(0, 6)
        .map(each => ({ path: new URL(each).pathname, marks: 0, rare: true })),
      { path: '/help/mine', marks: 3, and: opensFirst },
      { path: `/chat/${key}/try`, marks: 40, and: opensChat(key, token, identity) },
    ],
  }

  async function showsOriginal(it: Page) {
    await it.locator('.messagemenu, .stumbled, [role=alert]').first().waitFor()
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
