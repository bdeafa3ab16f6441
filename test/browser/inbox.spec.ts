/** Lists: choosing several, putting away and taking back; beginning a conversation; what can be done to one. */
import { expect, type Page, test } from '@playwright/test'
import { looksRight } from './looks.ts'
import { anOutside, type Outside, writes } from './outside.ts'

test.describe.configure({ mode: 'serial' })

let outside: Outside
test.beforeAll(async ({ browser }) => {
  const context = await browser.newContext()
  outside = await anOutside(context.request)
  await context.close()
  for (const n of [1, 2, 3])
    await writes(`Customer ${n}`, `customer${n}@shop.example`, { subject: `Matter ${n}`, text: `About matter ${n}.` })
})
test.afterAll(() => outside.stop())

const row = (page: Page, subject: string) => page.locator('.c', { hasText: subject })

test('several are chosen with Shift, put in the trash, and taken back', async ({ page }) => {
  await page.goto('/inbox/open?sort=latest')
  await expect(row(page, 'Matter 3')).toBeVisible()
  await row(page, 'Matter 3').click()
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Shift+X')
  await expect(page.getByRole('toolbar', { name: 'With the chosen ones' })).toContainText('3 chosen')
  await looksRight(page)
  await page.keyboard.press('#')
  await expect(row(page, 'Matter 1')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  for (const n of [1, 2, 3]) await expect(row(page, `Matter ${n}`)).toBeVisible()
})

test('one is made mine, gets a day it is needed by, and is closed with a reason', async ({ page }) => {
  await page.goto('/inbox/open?sort=latest')
  await row(page, 'Matter 2').click()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Matter 2')
  await page.keyboard.press('i')
  await expect(page.locator('.hd')).toContainText('yours')
  await page.getByRole('button', { name: 'Needed by?' }).click()
  await looksRight(page)
  await page.getByLabel('They need it by').fill('in 3 days')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('button', { name: /Needed by \w+/ })).toBeVisible()
  await page.keyboard.press('e')
  await page.getByLabel('Duplicate').check()
  await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click()
  await page.goto('/inbox/closed')
  await expect(row(page, 'Matter 2')).toBeVisible()
})

test('an empty list teaches, and a number nobody has says so', async ({ page }) => {
  await page.goto('/inbox/spam')
  await expect(page.getByText('Nothing here.')).toBeVisible()
  await looksRight(page)
  await page.goto('/conversations/999999')
  await expect(page.getByText('There is nothing for you at 999999.')).toBeVisible()
})

test('one writes first, and notes a phone call', async ({ page }) => {
  await page.goto('/inbox/mine')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Mine')
  await page.keyboard.press('c')
  await page.getByLabel('For whom').fill('Aino Mäkelä <aino@lumi.example>')
  await page.getByLabel('About').fill('How is the grinder?')
  await page.locator('.ProseMirror').click()
  await page.keyboard.type('Dear Aino, is it still quiet?')
  await looksRight(page)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('How is the grinder?')
  await expect.poll(() => outside.sent.some(mail => mail.includes('aino@lumi.example')), { timeout: 20_000 }).toBe(true)
  await page.goto('/write?is=phone')
  await page.getByLabel('For whom').fill('Oluwaseun Adeyemi')
  await page.getByLabel('Phone number').fill('+31 10 555 0142')
  await page.getByLabel('About').fill('The gasket')
  await page.locator('.ProseMirror').click()
  await page.keyboard.type('It is in, no leak so far.')
  await page.getByLabel('What you promise').fill('call again')
  await page.getByRole('button', { name: 'Keep and promise' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The gasket')
  await expect(page.getByText('on the phone')).toBeVisible()
})
