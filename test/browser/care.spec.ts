/** Keeping in touch: a relationship gets a keeper and a rhythm, a visit is written down on a phone, a check-in is written with facts beside it and nothing put in, and something is given away without asking. */
import { expect, type Page, test } from './journey.ts'
import { looksRight } from './looks.ts'
import { anOutside, type Outside, writes } from './outside.ts'
import { port } from './place.ts'

test.describe.configure({ mode: 'serial' })

let outside: Outside
const customer = 'ines@saudade.example'
test.beforeAll(async ({ browser }) => {
  const context = await browser.newContext()
  outside = await anOutside(context.request)
  await context.close()
})
test.afterAll(() => outside.stop())

const headers = { origin: `http://localhost:${port}` }
type Row = { id: string; number: number; customer: { id: string }; version: number }
async function conversation(page: Page, subject: string): Promise<Row> {
  let found: Row | undefined
  await expect
    .poll(
      async () => {
        const answer = await page.request.get(`/api/v1/conversations?view=open&q=${encodeURIComponent(`"${subject}"`)}`)
        const { rows } = (await answer.json()) as { rows: Row[] }
        found = rows[0]
        return rows.length
      },
      { timeout: 30_000 },
    )
    .toBe(1)
  return found as Row
}

let ines: string

test('a relationship is kept from its page, and something is given within the allowance', async ({ page }) => {
  await writes('Inês Carvalho', customer, { subject: 'The grinder came broken', text: 'The lid is cracked. What now?' })
  const it = await conversation(page, 'The grinder came broken')
  ines = it.customer.id
  await page.goto(`/conversations/${it.number}`)
  const side = page.getByRole('complementary', { name: 'About the customer' })
  await side.getByRole('button', { name: 'Give something' }).click()
  const dialog = page.getByRole('dialog', { name: 'Give something' })
  await expect(dialog).toContainText('€200.00 of €200.00 left without asking.')
  await dialog.getByLabel('What they get').fill('a new lid')
  await dialog.getByRole('button', { name: 'Give it' }).click()
  await expect(dialog).toContainText('A few words on why.')
  await looksRight(page)
  await dialog.getByLabel('Amount in EUR').fill('24.50')
  await dialog.getByLabel('Why', { exact: true }).fill('The parcel arrived broken')
  await dialog.getByRole('button', { name: 'Give it' }).click()
  await expect(page.locator('.notices')).toContainText('Given to Inês Carvalho')
  await expect(page.locator('.line', { hasText: 'You gave a credit of €24.50' })).toBeVisible()
  await page.goto('/goodwill')
  await expect(page.getByText('You have €175.50 of €200.00 left this quarter.')).toBeVisible()
  await expect(page.locator('.given', { hasText: 'a new lid' })).toContainText('The parcel arrived broken')
  await looksRight(page)
  const file = await page.request.get('/api/v1/goodwill/export')
  expect(await file.text()).toContain(',24.50,EUR,a new lid,')
  const { version } = (await (await page.request.get(`/api/v1/conversations/${it.id}`)).json()) as Row
  const closed = await page.request.post(`/api/v1/conversations/${it.id}/close`, {
    data: { seenVersion: version, because: 'thanks' },
    headers,
  })
  expect(closed.ok(), await closed.text()).toBe(true)
  await page.goto(`/people/${ines}`)
  await page.getByRole('button', { name: 'Keep it' }).click()
  const keeping = page.getByRole('dialog', { name: 'Who keeps Inês Carvalho' })
  await keeping.getByRole('button', { name: '30 days' }).click()
  await looksRight(page)
  await keeping.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('You keep this. In touch every 30 days.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Next check-in' })).toBeVisible()
})

test('a visit is written down on a phone, with what was promised in it', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/touch')
  await page.getByRole('combobox', { name: 'With whom' }).fill('inê')
  await expect(page.getByRole('option', { name: /Inês Carvalho/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Visit' }).click()
  await page.getByLabel('What was said').fill('The second bar opens in May.')
  await page.getByRole('button', { name: 'Something was promised in it' }).click()
  await page.getByLabel('What was promised').fill('send the manual for the new grinder')
  await looksRight(page)
  await page.getByRole('button', { name: 'Write it down' }).click()
  await expect(page.locator('.notices')).toContainText('The visit to Inês Carvalho is written down')
})

test('a check-in is written with what there is to talk about beside it, and is kept by that', async ({ page }) => {
  await page.goto('/check-ins')
  const row = page.locator('.checkinlist li', { hasText: 'Inês Carvalho' })
  await expect(row).toContainText('A visit today.')
  await looksRight(page)
  await row.getByRole('link', { name: 'Inês Carvalho' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Inês Carvalho' })).toBeVisible()
  await expect(page.getByText('The second bar opens in May.')).toBeVisible()
  await expect(page.getByText('The lid is cracked. What now?')).toBeVisible()
  await looksRight(page)
  await page.keyboard.press('r')
  const facts = page.getByRole('complementary', { name: 'What there is to talk about' })
  await expect(facts).toContainText('send the manual for the new grinder')
  await expect(page.getByRole('combobox', { name: 'For whom' })).toHaveValue(/Inês Carvalho/)
  // Nothing is put in for the writer.
  await expect(page.locator('.ProseMirror')).toHaveText('')
  await page.getByLabel('About', { exact: true }).fill('Your second bar')
  await page.locator('.ProseMirror').fill('Dear Inês, how do the preparations go?')
  await looksRight(page)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your second bar')
  await expect
    .poll(() => outside.sent.filter(each => each.includes('how do the preparations go')).length, { timeout: 30_000 })
    .toBe(1)
  await page.goto('/check-ins')
  await expect(page.getByRole('heading', { name: 'Nobody to check in with' })).toBeVisible()
  await looksRight(page)
})

test('an administrator says how often, and how much', async ({ page }) => {
  await page.goto('/settings/care')
  await page.getByLabel('Days between two unasked messages').fill('21')
  await looksRight(page)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.locator('.notices')).toContainText('Saved')
  await page.goto('/settings/goodwill')
  await page.getByLabel('A teammate').fill('75')
  await page.getByLabel('Currency').fill('CHF')
  await looksRight(page)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.locator('.notices')).toContainText('Saved')
})
