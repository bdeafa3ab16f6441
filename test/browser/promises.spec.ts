/** Promises in both directions, by mail, composer and ledger: offered with a yes, noted, brought up, not kept and said so, and listed. */
import { expect, type Page, test } from './journey.ts'
import { looksRight } from './looks.ts'

const hour = 3_600_000
const at = (ms: number) => new Date(Date.now() + ms).toISOString()
const shot = (page: Page, name: string) =>
  process.env.POND_SHOTS ? page.screenshot({ path: `${process.env.POND_SHOTS}/${name}.png` }) : Promise.resolve()

async function noteCall(page: Page, given: { subject: string; name: string; body: string; nextStep: object }) {
  const me = await (await page.request.get('/api/v1/me')).json()
  const answer = await page.request.post('/api/v1/conversations', {
    data: {
      ...{ is: 'phone', teamId: me.teams[0].id, subject: given.subject, body: given.body, nextStep: given.nextStep },
      customer: { name: given.name, address: `${given.name.split(' ')[0]!.toLowerCase()}@saudade.example` },
    },
  })
  expect(answer.ok(), await answer.text()).toBe(true)
  return (await answer.json()) as { conversationId: string }
}

const back = (words: string, hours: number, kind = 'action') => ({
  ...{ is: 'we-get-back', words, dueAt: at(hours * hour), kind },
})

test('what sounds like a promise is offered, made by a yes, and stands in the ledger', async ({ page }) => {
  const { conversationId } = await noteCall(page, {
    subject: 'The Faro trips the fuse',
    name: 'Inês Carvalho',
    body: '<p>She needs it by Saturday. I’ll send the wiring diagram tomorrow.</p>',
    nextStep: back('say who comes', 30),
  })
  await page.request.put(`/api/v1/conversations/${conversationId}/needed-by`, { data: { neededBy: at(40 * hour) } })
  await page.goto(`/conversations/${conversationId}`)
  // Said on the phone, and written down with a yes.
  const said = page.getByRole('list', { name: 'Sounds like a promise' })
  await expect(said).toContainText('send the wiring diagram')
  await shot(page, 'said')
  await said.getByRole('button', { name: 'Write it down' }).click()
  const dialog = page.getByRole('dialog', { name: 'Write a promise down' })
  await expect(dialog.getByLabel('What was promised')).toHaveValue(/send the wiring diagram/)
  await looksRight(page)
  await dialog.getByRole('button', { name: 'Write it down', exact: true }).click()
  await expect(page.getByText('Written down.')).toBeVisible()
  const side = page.getByRole('complementary')
  await expect(side).toContainText('send the wiring diagram')
  // While a note is written: offered, later than needed, made by the key.
  await page.keyboard.press('n')
  const editor = page.getByRole('textbox', { name: /note/i })
  await editor.fill('Asked the workshop. I’ll order the heating element in three days.')
  const offer = page.getByRole('list', { name: 'Sounds like a promise' }).last()
  await expect(offer).toContainText('order the heating element')
  await expect(offer).toContainText('later than they need it')
  await looksRight(page)
  await shot(page, 'offer')
  await page.keyboard.press('Alt+KeyP')
  await expect(offer).toContainText('Also promised')
  await shot(page, 'offer-taken')
  await page.keyboard.press('Control+Enter')
  await expect(side).toContainText('order the heating element')
  await shot(page, 'panel')
  // The ledger, by its key; kept by another.
  await page.keyboard.press('Escape')
  await page.locator('body').click({ position: { x: 5, y: 5 } })
  await page.goto('/promises')
  await expect(page.getByRole('heading', { name: 'Promises', level: 1 })).toBeVisible()
  const row = page.getByRole('listitem').filter({ hasText: 'order the heating element' })
  await expect(row).toContainText('later than they need it')
  await looksRight(page)
  await shot(page, 'ledger')
  if (process.env.POND_SHOTS) {
    await page.setViewportSize({ width: 390, height: 844 })
    await shot(page, 'ledger-390')
    await page.setViewportSize({ width: 1280, height: 720 })
  }
  await row.click()
  await page.keyboard.press('d')
  await expect(row).toHaveCount(0)
  await page.getByLabel('How it stands').selectOption('kept')
  await expect(row).toContainText('Kept')
  await expect(page).toHaveURL(/state=kept/)
  await shot(page, 'ledger-kept')
})

test('theirs is noted and kept late by our word; ours is let go, or not kept and said so beside the facts', async ({
  page,
}) => {
  const { conversationId } = await noteCall(page, {
    subject: 'The grinder offer',
    name: 'Matteo Ricci',
    body: '<p>He wants an offer.</p>',
    nextStep: back('send the offer', 0.0006, 'reply'),
  })
  await page.goto(`/conversations/${conversationId}`)
  const side = page.getByRole('complementary')
  await side.getByRole('button', { name: 'Write a promise down' }).click()
  const dialog = page.getByRole('dialog', { name: 'Write a promise down' })
  await dialog.getByLabel('Who promised').selectOption('theirs')
  await dialog.getByLabel('What was promised').fill('sends the serial number')
  await dialog.getByRole('button', { name: 'Write it down', exact: true }).click()
  const theirs = side.getByRole('listitem').filter({ hasText: 'sends the serial number' })
  await theirs.getByRole('button', { name: 'What happens to this promise' }).click()
  await expect(page.getByRole('menuitem', { name: 'Bring it up kindly' })).toBeVisible()
  await page.getByRole('menuitem', { name: 'They kept it' }).click()
  await expect(theirs).toHaveCount(0)
  // Late by now: an empty page, the facts beside it, and something promised instead.
  const ours = side.getByRole('listitem').filter({ hasText: 'send the offer' })
  await ours.getByRole('button', { name: 'What happens to this promise' }).click()
  await page.getByRole('menuitem', { name: 'Say that it was not kept' }).click()
  const page2 = page.getByRole('dialog', { name: 'Say that it was not kept' })
  await expect(page2.getByRole('complementary', { name: 'What we know' })).toContainText('send the offer')
  await expect(page2.getByLabel(/What happened|To Matteo/)).toHaveValue('')
  await expect(page2.getByText('Something has to be promised here')).toBeVisible()
  await looksRight(page)
  await shot(page, 'broken')
  await page2.getByLabel(/What happened|To Matteo/).fill('I lost sight of it, and told Matteo so on the phone.')
  await page2.getByLabel('Why').selectOption('lost-sight')
  await page2.getByLabel('What you will do').fill('send the offer with the new prices')
  await page2.getByRole('button', { name: /Write it down|Send it/ }).click()
  await expect(page.getByText('Said honestly.')).toBeVisible()
  await expect(side).toContainText('send the offer with the new prices')
  await page.goto('/promises?of=all&state=broken')
  const row = page.getByRole('listitem').filter({ hasText: 'send the offer' })
  await expect(row).toContainText('because it was lost sight of')
  await looksRight(page)
  await shot(page, 'ledger-broken')
})
