/**
 * Options and follow-ups on both sides: Ana offers and asks in the desk, what Pond sends is read from the mail that arrives,
 * a scanner opens every link in it and changes nothing, and the customer picks, judges and says what would have been right
 * on pages without a script.
 */
import { read } from '../../src/platform/mail/reading/read.ts'
import { type APIRequestContext, type Browser, expect, type Page, test } from './journey.ts'
import { looksRight } from './looks.ts'
import { liveOutside, writes } from './outside.ts'
import { port } from './place.ts'

test.describe.configure({ mode: 'serial' })

const headers = { origin: `http://localhost:${port}` }
const outside = liveOutside({ atOnce: true })
test.beforeAll(async () => {
  await writes('Inês Carvalho', 'ines@saudade.example', {
    subject: 'The Faro trips the fuse',
    text: 'Good morning. Every day when we switch the Faro on, the fuse goes. Is it safe to use it like that?',
  })
  await writes('ليلى حداد', 'layla@saudade.example', {
    subject: 'الماكينة لا تسخن',
    text: 'صباح الخير. الماكينة لا تسخن منذ يومين ولا نعرف السبب. هل يمكن إصلاحها قبل يوم السبت من فضلكم؟',
  })
})

type Row = { id: string; number: number; subject: string; state: string; version: number }
async function rowOf(request: APIRequestContext, subject: string): Promise<Row | undefined> {
  const { rows } = (await (await request.get('/api/v1/conversations?view=all&limit=100')).json()) as { rows: Row[] }
  return rows.find(row => row.subject === subject)
}
async function mailWith(words: string) {
  const found = () => outside.sent.map(mail => read(Buffer.from(mail))).find(mail => mail.text.includes(words))
  await expect.poll(() => found() !== undefined).toBe(true)
  return found()!
}
const linksIn = (text: string) => text.match(/http:\/\/localhost:\d+\/o\/\S+/g) ?? []
/** Somebody without an account here. */
async function aCustomer(browser: Browser) {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } })
  return { context, page: await context.newPage() }
}
/** A program that looks at a mail before its reader does. */
async function scan(browser: Browser, links: string[]) {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } })
  for (const link of links) {
    expect((await context.request.get(link)).status(), link).toBe(200)
    expect((await context.request.head(link)).status(), link).toBe(200)
  }
  expect((await context.cookies()).length).toBe(0)
  await context.close()
}
async function opened(page: Page, subject: string) {
  await expect.poll(async () => (await rowOf(page.request, subject))?.number ?? 0).toBeGreaterThan(0)
  await page.goto(`/conversations/${(await rowOf(page.request, subject))!.number}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(subject)
}

test('a reply offers options; a scanner picks none of them, the customer picks one, and it is our promise', async ({
  page,
  browser,
}) => {
  const subject = 'The Faro trips the fuse'
  await opened(page, subject)
  await page.keyboard.press('r')
  await expect(page.locator('.ProseMirror')).toBeFocused()
  await page.keyboard.type('Tomasz can come, and you can borrow. Take what suits you.')
  await page.keyboard.press('Alt+2')
  await page.getByRole('button', { name: 'Offer options' }).click()
  await page.getByLabel('Option 1', { exact: true }).fill('Tomasz fits a new element, Thursday 08:00')
  await page.getByLabel('What follows from option 1').fill('45 minutes without coffee.')
  await page.getByLabel('What is promised if option 1 is picked').fill('Tomasz fits the element')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Each option needs its words')).toBeVisible()
  await page.getByLabel('Option 2', { exact: true }).fill('A Faro 2 to borrow')
  await page.getByLabel('What option 2 costs').fill('€60 both ways')
  await page.getByLabel('What follows from option 2').fill('Here on Friday, fetched on Monday.')
  await looksRight(page)
  await page.keyboard.press('Control+Enter')

  const mail = await mailWith('Take what suits you.')
  const links = linksIn(mail.text)
  expect(mail.text).toContain('A Faro 2 to borrow')
  expect(mail.text).toContain('None of these')
  await scan(browser, links)
  expect(await rowOf(page.request, subject)).toMatchObject({ state: 'pending' })

  await opened(page, subject)
  const card = page.getByRole('region', { name: 'Options' })
  await expect(card).toContainText('can choose until')
  const { context, page: theirs } = await aCustomer(browser)
  await theirs.goto(links.find(link => link.endsWith('/none'))!)
  await expect(theirs.getByRole('radio', { name: /None of these/ })).toBeChecked()
  await theirs.getByRole('button', { name: 'Choose this' }).click()
  await expect(theirs.getByRole('alert')).toContainText('Say in a few words')
  await looksRight(theirs)
  await theirs.goto(links.find(link => link.endsWith('/1'))!)
  await looksRight(theirs)
  await theirs.getByRole('button', { name: 'Choose this' }).click()
  await expect(theirs.getByRole('heading', { level: 1 })).toContainText('This is what you chose')
  await expect(theirs.locator('.promise')).toContainText('Tomasz fits the element')
  await looksRight(theirs)
  // The same again, from the mail: what was chosen stands there.
  await theirs.goto(links.find(link => link.endsWith('/1'))!)
  await expect(theirs.getByRole('heading', { level: 1 })).toContainText('You chose this on')

  // Ana sees it without asking.
  await expect(page.getByText('Inês chose: Tomasz fits a new element, Thursday 08:00')).toBeVisible()
  await expect(card).toContainText('Inês chose')
  expect(await rowOf(page.request, subject)).toMatchObject({ state: 'open' })
  await looksRight(page)
  await theirs.goto(links.find(link => /\/o\/c[^/]+$/.test(link))!)
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText(subject)
  await expect(theirs.locator('.side')).toContainText('Ana Kovačević')
  await looksRight(theirs)
  await context.close()
})

test('a follow-up is judged on its page, goes back to Ana with what was right, and a second answer changes nothing', async ({
  page,
  browser,
}) => {
  const subject = 'The Faro trips the fuse'
  await opened(page, subject)
  await page.keyboard.press('r')
  await expect(page.locator('.ProseMirror')).toBeFocused()
  await page.keyboard.type('The new element is in. Let it warm up for ten minutes.')
  await page.keyboard.press('Alt+3')
  await page.keyboard.press('Control+Enter')
  await expect.poll(async () => (await rowOf(page.request, subject))?.state).toBe('solved')
  await opened(page, subject)
  await page.getByRole('button', { name: 'See the prepared mail' }).click()
  await expect(page.locator('.ProseMirror')).toContainText('I would like to know whether it held')
  await page.locator('.ProseMirror').press('Control+Enter')
  const mail = await mailWith('I would like to know whether it held')
  // What was answered stands below.
  expect(mail.text).toContain('Let it warm up for ten minutes.')
  const links = linksIn(mail.text)
  await scan(browser, links)
  expect(await rowOf(page.request, subject)).toMatchObject({ state: 'solved' })

  const { context, page: theirs } = await aCustomer(browser)
  await theirs.goto(links.find(link => link.endsWith('/incomplete'))!)
  await expect(theirs.getByRole('radio', { name: /something was missing/ })).toBeChecked()
  await theirs.getByText('Read the answer again').click()
  await expect(theirs.locator('blockquote')).toContainText('Let it warm up')
  await looksRight(theirs)
  await theirs.getByLabel('What would have been right?').fill('It holds once it is tightened while hot.')
  await theirs.getByRole('button', { name: 'Confirm' }).press('Enter')
  await expect(theirs.getByRole('heading', { level: 1 })).toContainText('We take it up again')
  await expect(theirs.locator('.lede')).toContainText('Ana Kovačević has it')
  await theirs.goto(links.find(link => link.endsWith('/worked'))!)
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('You have answered this')
  await theirs.goto(`${links[0]!.slice(0, -12)}abcdef/worked`)
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('This link is not complete')
  await looksRight(theirs)
  await context.close()

  // Ana is on Today by then: what was wrong stands there, and in the conversation.
  await expect(page.getByRole('region', { name: 'Wrote back' })).toContainText(
    'It holds once it is tightened while hot.',
  )
  await opened(page, subject)
  await expect(page.getByText('Inês says: it helped, but something was missing')).toBeVisible()
  await expect(page.getByText('It holds once it is tightened while hot.')).toBeVisible()
  expect(await rowOf(page.request, subject)).toMatchObject({ state: 'open' })
})

test('in Arabic the page runs the other way, and asking nothing is one link away', async ({ page, browser }) => {
  const subject = 'الماكينة لا تسخن'
  await expect.poll(async () => (await rowOf(page.request, subject))?.number ?? 0).toBeGreaterThan(0)
  const { id, version } = (await rowOf(page.request, subject))!
  const soon = new Date(Date.now() + 3_600_000).toISOString()
  const say = async (path: string, data: object) => {
    const done = await page.request.post(`/api/v1/conversations/${id}${path}`, { data, headers })
    expect(done.ok(), await done.text()).toBe(true)
    return (await done.json()) as { version: number }
  }
  const recipients = { to: ['layla@saudade.example'], cc: [] }
  const nextStep = { is: 'answered', followUpAt: soon }
  const answered = await say('/replies', { seenVersion: version, body: 'استبدلنا العنصر.', recipients, nextStep })
  await say('/follow-up', { seenVersion: answered.version, body: 'هل نجح الأمر معكم الآن؟' })
  const links = linksIn((await mailWith('هل نجح الأمر معكم الآن؟')).text)
  const { context, page: theirs } = await aCustomer(browser)
  await theirs.goto(links.find(link => link.endsWith('/worked'))!)
  await expect(theirs.locator('html')).toHaveAttribute('dir', 'rtl')
  await looksRight(theirs)
  await theirs.getByRole('button', { name: 'تأكيد' }).click()
  await expect(theirs.getByRole('heading', { level: 1 })).toContainText('شكرًا')
  await theirs.goto(links.find(link => link.endsWith('/quiet'))!)
  await theirs.getByRole('button', { name: 'تأكيد' }).click()
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('لن نسألكم شيئًا من تلقاء أنفسنا.')
  await context.close()
  expect(await rowOf(page.request, subject)).toMatchObject({ state: 'closed' })
})
