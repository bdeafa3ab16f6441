/**
 * A screen looks the same whatever was looked at before. Screens bring their style sheets when they are first opened, and the
 * sheets stay: here all of them are laid over each screen, and nothing on it may move or change its colours, type or lines.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from './journey.ts'
import { aHouse, come, everyAddress } from './walk.ts'

test.describe.configure({ timeout: 600_000 })

const assets = join(import.meta.dirname, '../../dist/desk/assets')

test('a screen looks the same whatever was looked at before', async ({ page }) => {
  const sheets = readdirSync(assets).filter(name => name.endsWith('.css'))
  expect(sheets.length).toBeGreaterThan(20)
  const sample = await page.request.post('/api/v1/sample')
  expect([200, 409]).toContain(sample.status())
  const paths = await everyAddress(page, await aHouse(page))
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const path of paths)
    await test.step(path, async () => {
      await come(page, path)
      const before = await atRest(page)
      await layOver(page, sheets)
      const after = await look(page)
      const changed = Object.keys(after).filter(each => before[each] && before[each] !== after[each])
      const told = changed.slice(0, 6).map(each => `${each}: ${before[each]} became ${after[each]}`)
      expect.soft(told, `changed at ${path} by the sheets of other screens (${changed.length} in all)`).toEqual([])
    })
})

/** What it looks like once nothing loads and nothing moves by itself. */
async function atRest(page: Page): Promise<Record<string, string>> {
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  await page.evaluate(() => document.fonts.ready)
  let last = await look(page)
  let rested = 0
  await expect
    .poll(
      async () => {
        const now = await look(page)
        rested = JSON.stringify(now) === JSON.stringify(last) ? rested + 1 : 0
        last = now
        return rested
      },
      { intervals: [150] },
    )
    .toBeGreaterThan(3)
  return last
}

async function layOver(page: Page, sheets: readonly string[]) {
  await page.evaluate(async names => {
    const there = new Set([...document.styleSheets].map(({ href }) => href?.split('/').at(-1)))
    const laid = names
      .filter(name => !there.has(name))
      .map(name => {
        const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `/assets/${name}` })
        const ready = new Promise((resolve, reject) => {
          link.onload = resolve
          link.onerror = reject
        })
        document.head.append(link)
        return ready
      })
    await Promise.all(laid)
  }, sheets)
}

/** Every element by its place in the page: where it stands, and what it is drawn with. */
function look(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() => {
    const told: Record<string, string> = {}
    const walk = (element: Element, at: string) => {
      const { x, y, width, height } = element.getBoundingClientRect()
      const place = [x, y, width, height].map(each => Math.round(each)).join(' ')
      const { color, backgroundColor, borderTopWidth, borderTopColor, fontSize, fontWeight, display } =
        getComputedStyle(element)
      const drawn = [color, backgroundColor, borderTopWidth, borderTopColor, fontSize, fontWeight, display].join(' ')
      told[at] = `${place} ${drawn}`
      for (const [n, child] of [...element.children].entries())
        if (child instanceof HTMLElement) walk(child, `${at} ${[child.localName, ...child.classList].join('.')}[${n}]`)
    }
    walk(document.body, '')
    return told
  })
}
