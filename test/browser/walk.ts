/**
 * What walks over every page need: the addresses as the desk itself knows them, a house full enough that each of them leads
 * somewhere, and which words on a page come from no catalogue. An address whose gap nobody fills fails the walk.
 */
import { expect, type Page } from './journey.ts'
import { smtpOutPort } from './place.ts'

/** Pages for nobody yet have journeys of their own. */
const outside = ['/sign-in', '/welcome', '/link', '/start', '/second-factor']
/** The same pages with something else open. */
const also = [
  '/write?is=phone',
  '/people?show=organisations',
  '/pond?as=table',
  '/search?q=grinder',
  '/search?q=nobodyEverWroteThis',
  '/check-ins?which=quiet',
  '/conversations/{conversationId}?write=reply',
  '/conversations/{conversationId}?write=note',
  '/inbox/spam',
  '/insight/answers',
  '/insight/runaround',
  '/insight/quiet',
  '/insight/promises',
]

export type Gaps = Record<string, string>
type Said = Record<string, unknown>

async function say(page: Page, method: 'GET' | 'POST' | 'PUT', path: string, data?: Said) {
  const answer = await page.request.fetch(`/api/v1${path}`, { method, ...(data ? { data } : {}) })
  expect(answer.ok(), `${method} ${path}: ${await answer.text()}`).toBe(true)
  return answer.json()
}

/** One of everything that has a page of its own; words that no catalogue has are Greek or a name. */
export async function aHouse(page: Page): Promise<Gaps> {
  const me = await say(page, 'GET', '/me')
  const teamId = me.teams[0].id as string
  const dueAt = new Date(Date.now() + 86_400_000).toISOString()
  // Nobody takes its mail: what it says about that is walked past, too.
  const smtp = { host: '127.0.0.1', port: smtpOutPort, security: 'none', user: '' }
  const box = { address: 'omega@omega.example', fromName: 'Ω', teamId, receiveBy: 'listener', smtp }
  const known = (await say(page, 'GET', '/mailboxes')).mailboxes as { id: string; address: string }[]
  const mailbox =
    known.find(({ address }) => address === box.address) ?? (await say(page, 'POST', '/mailboxes', box)).mailbox
  const { conversationId } = await say(page, 'POST', '/conversations', {
    ...{ is: 'phone', teamId, subject: 'Ω', body: '<p>Ω</p>' },
    customer: { name: 'Ωmar Ωlsen', address: 'omar@omega.example' },
    nextStep: { is: 'we-get-back', words: 'Ω', dueAt },
  })
  const { customer } = await say(page, 'GET', `/conversations/${conversationId}`)
  const body = '<p>Ω</p>'
  const asked = { address: 'theo@omega.example', name: 'Θeo Ωlsen', body, context: [], dueAt }
  const { askId } = await say(page, 'POST', `/conversations/${conversationId}/asks`, asked)
  const { id: organisationId } = await say(page, 'POST', '/organisations', { name: 'Ωmega' })
  // Somebody to whom nothing is owed: only then there is a check-in.
  const quiet = await say(page, 'POST', '/people', { name: 'Ψara Ωlsen', address: `psara${Date.now()}@omega.example` })
  const party = { is: 'person', id: quiet.id }
  await say(page, 'PUT', '/care', { parties: [party], keeperId: me.id, rhythmDays: 30 })
  const { checkIn } = await say(page, 'GET', `/care/person/${quiet.id}`)
  const { view } = await say(page, 'POST', '/views', { name: 'Ω', q: 'is:open', sort: 'due' })
  const words = { name: 'Ω', whose: { is: 'mine' }, texts: [{ language: 'en', body }] }
  const { savedReply } = await say(page, 'POST', '/saved-replies', words)
  const written = { language: 'en', title: 'Ω', summary: 'Ω', body }
  const { article } = await say(page, 'POST', '/articles', written)
  const { categories } = await say(page, 'POST', '/community/categories', { names: [{ language: 'en', name: 'Ω' }] })
  const said = { categoryId: categories[0].id, kind: 'question', title: 'Ω', body: 'Ω' }
  const { topic } = await say(page, 'POST', '/community/topics', { press: crypto.randomUUID(), ...said })
  const pageId = crypto.randomUUID()
  const texts = [{ language: 'en', title: 'Ω', body }]
  await say(page, 'PUT', `/help-pages/${pageId}`, {
    seenRevision: 0,
    slug: 'omega',
    place: 'foot',
    published: true,
    texts,
  })
  return {
    ...{ conversationId, askId, organisationId, teamId, view: 'open', page: 'human' },
    personId: customer.id,
    checkInId: checkIn.id,
    viewId: view.id,
    savedReplyId: savedReply.id,
    mailboxId: mailbox.id,
    articleId: article.id,
    pageId,
    topicId: topic.id,
  }
}

