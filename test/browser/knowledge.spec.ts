/**
 * An article from the first word to what came of it: Ana writes and publishes it on the desk; somebody without a script looks for
 * it, reads it on a phone and says what was missing; what they looked for in vain stands on the desk, too.
 */
import { type Browser, expect, test } from './journey.ts'
import { looksRight, looksRightOutside } from './looks.ts'

async function outside(browser: Browser) {
  const context = await browser.newContext({
    ...{ javaScriptEnabled: false, storageState: { cookies: [], origins: [] }, viewport: { width: 360, height: 740 } },
  })
  return { context, page: await context.newPage() }
}

test('an article is written, published, found without a script, and learned from', async ({ page, browser }) => {
  await page.goto('/knowledge')
  await expect(page.getByRole('heading', { level: 1, name: 'Knowledge' })).toBeVisible()
  await looksRight(page)
  await page.getByRole('button', { name: 'New article' }).click()
  await page.getByRole('textbox', { name: 'Title' }).fill('Descale the zirconium kettle')
  await page.getByRole('textbox', { name: 'Summary' }).fill('Forty minutes, after closing.')
  const body = page.getByRole('textbox', { name: 'Article' })
  await body.click()
  await page.keyboard.type('## What you need\nA sachet of descaler.\n## What to do\n')
  await page.getByRole('button', { name: 'Steps' }).click()
  await page.keyboard.type('**Drain it.** Open the valve.')
  await page.keyboard.press('Enter')
  await page.keyboard.type('**Rinse it.** Three times.')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Table', exact: true }).click()
  await page.getByRole('button', { name: 'Row below' }).waitFor()
  await page.keyboard.type('Hardness')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Sachets')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Minutes')
  await expect(body.locator('th')).toHaveText(['Hardness', 'Sachets', 'Minutes'])
  await expect(page.getByText('Kept', { exact: true })).toBeVisible()
  await looksRight(page)
  await page.getByRole('button', { name: 'Publish …' }).click()
  const publishing = page.getByRole('dialog', { name: 'Publish' })
  await looksRight(page)
  await publishing.getByRole('button', { name: 'Publish …' }).click()
  await expect(page.getByText('Everybody it is for reads this since')).toBeVisible()

  const reader = await outside(browser)
  await reader.page.goto('/help')
  await reader.page.getByRole('searchbox').fill('descalng zirconium')
  await reader.page.getByRole('button', { name: 'Search' }).click()
  await reader.page.getByRole('link', { name: 'Descale the zirconium kettle' }).click()
  await expect(reader.page.getByRole('heading', { level: 1 })).toHaveText('Descale the zirconium kettle')
  await expect(reader.page.locator('.prose ol[data-steps] > li')).toHaveCount(2)
  await looksRightOutside(browser, reader.page)
  await reader.page.getByRole('button', { name: 'Send' }).click()
  await expect(reader.page.getByRole('alert')).toContainText('Choose Yes, Partly or No.')
  await reader.page.getByText('Partly', { exact: true }).click()
  await reader.page.getByRole('textbox', { name: 'In your words' }).fill('How hot may the water be?')
  await reader.page.getByRole('button', { name: 'Send' }).click()
  await expect(reader.page.getByText(/Thank you\./)).toBeVisible()
  const gone = await reader.page.goto('/help/articles/general/descale-the-xylophone')
  expect(gone?.status()).toBe(404)
  await looksRightOutside(browser, reader.page)
  await reader.page.getByRole('searchbox').fill('polish the xylophone')
  await reader.page.getByRole('button', { name: 'Search' }).click()
  await expect(reader.page.getByText(/xylophone/)).toBeVisible()
  expect(await reader.context.cookies()).toEqual([])
  await reader.context.close()

  await page.goto('/knowledge?state=failed')
  await page.getByRole('link', { name: 'Descale the zirconium kettle' }).click()
  await expect(page.getByText('How hot may the water be?')).toBeVisible()
  await page.getByRole('button', { name: 'Read, and mended or left' }).click()
  await expect(page.getByText('How hot may the water be?')).toHaveCount(0)
  await page.getByRole('button', { name: 'Earlier versions' }).click()
  await expect(page.getByRole('dialog')).toContainText('Version 1')
  await page.keyboard.press('Escape')
  await page.goto('/knowledge/searches')
  await expect(page.getByText('polish the xylophone')).toBeVisible()
  await looksRight(page)
})
