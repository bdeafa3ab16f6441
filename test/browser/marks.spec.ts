/** Tags, fields, priority, following and mentions, by keyboard: from none to a conversation that says what it is about. */
import { expect, type Page, test } from './journey.ts'
import { looksRight } from './looks.ts'
import { liveOutside, writes } from './outside.ts'
import { ana, port } from './place.ts'

test.describe.configure({ mode: 'serial' })

liveOutside()
test.beforeAll(async () => {
  await writes('Giulia Volpe', 'giulia@volpe.example', {
    subject: 'Two Faro for the shop',
    text: 'Is the price still good?',
  })
})

const opened = async (page: Page) => {
  await page.goto('/inbox/open?sort=latest')
  await page.locator('.c', { hasText: 'Two Faro for the shop' }).first().click()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Two Faro for the shop')
}
const picker = (page: Page) => page.getByRole('dialog', { name: 'Tag this' })

test('tags are made and found by typing, put on and taken off without leaving the keys', async ({ page }) => {
  await opened(page)
  await page.keyboard.press('l')
  await expect(picker(page)).toBeVisible()
  const field = picker(page).getByRole('combobox')
  await field.fill('Wholesale')
  await expect(picker(page).getByRole('option', { name: 'Make the tag' })).toBeVisible()
  await field.press('Enter')
  await expect(picker(page).getByRole('option', { name: 'Wholesale' })).toHaveAttribute('aria-selected', 'true')
  await field.fill('شحن 🚚\u200f')
  await expect(picker(page).getByRole('option', { name: 'Make the tag' })).toBeVisible()
  await field.press('Enter')
  await field.fill('x'.repeat(61))
  await expect(picker(page)).toContainText('A tag has 60 letters at most.')
  await field.fill('wholeSALE')
  await expect(picker(page).getByRole('option')).toHaveCount(1)
  await field.fill('Market')
  await expect(picker(page).getByRole('option', { name: 'Make the tag' })).toBeVisible()
  await field.press('Enter')
  await expect(picker(page).getByRole('option', { name: 'Market' })).toBeVisible()
  await looksRight(page)
  await field.fill('market')
  await expect(picker(page).getByRole('option')).toHaveCount(1)
  await field.press('Enter')
  await page.keyboard.press('Escape')
  await expect(picker(page)).toHaveCount(0)
  await expect(page.locator('.meta .tag')).toHaveText([/Wholesale/, /شحن/])
  await expect(page.locator('.stream')).toContainText('You put on')
  await expect(page.locator('.stream')).not.toContainText('Market')
  await page.keyboard.press('Shift+P')
  await page.getByRole('menuitem', { name: 'High' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Priority: High' })).toBeVisible()
  await expect(page.getByRole('menu')).toHaveCount(0)
  await page.keyboard.press('f')
  await expect(page.locator('.followers')).toContainText('you')
  await expect(page.locator('.stream')).toContainText('You set the priority: High')
  await page.goto('/inbox/open?sort=latest')
  const row = page.locator('.c', { hasText: 'Two Faro for the shop' }).first()
  await expect(row).toContainText('High')
  await expect(row).toContainText('Wholesale')
})

test('fields are added, ordered, said in place, archived and brought back', async ({ page }) => {
  await page.goto('/settings/fields')
  await expect(page.getByRole('heading', { name: 'There are no fields yet.' })).toBeVisible()
  for (const [name, kind] of [
    ['Order number', 'text'],
    ['Machine', 'choice'],
    ['Price', 'number'],
  ] as const) {
    await page.getByRole('button', { name: 'Add a field' }).click()
    await page.getByLabel('Name').fill(name)
    await page.getByLabel('What it holds').selectOption(kind)
    if (kind === 'choice') {
      await page.getByLabel('Choice 1', { exact: true }).fill('Faro 2')
      await page.keyboard.press('Enter')
      await page.keyboard.type('Faro 3')
    }
    await page.getByRole('button', { name: 'Add it' }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  const names = page.locator('.fieldlist .strong')
  await page.getByRole('button', { name: 'Move Price up' }).focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(names).toHaveText(['Order number', 'Price', 'Machine'])
  await page.getByRole('button', { name: 'Move Order number down' }).press('Enter')
  await expect(names).toHaveText(['Price', 'Order number', 'Machine'])
  await looksRight(page)
  await page.getByRole('button', { name: 'Archive Order number' }).click()
  await expect(names).toHaveText(['Price', 'Machine'])
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(names).toHaveText(['Price', 'Order number', 'Machine'])

  await opened(page)
  await page.getByRole('button', { name: 'Price: nothing yet' }).press('Enter')
  await page.keyboard.type('12,x')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toHaveText('That is no number. Write it like 12.5.')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('5')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Price: 12.5. Change it' })).toBeFocused()
  await page.getByRole('button', { name: 'Machine: nothing yet' }).press('Enter')
  await page.getByRole('combobox', { name: 'Machine' }).selectOption('Faro 3')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Machine: Faro 3. Change it' })).toBeVisible()
  await expect(page.locator('.stream')).toContainText(/You wrote down .*Price.* and .*Machine/)
  await looksRight(page)
})

test('in the settings tags are renamed, merged and archived; a name that is taken offers to merge', async ({
  page,
}) => {
  const origin = `http://localhost:${port}`
  for (const name of ['Reseller', 'Old word'])
    await page.request.post('/api/v1/tags', { data: { name }, headers: { origin } })
  await page.goto('/settings/tags')
  const list = page.getByRole('list', { name: 'Tags' })
  await expect(list.getByRole('listitem').filter({ hasText: 'Wholesale' })).toContainText('on one conversation you see')
  await looksRight(page)
  await page.getByRole('button', { name: 'Change Reseller' }).click()
  await page.getByLabel('Name').fill('wholesale')
  await page.getByText('Leaf', { exact: true }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('There is a tag called “Wholesale” already.')).toBeVisible()
  await page.getByRole('button', { name: 'Merge the two instead' }).click()
  await expect(page.getByRole('dialog', { name: 'Merge two tags' })).toContainText('This can’t be undone.')
  await looksRight(page)
  await page.getByRole('button', { name: 'Merge them' }).click()
  await expect(list.getByText('Reseller')).toHaveCount(0)
  await page.getByLabel('Find a tag').fill('old')
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await page.getByRole('button', { name: 'Archive Old word' }).click()
  await expect(page.getByRole('heading', { name: 'No tag is called that.' })).toBeVisible()
  await page.getByText('Archived ones').click()
  await page.getByRole('button', { name: 'Bring back' }).click()
  await expect(page.getByText('“Old word” is back')).toBeVisible()
})

test('a note that mentions somebody stands there with their name as it is', async ({ page }) => {
  const origin = `http://localhost:${port}`
  const me = (await (await page.request.get('/api/v1/me')).json()) as { id: string }
  await opened(page)
  const number = page.url().match(/conversations\/(\d+)/)?.[1]
  const { id } = (await (await page.request.get(`/api/v1/conversations/number/${number}`)).json()) as { id: string }
  const body = `<p>For <span data-mention="${me.id}">@the boss</span>.</p>`
  const posted = await page.request.post(`/api/v1/conversations/${id}/notes`, { data: { body }, headers: { origin } })
  expect(posted.ok(), await posted.text()).toBe(true)
  await expect(page.getByRole('article', { name: 'Note from you' }).locator('[data-mention]')).toHaveText(
    `@${ana.name}`,
  )
})
