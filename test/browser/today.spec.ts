/** Today: promises by their time, live, moved by keys; and what customers promised us. */
import { expect, type Locator, type Page, test } from './journey.ts'
import { looksRight } from './looks.ts'

const hour = 3_600_000
const at = (ms: number) => new Date(Date.now() + ms).toISOString()

/** A phone call, noted by the desk's own endpoint, that ends with a promise. */
async function noteCall(page: Page, subject: string, name: string, nextStep: Record<string, unknown>) {
  const me = await (await page.request.get('/api/v1/me')).json()
  const answer = await page.request.post('/api/v1/conversations', {
    data: {
      is: 'phone',
      teamId: me.teams[0].id,
      customer: { name, address: `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@cafe.example` },
      subject,
      body: '<p>They called.</p>',
      nextStep,
    },
  })
  expect(answer.ok(), await answer.text()).toBe(true)
  return (await answer.json()) as { conversationId: string }
}

async function go(page: Page, key: 'j' | 'k', row: Locator) {
  for (let presses = 0; presses < 20 && (await row.getAttribute('data-focus')) !== 'true'; presses++) {
    await page.keyboard.press(key)
    await page.waitForTimeout(50)
  }
  await expect(row).toHaveAttribute('data-focus', 'true')
}

test('a promise appears by its time without a reload, and its row acts by keys', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await noteCall(page, 'The Faro trips the fuse', 'Inês Carvalho', {
    is: 'we-get-back',
    words: 'Say who comes to look at the Faro 3',
    dueAt: at(2 * hour),
    kind: 'action',
  })
  const first = page.getByRole('listitem').filter({ hasText: 'Say who comes to look at the Faro 3' })
  await expect(first).toBeVisible()
  await expect(first).toContainText('in 2 h')
  await noteCall(page, 'A grinder offer', 'Park Ji-woo', {
    is: 'we-get-back',
    words: 'Send a grinder offer',
    dueAt: at(80 * hour),
    kind: 'action',
  })
  const second = page.getByRole('listitem').filter({ hasText: 'Send a grinder offer' })
  await expect(second).toBeVisible()
  await looksRight(page)
  // Other journeys left promises of their own above, between and below.
  await go(page, 'k', first)
  await go(page, 'j', second)
  await go(page, 'k', first)
  await page.keyboard.press('z')
  const dialog = page.getByRole('dialog', { name: 'Name a new time' })
  await looksRight(page)
  await dialog.getByRole('button', { name: 'Monday, 12:00' }).click()
  await dialog.getByLabel('What will be done').fill('Bring the new element')
  await dialog.getByLabel(/^What Inês is told/).fill('')
  await dialog.getByRole('button', { name: 'Move it', exact: true }).click()
  await expect(page.getByText('The promise has a new time.')).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'Bring the new element' })).toContainText('12:00')
})

test('Enter opens the conversation, and what they promised stands beside', async ({ page }) => {
  const { conversationId } = await noteCall(page, 'Serial number', 'Matteo Ricci', {
    is: 'your-turn',
    askAgainAt: at(100 * hour),
    theirs: { words: 'sends the serial number', dueAt: at(50 * hour) },
  })
  await page.goto('/')
  const theirs = page.getByRole('complementary').getByRole('listitem').filter({ hasText: 'Matteo Ricci' })
  await expect(theirs).toContainText('sends the serial number')
  await looksRight(page)
  await theirs.getByRole('button', { name: /It came/ }).click()
  await expect(theirs).toHaveCount(0)
  await page.getByRole('link', { name: 'Ask again about “Serial number”' }).click()
  await expect(page).toHaveURL(new RegExp(conversationId))
})
