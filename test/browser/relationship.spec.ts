/** Who it is we serve: from a mail to the person's page, their organisation, how they want to be reached, and two records made one and two again. */
import { expect, type Page, test } from './journey.ts'
import { looksRight } from './looks.ts'
import { liveOutside, writes } from './outside.ts'

test.describe.configure({ mode: 'serial' })

liveOutside()
test.beforeAll(async () => {
  await writes('Inês Carvalho', 'ines@saudade.example', {
    subject: 'The plate of the Faro is loose',
    text: 'It rattles. Can we fix it ourselves?',
  })
})

const title = (page: Page) => page.getByRole('heading', { level: 1 })
const happened = (page: Page) => page.locator('.tl')
const side = (page: Page) => page.locator('.relside')

test('a name leads to the person, with what happened, what we know and how they want to be reached', async ({
  page,
}) => {
  await page.goto('/inbox/open?sort=latest')
  await page.locator('.c', { hasText: 'The plate of the Faro is loose' }).first().click()
  await page.keyboard.press('Enter')
  await expect(title(page)).toHaveText('The plate of the Faro is loose')
  await page.getByRole('link', { name: 'Inês Carvalho' }).first().click()
  await expect(title(page)).toHaveText('Inês Carvalho')
  await expect(happened(page)).toContainText('The plate of the Faro is loose')
  await expect(page.locator('.ex')).toContainText('answer')

  await page.keyboard.press('n')
  await page.getByRole('dialog').getByRole('textbox').fill('Likes it short.')
  await page.keyboard.press('Control+Enter')
  await expect(happened(page)).toContainText('Likes it short.')
  await page.getByRole('button', { name: 'Notes' }).click()
  await expect(happened(page)).not.toContainText('The plate of the Faro')
  await page.getByRole('button', { name: 'Everything' }).click()
  await expect(happened(page)).toContainText('The plate of the Faro')

  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Change what we know' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('In a line').fill('Runs the bar')
  await dialog.getByLabel('Would rather be reached').selectOption('phone')
  await dialog.getByLabel('In their words').fill('For a faster answer, write to bar@saudade.example.')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.locator('.relhead')).toContainText('Runs the bar.')
  await side(page)
    .getByRole('button', { name: /contacted unasked/ })
    .click()
  await page.getByRole('dialog').getByLabel('How do we know?').fill('She said so on the phone.')
  await page.getByRole('dialog').getByRole('button', { name: 'Leave them in peace' }).click()
  await expect(side(page)).toContainText('Not to be contacted unasked')
  await looksRight(page)

  // What they want stands where one writes to them.
  await page.keyboard.press('r')
  await expect(title(page)).toHaveText('Write first')
  await expect(page.locator('main')).toContainText('For a faster answer, write to bar@saudade.example.')
  await expect(page.locator('main')).toContainText('Inês does not want to be contacted unasked.')
})

test('an organisation is made, its domain suggests who belongs to it, and a conversation is shared with one of them', async ({
  page,
}) => {
  await page.goto('/')
  await expect(title(page)).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('k')
  await expect(title(page)).toHaveText('People')
  await page.getByRole('searchbox').fill('inês')
  await expect(page.locator('.relrow')).toHaveCount(1)
  await page.getByRole('link', { name: 'Organisations' }).click()
  await expect(title(page)).toHaveText('Organisations')
  await page.getByRole('button', { name: 'New organisation' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Café Saudade')
  await page.getByRole('dialog').getByRole('button', { name: 'Make' }).click()
  await expect(title(page)).toHaveText('Café Saudade')

  await side(page).getByRole('button', { name: 'Change', exact: true }).last().click()
  const domains = page.getByRole('dialog').getByLabel('One on each line')
  await domains.fill('gmail.com')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('alert')).toContainText('Millions of people write from gmail.com')
  await domains.fill('saudade.example')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(side(page).locator('.ppl')).toContainText('Their mail comes from there')
  await side(page).getByRole('button', { name: 'Yes' }).click()
  await expect(happened(page)).toContainText(/Inês Carvalho.? belongs to them/)
  await expect(happened(page)).toContainText('The plate of the Faro is loose')

  await writes('Rui Carvalho', 'rui@saudade.example', { subject: 'A finer grind', text: 'Which setting?' })
  await expect(side(page).locator('.ppl')).toContainText('Rui Carvalho')
  await side(page).getByRole('button', { name: 'Yes' }).click()
  await expect(happened(page)).toContainText(/Rui Carvalho.? belongs to them/)
  await looksRight(page)

  await happened(page).getByRole('link', { name: 'The plate of the Faro is loose' }).first().click()
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  await page.getByRole('dialog').getByRole('radio', { name: 'Rui Carvalho' }).check()
  await page.getByRole('dialog').getByRole('button', { name: 'Share' }).click()
  await expect(page.locator('.sight')).toContainText('Rui Carvalho')
})

test('two records of one person become one, and two again', async ({ page }) => {
  await writes('Inês Carvalho', 'ines.carvalho@home.example', { subject: 'From my own address', text: 'It is me.' })
  await page.goto('/')
  await expect(page.getByRole('link', { name: 'People' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').fill('ines.carvalho@home')
  await page.getByRole('option', { name: /Inês Carvalho.*home/ }).click()
  await expect(title(page)).toHaveText('Inês Carvalho')
  await expect(happened(page)).toContainText('From my own address')
  await page.getByRole('button', { name: 'The same person' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: /ines@saudade/ }).check()
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click()
  await expect(side(page)).toContainText('ines@saudade.example')
  await expect(happened(page)).toContainText('The plate of the Faro is loose')
  await expect(happened(page)).toContainText('From my own address')
  await expect(side(page)).toContainText('Merged into this record')
  await side(page).getByRole('button', { name: 'Undo' }).click()
  await expect(happened(page)).not.toContainText('From my own address')
  await expect(side(page)).not.toContainText('ines.carvalho@home.example')
})
