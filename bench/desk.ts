/**
 * How quick the desk is under one's hands: from key to picture in Chromium, over a hundred thousand conversations; what the
 * first load weighs, what Lighthouse says of it, and what opening and leaving thousands of conversations leaves behind.
 */
import { existsSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { startApp } from './lib/app.ts'
import { untilCalm } from './lib/calm.ts'
import { conversationsPlace } from './lib/conversations.ts'
import { type Figures, progress, round, tell } from './lib/figures.ts'
import { given } from './lib/given.ts'
import { handsParts, openList, withHands } from './lib/hands.ts'
import { lighthouse } from './lib/lighthouse.ts'
import { bringStopwatch } from './lib/picture.ts'
import { cookieOf } from './lib/seed.ts'

const asked = given({ size: 100_000, rounds: 100, cycles: 5000 }, [
  'load',
  ...handsParts,
  'heap',
  'lighthouse',
] as const)
const member = 1
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)!
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []

const place = await conversationsPlace(asked.size)
try {
  const app = await startApp(place.dataDir)
  await untilCalm(place.pool)
  const browser = await chromium.launch({ executablePath, args: [...args, '--js-flags=--expose-gc'] })
  try {
    const figures: Figures = { size: asked.size, rounds: asked.rounds, cycles: asked.cycles }
    const context = async (): Promise<BrowserContext> => {
      const made = await browser.newContext({ baseURL: app.address, viewport: { width: 1440, height: 900 } })
      const [name, value] = cookieOf(member).split('=') as [string, string]
      await made.addCookies([{ name, value, url: app.address }])
      return made
    }
    if (asked.only.has('load')) figures.firstLoadKilobytes = round(await firstLoad(await context()))
    const page = await (await context()).newPage()
    page.on('pageerror', error => progress(`the page says: ${error.message}`))
    await bringStopwatch(page)
    await visitedBefore(page)
    for (const part of handsParts)
      if (asked.only.has(part)) Object.assign(figures, await withHands(page, part, asked.rounds))
    if (asked.only.has('heap')) Object.assign(figures, await leftBehind(page))
    await page.context().close()
    if (asked.only.has('lighthouse'))
      Object.assign(
        figures,
        await lighthouse(`${app.address}/`, {
          ...{ executablePath, args, cookie: cookieOf(member) },
          ...{ desktop: true, of: ['performance', 'accessibility'] },
        }),
      )
    tell(figures, asked.json)
  } finally {
    await browser.close()
    await app.stop()
  }
} finally {
  await place.end()
}

/** A first visit keeps all files of the desk for when there is no network, seconds long: those who work here have that behind them. */
async function visitedBefore(page: Page) {
  await openList(page)
  await page.evaluate('navigator.serviceWorker.ready.then(() => {})')
}

/** Kilobytes of JavaScript, gzipped, that the first page asks for until it rests. */
async function firstLoad(context: BrowserContext): Promise<number> {
  progress('first load')
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

/** What is on the page's heap, collected, after all cycles of opening and leaving, over what was after the first five hundred. */
async function leftBehind(page: Page): Promise<Figures> {
  const session = await page.context().newCDPSession(page)
  await openList(page)
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
