/** Without a network: the desk opens, shows what was read before, keeps a note, and adds it once when the network is back. */
import { expect, test } from './journey.ts'
import { looksRight } from './looks.ts'

test.use({ serviceWorkers: 'allow' })

test('what was read is there without a network, and a note written meanwhile is added once', async ({
  page,
  context,
}) => {
  await page.goto('/')
  const me = await (await page.request.get('/api/v1/me')).json()
  const begun = await page.request.post('/api/v1/conversations', {
    data: {
      is: 'phone',
      teamId: me.teams[0].id,
      customer: { name: 'Ines Faro', address: 'ines@faro.example' },
      subject: 'The grinder on the ferry',
      body: '<p>She called from the ferry.</p>',
      nextStep: { is: 'we-get-back', words: 'Say when', dueAt: new Date(Date.now() + 86_400_000).toISOString() },
    },
  })
  const { conversationId } = await begun.json()
  await page.waitForFunction(() =>
    navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null),
  )
  await page.goto(`/conversations/${conversationId}`)
  await expect(page.getByText('She called from the ferry.')).toBeVisible()
  await page.evaluate(async () => {
    while (!(await caches.match('/index.html', { ignoreSearch: true }))) await new Promise(go => setTimeout(go, 100))
  })

  await context.setOffline(true)
  await page.reload()
  await expect(page.getByText('She called from the ferry.')).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: 'No connection' })).toBeVisible()
  await page.keyboard.press('n')
  await page.keyboard.type('Ask the ferry for its voltage')
  await expect(page.getByRole('textbox', { name: 'Note about' })).toHaveText('Ask the ferry for its voltage')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Your note waits here')).toBeVisible()
  await expect(page.getByLabel('waits on this device for the connection')).toContainText(
    'Ask the ferry for its voltage',
  )
  await looksRight(page)
  // Closed and opened again, still without a network.
  await page.reload()
  await expect(page.getByLabel('waits on this device for the connection')).toContainText(
    'Ask the ferry for its voltage',
  )

  await context.setOffline(false)
  await expect(page.getByLabel('Note from you')).toContainText('Ask the ferry for its voltage', { timeout: 30_000 })
  await expect(page.getByLabel('waits on this device for the connection')).toHaveCount(0)
  const view = await (await page.request.get(`/api/v1/conversations/${conversationId}`)).json()
  expect(view.messages.filter((each: { kind: string }) => each.kind === 'note')).toHaveLength(1)
})
