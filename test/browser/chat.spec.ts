/**
 * A visitor of another site asks in the widget, under that site's strict policy; Ana answers in the desk; the page is loaded anew,
 * the line breaks and comes back, the visitor leaves, and the rest goes by mail, in both directions.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AxeBuilder } from '@axe-core/playwright'
import { read } from '../../src/platform/mail/reading/read.ts'
import { type Browser, expect, type Page, test } from './journey.ts'
import { liveOutside, writes } from './outside.ts'
import { port } from './place.ts'

const home = `http://localhost:${port}`
const pictures = process.env.POND_LOOK_DIR
const picture = async (page: Page, name: string) => {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png` })
}

/** Somebody's site: allows the desk's script and its answers, and nothing else. */
async function aSite(key: string): Promise<{ server: Server; address: string; refuse: (on: boolean) => void }> {
  const server = createServer((request, response) => {
    const policy = `default-src 'none'; script-src ${home}; connect-src ${home}; base-uri 'none'`
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy })
    const language = request.url?.slice(1) || 'en'
    response.end(
      `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width, initial-scale=1"><title>Parts</title></head><body><main><h1>Burr sets</h1><p>Both sets fit every grinder built since 2018.</p></main><script src="${home}/widget.js?${key}&lang=${language}" data-pond="${key}" async></script></body></html>`,
    )
  })
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', () => ready()))
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, refuse: () => {} }
}

