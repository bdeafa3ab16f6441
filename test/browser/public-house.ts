/**
 * A house in which every page of the public leads somewhere: articles in two languages, a form, a page of one's own, a community,
 * and a customer whose mails lead to options, a follow-up, and what they prefer. Knows every address of it.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { read } from '../../src/platform/mail/reading/read.ts'
import { type Browser, expect, type Page } from './journey.ts'
import { writes } from './outside.ts'
import { port, root } from './place.ts'

const home = `http://localhost:${port}`
const headers = { origin: home }
const ines = 'ines@saudade.example'
const tomasz = 'tomasz@saudade.example'
const days = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString()

type Given = { browser: Browser; page: Page; sent: readonly string[] }
type State = Awaited<ReturnType<Awaited<ReturnType<Browser['newContext']>>['storageState']>>
/** `signedIn`: whom the customer's own pages are shown to; the others are walked as a stranger. */
export type PublicPage = { path: string; signedIn?: boolean; status?: number; way?: 'ltr' }
/** `speaks`: the language of both, as the desk notes it; their own pages, and those their mails lead to, follow it. */
export type PublicHouse = { pages: PublicPage[]; customer: State; speaks: (language: string) => Promise<void> }

export async function aPublicHouse({ browser, page, sent }: Given): Promise<PublicHouse> {
  // biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, of which a few names are read
  const api = async (method: string, path: string, data?: object): Promise<any> => {
    const answer = await page.request.fetch(`/api/v1${path}`, { method, headers, ...(data ? { data } : {}) })
    expect(answer.ok(), `${method} ${path}: ${await answer.text()}`).toBe(true)
    return answer.json()
  }
  /** The newest link of this shape that was mailed to them, as a path. */
  const mailed = async (address: string, shape: RegExp): Promise<string> => {
    const found = () =>
      sent
        .map(raw => read(Buffer.from(raw)))
        .filter(mail => mail.to.some(to => to.address === address))
        .flatMap(mail => mail.text.match(/http:\/\/localhost:\d+\/\S+/g) ?? [])
        .map(link => new URL(link).pathname)
        .findLast(path => shape.test(path))
    await expect.poll(found, `a link like ${shape} for ${address}`).toBeTruthy()
    return found()!
  }

  // --- what is published
  const { categories } = await api('POST', '/article-categories', {
    names: [
      { language: 'en', name: 'Running a machine' },
      { language: 'ar', name: 'تشغيل الماكينة' },
    ],
  })
  const body =
    '<h2>Before you begin</h2><p>Switch it off.</p><ul><li>Water</li><li>Descaler</li></ul><table><tbody><tr><th>Litres</th><th>Sachets</th></tr><tr><td>1</td><td>1</td></tr></tbody></table><pre><code>rinse --twice</code></pre>'
  const { article } = await api('POST', '/articles', {
    ...{ categoryId: categories[0].id, language: 'en', title: 'Descale the Kestrel', summary: 'Ten minutes.', body },
  })
  const arabic = {
    seenRevision: 0,
    title: 'إزالة الترسبات',
    summary: 'عشر دقائق.',
    body: '<p>أوقفوا الماكينة أولًا.</p>',
  }
  await api('PUT', `/articles/${article.id}/texts/ar`, arabic)
  for (const language of ['en', 'ar']) await api('POST', `/articles/${article.id}/texts/${language}/publish`, {})
  const published = (await api('GET', `/articles/${article.id}`)).article
  const articlePath: string = published.editions.find((each: { language: string }) => each.language === 'en').path
  await api('PUT', `/help-pages/${crypto.randomUUID()}`, {
    ...{ seenRevision: 0, slug: 'repairs', place: 'foot', published: true },
    texts: [{ language: 'en', title: 'Repairs', body }],
  })
  const [formId, fieldId] = [crypto.randomUUID(), crypto.randomUUID()]
  const mailboxId = (await api('GET', '/forms')).mailboxes[0].id
  const question = { id: fieldId, kind: 'choice', label: 'Which machine?', hint: 'It stands on the plate.' }
  const when = { fieldId, is: 'Faro' }
  await api('PUT', `/forms/${formId}`, {
    ...{ name: 'A machine is down', intro: 'We call back.', mailboxId },
    fields: [
      { ...question, required: false, choices: ['Faro', 'Kestrel'] },
      { id: crypto.randomUUID(), kind: 'date', label: 'Since when?', when },
      { id: crypto.randomUUID(), kind: 'yes-no', label: 'Does it leak?' },
    ],
  })
  const { channelId } = await api('POST', '/chat-channels', {
    ...{ name: 'Shop', teamId: (await api('GET', '/me')).teams[0].id, origins: [] },
  })
  const { channels } = await api('GET', '/chat-channels')
  const key = channels.find((each: { id: string }) => each.id === channelId).key

  // --- a customer who is owed something, chooses, judges, and is asked
  const rowOf = async (subject: string) =>
    (await api('GET', '/conversations?view=all&limit=100')).rows.find(
      (row: { subject: string }) => row.subject === subject,
    )
  const owed = async (subject: string, address: string, name: string) => {
    await writes(name, address, { subject, text: 'Every morning the fuse goes. What can we do?' })
    await expect.poll(async () => (await rowOf(subject))?.version ?? 0).toBeGreaterThan(0)
    return rowOf(subject)
  }
  const chosen = await owed('The Faro trips the fuse', ines, 'Inês Carvalho')
  const said = { body: '<p>Tomasz can come, or you borrow one.</p>', recipients: { to: [ines], cc: [] } }
  await api('POST', `/conversations/${chosen.id}/replies`, {
    ...{ seenVersion: chosen.version, ...said },
    nextStep: { is: 'your-turn', askAgainAt: days(5), theirs: { words: 'a photo of the plate', dueAt: days(2) } },
    options: {
      until: days(1),
      options: [
        { words: 'Tomasz fits a new element', consequence: '45 minutes without coffee.', cost: '€20' },
        { words: 'A Faro to borrow', consequence: 'Here on Friday.' },
      ],
    },
  })
  const judged = await owed('The grinder is loud', ines, 'Inês Carvalho')
  const nextStep = { is: 'answered', followUpAt: days(7) }
  const answered = await api('POST', `/conversations/${judged.id}/replies`, {
    ...{
      seenVersion: judged.version,
      body: '<p>Tighten the collar.</p>',
      recipients: { to: [ines], cc: [] },
      nextStep,
    },
  })
  await api('POST', `/conversations/${judged.id}/follow-up`, {
    ...{ seenVersion: answered.version, body: '<p>Did it hold?</p>' },
  })
  await api('POST', `/conversations/${chosen.id}/asks`, {
    ...{ address: tomasz, name: 'Tomasz', body: '<p>Element or wiring?</p>', context: [], dueAt: days(1) },
  })

  // --- she signs in by a mailed link, asks for one more, and for her data to go
  const context = await browser.newContext({
    baseURL: home,
    storageState: { cookies: [], origins: [] },
    javaScriptEnabled: false,
  })
  const theirs = await context.newPage()
  theirs.setDefaultTimeout(10_000)
  const asksForLink = async () => {
    await theirs.goto('/help/sign-in')
    await theirs.locator('input[name=address]').fill(ines)
    await theirs.locator('form[action*="sign-in"] button').click()
    return mailed(ines, /^\/help\/sign-in\//)
  }
  const used = await asksForLink()
  await theirs.goto(used)
  await theirs.locator('main form button').click()
  await theirs.goto('/help/me')
  await theirs.locator('form[action$="/help/me/erase"] button').click()
  const customer = await context.storageState()
  // Whoever is not signed in is told that it came.
  await context.clearCookies()
  await theirs.goto('/help/ask')
  await theirs.locator('input[name=address]').fill('nadia@saudade.example')
  await theirs.locator('textarea[name=text]').fill('One thing more.')
  await theirs.locator('main form button.btn').last().click()
  await theirs.waitForURL(/\/ask\/sent\//)
  const sentPath = new URL(theirs.url()).pathname
  await context.addCookies(customer.cookies)

  // --- the community: she asks, follows, and is answered
  const category = {
    names: [
      { language: 'en', name: 'Running a bar' },
      { language: 'ar', name: 'تشغيل المقهى' },
    ],
  }
  const { categories: places } = await api('POST', '/community/categories', category)
  await api('POST', '/community/topics', {
    ...{ press: crypto.randomUUID(), categoryId: places[0].id, kind: 'practice', title: 'Backflush at closing time' },
    ...{ body: 'It keeps the gaskets soft.', steps: ['Blind basket in', 'Run for ten seconds', 'Rinse'] },
  })
  await expect
    .poll(async () => {
      await theirs.goto('/help/community/new')
      return theirs.locator('input[name=title]').count()
    })
    .toBe(1)
  await theirs.locator('input[name=title]').fill('Does a backflush wear the gaskets?')
  await theirs.locator('textarea[name=text]').fill('Ours leak.\n\n- two groups\n- five years old')
  await theirs.locator('main form:has(input[name=title]) button.btn').first().click()
  await theirs.locator('article').first().waitFor()
  const topicPath = new URL(theirs.url()).pathname
  const { topicId } = await api('GET', `/community/at/${/\/t\/(\d+)/.exec(topicPath)![1]}`)
  await api('POST', `/community/topics/${topicId}/posts`, {
    press: crypto.randomUUID(),
    body: 'No. Rinse twice, though.',
  })
  await theirs.goto('/help/practices')
  const practicePath = new URL(
    (await theirs.locator('main a[href*="/help/community/t/"]').first().getAttribute('href'))!,
    home,
  ).pathname
  await theirs.goto('/help/community')
  const placePath = new URL((await theirs.locator('a[href*="/help/community/c/"]').first().getAttribute('href'))!, home)
    .pathname
  await context.close()

  const linked = await Promise.all([
    mailed(ines, /^\/o\/\w[^/]+\/1$/),
    mailed(ines, /^\/o\/\w[^/]+\/none$/),
    mailed(ines, /^\/o\/\w[^/]+\/worked$/),
    mailed(ines, /^\/o\/\w[^/]+\/incomplete$/),
    mailed(ines, /^\/o\/\w[^/]+\/quiet$/),
    mailed(ines, /^\/o\/c[^/]+$/),
    mailed(tomasz, /^\/o\/a[^/]+$/),
  ])
  const erasing = await mailed(ines, /^\/help\/me\/erase\//)
  const fresh = await freshLink(browser, () => mailed(ines, /^\/help\/sign-in\//), used)

  const speaks = async (language: string) => {
    for (const address of [ines, tomasz]) {
      const { wishes } = await api('GET', `/wishes?address=${address}`)
      await api('PUT', `/people/${wishes.person.id}`, { language })
    }
  }
  const own = (path: string): PublicPage => ({ path, signedIn: true })
  return {
    customer,
    speaks,
    pages: [
      ...['/help', '/help/search?q=descale', '/help/search?q=nobodyWroteThis', articlePath].map(path => ({ path })),
      ...[articlePath.split('/').slice(0, -1).join('/'), '/help/ask', `/help/ask/${formId}`].map(path => ({ path })),
      ...['/help/community', topicPath, practicePath, placePath, '/help/practices'].map(path => ({ path })),
      ...['/help/community/newest', '/help/community/unanswered', '/help/community/sign-in'].map(path => ({ path })),
      ...['/help/community/new', `${practicePath}/tries`, '/help/pages/repairs'].map(path => ({ path })),
      ...['/help/sign-in', '/help/sign-in/sent', sentPath, fresh, `/chat/${key}/try`].map(path => ({ path })),
      ...['/help/nowhere', '/help/community/t/999999'].map(path => ({ path, status: 404 })),
      { path: '/help/mine', status: 401 },
      { path: used, status: 410 },
      { path: `${linked[0]!.slice(0, -8)}abcdef/1`, status: 404 },
      // What is about a conversation speaks as it does; in Arabic follow-up.spec.ts looks at it.
      ...linked.map(path => (/^\/o\/[ofc]/.test(path) ? { path, way: 'ltr' as const } : { path })),
      ...['/help', '/help/mine', `/help/mine/${chosen.id}`, `/help/mine/${judged.id}`, '/help/me', erasing].map(own),
      ...[topicPath, practicePath, placePath, '/help/community/new'].map(own),
      ...[`${topicPath}/edit/1`, `${topicPath}/remove/1`, `${topicPath}/flag/2`].map(own),
    ],
  }
}

/** One that nobody has used yet. */
async function freshLink(browser: Browser, newest: () => Promise<string>, used: string): Promise<string> {
  const context = await browser.newContext({
    baseURL: home,
    storageState: { cookies: [], origins: [] },
    javaScriptEnabled: false,
  })
  const page = await context.newPage()
  await page.goto('/help/sign-in')
  await page.locator('input[name=address]').fill(ines)
  await page.locator('form[action*="sign-in"] button').click()
  await expect.poll(async () => (await newest()) !== used).toBe(true)
  await context.close()
  return newest()
}

/** What answers no page: feeds, files, and what pages are dressed in. */
const noPage = /feed\.xml|\/sitemap\/|:fileId|\/pictures\/|\/o\/(fonts|script|style)/

/** Addresses of the public that no path of these leads to. The matrix holds a row for each route there is. */
export function unwalked(paths: readonly string[]): string[] {
  const folder = join(root, 'test/matrix')
  const rows = readdirSync(folder).map(name => readFileSync(join(folder, name), 'utf8'))
  const declared = rows.flatMap(text => [...text.matchAll(/'GET (\/(?:help|o|chat)\b[^']*)'/g)].map(found => found[1]!))
  expect(declared.length).toBeGreaterThan(30)
  const walked = paths.map(path => path.split('?')[0]!)
  return declared.filter(route => {
    const shape = new RegExp(`^${route.replace(/:\w+/g, '[^/]+').replace('*', '.+')}$`)
    return !noPage.test(route) && !walked.some(path => shape.test(path))
  })
}
