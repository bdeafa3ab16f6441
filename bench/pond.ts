/**
 * How smooth the pond is under one's hands with ten thousand relationships, and how long Insight takes over a million
 * conversations: the main thread's work in each frame while the picture is dragged in Chromium, and its pages over HTTP.
 */
import { existsSync } from 'node:fs'
import { chromium, type Page } from '@playwright/test'
import { InsightDays, InsightPages } from '../src/contract/insight.ts'
import { startApp } from './lib/app.ts'
import { asking } from './lib/ask.ts'
import { fillSearch, untilCalm } from './lib/calm.ts'
import { conversationsPlace, renewSessions } from './lib/conversations.ts'
import { type Figures, percentile, progress, round, tell } from './lib/figures.ts'
import { type Frame, workPerFrame } from './lib/frames.ts'
import { given } from './lib/given.ts'
import { keptPlace, type Place } from './lib/place.ts'
import { countEverything, seedRelationships } from './lib/pondSeed.ts'
import { cookieOf, members, seed, teamId, teams } from './lib/seed.ts'

const asked = given({ size: 1_000_000, relationships: 10_000, rounds: 300 }, ['picture', 'insight'] as const)
const warm = 30
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)!
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []

const figures: Figures = { size: asked.size, relationships: asked.relationships }
if (asked.only.has('picture')) Object.assign(figures, await thePicture())
if (asked.only.has('insight')) Object.assign(figures, await insight())
tell(figures, asked.json)

/** As many conversations as give so many people some of whom are owed something. */
async function thePicture(): Promise<Figures> {
  const place = await keptPlace(`pond-${asked.relationships}`, async ({ pool }) => {
    const size = Math.max(3000, asked.relationships * 3)
    progress(`seeding ${size} conversations`)
    await seed(pool, size)
    await seedRelationships(pool, asked.relationships)
    await countEverything(pool, left => progress(`${left} left to count`))
  })
  await fillSearch(place.pool)
  await renewSessions(place.pool)
  return inPlace(place, async address => {
    const browser = await chromium.launch({ executablePath, args })
    try {
      const context = await browser.newContext({ baseURL: address, viewport: { width: 1440, height: 900 } })
      const [name, value] = cookieOf(1).split('=') as [string, string]
      await context.addCookies([{ name, value, url: address }])
      const page = await context.newPage()
      page.on('pageerror', error => progress(`the page says: ${error.message}`))
      const began = performance.now()
      await page.goto('/pond?as=picture')
      await page.locator('.pond .frame[aria-busy="false"]').waitFor()
      const shownMs = performance.now() - began
      await page.waitForTimeout(1500)
      const whole = await panned(page, 'all of it')
      for (let step = 0; step < 6; step++) {
        await page.getByRole('button', { name: 'Closer' }).click()
        await page.waitForTimeout(250)
      }
      const near = await panned(page, 'near')
      const both = [...whole, ...near]
      const work = both.map(each => each.work)
      return {
        pictureMs: round(shownMs),
        frames: both.length,
        frameP50Ms: round(percentile(work, 0.5)),
        frameP95Ms: round(percentile(work, 0.95)),
        frameMostMs: round(Math.max(...work)),
        frameWallP95Ms: round(
          percentile(
            both.map(each => each.wall),
            0.95,
          ),
        ),
      }
    } finally {
      await browser.close()
    }
  })
}

/** Dragged in circles and far to the sides, as a hand does, at the pace of the frames. */
async function panned(page: Page, what: string): Promise<Frame[]> {
  progress(`panning, ${what}`)
  const box = (await page.locator('.pond .frame').boundingBox())!
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  return workPerFrame(page, async () => {
    for (let drag = 0; drag < 4; drag++) {
      await page.mouse.move(middle.x, middle.y)
      await page.mouse.down()
      for (let step = 1; step <= 75; step++) {
        const angle = (step / 75) * 2 * Math.PI + drag
        const far = 40 + step * 4
        await page.mouse.move(middle.x + Math.cos(angle) * far, middle.y + Math.sin(angle) * far * 0.7)
        await page.waitForTimeout(12)
      }
      await page.mouse.up()
    }
  })
}

/** Every page, period and team in turn, as every member; asked one after another over one connection. */
async function insight(): Promise<Figures> {
  return inPlace(await conversationsPlace(asked.size), async address => {
    const { ask, close } = asking(address)
    const times: number[] = []
    const worst: Record<string, number> = {}
    progress('Insight')
    for (let n = 0; n < warm + asked.rounds; n++) {
      const page = InsightPages[n % InsightPages.length]!
      const days = InsightDays[Math.floor(n / InsightPages.length) % InsightDays.length]!
      const member = n % members
      // A member of the team they ask about; every third time of all of theirs.
      const team = n % 3 === 0 ? '' : `&teamId=${teamId(member % teams)}`
      const told = await ask(cookieOf(member), 'GET', `/api/v1/insight/${page}?days=${days}${team}`)
      if (told.status !== 200) throw new Error(`${page} answered ${told.status}: ${told.body}`)
      if (n < warm) continue
      times.push(told.milliseconds)
      worst[page] = Math.max(worst[page] ?? 0, told.milliseconds)
    }
    close()
    return {
      insightP50Ms: round(percentile(times, 0.5)),
      insightP95Ms: round(percentile(times, 0.95)),
      ...Object.fromEntries(Object.entries(worst).map(([page, took]) => [`${page}MostMs`, round(took)])),
    }
  })
}

async function inPlace(place: Place, act: (address: string) => Promise<Figures>) {
  try {
    const app = await startApp(place.dataDir)
    try {
      await untilCalm(place.pool)
      return await act(app.address)
    } finally {
      await app.stop()
    }
  } finally {
    await place.end()
  }
}
