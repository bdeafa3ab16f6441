/** What every page is asked in every journey: nothing that axe finds wrong, in light and in dark, and nothing that scrolls sideways at 360 px. */
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, expect, type Page } from '@playwright/test'

/** Journeys look at colours alone in the dark, because nothing else changes with them; the walk over every page looks at all of it (`whole`). */
export async function looksRight(page: Page, { whole = false } = {}) {
  const before = page.viewportSize()
  await stands(page)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await axeFindsNothing(page, colorScheme === 'light' || whole ? undefined : ['color-contrast', 'link-in-text-block'])
  }
  await page.emulateMedia({ colorScheme: null })
  await page.setViewportSize({ width: 360, height: 780 })
  await sideways(page)
  if (before) await page.setViewportSize(before)
}

/** A page that is still being loaded has no heading yet. */
const stands = (page: Page) =>
  page.waitForFunction(() => document.querySelector('main') && document.querySelector('h1'))

export async function axeFindsNothing(page: Page, rules?: string[]) {
  // What looks is brought once to each document; what was fine is not written down.
  const brought = await page.evaluate(() => 'axe' in window)
  const axe = new AxeBuilder({ page, ...(brought ? { axeSource: ';' } : {}) }).options({ resultTypes: ['violations'] })
  if (rules) axe.withRules(rules)
  // Only frames need the long way, which opens a page of its own.
  if (page.frames().length === 1) axe.setLegacyMode(true)
  let { violations } = await axe.analyze()
  if (violations.some(({ id }) => id === 'landmark-one-main')) {
    // It was on its way to another page, whose file was not there yet.
    await stands(page)
    violations = (await axe.analyze()).violations
  }
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html.slice(0, 160)).join(' | ')}`)
  const dark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)
  expect.soft(told, `axe at ${page.url()}, ${dark ? 'dark' : 'light'}`).toEqual([])
}

export async function sideways(page: Page) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  const way = await page.evaluate(() => document.documentElement.dir)
  expect.soft(over, `${page.url()} at 360 px, ${way}, scrolls sideways`).toBeLessThanOrEqual(0)
}

/** A page outside, as a browser with scripts shows it, because what looks at it is one: the pages themselves bring none. */
export async function looksRightOutside(browser: Browser, page: Page) {
  const twin = await browser.newContext({
    storageState: await page.context().storageState(),
    viewport: page.viewportSize(),
  })
  const shown = await twin.newPage()
  await shown.goto(page.url())
  expect(await shown.locator('script:not([type="application/ld+json"], [src^="/o/script.js"])').count()).toBe(0)
  await looksRight(shown)
  await twin.close()
}
