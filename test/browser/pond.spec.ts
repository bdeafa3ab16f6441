/** Who writes comes into the pond by themselves; it is walked by keys, opened, shown as a table, narrowed and sorted; and Insight counts what happened and hands it out as a file. */
import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from './journey.ts'
import { looksRight } from './looks.ts'
import { liveOutside, writes } from './outside.ts'

test.describe.configure({ mode: 'serial' })

liveOutside()
test.beforeAll(async () => {
  for (const name of ['Aino Lumi', 'Bruno Tinto', 'Cora Volpe'])
    await writes(name, `${name.split(' ')[0]!.toLowerCase()}@ponds.example`, {
      subject: `About ${name}`,
      text: `This is ${name}.`,
    })
})

const chosen = (page: Page) => page.getByRole('listbox').getByRole('option', { selected: true })
const names = (page: Page) => page.locator('.pond tbody th').allInnerTexts()

test('those who wrote lie in the pond with what they are owed, and one goes from one to the next by keys', async ({
  page,
}) => {
  await page.goto('/')
  await expect(page.getByRole('link', { name: 'The pond' })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('p')
  await expect(page.getByRole('heading', { name: 'The pond' })).toBeVisible()
  // They come as the log is read.
  await expect(page.getByText(/^\d+ relationships$/)).toBeVisible()
  const picture = page.getByRole('listbox')
  await expect(picture).toHaveAttribute('aria-busy', 'false')
  await picture.focus()
  await page.keyboard.press('ArrowRight')
  await expect(chosen(page)).toHaveAccessibleName(/, in touch today, We owe by /)
  const first = await chosen(page).getAttribute('aria-label')
  await expect(page.getByText('wrote to us today', { exact: false })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Check in' })).toBeVisible()
  for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) {
    await page.keyboard.press(key)
    if ((await chosen(page).getAttribute('aria-label')) !== first) break
  }
  expect(await chosen(page).getAttribute('aria-label')).not.toBe(first)
  await page.keyboard.press('+')
  await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('0')
  await looksRight(page)
  await picture.focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/people\/[0-9a-f-]{36}/)
})

test('the table says the same, is sorted and narrowed, and the address holds it; news moves it', async ({ page }) => {
  await page.goto('/pond?as=table')
  await expect(page.getByRole('table')).toContainText('Cora Volpe')
  await expect(page.getByRole('row', { name: /Aino Lumi/ })).toContainText('We owe by')
  await page.getByRole('button', { name: 'Who' }).click()
  await expect(page.getByRole('columnheader', { name: 'Who' })).toHaveAttribute('aria-sort', 'ascending')
  const sorted = await names(page)
  expect(sorted).toEqual([...sorted].sort((a, b) => a.localeCompare(b)))
  await page.getByLabel('Find by name').fill('tínto')
  await expect(page.locator('.pond tbody th')).toHaveText(['Bruno Tinto'])
  await expect(page).toHaveURL(/q=/)
  await page.getByRole('combobox', { name: 'Show' }).selectOption({ label: 'Kept by me' })
  await expect(page.getByText('Nobody fits this.')).toBeVisible()
  await page.getByRole('button', { name: 'Show everyone' }).click()
  await writes('Dora Live', 'dora@ponds.example', { subject: 'Also here', text: 'Me too.' })
  await expect(page.getByRole('row', { name: /Dora Live/ })).toBeVisible()
  await looksRight(page)
})

test('Insight counts what was begun, says what is counted, and hands it out as a file', async ({ page }) => {
  await page.goto('/insight')
  await expect(page).toHaveURL(/\/insight\/promises/)
  await page.getByRole('link', { name: 'Human contact' }).click()
  await expect(page.getByRole('heading', { name: 'Until the first human word' })).toBeVisible()
  await expect(page.getByRole('definition').first()).toContainText(/\d+ of \d+/)
  await page.getByText('What is counted').first().click()
  await expect(page.getByText('The automatic acknowledgement does not count.', { exact: false })).toBeVisible()
  await page.getByRole('combobox', { name: 'Period' }).selectOption('7')
  await expect(page).toHaveURL(/days=%227%22|days=7/)
  await expect(page.getByRole('img', { name: /Until the first human word, from/ })).toBeVisible()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Take along as CSV' }).click(),
  ])
  expect(file.suggestedFilename()).toMatch(/^human-.*\.csv$/)
  expect(await readFile(await file.path(), 'utf8')).toContain('from,by,team,begun,human.hour')
  await looksRight(page)
  await page.getByRole('link', { name: 'Quiet relationships' }).click()
  await expect(page.getByText('kept by nobody')).toBeVisible()
  await looksRight(page)
})
