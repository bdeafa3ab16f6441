/** From the one-time link on the terminal to an empty Today that says what to do next. */
import { type BrowserContext, expect, test } from './journey.ts'
import { looksRight } from './looks.ts'
import { ana } from './place.ts'

test.describe.configure({ mode: 'serial' })
test.use({ begun: false })
/** As the first account left it. */
let signedIn: Awaited<ReturnType<BrowserContext['storageState']>>

test('before the first account the sign-in page says where the link is', async ({ page }) => {
  await page.goto('/')
  await expect(page).toHaveURL(/\/sign-in/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nobody lives here yet.')
  await looksRight(page)
})

test('a link that is wrong says so and is safe', async ({ page }) => {
  await page.goto('/link#token=not-a-token')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link doesn’t work.')
  await looksRight(page)
})

test('the link makes the first account, and the token leaves the address bar', async ({ page, house }) => {
  await page.goto(new URL(house.link).toString().replace(/^https?:\/\/[^/]+/, ''))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welcome. Let’s make your account.')
  expect(page.url()).not.toContain('token')
  await looksRight(page)
  await page.getByLabel('Your name').fill(ana.name)
  await page.getByLabel('Mail address').fill(ana.address)
  await page.getByLabel('Organisation').fill(ana.organisation)
  await page.getByLabel('Password').fill('short')
  await expect(page.getByText('At least 10 characters')).toBeVisible()
  await page.getByLabel('Password').fill(ana.password)
  await expect(page.getByText('17 characters, good.')).toBeVisible()
  await page.getByRole('button', { name: 'Create my account' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welcome, Ana. How would you like to begin?')
  await looksRight(page)
  await page.getByRole('link', { name: 'Take me to Today' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nothing is due today.')
  signedIn = await page.context().storageState()
})

test('an empty Today says to connect a mailbox, and so does the list', async ({ browser }) => {
  const context = await browser.newContext({ storageState: signedIn })
  const page = await context.newPage()
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'No mail comes in yet.' })).toBeVisible()
  await looksRight(page)
  await page.goto('/settings/mailboxes')
  await expect(page.getByRole('heading', { name: 'No mailbox yet.' })).toBeVisible()
  await looksRight(page)
  await context.close()
})

test('the link works only once', async ({ page, house }) => {
  await page.goto(new URL(house.link).toString().replace(/^https?:\/\/[^/]+/, ''))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link doesn’t work.')
})
