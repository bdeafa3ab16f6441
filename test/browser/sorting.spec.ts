/** Sorting what comes in: a rule is tried and made, mail arrives sorted, a sender is blocked, and a deputy answers for who is away. */
import { type APIRequestContext, expect, type Page, test } from './journey.ts'
import { looksRight } from './looks.ts'
import { liveOutside, writes } from './outside.ts'
import { port } from './place.ts'

test.describe.configure({ mode: 'serial' })

const outside = liveOutside()
test.beforeAll(async () => {
  await writes('Old Customer', 'old@ledger.example', { subject: 'Invoice of last month', text: 'It never came.' })
})

const row = (page: Page, subject: string) => page.locator('.c', { hasText: subject })
const ask = async (request: APIRequestContext, method: 'get' | 'post' | 'put', path: string, data?: unknown) => {
  const answer = await request[method](path, { data, headers: { origin: `http://localhost:${port}` } })
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true)
  return answer.json()
}

test('a rule is tried over past mail, made, and sorts the next mail into its team with its tag', async ({ page }) => {
  const { request } = page
  const { calendars } = await ask(request, 'get', '/api/v1/calendars')
  const me = await ask(request, 'get', '/api/v1/me')
  const targets = { replyWithin: 60, followUpDays: 7, reopenDays: 30 }
  const about = { name: 'Billing', fallbackId: me.id, calendarId: calendars[0].id, ...targets }
  await ask(request, 'post', '/api/v1/teams', about)
  await expect
    .poll(async () =>
      (await ask(request, 'get', '/api/v1/conversations?view=open')).rows.map(
        (one: { subject: string }) => one.subject,
      ),
    )
    .toContain('Invoice of last month')
  await page.goto('/settings/rules')
  await expect(page.getByText('No rules yet')).toBeVisible()
  await looksRight(page)
  await page.getByRole('button', { name: 'Make a rule' }).click()
  const dialog = page.getByRole('dialog', { name: 'A new rule' })
  await dialog.getByLabel('What it is called').fill('Invoices')
  await dialog.getByLabel('With words').fill('invoice')
  await dialog.getByLabel('Goes to the team').selectOption('Billing')
  await dialog.getByLabel('Priority').selectOption('High')
  await dialog.getByRole('button', { name: 'Choose tags' }).click()
  const tags = page.getByRole('dialog').last().getByRole('combobox', { name: /tag/ })
  await tags.fill('Money')
  await page.getByRole('option', { name: /Money/ }).click()
  await expect(page.getByRole('option', { name: /Money/ })).toHaveAttribute('aria-selected', 'true')
  await tags.press('Escape')
  await dialog.getByRole('button', { name: 'Try it' }).click()
  await expect(dialog.getByText(/It would have fitted/)).toBeVisible()
  await expect(dialog.locator('.tried')).toContainText('Invoice of last month')
  await expect(dialog.locator('.tried li').first()).toContainText(/team, tags,? and priority/)
  await looksRight(page)
  await dialog.getByRole('button', { name: 'Save the rule' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByText(/goes to Billing/)).toBeVisible()
  await looksRight(page)
  await writes('Giulia Volpe', 'giulia@bar.example', { subject: 'Your INVOICES', text: 'Which one is right?' })
  await page.goto('/inbox/all?sort=latest')
  await row(page, 'Your INVOICES').click()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your INVOICES')
  await expect(page.getByText(/Rule “Invoices”: moved this to Billing, tagged this Money/)).toBeVisible()
  await expect(page.locator('.tag', { hasText: 'Money' }).first()).toBeVisible()
  await looksRight(page)
  await expect
    .poll(() => outside.sent.filter(mail => mail.includes('giulia@bar.example')).join(''))
    .toContain('Billing')
  await page.goto('/settings/rules')
  await expect(page.getByText('fitted once in 30 days')).toBeVisible()
  await page.getByRole('button', { name: 'Remove the rule Invoices' }).click()
  await expect(page.getByText('No rules yet')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('switch', { name: 'Use the rule Invoices' }).click()
  await expect(page.getByText('Off · ')).toBeVisible()
})

test('a sender is blocked from a conversation: the next mail lies in spam with the reason, and nobody is answered', async ({
  page,
}) => {
  await writes('Pill Shop', 'shop@pills.example', { subject: 'Cheap pills', text: 'Buy now.' })
  await page.goto('/inbox/open?sort=latest')
  await row(page, 'Cheap pills').click()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Block the sender' }).click()
  await page.getByText('Everybody at pills.example').click()
  await looksRight(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Block', exact: true }).click()
  await expect(page.getByText('pills.example is blocked.')).toBeVisible()
  await expect.poll(() => outside.sent.filter(mail => mail.includes('shop@pills.example')).length).toBe(1)
  await writes('Pill Shop', 'other@mail.pills.example', { subject: 'Cheaper pills', text: 'Buy today.' })
  await page.goto('/inbox/spam')
  await row(page, 'Cheaper pills').click()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Pond put this into spam, because pills.example is blocked.')).toBeVisible()
  await looksRight(page)
  expect(outside.sent.filter(mail => mail.includes('other@mail.pills.example'))).toEqual([])
  await page.goto('/settings/spam')
  await expect(page.getByText('everybody at pills.example')).toBeVisible()
  await expect(page.getByText('one mail kept out in 30 days')).toBeVisible()
  await looksRight(page)
  await page.getByLabel('Address or domain').fill('gmail.com')
  await page.getByRole('button', { name: 'Block', exact: true }).click()
  await expect(page.getByText('Block the one address instead. Nothing was changed.')).toBeVisible()
  await page.getByText('Sure', { exact: true }).click()
  await expect(page.getByText('Little spam arrives.')).toBeVisible()
  await page.getByRole('button', { name: 'Unblock pills.example' }).click()
  await expect(page.getByText('pills.example can write again.')).toBeVisible()
})

test('who is away is answered for by their deputy, and the conversation says so', async ({ page, browser }) => {
  const { request } = page
  const me = await ask(request, 'get', '/api/v1/me')
  // The team that mail comes in to; another may have been made for a rule.
  const [team] = me.teams.filter((each: { name: string }) => each.name !== 'Billing')
  const teamId = team.id as string
  const invitation = { name: 'Cleo Adams', address: 'cleo@rosendal.example', teams: [{ teamId, role: 'teammate' }] }
  const { link } = await ask(request, 'post', '/api/v1/members', invitation)
  const theirs = await browser.newContext({ storageState: { cookies: [], origins: [] } })
  const cleo = await theirs.newPage()
  await cleo.goto(new URL(link).pathname + new URL(link).hash)
  await cleo.getByLabel('Password').fill('a careful cormorant')
  await cleo.getByRole('button', { name: 'Come in' }).click()
  await expect(cleo.getByRole('heading', { level: 1 })).toContainText(/due|late|Nothing/)
  await writes('Amélie Fontaine', 'amelie@cafe.example', { subject: 'The grinder hums', text: 'Since Monday.' })
  await cleo.goto('/inbox/open?sort=latest')
  await row(cleo, 'The grinder hums').click()
  await cleo.keyboard.press('Enter')
  await cleo.keyboard.press('i')
  await expect(cleo.locator('.hd')).toContainText('yours')
  const here = cleo.url()
  await cleo.goto('/settings/absence')
  const today = await cleo.evaluate(() => new Date().toISOString().slice(0, 10))
  await cleo.getByLabel('First day').fill(today)
  await cleo.getByLabel('Who answers meanwhile').selectOption(me.name)
  await cleo.getByRole('button', { name: 'Add absence' }).click()
  await expect(cleo.getByText(/away until/)).toBeVisible()
  await looksRight(cleo)
  await theirs.close()
  await page.goto('/')
  await expect(page.getByText(/You answer for Cleo Adams until/)).toBeVisible()
  await expect(page.locator('.due', { hasText: 'The grinder hums' })).toContainText(/for Cleo until/)
  await looksRight(page)
  await page.goto(here)
  await expect(page.getByText(/Cleo is away until .*; you answer\./)).toBeVisible()
  await looksRight(page)
  await page.goto(`/settings/teams/${teamId}`)
  await page.getByLabel('A new conversation').selectOption('goes to who has least open')
  await page.getByLabel('Limit for Cleo Adams').fill('1')
  await page.getByLabel('Limit for Cleo Adams').press('Enter')
  await expect(page.getByText('one open · full')).toBeVisible()
  await looksRight(page)
  await page.getByLabel('A new conversation').selectOption('belongs to nobody until somebody takes it')
})
