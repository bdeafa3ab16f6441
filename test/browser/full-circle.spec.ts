/**
 * A question all the way: asked in the chat, left, answered by one mail, judged as only partly right, answered to the end, written
 * down as an article with what was personal held back, and found by whoever asks next, verified.
 */
import { read } from '../../src/platform/mail/reading/read.ts'
import { expect, test } from './journey.ts'
import { looksRightOutside } from './looks.ts'
import { liveOutside } from './outside.ts'
import { port } from './place.ts'

const outside = liveOutside({ atOnce: true })
const headers = { origin: `http://localhost:${port}` }
const days = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString()
const nadia = 'nadia@saudade.example'
const mailWith = (words: string) =>
  outside.sent.map(mail => read(Buffer.from(mail))).findLast(mail => mail.text.includes(words))
async function arrived(words: string) {
  await expect.poll(() => mailWith(words) !== undefined, { timeout: 30_000 }).toBe(true)
  return mailWith(words)!
}

test('a question in the chat goes the whole way to an article that others find, verified', async ({
  page,
  browser,
}) => {
  // biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, of which a few names are read
  const api = async (method: string, path: string, body?: object): Promise<any> => {
    const answer = await page.request.fetch(`/api/v1${path}`, { method, headers, ...(body ? { data: body } : {}) })
    expect(answer.ok(), `${method} ${path}: ${await answer.text()}`).toBe(true)
    return answer.json()
  }
  const { teams } = await api('GET', '/me')
  await api('POST', '/chat-channels', { name: 'Shop', teamId: teams[0].id, origins: [] })
  const { key } = (await api('GET', '/chat-channels')).channels[0]
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } })
  const shop = await context.newPage()
  await shop.goto(`${headers.origin}/chat/${key}/try`)
  await shop.getByRole('button', { name: /Ask a person/ }).click()
  const chat = shop.getByRole('dialog')
  await expect(chat.getByLabel('What is it about?')).toBeFocused()
  await shop.keyboard.type('How do I descale the Kestrel? Nadia Okafor, 020 555 0188')
  await shop.keyboard.press('Enter')
  await chat.getByLabel('Where shall the answer go if you leave?').fill(nadia)
  await chat.getByRole('button', { name: 'Keep' }).click()
  await expect(chat.getByText(`the answer goes to ${nadia}`)).toBeVisible()
  await shop.goto('about:blank')

  // Ana answers twice before anybody notices that she has left: it is one mail.
  const { rows } = await api('GET', '/conversations?view=all')
  const id = rows.find((row: { subject: string }) => row.subject.startsWith('How do I descale')).id as string
  const say = (text: string) => api('POST', `/conversations/${id}/chat`, { messageId: crypto.randomUUID(), text })
  await say('Mix a sachet of descaler with a litre of water.')
  await say('Let it run through once, then rinse twice.')
  const answer = await arrived('Let it run through once')
  expect(answer.text).toContain('Mix a sachet of descaler')
  expect(outside.sent.filter(mail => mail.includes('Mix a sachet'))).toHaveLength(1)

  await api('POST', `/conversations/${id}/chat/settle`, { nextStep: { is: 'answered', followUpAt: days(7) } })
  const prepared = await api('GET', `/conversations/${id}/follow-up`)
  const view = () => api('GET', `/conversations/${id}`)
  await api('POST', `/conversations/${id}/follow-up`, { seenVersion: (await view()).version, body: prepared.body })
  const asked = await arrived('whether it held')
  await shop.goto(asked.text.match(/http:\/\/localhost:\d+\/o\/\S+\/incomplete/)![0])
  await shop.getByLabel('What would have been right?').fill('The valve has to be open, or nothing runs through.')
  await shop.getByRole('button', { name: 'Confirm' }).click()
  await expect(shop.getByRole('heading', { level: 1 })).toContainText('We take it up again')

  // The desk says so; what came of it becomes an article, without her name and number.
  await page.goto(`/conversations/${id}`)
  await expect(page.getByText('The valve has to be open, or nothing runs through.').first()).toBeVisible()
  await page.getByRole('button', { name: 'More', exact: true }).first().click()
  await page.getByRole('menuitem', { name: 'Write an article from this' }).click()
  const drafting = page.getByRole('dialog', { name: 'An article from this conversation' })
  await expect(drafting.getByRole('listitem').first()).toBeVisible()
  expect(await drafting.textContent()).toContain('020 555 0188')
  await drafting.getByLabel('Title').fill('Descale the Kestrel')
  await drafting.getByRole('checkbox').check()
  await drafting.getByRole('button', { name: 'Begin the draft' }).click()
  await expect(page).toHaveURL(/\/knowledge\//)
  const articleId = new URL(page.url()).pathname.split('/').at(-1)!
  const { article } = await api('GET', `/articles/${articleId}`)
  expect(article.editions[0].work.body).not.toContain('020 555 0188')
  const body = '<p>Open the valve, run a sachet of descaler through, and rinse twice.</p>'
  const { revision } = article.editions[0].work
  await api('PUT', `/articles/${articleId}/texts/en`, {
    seenRevision: revision,
    title: 'Descale the Kestrel',
    summary: '',
    body,
  })
  await api('POST', `/articles/${articleId}/texts/en/publish`, {})

  await api('POST', `/conversations/${id}/replies`, {
    seenVersion: (await view()).version,
    body: '<p>You are right: open the valve first. Then it runs through.</p>',
    recipients: { to: [nadia], cc: [] },
    nextStep: { is: 'answered', followUpAt: days(7) },
    used: [articleId],
  })
  await arrived('open the valve first')
  // She says on the phone that it held.
  await page.goto(`/conversations/${id}`)
  const judging = page.getByRole('region', { name: 'Follow-up' })
  await judging.getByRole('button', { name: 'It worked' }).click()
  await judging.getByRole('button', { name: 'It worked' }).click()
  await expect.poll(async () => (await view()).state).toBe('closed')

  // Whoever asks next finds it in the chat, before or beside asking.
  await expect.poll(async () => (await api('GET', `/articles/${articleId}`)).article.held).toBe(1)
  await shop.goto(`${headers.origin}/chat/${key}/try`)
  await shop.evaluate(() => {
    localStorage.clear()
    sessionStorage.clear()
  })
  await shop.reload()
  // Typed before the desk has said who is there: nothing of it is lost when that comes.
  await shop.route('**/hello', async route => {
    await shop.waitForTimeout(1000)
    await route.continue()
  })
  await shop.getByRole('button', { name: /Ask a person/ }).click()
  const heard = shop.waitForResponse('**/hello')
  await chat.getByRole('searchbox').fill('descale kestrel')
  await heard
  await expect(chat.getByRole('searchbox')).toHaveValue('descale kestrel')
  await expect(chat.getByRole('searchbox')).toBeFocused()
  const opening = context.waitForEvent('page')
  await chat.getByRole('link', { name: /Descale the Kestrel/ }).click()
  const found = await opening
  await expect(found.getByRole('heading', { level: 1 })).toHaveText('Descale the Kestrel')
  await expect(found.locator('.seal')).toContainText('Held for one person who asked')
  await looksRightOutside(browser, found)
  await context.close()
})
