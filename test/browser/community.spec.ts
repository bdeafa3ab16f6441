/**
 * A customer without a script asks in the community: led to sign in by the mailed link and back to what they wrote; it waits, and a
 * teammate lets it stand and answers as one of us; the customer says that it was the answer, and somebody else finds it. In
 * Arabic and at 360 px, too.
 */
import { read } from '../../src/platform/mail/reading/read.ts'
import { type Browser, expect, type Page, test } from './journey.ts'
import { looksRight, looksRightOutside } from './looks.ts'
import { liveOutside, writes } from './outside.ts'
import { port } from './place.ts'

const headers = { origin: `http://localhost:${port}` }
const camila = 'camila@andina.example'
const outside = liveOutside({ atOnce: true })

async function aReader(browser: Browser, more: object = {}): Promise<Page> {
  const context = await browser.newContext({
    ...{ storageState: { cookies: [], origins: [] }, javaScriptEnabled: false, viewport: { width: 360, height: 780 } },
    ...more,
  })
  return context.newPage()
}

async function linkIn(words: string): Promise<string> {
  const found = () => outside.sent.map(mail => read(Buffer.from(mail))).findLast(mail => mail.text.includes(words))
  await expect.poll(() => found() !== undefined).toBe(true)
  return /http:\/\/localhost:\d+\/help\/sign-in\/\S+/.exec(found()!.text)![0]
}

test('a question is asked, waits, is answered, accepted and found', async ({ page: desk, browser }) => {
  await writes('Camila Restrepo', camila, { subject: 'A leaking gasket', text: 'Ours leaks since Monday.' })
  const before = await aReader(browser)
  expect((await before.goto('/help/community'))?.status()).toBe(404)

  // An administrator opens it with its first category; newcomers are looked at first.
  await desk.goto('/settings/community')
  await looksRight(desk)
  await desk.getByRole('button', { name: 'Add a category' }).click()
  await desk.getByLabel('Name (English)').fill('Running a zirconium bar')
  await desk.getByRole('button', { name: 'Save' }).last().click()
  await expect(desk.getByText('Everybody · 0 topics')).toBeVisible()
  await desk.getByLabel('What waits for a look before others read it').selectOption('all-new')
  await desk.getByRole('button', { name: 'Save' }).click()
  await expect(desk.getByText('Saved.').last()).toBeVisible()

  const customer = await aReader(browser)
  await expect
    .poll(async () => {
      await customer.goto('/help')
      return customer.locator('.menu a[href="/help/community"]').count()
    })
    .toBe(1)
  await customer.goto('/help/community')
  await looksRightOutside(browser, customer)
  await customer.getByRole('link', { name: 'Ask a question' }).click()
  await customer.getByLabel('Your question, in one line').fill('Does a backflush wear the xenolith gaskets?')
  await customer.getByRole('button', { name: 'Look at it first' }).click()
  await expect(customer.getByRole('alert')).toContainText('Write a few words')
  await customer
    .getByLabel('What happens, and what have you tried?')
    .fill('Ours leak.\n\n- two groups\n- five years old')
  await customer.getByRole('button', { name: 'Look at it first' }).click()
  await expect(customer.getByRole('region', { name: 'So it will look' }).getByRole('listitem')).toHaveCount(2)
  await looksRightOutside(browser, customer)
  await customer.getByRole('button', { name: 'Post it' }).click()
  await expect(customer.getByRole('heading', { level: 1 })).toHaveText('Sign in to post it')
  await expect
    .poll(async () => {
      const found = await desk.request.get(`/api/v1/relations?like=${encodeURIComponent('Camila')}&is=people`)
      return (await found.text()).includes('Camila')
    })
    .toBe(true)
  await customer.getByLabel('Your mail address').fill(camila)
  await customer.getByRole('button', { name: 'Send me the link' }).click()
  await customer.goto(await linkIn('/help/sign-in/'))
  await customer.getByRole('button', { name: 'Sign me in' }).click()
  await expect(customer.getByRole('status')).toContainText('Here is what you wrote')
  await expect(customer.getByLabel('Your question, in one line')).toHaveValue(/xenolith/)
  await customer.getByRole('button', { name: 'Post it' }).click()
  await expect(customer.getByRole('heading', { level: 1 })).toHaveText('Does a backflush wear the xenolith gaskets?')
  await expect(customer.getByText(/Only you see this yet/)).toBeVisible()
  await looksRightOutside(browser, customer)
  const address = new URL(customer.url()).pathname
  expect((await before.goto(address))?.status()).toBe(404)

  // At the desk it is let to stand by a key, and answered as one of us.
  await desk.goto('/community/queue')
  await expect(desk.getByRole('listitem').getByText('Ours leak.')).toBeVisible()
  await looksRight(desk)
  await desk.keyboard.press('s')
  await expect(desk.getByText('Nothing waits', { exact: true })).toBeVisible()
  await desk.getByRole('button', { name: 'Undo' }).click()
  await expect(desk.getByRole('listitem').getByText('Ours leak.')).toBeVisible()
  await desk.getByRole('button', { name: 'What else can be done here' }).click()
  await desk.getByRole('menuitem', { name: 'Trust this person', exact: true }).click()
  await expect(desk.getByText('Camila Restrepo is trusted from now on.')).toBeVisible()
  await desk.keyboard.press('s')
  await expect(desk.getByText('Nothing waits', { exact: true })).toBeVisible()
  await desk.goto('/community')
  await looksRight(desk)
  await desk.getByRole('link', { name: /xenolith/ }).click()
  await desk.getByLabel(/Answer as/).fill('No. Rinse twice, though.')
  await desk.keyboard.press('Control+Enter')
  await expect(desk.getByRole('article').getByText('No. Rinse twice, though.')).toBeVisible()
  await looksRight(desk)

  await customer.goto(address)
  await expect(customer.getByRole('article').filter({ hasText: 'Rinse twice' }).locator('.tag')).toBeVisible()
  await customer.getByRole('button', { name: 'This is the answer' }).click()
  await expect(customer.getByRole('status')).toContainText('Others see first what helped you')
  await expect(customer.getByRole('heading', { name: 'The answer' })).toBeVisible()

  // Somebody else finds it, reads it in another language, and learns that it is theirs to reply.
  await before.goto('/help/search?q=xenolith')
  await before.getByRole('link', { name: /xenolith/ }).click()
  await expect(before.getByText('Accepted as the answer')).toBeVisible()
  const told = JSON.parse((await before.locator('script[type="application/ld+json"]').textContent()) ?? '{}')
  expect(told['@type']).toBe('QAPage')
  expect(told.mainEntity.acceptedAnswer.text).toContain('Rinse twice')
  await looksRightOutside(browser, before)
  await before.goto(`${address}?language=ar`)
  expect(await before.evaluate(() => document.documentElement.dir)).toBe('rtl')
  await looksRightOutside(browser, before)
  await before.goto('/help/practices')
  await looksRightOutside(browser, before)
  expect(await before.context().cookies()).toEqual([])

  await suggests(browser)

  // What is taken out says so.
  await customer.goto(`${address}/remove/1`)
  await customer.getByRole('button', { name: 'Take it out' }).click()
  await expect(customer.getByText('Whoever wrote this took it out.')).toBeVisible()
  const topicId = new URL(desk.url()).pathname.split('/').at(-1)
  const gone = await desk.request.delete(`/api/v1/community/topics/${topicId}`, { headers })
  expect(gone.ok(), await gone.text()).toBe(true)
  // In words a reader's own cache does not hold.
  expect((await before.goto(`${address}?language=en`))?.status()).toBe(410)
  await expect(before.getByRole('heading', { level: 1 })).toHaveText('This was taken out')
  await looksRightOutside(browser, before)
  expect((await before.request.post(address, { headers, form: { act: 'like' } })).status()).toBe(404)
  await customer.context().close()
  await before.context().close()
})

