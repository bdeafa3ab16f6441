/** One matter in two mails, two matters in one, not now, and not before tomorrow: by keys where hands are on them, and all of it undone again. */
import { expect, type Page, test } from './journey.ts'
import { looksRight } from './looks.ts'
import { liveOutside, writes } from './outside.ts'

test.describe.configure({ mode: 'serial' })

const outside = liveOutside()
const customer = 'marta@lagoa.example'

const row = (page: Page, subject: string) => page.locator('.c', { hasText: subject })
const heading = (page: Page) => page.getByRole('heading', { level: 1 })
async function opened(page: Page, subject: string) {
  await page.goto('/inbox/open')
  await row(page, subject).click()
  await page.locator('.prev .title a', { hasText: subject }).click()
  await expect(heading(page)).toHaveText(subject)
}
async function asks(page: Page, item: string) {
  await page.locator('.ops').getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

test('two conversations about one matter are merged, and are two again', async ({ page }) => {
  await writes('Marta Reis', customer, { id: '<kettle@lagoa.example>', subject: 'The kettle leaks', text: 'It drips.' })
  await writes('Marta Reis', customer, { subject: 'Kettle, once more', text: 'It still drips. And send me the bill.' })
  await page.goto('/inbox/open')
  await expect(row(page, 'Kettle, once more')).toBeVisible()
  await opened(page, 'Kettle, once more')
  await asks(page, 'Merge with…')
  await page.getByRole('radio', { name: /The kettle leaks/ }).check()
  await expect(page.getByRole('dialog')).toContainText('The earliest answer promised stands.')
  await looksRight(page)
  await page.getByRole('button', { name: 'Merge', exact: true }).click()
  await expect(heading(page)).toHaveText('The kettle leaks')
  await expect(page.getByRole('article', { name: /Message from Marta/ })).toHaveCount(2)
  const side = page.getByRole('complementary', { name: 'About the customer' })
  await expect(side).toContainText('Merged into this')
  await side.getByRole('button', { name: 'Take it out again' }).click()
  await expect(page.getByRole('article', { name: /Message from Marta/ })).toHaveCount(1)
  await page.goto('/inbox/open')
  await expect(row(page, 'Kettle, once more')).toBeVisible()
})

test('a second matter is split off with a promise of its own', async ({ page }) => {
  await opened(page, 'The kettle leaks')
  await writes('Marta Reis', customer, {
    subject: 'Re: The kettle leaks',
    inReplyTo: '<kettle@lagoa.example>',
    text: 'By the way, do you rent mills?',
  })
  const second = page.getByRole('article', { name: /Message from Marta/ }).nth(1)
  await expect(second).toContainText('rent mills')
  await second.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Split this off…' }).click()
  await page.getByLabel('What the new one is about').fill('Renting a mill')
  await looksRight(page)
  await page.getByRole('button', { name: 'Split off one message' }).click()
  await expect(heading(page)).toHaveText('Renting a mill')
  const side = page.getByRole('complementary', { name: 'About the customer' })
  await expect(side).toContainText('this was split off from it')
  await expect(page.locator('.meta')).toContainText('by')
  await side.locator('.links').getByRole('link', { name: 'The kettle leaks' }).click()
  await expect(heading(page)).toHaveText('The kettle leaks')
  await expect(page.getByRole('article', { name: /Message from Marta/ })).toHaveCount(1)
})

test('later, and a reply for tomorrow: by keys alone', async ({ page }) => {
  await opened(page, 'Renting a mill')
  await page.keyboard.press('i')
  await expect(page.locator('.hd')).toContainText('yours')
  await page.keyboard.press('z')
  await expect(page.getByRole('dialog', { name: 'Later' })).toContainText('What is promised stays due.')
  await looksRight(page)
  await page.getByRole('button', { name: 'Put it off' }).press('Enter')
  await expect(page.locator('.notices')).toContainText('Back on your list')
  await page.goto('/inbox/mine')
  await expect(heading(page)).toBeVisible()
  await expect(row(page, 'Renting a mill')).toHaveCount(0)
  await opened(page, 'Renting a mill')
  await page.keyboard.press('r')
  await expect(page.locator('.ProseMirror')).toBeFocused()
  await page.keyboard.type('Dear Marta, yes, by the week.')
  await page.keyboard.press('Alt+3')
  await page.keyboard.press('Alt+Shift+L')
  await expect(page.getByRole('button', { name: /Next working morning/ })).toBeFocused()
  await looksRight(page)
  await page.keyboard.press('Enter')
  await expect(page.locator('.notices')).toContainText('Will be sent')
  await opened(page, 'Renting a mill')
  const waiting = page.getByRole('article', { name: /that waits/ })
  await expect(waiting).toContainText('unless Marta writes before')
  await looksRight(page)
  expect(outside.sent.filter(each => each.includes('by the week'))).toEqual([])
  await waiting.getByRole('button', { name: 'Send now' }).press('Enter')
  await expect(waiting).toHaveCount(0)
  await expect(page.locator('.hd')).toContainText('Answered')
  await expect.poll(() => outside.sent.filter(each => each.includes('by the week')).length, { timeout: 30_000 }).toBe(1)
})