async function aVisitor(browser: Browser, address: string, more: Parameters<Browser['newContext']>[0] = {}) {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] }, ...more })
  const page = await context.newPage()
  const wrong: string[] = []
  const asked: string[] = []
  page.on('console', message => message.type() === 'error' && wrong.push(message.text()))
  page.on('request', request => asked.push(request.url()))
  await page.goto(address)
  return { context, page, wrong, asked }
}
async function axe(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html.slice(0, 160)).join(' | ')}`)
  expect.soft(told).toEqual([])
}

const outside = liveOutside()

test('somebody asks on another site, is answered, reloads, loses the line, leaves, and goes on by mail', async ({
  page,
  browser,
}) => {
  const me = (await (await page.request.get('/api/v1/me')).json()) as { teams: { id: string }[] }
  await page.goto('/settings/chat')
  await page.getByRole('button', { name: 'Make a chat' }).click()
  const code = page.locator('.chatcode').first()
  await expect(code).toContainText('data-pond=')
  const key = (await code.textContent())!.match(/data-pond="(\w+)"/)![1]!
  const site = await aSite(key)
  const { channels } = (await (await page.request.get('/api/v1/chat-channels')).json()) as {
    channels: { id: string; name: string }[]
  }
  expect(me.teams.length).toBeGreaterThan(0)

  // A site that nobody has named is refused, and the settings say so and offer to name it.
  const stranger = await aVisitor(browser, site.address)
  await stranger.page.getByRole('button', { name: /Ask a person/ }).click()
  await expect(stranger.page.getByRole('alert').first()).toContainText('did not work')
  await stranger.context.close()
  await page.reload()
  await page.getByRole('button', { name: `Add ${site.address}` }).click()
  await page.getByLabel('Phone (if you like)').fill('010 555 0175')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await picture(page, 'settings')
  expect(channels).toHaveLength(1)

  const visitor = await aVisitor(browser, site.address)
  const { page: shop } = visitor
  await expect(shop.getByRole('button', { name: /Ask a person/ })).toBeVisible()
  // Closed, it has asked for its one script and for nothing more.
  expect(visitor.asked.filter(url => url.startsWith(home))).toHaveLength(1)
  await picture(shop, 'closed')
  await shop.getByRole('button', { name: /Ask a person/ }).click()
  const dialog = shop.getByRole('dialog')
  await expect(dialog.getByLabel('What is it about?')).toBeFocused()
  await axe(shop)
  await picture(shop, 'open')
  await shop.keyboard.press('Escape')
  await expect(shop.getByRole('button', { name: /Ask a person/ })).toBeFocused()
  await shop.keyboard.press('Enter')
  await expect(dialog.getByLabel('What is it about?')).toBeFocused()
  await shop.keyboard.type('Which burrs do I need for light roasts?')
  await shop.keyboard.press('Enter')
  const log = dialog.getByRole('log')
  await expect(log.getByText('Which burrs do I need for light roasts?')).toHaveCount(1)
  await dialog.getByLabel('Where shall the answer go if you leave?').fill('wanda@saudade.example')
  await dialog.getByRole('button', { name: 'Keep' }).click()
  await expect(dialog.getByText('the answer goes to wanda@saudade.example')).toBeVisible()
  await expect(dialog.getByText(/ answers/).first()).toBeVisible()

  // In the desk it is a conversation like any other, and its customer is there.
  await page.goto('/inbox/open')
  await page
    .getByRole('link', { name: /Which burrs do I need/ })
    .first()
    .click()
  await page.keyboard.press('r')
  const field = page.getByLabel(/in the chat/)
  await expect(field).toBeFocused()
  await expect(page.getByText('wanda@saudade.example is in the chat').first()).toBeVisible()
  await field.pressSequentially('The coated set')
  await expect(dialog.getByText('Ana is writing')).toBeVisible()
  await field.pressSequentially(', and it fits.')
  await page.keyboard.press('Enter')
  await expect(log.getByText('The coated set, and it fits.')).toHaveCount(1)
  await expect(page.getByText('seen', { exact: true })).toBeVisible()
  await shop.keyboard.type('Is it in stock?')
  await expect(page.getByText(/is writing/).first()).toBeVisible()
  await picture(page, 'desk')
  await shop.keyboard.press('Enter')
  await expect(page.getByText('Is it in stock?').first()).toBeVisible()
  await axe(shop)

  // Loaded anew it is as it was.
  await shop.reload()
  await expect(log.getByText('Is it in stock?')).toHaveCount(1)
  await expect(log.locator('.msg')).toHaveCount(3)

  // The line breaks: what both say meanwhile is there once, and in order, when it is back.
  await visitor.context.setOffline(true)
  await dialog.getByRole('textbox').last().fill('I could fetch it myself.')
  await shop.keyboard.press('Enter')
  await field.fill('Back on 3 December.')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Back on 3 December.').first()).toBeVisible()
  await visitor.context.setOffline(false)
  await expect(log.getByText('Back on 3 December.')).toHaveCount(1)
  await expect(page.getByText('I could fetch it myself.').first()).toBeVisible()
  await expect(log.locator('.msg')).toHaveCount(5)
  await picture(shop, 'talk')
  expect(visitor.wrong.filter(text => !/ERR_INTERNET_DISCONNECTED|Failed to load/.test(text))).toEqual([])
  expect(await visitor.context.cookies()).toEqual([])

  // They leave. The next step is chosen now, and the answer goes by mail.
  await shop.goto('about:blank')
  await expect(page.getByText(/wanda@saudade.example left/).first()).toBeVisible({ timeout: 30_000 })
  await expect(page.locator('.ProseMirror')).toBeVisible()
  await page.locator('.ProseMirror').click()
  await page.keyboard.type('Utrecht has one and keeps it for you.')
  await page.keyboard.press('Alt+3')
  await page.keyboard.press('Control+Enter')
  const found = () =>
    outside.sent.map(mail => read(Buffer.from(mail))).find(mail => mail.text.includes('Utrecht has one'))
  await expect.poll(() => found() !== undefined, { timeout: 30_000 }).toBe(true)
  await writes('Wanda', 'wanda@saudade.example', {
    subject: `Re: ${found()!.subject}`,
    text: 'Lovely, I fetch it tomorrow at ten with my brother.',
    inReplyTo: found()!.messageId!,
  })
  await shop.goto(site.address)
  await expect(log.getByText('Utrecht has one and keeps it for you.')).toHaveCount(1)
  await expect(log.getByText(/You left at/)).toBeVisible()
  await expect(log.getByText('You answered by mail.')).toBeVisible()
  await picture(shop, 'mail')
  if (pictures) {
    await shop.emulateMedia({ colorScheme: 'dark' })
    await picture(shop, 'mail-dark')
    const phone = await aVisitor(browser, `${site.address}/ar`, { viewport: { width: 390, height: 780 }, locale: 'ar' })
    await phone.page.getByRole('button').first().click()
    await expect(phone.page.getByRole('dialog')).toBeVisible()
    await phone.page.waitForTimeout(400)
    await picture(phone.page, 'phone-ar')
    await axe(phone.page)
    await phone.context.close()
  }
  await visitor.context.close()
  site.server.close()
})
