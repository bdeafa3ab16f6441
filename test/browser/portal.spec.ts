/**
 * A customer without a script: finds a person with a time, writes through a form that keeps everything when something is
 * missing, signs in by the mailed link, sees whose turn it is and what was promised, answers, chooses nothing by accident, and
 * ends it; in Arabic, too, wide and at 360 px.
 */
import { read } from '../../src/platform/mail/reading/read.ts'
import { type Browser, expect, type Page, test } from './journey.ts'
import { looksRight, looksRightOutside } from './looks.ts'
import { liveOutside } from './outside.ts'
import { port } from './place.ts'

test.describe.configure({ mode: 'serial' })

const headers = { origin: `http://localhost:${port}` }
const ines = 'ines@saudade.example'
const outside = liveOutside({ atOnce: true })

async function aCustomer(browser: Browser, more: object = {}): Promise<Page> {
  const context = await browser.newContext({
    storageState: { cookies: [], origins: [] },
    javaScriptEnabled: false,
    ...more,
  })
  return context.newPage()
}
async function mailWith(words: string) {
  const found = () => outside.sent.map(mail => read(Buffer.from(mail))).findLast(mail => mail.text.includes(words))
  await expect.poll(() => found() !== undefined).toBe(true)
  return found()!
}

/** The first that went there. */
async function mailTo(address: string) {
  const found = () =>
    outside.sent.map(mail => read(Buffer.from(mail))).find(mail => mail.to.some(to => to.address === address))
  await expect.poll(() => found() !== undefined).toBe(true)
  return found()!
}

test('somebody finds a person with a time, and writes; nothing is lost when something is missing', async ({
  browser,
}) => {
  const page = await aCustomer(browser)
  await page.goto('/help')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('complementary')).toContainText(/by /)
  expect(await page.context().cookies()).toEqual([])
  await looksRightOutside(browser, page)
  await page.getByRole('banner').getByRole('link', { name: 'Write to us' }).click()
  await page.getByLabel('What happens, and what have you tried?').fill('The zirconia lever squeaks.')
  await page
    .getByLabel(/Photos or files/)
    .setInputFiles({ name: 'lever.txt', mimeType: 'text/plain', buffer: Buffer.from('squeak') })
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(page).toHaveTitle(/One thing to mend/)
  await expect(page.getByRole('alert')).toContainText('Write your whole mail address')
  await expect(page.getByText('lever.txt is kept')).toBeVisible()
  await expect(page.getByLabel('What happens, and what have you tried?')).toHaveValue('The zirconia lever squeaks.')
  await looksRightOutside(browser, page)
  const mending = await aCustomer(browser, { javaScriptEnabled: true })
  await mending.goto('/help/ask')
  await mending.getByRole('button', { name: 'Send' }).click()
  await expect(mending).toHaveTitle(/2 things to mend/)
  await looksRight(mending)
  await mending.context().close()
  await page.getByLabel(/Your name/).fill('Inês Carvalho')
  await page.getByLabel('Where shall the answer go?').fill(ines)
  await page.getByLabel(/What is it about/).fill('Zirconia lever')
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you. We have it.')
  await expect(page.getByRole('main')).toContainText(/answers by/)
  await looksRightOutside(browser, page)
  // Nobody has shown yet that the address is theirs: the mail says nothing of what was typed.
  const mail = await mailTo(ines)
  expect(mail.text).not.toContain('zirconia')
  await page.context().close()
})

