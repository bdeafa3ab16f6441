/** What somebody else knows: asked inside, answered by mail and in the desk, relayed with credit; and what is handed over is handed over warm. */
import { createTransport } from 'nodemailer'
import { read } from '../../src/platform/mail/reading/read.ts'
import { type BrowserContext, expect, type Page, test } from './journey.ts'
import { looksRight } from './looks.ts'
import { liveOutside, service, writes } from './outside.ts'
import { port, smtpInPort } from './place.ts'

test.describe.configure({ mode: 'serial' })

const origin = `http://localhost:${port}`
const ines = 'ines@saudade.example'
const tomasz = { name: 'Tomasz Wróbel', address: 'tomasz@rosendal.example' }
const jane = { name: 'Jane Osei', address: 'jane@rosendal.example' }
const outside = liveOutside({ atOnce: true })
let janes: BrowserContext

/** With an account, and in the teams that are named; nobody else is. */
async function invited(page: Page, who: { name: string; address: string }, teams: { teamId: string; role: string }[]) {
  const made = await page.request.post('/api/v1/members', { data: { ...who, teams }, headers: { origin } })
  const { link, member } = await made.json()
  return { token: new URL(link).hash.replace('#token=', ''), id: member.id as string }
}

test.beforeAll(async ({ browser }) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  janes = await browser.newContext({ storageState: { cookies: [], origins: [] } })
  const { token } = await invited(page, jane, [])
  const used = await janes.request.post(`${origin}/api/v1/links/use`, {
    data: { token, password: 'nine quiet herons wade' },
    headers: { origin },
  })
  expect(used.ok(), await used.text()).toBe(true)
  await context.close()
})
test.afterAll(async () => {
  await janes?.close()
})

const mailTo = (address: string, words: string) =>
  outside.sent.filter(raw => {
    const mail = read(Buffer.from(raw))
    return mail.to.some(each => each.address === address) && mail.text.includes(words)
  })
const heading = (page: Page) => page.getByRole('heading', { level: 1 })
async function opened(page: Page, subject: string) {
  await page.goto('/inbox/open')
  await page.locator('.c', { hasText: subject }).click()
  await page.locator('.prev .title a', { hasText: subject }).click()
  await expect(heading(page)).toHaveText(subject)
}
async function asks(page: Page, whom: string, question: string, option: RegExp) {
  await page.keyboard.press('q')
  const dialog = page.getByRole('dialog', { name: 'Ask a colleague' })
  await dialog.getByRole('combobox').fill(whom)
  await expect(dialog.getByRole('option', { name: option })).toBeVisible()
  await page.keyboard.press('Enter')
  await dialog.getByLabel('Your question').fill(question)
  return dialog
}

test('somebody outside is asked by mail, says by when on a page and answers by mail, and the answer goes into the reply with credit', async ({
  page,
  browser,
}) => {
  await writes('Inês Carvalho', ines, {
    subject: 'The Faro trips the fuse',
    text: 'Every morning. My secret address is 7 Quay.',
  })
  await opened(page, 'The Faro trips the fuse')
  await page.keyboard.press('i')
  const dialog = await asks(page, tomasz.address, 'Element or wiring?', /tomasz@rosendal/)
  await expect(dialog).toContainText('They see your question, nothing else.')
  await looksRight(page)
  await dialog.getByLabel('Your question').press('Control+Enter')
  // Known by the address alone until he signs with his name.
  const block = page.getByRole('article', { name: /You asked/ })
  await expect(block).toContainText('Element or wiring?')

  await expect.poll(() => mailTo(tomasz.address, 'Element or wiring').length, { timeout: 30_000 }).toBe(1)
  const asked = read(Buffer.from(mailTo(tomasz.address, 'Element or wiring')[0]!))
  expect(asked.text).not.toContain('7 Quay')
  expect(asked.subject).not.toContain('Faro')
  // Without an account he says by when on a page of his own.
  const link = /https?:\/\/\S+\/o\/a\S+/.exec(asked.text)?.[0] ?? ''
  const outsiders = await browser.newContext({ storageState: { cookies: [], origins: [] } })
  const saying = await outsiders.newPage()
  await saying.goto(`${origin}${new URL(link).pathname}`)
  await expect(heading(saying)).toHaveText('By when will you answer?')
  await expect(saying.locator('main')).not.toContainText('7 Quay')
  await looksRight(saying)
  await saying.locator('.pick').nth(1).click()
  await saying.getByRole('button', { name: 'Say this time' }).click()
  await expect(heading(saying)).toContainText('expects your answer by')
  await outsiders.close()
  await expect(block).toContainText('tomasz@rosendal.example answers')
  const to = asked.replyTo[0]?.address ?? service
  const transport = createTransport({ host: '127.0.0.1', port: smtpInPort, secure: false, ignoreTLS: true })
  const answer = {
    from: { ...tomasz },
    to,
    subject: `Re: ${asked.subject}`,
    inReplyTo: asked.messageId ?? '',
    references: asked.messageId ?? '',
  }
  await transport.sendMail({
    ...answer,
    text: 'I am away until Monday.',
    headers: { 'Auto-Submitted': 'auto-replied' },
  })
  await transport.sendMail({ ...answer, text: 'Lower element, damp overnight. One is in my van.' })

  await expect(block).toContainText('Lower element, damp overnight')
  await expect(block.getByText('An automatic mail')).toBeVisible()
  await page.goto('/')
  await expect(page.getByRole('link', { name: 'Tomasz Wróbel answered' })).toBeVisible()
  await page.getByRole('link', { name: 'Tomasz Wróbel answered' }).click()
  await page.getByRole('button', { name: 'And introduce Tomasz' }).click()
  await expect(page.locator('.ProseMirror')).toContainText('I asked Tomasz Wróbel, and this is the answer:')
  await expect(page.locator('.ProseMirror')).toContainText('One is in my van.')
  await page.locator('.ProseMirror').click()
  await page.keyboard.press('Alt+3')
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => mailTo(ines, 'One is in my van').length, { timeout: 30_000 }).toBeGreaterThan(0)
  const relayed = read(Buffer.from(mailTo(ines, 'One is in my van')[0]!))
  expect(relayed.cc.map(each => each.address)).toEqual([tomasz.address])
  await page.goto('/inbox/solved')
  await page.locator('.c', { hasText: 'The Faro trips the fuse' }).click()
  await page.locator('.prev .title a', { hasText: 'The Faro trips the fuse' }).click()
  await expect(page.getByRole('article', { name: /You asked/ })).toContainText('Relayed to Inês')
  await page.getByRole('button', { name: 'Thank Tomasz' }).click()
  await page.getByLabel('A word of thanks to Tomasz').fill('You saved her morning.')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('article', { name: /You asked/ })).toContainText('You saved her morning.')
  await expect.poll(() => mailTo(tomasz.address, 'You saved her morning').length, { timeout: 30_000 }).toBe(1)
})

