/**
 * Every address of the desk, opened once each: nothing axe finds wrong in light and in dark, nothing that scrolls sideways at
 * 360 px, from left to right and from right to left, and no word that is in no catalogue.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from './journey.ts'
import { looksRight } from './looks.ts'
import { root } from './place.ts'

test.describe.configure({ timeout: 300_000, mode: 'parallel' })

/** The addresses as the code declares them: a new page is looked at without anybody thinking of it. */
function declared(): string[] {
  const files = readdirSync(join(root, 'src/desk'), { recursive: true, encoding: 'utf8' })
  return files
    .filter(file => file.endsWith('routes.ts'))
    .flatMap(file => {
      const text = readFileSync(join(root, 'src/desk', file), 'utf8')
      const at = [...text.matchAll(/\bpath: '([^']*)'|\bpage\('([^']*)'/g)].map(([, path, page]) => path ?? page!)
      // Settings are one route with pages below it.
      return file.startsWith('settings')
        ? at.map(path => (path.startsWith('/settings') ? path : `/settings${path}`))
        : at
    })
}
/** Pages for nobody yet have journeys of their own. */
const outside = ['/sign-in', '/welcome', '/link', '/start', '/second-factor', '/set-up']

async function begun(page: Page) {
  const me = await (await page.request.get('/api/v1/me')).json()
  const data = {
    is: 'phone',
    teamId: me.teams[0].id,
    customer: { name: 'Ωmar Ωlsen', address: 'omar@omega.example' },
    subject: 'Ω',
    body: '<p>Ω</p>',
    nextStep: { is: 'we-get-back', words: 'Ω', dueAt: new Date(Date.now() + 86_400_000).toISOString() },
  }
  const answer = await page.request.post('/api/v1/conversations', { data })
  expect(answer.ok(), await answer.text()).toBe(true)
  return (await answer.json()).conversationId as string
}

// In shares, so that both lanes walk at once.
const shares = 3
for (let share = 0; share < shares; share++)
  test(`every page stands, share ${share + 1} of ${shares}: light, dark, narrow, both ways, and all of its words come from the catalogue`, async ({
    page,
  }) => {
    const conversationId = await begun(page)
    const { teams } = await (await page.request.get('/api/v1/me')).json()
    const gaps: Record<string, string> = { conversationId, view: 'open', teamId: teams[0].id, page: 'human' }
    const every = declared()
      .filter(path => !outside.includes(path))
      .map(path => path.replace(/\$(\w+)/g, (_, name: string) => gaps[name] ?? `{${name}}`))
      .filter(path => !path.includes('{'))
    expect(every.length).toBeGreaterThan(25)
    const paths = [...new Set(every)].filter((_, n) => n % shares === share)

    /** What the server said while the page was read: names, subjects, addresses. These are nobody's to translate. */
    let said: Promise<string>[] = []
    page.on('response', response => {
      // What is told live never ends.
      if (/\/api\/v1\/(?!live)/.test(response.url())) said.push(response.text().catch(() => ''))
    })
    await page.goto('/')
    await page.evaluate(() => localStorage.setItem('pond-language', 'en-XA'))
    for (const path of paths)
      await test.step(path, async () => {
        said = []
        await come(page, path)
        await expect(page.locator('[data-waits]')).toHaveCount(0)
        expect
          .soft(await unmarked(page, (await Promise.all(said)).join(' ')), `words in no catalogue at ${path}`)
          .toEqual([])
        await looksRight(page)
      })
    await page.evaluate(() => localStorage.setItem('pond-language', 'ar'))
    await page.request.put('/api/v1/me', { data: { language: 'ar' } })
    await page.setViewportSize({ width: 360, height: 780 })
    for (const path of paths)
      await test.step(`${path}, from right to left`, async () => {
        await come(page, path)
        expect.soft(await page.evaluate(() => document.documentElement.dir), `the way of ${path}`).toBe('rtl')
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect.soft(over, `${path} at 360 px, right to left, scrolls sideways`).toBeLessThanOrEqual(0)
      })
    await page.request.put('/api/v1/me', { data: { language: 'en' } })
  })

async function come(page: Page, path: string) {
  await page.goto(path)
  await page.locator('h1').first().waitFor({ state: 'attached' })
}

/** What is read or heard on the page and bears no mark of the catalogue, figures, dates, keys and what the server said aside. */
async function unmarked(page: Page, said: string): Promise<string[]> {
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
  const plain = said.replace(/\\"/g, '"').replace(/\\n/g, '\n')
  return [...new Set(words.map(each => each.trim()))].filter(each => {
    if (/[⟦⟧]/.test(each)) return false
    const rest = each.replace(dates, '').replace(/[^\p{L}]/gu, '')
    return (
      rest.length > 1 &&
      !each.split(' · ').every(part => plain.includes(part)) &&
      !/^[A-Z][a-z]+\/[A-Za-z_/-]+$/.test(each)
    )
  })
}
