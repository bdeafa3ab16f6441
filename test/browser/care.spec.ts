/** Keeping in touch: a relationship gets a keeper and a rhythm, a visit is written down on a phone, a check-in is written with facts beside it and nothing put in, and something is given away without asking. */
import { expect, type Page, test } from './journey.ts'
import { looksRight } from './looks.ts'
import { liveOutside, writes } from './outside.ts'
import { port } from './place.ts'

test.describe.configure({ mode: 'serial' })

const outside = liveOutside({ atOnce: true })
const customer = 'ines@saudade.example'

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

test('what goes beyond the allowance is decided on Today by who leads; whoever asked is told, and what was given is taken back with a reason', async ({
  page,
  browser,
}) => {
  const { teams } = (await (await page.request.get('/api/v1/me')).json()) as { teams: { id: string }[] }
  const bram = { name: 'Bram de Wit', address: 'bram@rosendal.example' }
  const made = await page.request.post('/api/v1/members', {
    data: { ...bram, teams: [{ teamId: teams[0]!.id, role: 'teammate' }] },
    headers,
  })
  const token = new URL((await made.json()).link).hash.replace('#token=', '')
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } })
  const used = await context.request.post(`${headers.origin}/api/v1/links/use`, {
    data: { token, password: 'nine quiet herons wade' },
    headers,
  })
  expect(used.ok(), await used.text()).toBe(true)
  const his = await context.newPage()
  await his.goto(`${headers.origin}/people/${ines}`)
  await his.getByRole('button', { name: 'Give something' }).click()
  const giving = his.getByRole('dialog', { name: 'Give something' })
  await giving.getByLabel('What they get').fill('half the machine')
  await giving.getByLabel('Amount in EUR').fill('990')
  await giving.getByLabel('Why', { exact: true }).fill('It broke a second time')
  await giving.getByRole('button', { name: 'Ask Ana Kovačević' }).click()
  await expect(his.locator('.notices')).toContainText('Ana Kovačević was asked to decide')

  await page.goto('/')
  const section = page.getByRole('region', { name: 'To say yes or no to' })
  await expect(section).toContainText('It broke a second time')
  // It stands among her promises, too, and is decided from there as well.
  await expect(page.locator('.due', { hasText: 'Decide: “half the machine”' })).toContainText('Bram de Wit')
  await looksRight(page)
  await section.getByRole('button', { name: 'No' }).click()
  await page.keyboard.press('Escape')
  await page.locator('.due', { hasText: 'half the machine' }).getByRole('button', { name: 'Decide' }).click()
  const deciding = page.getByRole('dialog', { name: 'Yes or no to this' })
  await looksRight(page)
  await deciding.getByLabel('A word with it, if you like').fill('Gladly.')
  await deciding.getByRole('button', { name: 'Yes' }).click()
  await expect(page.locator('.notices')).toContainText('Bram de Wit has your yes')
  await expect(section).toHaveCount(0)

  await his.goto(`${headers.origin}/notifications`)
  await expect(
    his.getByRole('link', { name: 'Ana Kovačević says yes to what you asked for Inês Carvalho' }),
  ).toBeVisible()
  await his.goto(`${headers.origin}/goodwill`)
  const given = his.locator('.given', { hasText: 'half the machine' })
  await expect(given).toContainText('Ana Kovačević: “Gladly.”')
  await given.getByRole('button', { name: /Take back/ }).click()
  const taking = his.getByRole('dialog', { name: 'Take this back' })
  await taking.getByText('Yes, it was used').click()
  await taking.getByRole('button', { name: 'Take it back' }).click()
  await expect(taking).toContainText('A few words on why.')
  await looksRight(his)
  await taking.getByLabel('Why it is taken back').fill('It was the fuse after all')
  await taking.getByRole('button', { name: 'Take it back' }).click()
  await expect(given).toContainText('taken back after it was used')
  await expect(given).toContainText('It was the fuse after all')
  await page.goto('/notifications')
  await context.close()
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