/** What may answer it shows while somebody writes to us. It never moves Send nor lies over it, and without a script the form is whole. */
async function suggests(browser: Browser) {
  const words = 'Does a backflush wear xenolith gaskets?'
  for (const width of [1280, 360]) {
    const page = await aReader(browser, { javaScriptEnabled: true, viewport: { width, height: 780 } })
    await page.goto('/help/ask')
    const send = page.getByRole('button', { name: 'Send' })
    const may = page.locator('#may')
    // Seen from the top of the page, where on a phone Send stays in sight.
    const top = () =>
      send.evaluate(button => {
        scrollTo(0, 0)
        return Math.round(button.getBoundingClientRect().top)
      })
    await expect(may).toBeHidden()
    const before = await top()
    await page.getByLabel('What happens, and what have you tried?').pressSequentially(words)
    await expect(may.getByRole('link', { name: /xenolith/ })).toBeVisible()
    expect(await top(), `Send at ${width} px`).toBe(before)
    await looksRight(page)
    // Whatever lies where it is to be pressed would be pressed instead.
    await send.click({ trial: true })
    await page.context().close()
  }
  const plain = await aReader(browser)
  await plain.goto('/help/ask')
  await expect(plain.locator('#may')).toBeHidden()
  await plain.getByLabel('Where shall the answer go?').fill(camila)
  await plain.getByLabel('What happens, and what have you tried?').fill(words)
  await plain.getByRole('button', { name: 'Send' }).click()
  await expect(plain.getByRole('heading', { level: 1 })).toHaveText('Thank you. We have it.')
  await plain.context().close()
}
