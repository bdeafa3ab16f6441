/** Signing in, being refused, coming back to where one was, signing out. */
import { expect, test } from './journey.ts'
import { looksRight } from './looks.ts'
import { ana } from './place.ts'

test.use({ storageState: { cookies: [], origins: [] } })

test('a wrong password says what is safe and what to do', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByLabel('Mail address').fill(ana.address)
  await page.getByLabel('Password').fill('not the password')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('That didn’t fit')
  await expect(page.getByRole('alert')).toContainText('Nobody is locked out')
  await looksRight(page)
})

test('signing in leads back to what was asked for, and signing out forgets', async ({ page }) => {
  await page.goto('/settings/account')
  await expect(page).toHaveURL(/\/sign-in\?back=/)
  await page.getByLabel('Mail address').fill(ana.address)
  await page.getByLabel('Password').fill(ana.password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(ana.name)
  await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Ana.')
  await page.goto('/')
  await expect(page).toHaveURL(/\/sign-in/)
})

test('a link by mail is promised the same to a stranger as to a member', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Forgotten?' }).click()
  await page.getByLabel('Mail address').fill('stranger@nowhere.example')
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await expect(page.getByRole('status')).toContainText('If stranger@nowhere.example belongs to an account here')
  await looksRight(page)
})
