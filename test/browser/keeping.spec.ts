/** What an administrator looks after: finding a setting, rights, the look, how long things are kept, and a backup that is made and verified. */
import { expect, test } from './journey.ts'
import { looksRight } from './looks.ts'

const logo =
  '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><circle cx="32" cy="32" r="30" fill="teal"/></svg>'

test('settings are found by what they are for, and rights are switched and taken back', async ({ page }) => {
  await page.goto('/settings')
  await page.getByPlaceholder('Find a setting').fill('permissions')
  await looksRight(page)
  await page
    .getByRole('main')
    .getByRole('link', { name: /What each role may do/ })
    .click()
  const merging = page.getByRole('switch', { name: 'Merge and split, Team-mate' })
  await expect(merging).toBeChecked()
  await looksRight(page)
  await merging.click()
  await expect(merging).not.toBeChecked()
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect(merging).toBeChecked()
})

test('the look is seen before it is saved, refuses what can’t be read, and is taken back', async ({ page }) => {
  await page.goto('/settings/look')
  await page.getByLabel('Accent colour').fill('#ffcc00')
  await expect(page.getByText('Words in this colour would be hard to read')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled()
  await looksRight(page)
  await page.getByLabel('Accent colour').fill('#5b2a86')
  await page
    .getByLabel('Choose a picture')
    .setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(logo) })
  await expect(page.getByRole('img', { name: 'The picture chosen' })).toBeVisible()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('This is how Pond looks now.')).toBeVisible()
  const rail = page.getByRole('navigation').first()
  await expect(rail.locator('img.mark')).toHaveAttribute('src', /\/look\/logo\/.*small\.png/)
  const accent = () => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--pond-accent'))
  await expect.poll(accent).toBe('#5b2a86')
  await looksRight(page)
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect.poll(accent).toBe('#1a6084')
  await expect(rail.locator('img.mark')).toHaveCount(0)
})

test('a backup is made and verified while one looks on, and says how to bring it back', async ({ page }) => {
  await page.goto('/settings/backups')
  await page.getByRole('button', { name: 'Make one now' }).click()
  await expect(page.getByText('not verified yet')).toBeVisible({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Verify', exact: true }).click()
  await expect(page.getByText(/^Verified/)).toBeVisible({ timeout: 90_000 })
  await looksRight(page)
  await page.getByRole('button', { name: 'How to restore' }).click()
  await expect(page.getByRole('dialog')).toContainText(/bin\/pond restore '.*' --verify/)
  await page.keyboard.press('Escape')
  await page.goto('/settings/retention')
  await page.getByLabel('Trash').selectOption('7')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('This holds from tonight on.')).toBeVisible()
  await looksRight(page)
  await page.goto('/settings/protection')
  await looksRight(page)
})