/** Every address the router of the desk holds: a new page is walked without anybody thinking of it. A gap nobody fills is filled by `otherwise`, or fails. */
export async function everyAddress(page: Page, gaps: Gaps, otherwise?: string): Promise<string[]> {
  await come(page, '/')
  const declared = await page.evaluate(() => {
    const { __TSR_ROUTER__: router } = window as unknown as {
      __TSR_ROUTER__: { routesByPath: Record<string, unknown> }
    }
    return Object.keys(router.routesByPath).map(path => (path === '/' ? path : path.replace(/\/$/, '')))
  })
  expect(declared.length).toBeGreaterThan(50)
  const filled = [...new Set([...declared, ...also])]
    .filter(path => !outside.includes(path))
    .map(path => path.replace(/\$(\w+)|\{(\w+)\}/g, (gap, one, two) => gaps[one ?? two] ?? otherwise ?? gap))
  expect(
    filled.filter(path => /[${]/.test(path)),
    'addresses with a gap that nobody fills',
  ).toEqual([])
  return [...new Set(filled)]
}

/** A page that has no heading after so long has none, and one that still waits will not stop. */
const patience = { timeout: 8000 }

export async function come(page: Page, path: string) {
  await page.goto(path)
  await expect.soft(page.locator('h1').first(), `${path} has a heading`).toBeAttached(patience)
  await expect.soft(page.locator('[data-waits]'), `${path} stops waiting`).toHaveCount(0, patience)
}

/** What the server said while a page was read: names, subjects, addresses. These are nobody's to translate. */
export function listening(page: Page) {
  let said: Promise<string>[] = []
  page.on('response', response => {
    // What is told live never ends.
    if (/\/api\/v1\/(?!live)/.test(response.url())) said.push(response.text().catch(() => ''))
  })
  return {
    anew() {
      said = []
    },
    all: async () => (await Promise.all(said)).join(' '),
  }
}

/** What is read or heard on the page and bears no mark of the catalogue, figures, dates, keys and what the server said aside. */
export async function unmarked(page: Page, said: string): Promise<string[]> {
  const words = await page.evaluate(() => {
    const found: string[] = []
    const skipped = 'script, style, kbd, code, svg, [aria-hidden=true], option[lang], .keys, .written, [data-said]'
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walk.nextNode(); node; node = walk.nextNode())
      if (!node.parentElement?.closest(skipped)) found.push(node.textContent ?? '')
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
      if (!element.closest(skipped))
        for (const name of ['aria-label', 'title', 'placeholder', 'alt']) found.push(element.getAttribute(name) ?? '')
    return found
  })
  const dates =
    /\b(mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\b(at|am|pm|cet|cest|utc|gmt)\b/gi
  // Languages are named by the browser, not by us.
  const named = new Intl.DisplayNames('en', { type: 'language' })
  const tongues = ['en', 'de', 'es', 'fr', 'ar'].map(code => named.of(code))
  const plain = squeezed(
    said
      .replace(/\\"/g, '"')
      .replace(/\\n/g, ' ')
      .replace(/<[^>]*>/g, ' '),
  )
  return [...new Set(words.map(each => squeezed(each)))].filter(each => {
    if (/[⟦⟧]/.test(each) || tongues.includes(each)) return false
    const rest = each.replace(dates, '').replace(/[^\p{L}]/gu, '')
    return (
      rest.length > 1 &&
      !each.split(/ · | <|>/).every(part => plain.includes(part)) &&
      !/^[A-Z][a-z]+\/[A-Za-z_/-]+$/.test(each)
    )
  })
}

const squeezed = (words: string) => words.replace(/\s+/g, ' ').trim()
