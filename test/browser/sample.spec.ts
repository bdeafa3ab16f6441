/** Looking around with the sample organisation: one click brings it, every page says so, one click removes it. */
import { expect, test } from './journey.ts'
import { looksRight } from './looks.ts'

test('the sample opens on a Today with promises, and goes without a trace', async ({ page }) => {
  await page.goto('/start')
  await page.getByRole('button', { name: 'Open the sample' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/promise/, { timeout: 30_000 })
  await expect(page.getByRole('navigation', { name: 'Pond' }).getByText('Sample', { exact: true })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Late', exact: true })).toBeVisible()
  await looksRight(page)
  await page.goto('/settings/people')
  await page.getByRole('button', { name: 'Remove the sample' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Everything of yours stays.')
  await dialog.getByRole('button', { name: 'Remove the sample' }).click()
  await expect(page.getByText('The sample is gone.')).toBeVisible({ timeout: 30_000 })
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).not.toContainText('late')
  await expect(page.getByRole('navigation', { name: 'Pond' }).getByText('Sample', { exact: true })).toHaveCount(0)
})
