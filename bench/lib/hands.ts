/** What a pair of hands does at the desk, over and over, and how long each picture took. */
import type { Page } from '@playwright/test'
import { type Figures, percentile, progress, round } from './figures.ts'
import { fromKey, fromPress } from './picture.ts'

export const handsParts = ['switchView', 'open', 'next', 'type', 'send'] as const
export type HandsPart = (typeof handsParts)[number]

/** So many of the first are not counted. */
const warm = 15

export async function withHands(page: Page, part: HandsPart, rounds: number): Promise<Figures> {
  progress(part)
  const times = (await parts[part](page, warm + rounds)).slice(part === 'send' ? 5 : warm)
  return { [`${part}P50Ms`]: round(percentile(times, 0.5)), [`${part}P95Ms`]: round(percentile(times, 0.95)) }
}

const parts: Record<HandsPart, (page: Page, many: number) => Promise<number[]>> = {
  async switchView(page, many) {
    await openList(page)
    return times(many, async n => {
      await rest(page)
      return fromPress(page, `.rail a[href="/inbox/${n % 2 === 0 ? 'mine' : 'pending'}"]`, 'list')
    })
  },
  async open(page, many) {
    await openList(page)
    await page.keyboard.press('j')
    return times(many, async () => {
      await rest(page)
      const took = await fromKey(page, 'Enter', 'conversation')
      await rest(page)
      await page.keyboard.press('u')
      await page.locator('[data-row]').first().waitFor()
      await rest(page)
      await page.keyboard.press('j')
      return took
    })
  },
  async next(page, many) {
    await openFirst(page)
    return times(many, async () => {
      await rest(page)
      return fromKey(page, 'j', 'conversation')
    })
  },
  async type(page, many) {
    await openFirst(page)
    await fromKey(page, 'r', 'composer')
    const took = await times(many, async n => {
      await page.waitForTimeout(30)
      return fromKey(page, 'abcdefghij'[n % 10]!, 'typed')
    })
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Backspace')
    await page.keyboard.press('Escape')
    return took
  },
  async send(page, many) {
    await openFirst(page)
    return times(Math.min(many - warm, 50) + 5, async () => {
      await rest(page)
      await fromKey(page, 'r', 'composer')
      await page.keyboard.type('With you tomorrow.')
      // Answered: a follow-up is promised, and the next one opens.
      await page.keyboard.press('Alt+3')
      await rest(page)
      return fromKey(page, 'Control+Enter', 'conversation')
    })
  },
}

async function times(many: number, one: (n: number) => Promise<number>): Promise<number[]> {
  const all: number[] = []
  for (let n = 0; n < many; n++) all.push(await one(n))
  return all
}

const rest = (page: Page) => page.waitForTimeout(120)

export async function openList(page: Page) {
  await page.goto('/inbox/open')
  await page.locator('[data-row]').first().waitFor()
}

async function openFirst(page: Page) {
  await openList(page)
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.locator('main.conv .stream article').first().waitFor()
}