test('a colleague in no team names a time and answers in the desk, and sees what was chosen and nothing else', async ({
  page,
}) => {
  await writes('Inês Carvalho', ines, { subject: 'Which descaler', text: 'Which descaler is safe for the Faro?' })
  await opened(page, 'Which descaler')
  const dialog = await asks(page, 'jane', 'Which one do we sell?', /Jane Osei/)
  await expect(dialog.getByRole('checkbox', { name: /Which descaler is safe/ })).toBeChecked()
  await dialog.getByRole('button', { name: 'Ask', exact: true }).click()
  await expect(page.getByRole('article', { name: 'You asked Jane Osei' })).toContainText('1 message went along')
  const { pathname } = new URL(page.url())

  const hers = await janes.newPage()
  await hers.goto(`${origin}/`)
  await hers.getByRole('region', { name: 'Asked of you' }).getByRole('link', { name: 'Ana Kovačević' }).click()
  await expect(heading(hers)).toHaveText('Ana Kovačević asks you')
  await expect(hers.getByText('Which descaler is safe for the Faro?')).toBeVisible()
  await expect(hers.locator('#page')).not.toContainText('ines@')
  await looksRight(hers)
  await hers.getByRole('button', { name: 'I answer by' }).click()
  await hers.locator('.whenpop').getByRole('button').first().click()
  await expect(page.getByRole('article', { name: 'You asked Jane Osei' })).toContainText('Jane answers')
  await hers.getByLabel('Your answer to Ana').fill('The citric one, never vinegar.')
  await hers.keyboard.press('Control+Enter')
  await expect(page.getByRole('article', { name: 'You asked Jane Osei' })).toContainText('never vinegar')
  const named = pathname.split('/').at(-1) ?? ''
  const place = /^\d+$/.test(named) ? `number/${named}` : named
  expect((await janes.request.get(`${origin}/api/v1/conversations/${place}`)).status()).toBe(404)
  await hers.goto(`${origin}/asks`)
  await expect(hers.locator('#page')).toContainText('Answered before')
  await looksRight(hers)
  await hers.close()
})

test('handed over warm: a promise gets a new time that is told, the summary stays inside, and the way back shows', async ({
  page,
}) => {
  const me = (await (await page.request.get('/api/v1/me')).json()) as { id: string; teams: { id: string }[] }
  await invited(page, { name: 'Bram de Wit', address: 'bram@rosendal.example' }, [
    { teamId: me.teams[0]!.id, role: 'teammate' },
  ])
  await opened(page, 'Which descaler')
  await page.keyboard.press('i')
  await expect(page.locator('.hd')).toContainText('yours')
  const handOver = async (to: string, words: string) => {
    await page.locator('.ops').getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Hand over…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Hand over' })
    await dialog.getByLabel('To', { exact: true }).selectOption({ label: to })
    await dialog.getByLabel('Why').fill('He fits them every week')
    await dialog.getByLabel('Introduce them to Inês').fill(words)
    return dialog
  }
  const done = 'Hand over and tell them'
  const first = await handOver('Bram de Wit', 'Bram knows your machine.')
  await first.getByRole('checkbox', { name: 'Give it a new time' }).first().check()
  await first.getByLabel('In words').fill('Bram names the right descaler')
  await first.getByLabel('For the new owner').fill('She asked twice already.')
  await looksRight(page)
  await first.getByRole('button', { name: done }).click()
  await expect.poll(() => mailTo(ines, 'Bram names the right descaler').length, { timeout: 30_000 }).toBe(1)
  expect(read(Buffer.from(mailTo(ines, 'Bram names the right descaler')[0]!)).text).not.toContain('asked twice')

  await opened(page, 'Which descaler')
  await expect(page.locator('.line.hand')).toContainText('She asked twice already.')
  const second = await handOver('Ana Kovačević (you)', 'I am back on it.')
  await expect(second).toContainText('Ana had this before. It would go back.')
  await expect(second).toContainText('The lead of the team is told.')
  await second.getByRole('button', { name: done }).click()
  await expect(second).toHaveCount(0)
  await opened(page, 'Which descaler')
  await expect(page.locator('.line.hand').last()).toContainText('It is back where it was before.')
})
