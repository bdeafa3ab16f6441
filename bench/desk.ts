/**
 * How quick the desk is under one's hands: from key to picture in Chromium, over a hundred thousand conversations; what the
 * first load weighs, what Lighthouse says of it, and what opening and leaving thousands of conversations leaves behind.
 */
import { existsSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { startApp } from './lib/app.ts'
import { conversationsPlace } from './lib/conversations.ts'
import { type Figures, percentile, progress, round, tell } from './lib/figures.ts'
import { given } from './lib/given.ts'
import { lighthouse } from './lib/lighthouse.ts'
import { bringStopwatch, fromKey, fromPress } from './lib/picture.ts'
import { cookieOf } from './lib/seed.ts'

const asked = given({ size: 100_000, rounds: 100, cycles: 5000 })
const warm = 15
const member = 1
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)!
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []

const place = await conversationsPlace(asked.size)
try {
  const app = await startApp(place.dataDir)
  const browser = await chromium.launch({ executablePath, args: [...args, '--js-flags=--expose-gc'] })
  try {
    const figures: Figures = { size: asked.size, rounds: asked.rounds, cycles: asked.cycles }
    const context = async (): Promise<BrowserContext> => {
      const made = await browser.newContext({ baseURL: app.address, viewport: { width: 1440, height: 900 } })
      const [name, value] = cookieOf(member).split('=') as [string, string]
      await made.addCookies([{ name, value, url: app.address }])
      return made
    }
    progress('first load')
    figures.firstLoadKilobytes = round(await firstLoad(await context()))
    const page = await (await context()).newPage()
    page.on('pageerror', error => progress(`the page says: ${error.message}`))
    await bringStopwatch(page)
    Object.assign(figures, await fromKeys(page))
    Object.assign(figures, await leftBehind(page))
    await page.context().close()
    progress('Lighthouse')
    Object.assign(figures, await lighthouse(`${app.address}/`, { executablePath, args, cookie: cookieOf(member) }))
    tell(figures, asked.json)
  } finally {
    await browser.close()
    await app.stop()
  }
} finally {
  await place.end()
}

/** Kilobytes of JavaScript, gzipped, that the first page asks for until it rests. */
async function firstLoad(context: BrowserContext): Promise<number> {
  const page = await context.newPage()
  const bodies: Promise<Buffer>[] = []
  page.on('response', response => {
    if (/\.js$/.test(new URL(response.url()).pathname) && !response.fromServiceWorker()) bodies.push(response.body())
  })
  await page.goto('/')
  await page.locator('h1').waitFor()
  await page.waitForLoadState('networkidle').catch(() => {})
  const all = await Promise.all(bodies)
  await context.close()
  return all.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0) / 1000
}

async function fromKeys(page: Page): Promise<Figures> {
  const times: Record<string, number[]> = { next: [], open: [], send: [], switchView: [], type: [] }
  const rest = () => page.waitForTimeout(120)
  const openList = async () => {
    await page.goto('/inbox/open')
    await page.locator('[data-row]').first().waitFor()
  }
  progress('switching views')
  await openList()
  for (let n = 0; n < warm + asked.rounds; n++) {
    await rest()
    const view = n % 2 === 0 ? 'mine' : 'pending'
    times.switchView!.push(await fromPress(page, `.rail a[href="/inbox/${view}"]`, 'list'))
  }
  progress('opening')
  await openList()
  await page.keyboard.press('j')
  for (let n = 0; n < warm + asked.rounds; n++) {
    await rest()
    times.open!.push(await fromKey(page, 'Enter', 'conversation'))
    await rest()
    await page.keyboard.press('u')
    await page.locator('[data-row]').first().waitFor()
    await rest()
    await page.keyboard.press('j')
  }
  progress('going to the next one')
  await page.keyboard.press('Enter')
  await page.locator('.stream article').first().waitFor()
  for (let n = 0; n < warm + asked.rounds; n++) {
    await rest()
    times.next!.push(await fromKey(page, 'j', 'conversation'))
  }
  progress('typing')
  await fromKey(page, 'r', 'composer')
  for (let n = 0; n < warm + asked.rounds; n++) {
    await page.waitForTimeout(30)
    times.type!.push(await fromKey(page, 'abcdefghij'[n % 10]!, 'typed'))
  }
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Escape')
  progress('sending')
  await openList()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.locator('.stream article').first().waitFor()
  const sends = Math.min(asked.rounds, 50)
  for (let n = 0; n < 5 + sends; n++) {
    await rest()
    await fromKey(page, 'r', 'composer')
    await page.keyboard.type('With you tomorrow.')
    // Answered: a follow-up is promised, and the next one opens.
    await page.keyboard.press('Alt+3')
    await rest()
    const took = await fromKey(page, 'Control+Enter', 'conversation')
    if (n >= 5) times.send!.push(took)
  }
  const figures: Figures = {}
  for (const [name, all] of Object.entries(times)) {
    const counted = name === 'send' ? all : all.slice(warm)
    figures[`${name}P50Ms`] = round(percentile(counted, 0.5))
    figures[`${name}P95Ms`] = round(percentile(counted, 0.95))
  }
  return figures
}

/** What is on the page's heap, collected, after all cycles of opening and leaving, over what was after the first five hundred. */
async function leftBehind(page: Page): Promise<Figures> {
  const session = await page.context().newCDPSession(page)
  await page.goto('/inbox/open')
  await page.locator('[data-row]').first().waitFor()
  const heap = async () => {
    await page.waitForTimeout(1500)
    for (let n = 0; n < 3; n++) await session.send('HeapProfiler.collectGarbage')
    return (await session.send('Runtime.getHeapUsage')).usedSize / 1_000_000
  }
  const early = Math.min(500, Math.ceil(asked.cycles / 10))
  await cycles(page, early)
  const before = await heap()
  for (let done = early; done < asked.cycles; done += 500) {
    await cycles(page, Math.min(500, asked.cycles - done))
    progress(`${Math.min(asked.cycles, done + 500)} cycles`)
  }
  const after = await heap()
  return { heapMegabytes: round(after), heapGrowthMegabytes: round(after - before) }
}

/** Inside the page, so that five thousand take minutes: the keys a person presses, and the picture waited for. */
async function cycles(page: Page, many: number) {
  await page.evaluate(
    count => (globalThis as unknown as { pondCycles: (count: number) => Promise<void> }).pondCycles(count),
    many,
  )
}
