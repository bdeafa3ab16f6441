/** Search: from any page by one key, results while one types, operators completed by keyboard, another spelling, what was searched for lately. */
import { expect, test } from './journey.ts'
import { looksRight } from './looks.ts'
import { liveOutside, writes } from './outside.ts'

liveOutside()
test.beforeAll(async () => {
  await writes('Inês Carvalho', 'ines@saudade.example', {
    subject: 'The Faro trips the fuse',
    text: 'Each sunrise the machine F3-20931 trips the fuse. Is it safe? <b>Thank you</b>.',
  })
})

test('a word from a mail leads to its conversation without a mouse', async ({ page }) => {
  await page.goto('/inbox/open?sort=latest')
  await expect(page.locator('.c', { hasText: 'The Faro trips the fuse' }).first()).toBeVisible()
  await page.keyboard.press('/')
  const field = page.getByRole('combobox', { name: 'Search conversations, people and files' })
  await expect(field).toBeFocused()
  await page.keyboard.type('f3-2093')
  const hit = page.locator('.hit', { hasText: 'The Faro trips the fuse' }).first()
  await expect(hit.locator('mark').first()).toHaveText('F3-20931')
  await expect(hit).toContainText('<b>Thank you</b>')
  await expect(page).toHaveURL(/q=f3-2093/)
  await looksRight(page)

  await field.fill('')
  await page.keyboard.type('sunrise is:o')
  await expect(page.getByRole('option', { name: /open/i }).first()).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(field).toHaveValue('sunrise is:open ')
  await expect(page.getByRole('list', { name: 'What this search asks for' })).toContainText('open')
  await expect(hit).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(hit).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The Faro trips the fuse')

  await page.goBack()
  await expect(field).toHaveValue(/sunrise is:open/)
  await field.fill('tag:nosuchtag')
  await expect(page.getByText('Nothing here is called that')).toBeVisible()
  await field.fill('carvalho')
  await expect(page.locator('.person', { hasText: 'ines@saudade.example' })).toBeVisible()

  await field.fill('')
  const recent = page.getByRole('region', { name: 'Searched for lately' })
  await expect(recent.getByRole('button', { name: 'sunrise is:open', exact: true })).toBeVisible()
  await looksRight(page)
  await recent.getByRole('button', { name: 'Forget “sunrise is:open”' }).click()
  await expect(recent).toHaveCount(0)
})
