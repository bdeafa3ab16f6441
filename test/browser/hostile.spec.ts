/**
 * Every place where text from outside is shown, full of payloads: by mail, chat, forms, names, files, articles and imports. With
 * the policy of pages off nothing runs and nothing is asked of another host; with LONG_TESTS with all payloads, and with it on.
 */
import { safeHtml } from '../../src/platform/mail/reading/safeHtml.ts'
import { aHostileHouse, type HostileHouse } from './hostile-house.ts'
import { looksOver, type Watch, watch } from './hostile-watch.ts'
import { type Browser, type BrowserContext, expect, type Page, test } from './journey.ts'
import { liveOutside } from './outside.ts'
import { packed, pages, payloads, some } from './payloads.ts'
import { port } from './place.ts'

test.describe.configure({ mode: 'serial', timeout: process.env.LONG_TESTS ? 900_000 : 120_000 })

const all = payloads()
const few = process.env.LONG_TESTS ? all : some(all, 300)
const home = `http://localhost:${port}`
const outside = liveOutside({ atOnce: true })

let house: HostileHouse
let where = ''
const at = (place: string) => {
  where = place
}

async function aReader(
  browser: Browser,
  bypassCSP: boolean,
  more: object = {},
): Promise<{ context: BrowserContext; page: Page; seen: Watch }> {
  const context = await browser.newContext({ bypassCSP, baseURL: home, ...more })
  const seen = await watch(context, () => where)
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  return { context, page, seen }
}
const isSeen = ({ rare }: { rare?: boolean }) => !rare || Boolean(process.env.LONG_TESTS)
/** Within the desk, as a link leads on: loading all of it anew takes longer. */
async function goes(page: Page, path: string) {
  const inside = await page.evaluate(href => {
    const { __TSR_ROUTER__: router } = window as never as { __TSR_ROUTER__?: { navigate: (to: object) => unknown } }
    void router?.navigate({ href })
    return router !== undefined
  }, path)
  if (!inside) await page.goto(path)
}
const nothing = (seen: Watch) => {
  expect.soft(seen.broke, 'what broke').toEqual([])
  expect(seen.ran, 'what ran').toEqual([])
  expect(seen.asked, 'what was asked of other hosts').toEqual([])
}
const document_ = (body: string) => ({
  contentType: 'text/html; charset=utf-8',
  body: `<!doctype html><meta charset="utf-8"><body>${body}`,
})

test('all of them run, or ask, where nothing is made safe; none does behind the sanitiser of the server alone', async ({
  browser,
}) => {
  const { context, page, seen } = await aReader(browser, true, { storageState: { cookies: [], origins: [] } })
  const bodies = { wild: '', safe: '' }
  await page.route(`${home}/wild`, route => route.fulfill(document_(bodies.wild)))
  await page.route(`${home}/safe`, route => route.fulfill(document_(bodies.safe)))
  // That what watches sees something: each vector alone, as far as a frame of its own goes.
  bodies.wild = some(all, 60)
    .map(({ text }) => `<iframe srcdoc="${text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`)
    .join('')
  at('a page that makes nothing safe')
  await page.goto('/wild', { waitUntil: 'commit' }).catch(() => {})
  await expect.poll(() => seen.ran.length + seen.asked.length).toBeGreaterThan(10)
  await context.close()

  const alone = await aReader(browser, true, { storageState: { cookies: [], origins: [] } })
  await alone.page.route(`${home}/safe`, route => route.fulfill(document_(bodies.safe)))
  at('the sanitiser of the server alone')
  for (const part of pages(all, 700)) {
    bodies.safe = part.map(({ text, mark }) => `<div class="written">${safeHtml(text)}<p>${mark}</p></div>`).join('')
    await alone.page.goto('/safe')
    await looksOver(alone.page, where, part.length)
    // Read once more by the browser, as a copy of it would be: nothing comes to life.
    await alone.page.evaluate(() => {
      for (const each of document.querySelectorAll('.written')) each.innerHTML = `${each.innerHTML}`
    })
    await looksOver(alone.page, where, part.length)
  }
  nothing(alone.seen)
  await alone.context.close()
})

test('nothing of it acts anywhere: desk, help pages, linked pages, chat', async ({ browser, page, storageState }) => {
  house = await aHostileHouse({ browser, page, few, sent: outside.sent })
  for (const bypass of process.env.LONG_TESTS ? [true, false] : [true]) {
    const desk = await aReader(browser, bypass, { storageState })
    await behindTheDeskAlone(desk.page, house)
    for (const place of house.desk.filter(isSeen)) {
      at(`${place.path}, policy ${bypass ? 'off' : 'on'}`)
      await goes(desk.page, place.path)
      await place.and?.(desk.page)
      await looksOver(desk.page, where, place.marks)
    }
    nothing(desk.seen)
    // Of a document that runs nothing the browser tells all the same: what is made safe there was not safe before.
    const told = desk.seen.refused.filter(each => !each.includes('desk alone'))
    if (!bypass) expect(told).toEqual([])
    await desk.context.close()
    const customer = await aReader(browser, bypass, { storageState: house.customer })
    for (const place of house.outside.filter(isSeen)) {
      at(`${place.path}, policy ${bypass ? 'off' : 'on'}`)
      await customer.page.goto(place.path)
      await place.and?.(customer.page)
      await looksOver(customer.page, where, place.marks)
    }
    nothing(customer.seen)
    if (!bypass) expect(customer.seen.refused).toEqual([])
    await customer.context.close()
  }
})

/** The second line alone: as if the server had let everything through. */
async function behindTheDeskAlone(page: Page, { conversationId }: HostileHouse) {
  at('the sanitiser of the desk alone')
  const parts = pages(few, 30).map(part => ({ html: packed(part), marks: part.length }))
  await page.route(/\/api\/v1\/conversations\/(?:number\/)?[\w-]+$/, async route => {
    const answer = await route.fetch()
    const view = await answer.json()
    if (!view.messages?.length) return route.fulfill({ response: answer })
    const [model] = view.messages
    view.messages = parts.map(({ html }, n) => ({
      ...model,
      id: `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`,
      html,
      trimmedHtml: null,
      text: 'x',
      trimmed: null,
      attachments: [],
    }))
    return route.fulfill({ response: answer, json: view })
  })
  await page.goto(`/conversations/${conversationId}/print`)
  await looksOver(page, where, few.length * 0.4)
  await page.unroute(/\/api\/v1\/conversations\/(?:number\/)?[\w-]+$/)
}
