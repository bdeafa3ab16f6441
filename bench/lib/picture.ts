/**
 * From a key to the picture it makes: measured inside the page, from the event's own time to the frame after the one in
 * which what was asked for stands. So that a wait of ours between browser and bench is in no figure.
 */
import { join } from 'node:path'
import type { Page } from '@playwright/test'

export type Sign = 'conversation' | 'list' | 'typed' | 'composer'

const brought = join(import.meta.dirname, 'inPage.js')

/** Puts the stopwatch into every page from now on. */
export async function bringStopwatch(page: Page) {
  await page.addInitScript({ path: brought })
}

/** Milliseconds from the key to its picture. */
export async function fromKey(page: Page, key: string, sign: Sign): Promise<number> {
  return measured(page, sign, 'keydown', () => page.keyboard.press(key))
}

/** Milliseconds from the press of the pointer to its picture. */
export async function fromPress(page: Page, selector: string, sign: Sign): Promise<number> {
  await page.hover(selector)
  return measured(page, sign, 'pointerdown', () => page.click(selector))
}

async function measured(page: Page, sign: Sign, event: string, act: () => Promise<void>): Promise<number> {
  await page.evaluate(
    ([name, on]) => {
      const { pondWatch } = globalThis as unknown as { pondWatch: (name: string, event: string) => Promise<number> }
      Object.assign(globalThis, { pondTold: pondWatch(name!, on!) })
    },
    [sign, event],
  )
  await act()
  return page.evaluate(() => (globalThis as unknown as { pondTold: Promise<number> }).pondTold)
}
