/** A list is filtered by keys alone, kept as a team's view that another member sees with its count, changed in bulk and taken back. */
import { type Browser, expect, type Page, test } from './journey.ts'
import { looksRight } from './looks.ts'
import { liveOutside, writes } from './outside.ts'
import { port } from './place.ts'

test.describe.configure({ mode: 'serial' })

liveOutside()
test.beforeAll(async () => {
  for (const n of [1, 2, 3])
    await writes(`Reader ${n}`, `reader${n}@books.example`, { subject: `Book ${n}`, text: `About book ${n}.` })
})

const row = (page: Page, subject: string) => page.locator('.c', { hasText: subject })
const settled = (page: Page) => expect(page.getByRole('heading', { level: 1 })).toBeVisible()

/** Another member of the same team, in a browser of their own. */
async function aColleague(page: Page, browser: Browser): Promise<Page> {
  const headers = { origin: `http://localhost:${port}` }
  const me = (await (await page.request.get('/api/v1/me')).json()) as { teams: { id: string }[] }
  const address = `bram${Date.now()}@rosendal.example`
  const teams = [{ teamId: me.teams[0]!.id, role: 'teammate' }]
  const invited = await page.request.post('/api/v1/members', { data: { name: 'Bram de Wit', address, teams }, headers })
  expect(invited.ok(), await invited.text()).toBe(true)
  const { link } = (await invited.json()) as { link: string }
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } })
  const other = await context.newPage()
  await other.goto(link.replace(/^https?:\/\/[^/]+/, ''))
  await other.getByLabel('Password').fill('eight quick otters')
  await other.keyboard.press('Enter')
  await expect(other.getByRole('navigation', { name: 'Pond' })).toBeVisible()
  return other
}

test('a filter is built by keys, saved for the team, and another member sees it with its count', async ({
  page,
  browser,
}) => {
  await page.goto('/inbox/open')
  await expect(row(page, 'Book 3')).toBeVisible()
  await page.keyboard.press('f')
  await page.getByRole('combobox', { name: 'Filter by' }).fill('customer')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: 'Customer' })).toBeFocused()
  await page.keyboard.type('@books.example')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/q=customer/)
  await expect(page.locator('.c[data-row]')).toHaveCount(3)
  await page.keyboard.press('f')
  await page.getByRole('combobox', { name: 'Filter by' }).fill('-owner:me tag:nosuch')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/Nothing here is called that: .*nosuch/)).toBeVisible()
  await expect(page.getByText('Nothing fits this filter.')).toBeVisible()
  await looksRight(page)
  await page.getByRole('button', { name: 'Change: Tag: nosuch' }).focus()
  await page.keyboard.press('Delete')
  await expect(page.locator('.c[data-row]')).toHaveCount(3)
  await page.keyboard.press('Shift+S')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Books')
  await dialog.getByLabel(/Everybody in/).check()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/views\//)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Books')
  const rail = page.getByRole('navigation', { name: 'Pond' })
  await expect(rail.getByRole('link', { name: /^Books/ })).toHaveText(/Books\s*3/)

  const other = await aColleague(page, browser)
  await expect(other.getByRole('navigation', { name: 'Pond' }).getByRole('link', { name: /^Books/ })).toHaveText(
    /Books\s*3/,
  )
  await other.keyboard.press('Control+K')
  await other.keyboard.type('books')
  await other.getByRole('option', { name: /Go to view/ }).click()
  await expect(other.locator('.c[data-row]')).toHaveCount(3)

  // Both take the next one at once, and each gets another.
  await other.goto('/inbox/unowned')
  await page.goto('/inbox/unowned')
  await Promise.all([settled(page), settled(other)])
  await Promise.all([expect(row(page, 'Book 1')).toBeVisible(), expect(row(other, 'Book 1')).toBeVisible()])
  await Promise.all([page.keyboard.press('t'), other.keyboard.press('t')])
  await expect(page).toHaveURL(/\/conversations\/\d+/)
  await expect(other).toHaveURL(/\/conversations\/\d+/)
  const numberOf = (one: Page) => new URL(one.url()).pathname
  expect(numberOf(page)).not.toBe(numberOf(other))
  await other.context().close()
})

test('several are tagged at once and as they were again; a wide list shows columns and is looked into by Space', async ({
  page,
}) => {
  await page.goto('/inbox/open?q=customer%3A%40books.example&columns=tags,owner')
  await expect(page.locator('.c[data-row]')).toHaveCount(3)
  // The cursor stands on the first row already.
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Shift+X')
  await expect(page.getByRole('toolbar', { name: 'With the chosen ones' })).toContainText('3 chosen')
  await looksRight(page)
  await page.keyboard.press('l')
  await page.keyboard.type('Read later')
  await page.getByRole('option', { name: /Read later/ }).waitFor()
  await page.keyboard.press('Enter')
  await expect(page.getByText('3 tagged')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.locator('.rowtags', { hasText: 'Read later' })).toHaveCount(3)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.locator('.rowtags', { hasText: 'Read later' })).toHaveCount(0)
  await page.keyboard.press('Space')
  const peek = page.getByRole('dialog')
  await expect(peek.getByRole('heading', { name: /Book \d/ })).toContainText(/Book \d/)
  const first = await peek.getByRole('heading', { name: /Book \d/ }).textContent()
  await looksRight(page)
  await page.keyboard.press('k')
  await expect(peek.getByRole('heading', { name: /Book \d/ })).not.toHaveText(first ?? '')
  await page.keyboard.press('Space')
  await expect(peek).toHaveCount(0)
  await expect(page).toHaveURL(/\/inbox\/open/)
})

test('a view is renamed and deleted, and comes back', async ({ page }) => {
  await page.goto('/inbox/open')
  const rail = page.getByRole('navigation', { name: 'Pond' })
  await rail.getByRole('link', { name: /^Books/ }).click()
  const name = page.getByRole('heading', { level: 1 })
  await name.getByRole('button').click()
  await page.getByRole('menuitem', { name: 'Rename the view' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Library')
  await page.keyboard.press('Enter')
  await expect(name).toContainText('Library')
  await name.getByRole('button').click()
  await page.getByRole('menuitem', { name: 'Delete the view' }).click()
  await expect(page).toHaveURL(/\/inbox\/mine/)
  await expect(rail.getByRole('link', { name: /^Library/ })).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(rail.getByRole('link', { name: /^Library/ })).toBeVisible()
  await expect(name).toContainText('Library')
})