test('the mailed link signs in by a button, and the conversation is there with its promise', async ({
  browser,
  page: desk,
}) => {
  const page = await aCustomer(browser)
  await page.goto('/help/mine')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in')
  await looksRightOutside(browser, page)
  await page.getByLabel('Your mail address').fill(ines)
  await page.getByRole('button', { name: 'Send me the link' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Look into your mail')
  const link = /http:\/\/localhost:\d+\/help\/sign-in\/\S+/.exec((await mailWith('/help/sign-in/')).text)![0]
  expect((await page.request.get(link)).status()).toBe(200)
  await page.goto(link)
  await looksRightOutside(browser, page)
  await page.getByRole('button', { name: 'Sign me in' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('My conversations')
  await expect(page.getByRole('heading', { level: 2 })).toContainText('It is our turn')
  await looksRightOutside(browser, page)
  await page.getByRole('link', { name: 'Zirconia lever' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Zirconia lever')
  await expect(page.getByRole('link', { name: /lever\.txt/ })).toBeVisible()
  await looksRightOutside(browser, page)

  // Ana answers in the desk; the customer finds it here and says so here.
  await expect.poll(async () => (await rowOf(desk, 'Zirconia lever'))?.number ?? 0).toBeGreaterThan(0)
  const row = (await rowOf(desk, 'Zirconia lever'))!
  const days = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString()
  const replied = await desk.request.post(`/api/v1/conversations/${row.id}/replies`, {
    data: {
      seenVersion: row.version,
      body: '<p>A drop of oil on the hinge, please. Tell me how it goes.</p>',
      recipients: { to: [ines], cc: [] },
      nextStep: {
        is: 'your-turn',
        askAgainAt: days(5),
        theirs: { words: 'a drop of oil on the hinge', dueAt: days(2) },
      },
      options: {
        until: days(1),
        options: [
          { words: 'You oil it', consequence: 'It squeaks no more.' },
          { words: 'Tomasz oils it', consequence: 'He comes on Friday.', cost: '€20' },
        ],
      },
    },
    headers,
  })
  expect(replied.ok(), await replied.text()).toBe(true)
  await page.reload()
  await expect(page.getByText('A drop of oil on the hinge, please.')).toBeVisible()
  await expect(page.locator('.promise', { hasText: 'You: a drop of oil on the hinge' })).toBeVisible()
  await looksRightOutside(browser, page)
  await page.getByRole('button', { name: 'Choose this' }).click()
  await expect(page.getByRole('alert')).toContainText('Choose one of them')
  await page.getByRole('radio', { name: /Tomasz oils it/ }).check()
  await page.getByRole('button', { name: 'Choose this' }).click()
  await expect(page.getByText('You chose: Tomasz oils it')).toBeVisible()
  await page.getByLabel('Your words').fill('Thank you, Friday it is.')
  await page.getByRole('button', { name: /^Send to/ }).click()
  await expect(page.getByRole('status')).toContainText('on its way')
  await expect(page.locator('.said').last()).toContainText('Thank you, Friday it is.')
  await expect.poll(async () => (await rowOf(desk, 'Zirconia lever'))?.state).toBe('open')
  await page.getByRole('button', { name: 'I no longer need this' }).click()
  await expect(page.getByRole('status')).toContainText('Nobody works on it any more')
  await expect.poll(async () => (await rowOf(desk, 'Zirconia lever'))?.state).toBe('closed')

  // In Arabic, because they say so.
  await page.goto('/help/me')
  await looksRightOutside(browser, page)
  await page.getByLabel('Your language').selectOption('ar')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  await page.goto('/help')
  await looksRightOutside(browser, page)
  await page.goto('/help/mine')
  await looksRightOutside(browser, page)
  await page.context().close()
})

test('the help pages are settled in the desk: words, a form with a condition, and off is off', async ({
  page,
  browser,
}) => {
  await page.goto('/settings/portal')
  await page.getByLabel('Beneath the title of the home').fill('We look after coffee machines.')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved', { exact: true }).first()).toBeVisible()
  await page.getByRole('button', { name: 'Make a form' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill('A machine is down')
  await dialog.getByRole('button', { name: 'Add a question' }).click()
  await dialog.getByLabel('Question', { exact: true }).fill('Which machine?')
  await dialog.getByLabel('Kind', { exact: true }).selectOption('choice')
  await dialog.getByLabel('Choices, one a line').fill('Faro\nGrinder')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('A machine is down')).toBeVisible()
  await looksRight(page)
  const theirs = await aCustomer(browser)
  await theirs.goto('/help')
  await expect(theirs.getByText('We look after coffee machines.')).toBeVisible()
  await theirs.goto('/help/ask')
  await expect(theirs.getByRole('radio', { name: 'Faro' })).toBeVisible()
  await theirs.context().close()
})

type Row = { id: string; number: number; subject: string; state: string; version: number }
async function rowOf(page: Page, subject: string): Promise<Row | undefined> {
  const { rows } = (await (await page.request.get('/api/v1/conversations?view=all&limit=100')).json()) as {
    rows: Row[]
  }
  return rows.find(row => row.subject === subject)
}
