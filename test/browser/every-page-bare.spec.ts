/** Every address of the desk where there is nothing, where nothing answers, and where one may not: each says so in its own words, and is never a blank page. */
import { expect, type Page, test } from './journey.ts'
import { axeFindsNothing, sideways } from './looks.ts'
import { port } from './place.ts'
import { aHouse, come, everyAddress } from './walk.ts'

test.describe.configure({ timeout: 600_000, mode: 'serial' })

const nowhere = '01900000-0000-7000-8000-000000000000'

async function stands(page: Page, path: string) {
  await come(page, path)
  await axeFindsNothing(page)
  await sideways(page)
}
/** What broke on a page, and what nothing caught. */
function breaking(page: Page) {
  const broken: string[] = []
  page.on('pageerror', error => broken.push(String(error)))
  return broken
}

test('where there is nothing yet every page says so', async ({ page }) => {
  const { teams } = await (await page.request.get('/api/v1/me')).json()
  const gaps = { view: 'open', page: 'human', teamId: teams[0].id }
  const broken = breaking(page)
  const paths = await everyAddress(page, gaps, nowhere)
  await page.setViewportSize({ width: 360, height: 780 })
  for (const path of paths) await test.step(path, () => stands(page, path))
  expect(broken).toEqual([])
})

/** What a page asks and does as well without: it says nothing of it, or where it is unfolded. */
const unmissed = [
  ['/write', '/api/v1/signatures'],
  ['/write', '/api/v1/mailboxes'],
  ['/search', '/api/v1/search/recent'],
  ['/settings/mailboxes/connect', '/api/v1/teams'],
] as const

test('where nothing answers every page says what happened, what is safe and what to do', async ({ page }) => {
  const paths = await everyAddress(page, await aHouse(page))
  const broken = breaking(page)
  let asked: string[] = []
  await page.route(/\/api\/v1\/(?!me$|live)/, route => {
    if (route.request().method() !== 'GET') return route.continue()
    asked.push(new URL(route.request().url()).pathname)
    return route.fulfill({ status: 500, json: { code: 'broken', status: 500 } })
  })
  // What the frame around all pages asks, at once and when the page stands.
  await come(page, '/more')
  await expect.poll(() => asked.some(path => path.endsWith('/notifications/unread'))).toBe(true)
  const frame = new Set(asked)
  await page.setViewportSize({ width: 360, height: 780 })
  for (const path of paths)
    await test.step(path, async () => {
      asked = []
      await stands(page, path)
      const own = asked.filter(
        each => !frame.has(each) && !unmissed.some(([page, ask]) => path.startsWith(page) && each === ask),
      )
      if (own.length > 0)
        await expect.soft(page.getByRole('alert').first(), `${path} says that ${own} failed`).toBeVisible()
    })
  expect(broken).toEqual([])
})

test('where one may not, every page says what is open instead', async ({ page, browser }) => {
  const gaps = await aHouse(page)
  const paths = await everyAddress(page, gaps)
  const origin = `http://localhost:${port}`
  const headers = { origin }
  const who = { name: 'Jane Osei', address: 'jane@omega.example', teams: [] }
  const made = await page.request.post('/api/v1/members', { data: who, headers })
  const token = new URL((await made.json()).link).hash.replace('#token=', '')
  const context = await browser.newContext({ baseURL: origin, storageState: { cookies: [], origins: [] } })
  const password = 'nine quiet herons wade'
  const used = await context.request.post('/api/v1/links/use', { data: { token, password }, headers })
  expect(used.ok(), await used.text()).toBe(true)
  const hers = await context.newPage()
  const broken = breaking(hers)
  await hers.setViewportSize({ width: 360, height: 780 })
  for (const path of paths)
    await test.step(path, async () => {
      await stands(hers, path)
      expect.soft(await hers.locator('body').textContent(), `${path} keeps its secret`).not.toContain('Ωmar')
    })
  expect(broken).toEqual([])
  await context.close()
})
