/**
 * Every page of the public, by a stranger and by a customer: without a script and with one, at 360 px and wide, from left to right
 * and from right to left, in light and in dark. The same stands there without the script; axe finds nothing; nothing scrolls
 * sideways; and an address that nobody walks fails.
 */
import { type Browser, type BrowserContext, expect, test } from './journey.ts'
import { axeFindsNothing, sideways } from './looks.ts'
import { liveOutside } from './outside.ts'
import { port } from './place.ts'
import { aPublicHouse, type PublicHouse, type PublicPage, unwalked } from './public-house.ts'

test.describe.configure({ timeout: 600_000 })

const outside = liveOutside({ atOnce: true })
const narrow = { width: 360, height: 780 }
const wide = { width: 1280, height: 800 }

async function walkers(browser: Browser, { customer }: PublicHouse, locale: string, javaScriptEnabled: boolean) {
  const more = {
    baseURL: `http://localhost:${port}`,
    locale,
    javaScriptEnabled,
    viewport: wide,
    reducedMotion: 'reduce' as const,
  }
  const nobody = { cookies: [], origins: [] }
  const stranger = await browser.newContext({ ...more, storageState: nobody })
  const signedIn = await browser.newContext({ ...more, storageState: customer })
  return { stranger, signedIn }
}
const headingOf = async (context: BrowserContext, page: PublicPage) => {
  const it = context.pages()[0] ?? (await context.newPage())
  await it.setViewportSize(wide)
  await it.emulateMedia({ colorScheme: 'light' })
  const answer = await it.goto(page.path)
  expect.soft(answer?.status(), page.path).toBe(page.status ?? 200)
  await expect.soft(it.locator('h1').first(), `${page.path} has a heading`).toBeVisible({ timeout: 8000 })
  return { it, heading: (await it.locator('h1').allTextContents()).join(' · ') }
}

test('every page of the public stands without a script and with one, narrow and wide, both ways, in light and dark', async ({
  page,
  browser,
}) => {
  const house = await aPublicHouse({ browser, page, sent: outside.sent })
  expect(unwalked(house.pages.map(({ path }) => path))).toEqual([])
  for (const locale of ['en-GB', 'ar']) {
    await house.speaks(locale.slice(0, 2))
    const bare = await walkers(browser, house, locale, false)
    const full = await walkers(browser, house, locale, true)
    const way = locale === 'ar' ? 'rtl' : 'ltr'
    for (const each of house.pages)
      await test.step(`${each.path}, ${locale}`, async () => {
        const plain = await headingOf(each.signedIn ? bare.signedIn : bare.stranger, each)
        const around = await plain.it.locator('a[href], button, input:not([type=hidden]), textarea, select').count()
        await plain.it.setViewportSize(narrow)
        await sideways(plain.it)
        const { it, heading } = await headingOf(each.signedIn ? full.signedIn : full.stranger, each)
        expect.soft(heading, `${each.path} says the same without a script`).toBe(plain.heading)
        // The chat alone needs its script.
        if (!each.path.startsWith('/chat/'))
          expect.soft(around, `${each.path} offers something without a script`).toBeGreaterThan(0)
        expect
          .soft(await it.evaluate(() => document.documentElement.dir), `the way of ${each.path}`)
          .toBe(each.way ?? way)
        await axeFindsNothing(it)
        await it.emulateMedia({ colorScheme: 'dark' })
        await axeFindsNothing(it)
        await it.setViewportSize(narrow)
        await sideways(it)
        await axeFindsNothing(it)
      })
    for (const context of [bare.stranger, bare.signedIn, full.stranger, full.signedIn]) await context.close()
  }
})
