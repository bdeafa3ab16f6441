/** Writing by keys alone: a saved reply with variables and its preview, emoji, a mention, Markdown, clean paste, the signature in the mail that arrives, a forward, and drafts that outlive the server's silence and the session's end. */

import { read } from '../../src/platform/mail/reading/read.ts'
import { expect, type Page, test } from './journey.ts'
import { looksRight } from './looks.ts'
import { liveOutside, writes } from './outside.ts'
import { ana, port } from './place.ts'

test.describe.configure({ mode: 'serial' })

const outside = liveOutside()
test.beforeAll(async ({ browser }) => {
  const context = await browser.newContext()
  const headers = { origin: `http://localhost:${port}` }
  await context.request.put('/api/v1/me/signature', {
    data: { signature: '<p>{{me.firstName}} of {{installation.name}}</p>' },
    headers,
  })
  const me = (await (await context.request.get('/api/v1/me')).json()) as { teams: { id: string }[] }
  const teams = me.teams.map(({ id }) => ({ teamId: id, role: 'teammate' }))
  await context.request.post('/api/v1/members', {
    data: { name: 'Nele Brandt', address: 'nele@rosendal.example', teams },
    headers,
  })
  await writes('Lena Vogt', 'lena@vogt.example', {
    subject: 'The pump hums',
    text: 'Guten Morgen. Die Pumpe der Maschine brummt seit gestern sehr laut, ist das gefährlich?',
  })
  await context.close()
})
test.afterAll(async ({ browser }) => {
  const context = await browser.newContext()
  await context.request.put('/api/v1/me/signature', {
    data: { signature: null },
    headers: { origin: `http://localhost:${port}` },
  })
  await context.close()
})

const editor = (page: Page) => page.locator('.ProseMirror')
const list = (page: Page) => page.getByRole('listbox', { name: 'Saved replies' })
async function opened(page: Page) {
  await page.goto('/inbox/all')
  await page.locator('.c', { hasText: 'The pump hums' }).first().click()
  await page.locator('.prev .title a').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The pump hums')
}
async function writing(page: Page) {
  await page.keyboard.press('r')
  await expect(editor(page)).toBeFocused()
}
/** As a clipboard brings it. */
const paste = (page: Page, types: Record<string, string>) =>
  editor(page).evaluate((field, all) => {
    const moved = new DataTransfer()
    for (const [type, text] of Object.entries(all)) moved.setData(type, text)
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: moved, bubbles: true, cancelable: true }))
  }, types)
const sentWith = (words: string) =>
  outside.sent.map(mail => read(Buffer.from(mail))).find(mail => mail.text.includes(words))

test('a saved reply is made by keys, in two languages, and what nobody can fill is refused', async ({ page }) => {
  await page.goto('/settings/saved-replies')
  await expect(page.getByText('Nothing saved yet')).toBeVisible()
  await looksRight(page)
  await page.getByRole('link', { name: 'New saved reply' }).focus()
  await page.keyboard.press('Enter')
  await page.getByLabel('Name', { exact: true }).fill('Is it safe')
  await page.getByLabel('Shortcut').fill('safe')
  await page.getByRole('textbox', { name: 'The words' }).focus()
  await page.keyboard.type('Dear {{customer.firstName|there}}, it is safe. {{customer.shoe}}')
  await expect(page.getByRole('alert')).toContainText('customer.shoe')
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled()
  for (let signs = '{{customer.shoe}}'.length; signs > 0; signs--) await page.keyboard.press('Backspace')
  await expect(page.getByRole('region', { name: 'How it reads' })).toContainText('Dear Inês, it is safe.')
  await page.getByRole('button', { name: 'Add a language' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'German' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab', { name: 'German' })).toHaveAttribute('aria-selected', 'true')
  await page.getByRole('textbox', { name: 'The words' }).focus()
  await page.keyboard.press('Control+A')
  await page.keyboard.type('Guten Tag {{customer.name}}, es ist sicher.')
  await looksRight(page)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Is it safe is saved')).toBeVisible()
  await expect(page.getByText('2 languages')).toBeVisible()
  await looksRight(page)
})

test('a reply by keys: saved words in the customer’s language, emoji, Markdown, clean paste, and the signature arrives', async ({
  page,
}) => {
  await opened(page)
  await writing(page)
  await expect(page.getByText('Lena writes in German')).toBeVisible()
  await expect(editor(page)).toHaveAttribute('lang', 'de')
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Delete')
  await page.keyboard.type('/sa')
  await expect(list(page).getByRole('option', { name: /Is it safe/ })).toHaveAttribute('aria-selected', 'true')
  await expect(page.locator('.askpreview')).toHaveText('Guten Tag Lena Vogt, es ist sicher.')
  const active = await editor(page).getAttribute('aria-activedescendant')
  await expect(page.locator(`[id="${active}"]`)).toContainText('Is it safe')
  await looksRight(page)
  await page.keyboard.press('Enter')
  await expect(editor(page)).toHaveText('Guten Tag Lena Vogt, es ist sicher.')
  await page.keyboard.type(' :thumbs_up')
  await expect(page.getByRole('listbox', { name: 'Emoji' }).getByRole('option').first()).toContainText('👍')
  await page.keyboard.press('Enter')
  await expect(editor(page)).toContainText('👍')
  // Esc closes the list, and nothing else.
  await page.keyboard.type('/nothing')
  await page.keyboard.press('Escape')
  await expect(editor(page)).toBeFocused()
  for (let signs = '/nothing'.length; signs > 0; signs--) await page.keyboard.press('Backspace')
  await page.keyboard.press('Enter')
  await paste(page, { 'text/plain': '## Danach\n\n- **eins**\n- zwei' })
  await expect(editor(page).locator('h2')).toHaveText('Danach')
  await expect(editor(page).locator('li').first()).toHaveText('eins')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await paste(page, {
    'text/html':
      '<html><head><style>p{color:red}</style></head><body><p class=MsoNormal style="mso-x:y"><span style="font-family:Calibri">Sauber.<o:p></o:p></span></p></body></html>',
  })
  await expect(editor(page)).toContainText('Sauber.')
  expect(await editor(page).innerHTML()).not.toMatch(/Mso|Calibri|o:p/)
  // The same as Markdown, and back.
  await page.getByRole('button', { name: 'Write as Markdown' }).press('Enter')
  await expect(page.locator('.source')).toHaveValue(/## Danach[\s\S]*\*\*eins\*\*/)
  await page.getByRole('button', { name: 'Back to rich text' }).press('Enter')
  await expect(editor(page).locator('h2')).toHaveText('Danach')
  await expect(page.locator('.signature')).toContainText(`Ana of ${ana.organisation}`)
  await editor(page).focus()
  await page.keyboard.press('Alt+3')
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => sentWith('es ist sicher')?.text, { timeout: 30_000 }).toContain('-- \nAna of')
  const mail = sentWith('es ist sicher')!
  expect(mail.text).toContain('👍')
  expect(mail.html).toContain(`Ana of ${ana.organisation}`)
  expect(mail.text.match(/Ana of/g)).toHaveLength(1)
})

test('recipients by keys: pasted, moved, marked when wrong, and whoever is new is said', async ({ page }) => {
  await opened(page)
  await writing(page)
  await page.getByRole('button', { name: 'Cc', exact: true }).press('Enter')
  const field = page.getByRole('combobox', { name: 'Add to Cc' })
  await field.evaluate(input => {
    const moved = new DataTransfer()
    moved.setData('text', 'Rui <rui@vogt.example>; nobody at all')
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: moved, bubbles: true, cancelable: true }))
  })
  const cc = page.getByRole('group', { name: 'Cc' })
  await expect(cc.locator('.who')).toHaveText(['Rui', 'nobody at all'])
  await expect(cc.locator('.who[data-wrong]')).toHaveText('nobody at all')
  await expect(page.getByText('New here: Rui gets this mail')).toBeVisible()
  await field.focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Delete')
  await expect(cc.locator('.who')).toHaveText(['Rui'])
  await field.focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Move to To' }).press('Enter')
  await expect(page.getByRole('group', { name: 'To' }).locator('.who')).toHaveText(['Lena Vogt', 'Rui'])
  await looksRight(page)
})

