/** What every page is asked in every journey: nothing that axe finds wrong, in light and in dark, and nothing that scrolls sideways at 360 px. */
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

export async function looksRight(page: Page) {
  const before = page.viewportSize()
  // A page that is still being loaded has no heading yet.
  await page.waitForFunction(() => document.querySelector('main') && document.querySelector('h1'))
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const axe = new AxeBuilder({ page })
    // Everything but its colours is the same in the dark.
    if (colorScheme === 'dark') axe.withRules(['color-contrast', 'link-in-text-block'])
    const { violations } = await axe.analyze()
    const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html.slice(0, 160)).join(' | ')}`)
    expect.soft(told, `axe at ${page.url()}, ${colorScheme}`).toEqual([])
  }
  await page.emulateMedia({ colorScheme: null })
  await page.setViewportSize({ width: 360, height: 780 })
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect.soft(over, `${page.url()} at 360 px scrolls sideways`).toBeLessThanOrEqual(0)
  if (before) await page.setViewportSize(before)
}
