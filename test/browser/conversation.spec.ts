/** Answering: read, reply with a promise, go on to the next; stopping a stale reply; undoing; drafts; notes; hostile mail. */
import { expect, type Page, test } from './journey.ts'
import { looksRight } from './looks.ts'
import { liveOutside, writes } from './outside.ts'

test.describe.configure({ mode: 'serial' })

const outside = liveOutside()

const row = (page: Page, subject: string) => page.locator('.c', { hasText: subject })
const editor = (page: Page) => page.locator('.ProseMirror')
async function opened(page: Page, subject: string) {
  await page.goto('/inbox/open')
  await row(page, subject).click()
  await expect(page.locator('.prev .title')).toHaveText(subject)
  await page.locator('.prev .title a').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(subject)
}

test('a mail appears in the inbox by itself, with the promise it was given', async ({ page }) => {
  await page.goto('/inbox/open')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Everything open')
  await writes('Inês Carvalho', 'ines@saudade.example', {
    subject: 'The Faro trips the fuse',
    text: 'Every morning the fuse goes. Is it safe?',
  })
  await expect(row(page, 'The Faro trips the fuse')).toBeVisible()
  await expect(row(page, 'The Faro trips the fuse')).toContainText('will answer')
  await writes('Yusuf Haddad', 'yusuf@noor.example', { subject: 'Second invoice', text: 'I paid on the 3rd.' })
  await expect(row(page, 'Second invoice')).toBeVisible()
  await looksRight(page)
})

test('read, reply with a promise, next: by keys alone', async ({ page }) => {
  // Not one event of a mouse, a pen or a finger comes to the page.
  const touched: string[] = []
  await page.exposeFunction('touched', (what: string) => touched.push(what))
  await page.addInitScript(() => {
    const tell = (event: Event) => (window as unknown as { touched: (what: string) => void }).touched(event.type)
    for (const kind of ['pointerdown', 'pointermove', 'mousedown', 'mousemove', 'wheel', 'touchstart'])
      addEventListener(kind, tell, { capture: true, passive: true })
  })
  await page.goto('/inbox/open')
  await expect(row(page, 'Second invoice')).toBeVisible()
  await page.keyboard.press('k')
  while (!(await page.locator('.prev .title').textContent())?.includes('Faro')) await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/conversations\/\d+/)
  await expect(page.getByRole('article', { name: /Message from Inês/ })).toContainText('Is it safe?')
  await page.keyboard.press('r')
  await expect(editor(page)).toBeFocused()
  await page.keyboard.type('Dear Inês, you can use it today. The fuse does its work.')
  await page.keyboard.press('Alt+1')
  const words = page.getByLabel('What you promise')
  for (let turn = 0; turn < 20 && !(await words.evaluate(field => field === document.activeElement)); turn++)
    await page.keyboard.press('Tab')
  await page.keyboard.type('say who comes')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(/Goes to Inês in \d+ s/)).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Second invoice')
  await page.keyboard.press('u')
  await expect(row(page, 'The Faro trips the fuse')).toContainText('Ana: say who comes')
  await expect
    .poll(() => outside.sent.find(mail => mail.includes('The fuse does its work')), { timeout: 30_000 })
    .toContain('ines@saudade.example')
  expect(touched).toEqual([])
})

test('a reply taken back comes into the composer again and never leaves', async ({ page }) => {
  await opened(page, 'Second invoice')
  await page.keyboard.press('r')
  await page.keyboard.type('This was too early.')
  await expect(editor(page)).toHaveText('This was too early.')
  await page.keyboard.press('Alt+3')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(editor(page)).toContainText('This was too early.')
  await expect(page.getByRole('radio', { name: 'Answered' })).toBeChecked()
  await expect(page.getByRole('article', { name: /Reply from Ana/ })).toHaveCount(0)
  await page.waitForTimeout(12_000)
  expect(outside.sent.some(mail => mail.includes('This was too early'))).toBe(false)
})