test('a note mentions a colleague, and a message is forwarded without a word to the customer', async ({ page }) => {
  await opened(page)
  await page.keyboard.press('n')
  await expect(editor(page)).toBeFocused()
  await page.keyboard.type('Seen by @nel')
  await expect(page.getByRole('listbox', { name: 'People' }).getByRole('option').first()).toContainText('Nele Brandt')
  await page.keyboard.press('Enter')
  await expect(editor(page).locator('[data-mention]')).toHaveText('@Nele Brandt')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('article', { name: /note/i }).last()).toContainText('@Nele Brandt')
  await expect(editor(page)).toHaveCount(0)
  await page.keyboard.press('Shift+F')
  const dialog = page.getByRole('dialog', { name: 'Forward' })
  await expect(dialog).toContainText('Lena is not told')
  await expect(dialog.getByRole('combobox', { name: 'Add to To' })).toBeFocused()
  await page.keyboard.type('maker@parts.example,')
  await dialog.getByRole('textbox', { name: 'Your words' }).focus()
  await page.keyboard.type('Do you know this hum?')
  await looksRight(page)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('article', { name: /You forwarded this to maker@parts.example/ })).toContainText(
    'Do you know this hum?',
  )
  await expect.poll(() => sentWith('Do you know this hum?'), { timeout: 30_000 }).toBeTruthy()
  const mail = sentWith('Do you know this hum?')!
  expect(mail.to.map(one => one.address)).toEqual(['maker@parts.example'])
  expect(mail.subject).toMatch(/^Fwd: /)
  expect(mail.text).toContain('Ana of')
  const view = await (
    await page.request.get(`/api/v1/conversations${new URL(page.url()).pathname.replace('/conversations', '/number')}`)
  ).json()
  const whole = await (await page.request.get(`/api/v1/conversations/${view.id}`)).json()
  expect(JSON.stringify(whole.participants)).not.toContain('maker@parts.example')
})

test('what is written while the server is silent, and when the session ends, is there afterwards', async ({
  page,
  context,
}) => {
  await opened(page)
  await writing(page)
  await context.setOffline(true)
  await page.keyboard.type('Written without a server.')
  await expect(page.locator('.saved')).toContainText('Saved here')
  await context.setOffline(false)
  await page.keyboard.type(' And with one.')
  await expect(page.locator('.saved')).toContainText('on the server')
  // The session ends elsewhere; the next word is refused, and kept.
  await context.clearCookies()
  await page.keyboard.type(' And without a session.')
  await expect(page).toHaveURL(/sign-in/, { timeout: 20_000 })
  await page.getByLabel('Mail address').fill(ana.address)
  await page.getByLabel('Password').fill(ana.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).not.toHaveURL(/sign-in/)
  await opened(page)
  await writing(page)
  await expect(editor(page)).toHaveText('Written without a server. And with one. And without a session.')
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Delete')
})
