/** Kindness and teaching: hints while one writes, what was asked before with the answers, teaching it, and fixing the cause. */
import { expect, type Page, test } from './journey.ts'
import { looksRight } from './looks.ts'
import { liveOutside, writes } from './outside.ts'

test.describe.configure({ mode: 'serial' })

liveOutside()

const editor = (page: Page) => page.locator('.ProseMirror')
const hints = (page: Page) => page.getByRole('list', { name: 'Hints about what you write' })
const before = (page: Page) => page.getByRole('complementary').getByRole('region', { name: 'Asked before' })

async function opened(page: Page, subject: string) {
  await page.goto('/inbox/open')
  await page.locator('.c', { hasText: subject }).click()
  await page.locator('.prev .title a').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(subject)
}

async function replies(page: Page, text: string) {
  await page.keyboard.press('r')
  await expect(editor(page)).toBeFocused()
  await page.keyboard.type(text)
  await page.keyboard.press('Alt+3')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(/Goes to .+ in \d+ s/)).toBeVisible()
}

test('a reply is hinted at while it is written, each hint says why and goes for good when one wants', async ({
  page,
}) => {
  await writes('Inês Carvalho', 'ines@saudade.example', {
    subject: 'The Faro trips our fuse',
    text: 'Every morning the fuse goes. If it can’t be fixed by Saturday, is there a machine we could borrow?',
  })
  await expect(async () => opened(page, 'The Faro trips our fuse')).toPass()
  await page.keyboard.press('r')
  await expect(editor(page)).toBeFocused()
  await page.keyboard.type(
    'Dear Inês, Tomasz comes and looks after the fuse. As I already said, you will have to call the builder.',
  )
  const list = hints(page)
  await expect(list.getByRole('listitem')).toHaveCount(2)
  await expect(list).toContainText('Not touched on yet: “is there a machine we could borrow?”')
  await expect(page.getByRole('status').filter({ hasText: 'Not touched on yet' })).toBeAttached()
  await list.getByRole('button', { name: 'Why?' }).first().click()
  await expect(list).toContainText('They asked this and wait for it.')
  await looksRight(page)
  await list.getByRole('button', { name: 'Leave it as it is' }).first().click()
  await expect(list).not.toContainText('Not touched on yet')
  await expect(list).toContainText('This sends them on')
  await list.getByRole('button', { name: 'Why?' }).first().click()
  await list.getByRole('button', { name: 'Don’t hint at this any more' }).click()
  await expect(list).not.toContainText('This sends them on')
  await expect(list).toContainText('This may sound like blame: “As I already said”')
  // What they wait for is touched on and nothing sounds wrong: nothing is hinted at.
  await editor(page).click()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('Dear Inês, Tomasz comes on Thursday. You can borrow a machine until then.')
  await expect(list).toHaveCount(0)
  await page.keyboard.press('Escape')
  await page.keyboard.press('n')
  await page.keyboard.type('She is really annoying.')
  await expect(list).toContainText('A word about the person')
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.press('Delete')
  await page.goto('/settings/account')
  const sendingOn = page.getByRole('switch', { name: 'Sending them on to somebody else' })
  await expect(sendingOn).not.toBeChecked()
  await sendingOn.click()
  await expect(sendingOn).toBeChecked()
})

test('what was asked before stands beside with its answer, is taught, told apart, and its cause decided about', async ({
  page,
}) => {
  const asks = (name: string, address: string, subject: string, text: string) =>
    writes(name, address, { subject, text })
  await asks(
    'Yusuf Haddad',
    'yusuf@noor.example',
    'Code of the door',
    'Which code opens the workshop door in the evening?',
  )
  await expect(async () => opened(page, 'Code of the door')).toPass()
  await replies(page, 'Dear Yusuf, the code stands on the blue card beside the till.')
  await asks(
    'Mina Park',
    'mina@haru.example',
    'Workshop door',
    'Which code opens the door of the workshop in the evening?',
  )
  await asks(
    'Rui Sousa',
    'rui@mar.example',
    'Evening code',
    'What code opens the workshop door in the evening, please?',
  )
  await expect(async () => {
    await opened(page, 'Evening code')
    await expect(before(page).getByText('2 others asked this in 90 days')).toBeVisible({ timeout: 1500 })
  }).toPass()
  const panel = before(page)
  await expect(panel).toContainText('Ana answered')
  await looksRight(page)
  await panel.getByRole('button', { name: 'What to do with “Workshop door”' }).click()
  await page.getByRole('menuitem', { name: 'Not the same' }).click()
  await expect(panel.getByText('Workshop door')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(panel.getByText('Workshop door')).toBeVisible()

  await panel.getByRole('button', { name: 'What to do with “Code of the door”' }).click()
  await page.getByRole('menuitem', { name: 'Teach' }).click()
  const teach = page.getByRole('dialog', { name: 'Teach it' })
  await expect(teach.getByLabel('What you would tell everybody')).toHaveValue(
    'The code stands on the blue card beside the till.',
  )
  await looksRight(page)
  await teach.getByRole('button', { name: 'Keep as a saved reply' }).click()
  await expect(editor(page)).toContainText('The code stands on the blue card beside the till.')
  await expect(panel).toContainText('Written for this: Code of the door')

  await panel.getByRole('button', { name: 'Fix the cause' }).click()
  const cause = page.getByRole('dialog', { name: 'Fix the cause' })
  await cause.getByLabel('What is to be decided').fill('Put the code into the booking mail?')
  await cause.getByRole('button', { name: 'Ask for a decision' }).click()
  await expect(panel).toContainText('Put the code into the booking mail?')
  await page.goto('/asked-again')
  await expect(page.getByRole('listitem').filter({ hasText: 'Evening code' })).toContainText('3 times')
  await looksRight(page)
  await page.goto('/')
  const today = page.getByRole('region', { name: 'To decide' })
  await today.getByRole('button', { name: 'Decide' }).click()
  const deciding = page.getByRole('dialog', { name: 'What do we do about it?' })
  await deciding.getByLabel('In a sentence, for whoever asked').fill('It stands in the mail from Monday on.')
  await deciding.getByRole('button', { name: 'Decide' }).click()
  await expect(today).toHaveCount(0)
  await opened(page, 'Evening code')
  await expect(before(page)).toContainText('The cause is fixed: It stands in the mail from Monday on.')
})