test('a newer message stops a reply that was begun before it, and loses no word of it', async ({ page }) => {
  await writes('Giulia Volpe', 'giulia@volpe.example', {
    id: '<price@volpe.example>',
    subject: 'Two Faro for the new shop',
    text: 'Did the price come together?',
  })
  await opened(page, 'Two Faro for the new shop')
  await page.keyboard.press('r')
  await page.keyboard.type('Thursday at eight it is.')
  await expect(editor(page)).toHaveText('Thursday at eight it is.')
  await page.getByLabel('What you promise').fill('send the price')
  const acknowledged = () => outside.sent.find(mail => mail.includes('giulia@volpe.example'))
  await expect.poll(acknowledged, { timeout: 20_000 }).toBeTruthy()
  const answered = /^Message-ID: (<[^>]+>)/im.exec(acknowledged() ?? '')?.[1] ?? '<price@volpe.example>'
  await writes('Giulia Volpe', 'giulia@volpe.example', {
    inReplyTo: answered,
    subject: 'Re: Two Faro for the new shop',
    text: 'One more thing: Thursday is impossible.',
  })
  await expect(page.getByRole('alert')).toContainText('Giulia wrote again while you were writing. Your reply waits.')
  await expect(page.getByText('new, while you were writing')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Send and promise' })).toBeDisabled()
  await expect(editor(page)).toContainText('Thursday at eight it is.')
  await looksRight(page)
  await page.getByRole('button', { name: 'I have read it, go on writing' }).click()
  await expect(editor(page)).toBeFocused()
  await expect(page.getByRole('button', { name: 'Send and promise' })).toBeEnabled()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(/Goes to Giulia/)).toBeVisible()
})

test('a draft outlives the page, and a second tab does not overwrite it unasked', async ({ page, context }) => {
  await opened(page, 'Second invoice')
  await editor(page).click()
  await page.keyboard.press('Control+A')
  await page.keyboard.type('A text I want to keep')
  await page.getByRole('radio', { name: 'Your turn' }).click()
  await expect(page.getByText(/Saved here and on the server/)).toBeVisible()
  await page.reload()
  await expect(editor(page)).toContainText('A text I want to keep')
  await expect(page.getByRole('radio', { name: 'Your turn' })).toBeChecked()
  const other = await context.newPage()
  await other.goto(page.url())
  await expect(editor(other)).toContainText('A text I want to keep')
  await editor(other).click()
  await other.keyboard.press('End')
  await other.keyboard.type(', and more')
  await expect(editor(page)).toContainText('A text I want to keep, and more')
  await other.close()
})

test('a note stays inside and looks like it', async ({ page }) => {
  await opened(page, 'Second invoice')
  await page.keyboard.press('n')
  await expect(page.getByRole('tab', { name: /Note/ })).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByText('Yusuf never sees it')).toBeVisible()
  await looksRight(page)
  await editor(page).click()
  await page.keyboard.type('He paid twice, I looked.')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('article', { name: 'Note from you' })).toContainText('He paid twice')
  expect(outside.sent.some(mail => mail.includes('He paid twice'))).toBe(false)
})

test('a hostile mail runs nothing, loads nothing, and is still read', async ({ page }) => {
  const asked: string[] = []
  page.on('request', request => asked.push(request.url()))
  page.on('dialog', () => expect(false, 'a script of the mail ran').toBe(true))
  await writes('Mallory', 'mallory@evil.example', {
    subject: 'Look here',
    text: 'plain',
    html: `<p>Hello <b>there</b><script>alert(1)</script><img src="https://evil.example/pixel.png"><img src=x onerror="alert(2)">
      <a href="javascript:alert(3)">press</a></p><table bgcolor="#ffeecc" style="position:fixed;top:0"><tr><td>Offer</td></tr></table>`,
  })
  await opened(page, 'Look here')
  await expect(page.getByText(/held back/)).toBeVisible()
  await expect(page.frameLocator('.mailframe').getByText('Offer')).toBeVisible()
  expect(asked.filter(address => address.includes('evil.example'))).toEqual([])
})
