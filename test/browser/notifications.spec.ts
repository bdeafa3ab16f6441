/** Notifications: live in every tab, by keyboard, read once for all screens; settings and a push; and what Today shows of it. */
import { expect, type Page, test } from './journey.ts'
import { looksRight } from './looks.ts'

test.use({ serviceWorkers: 'allow' })

const hour = 3_600_000
type Me = { id: string; teams: { id: string }[] }

async function call<T>(page: Page, method: string, path: string, data?: unknown): Promise<T> {
  const origin = new URL(page.url()).origin
  const answer = await page.request.fetch(path, { method, data, headers: { origin } })
  expect(answer.ok(), `${method} ${path}: ${await answer.text()}`).toBe(true)
  return (await answer.json()) as T
}

const bellOf = (page: Page) =>
  page.getByRole('navigation', { name: 'Pond' }).getByRole('link', { name: /^Notifications/ })

async function promised(page: Page, me: Me, subject: string, words: string) {
  const { conversationId } = await call<{ conversationId: string }>(page, 'POST', '/api/v1/conversations', {
    is: 'phone',
    teamId: me.teams[0]!.id,
    customer: { name: 'Mere Tūhoe', address: 'mere@aroha.example' },
    subject,
    body: '<p>They called.</p>',
    nextStep: { is: 'we-get-back', words, dueAt: new Date(Date.now() + 30 * hour).toISOString(), kind: 'action' },
  })
  return conversationId
}

test('what a colleague writes is told in every tab at once, read by opening it, and all can be marked and taken back', async ({
  page,
  context,
  browser,
}) => {
  await page.goto('/')
  await expect(bellOf(page)).toBeVisible()
  const me = await call<Me>(page, 'GET', '/api/v1/me')
  const invited = await call<{ link: string }>(page, 'POST', '/api/v1/members', {
    name: 'Sofía Ramírez',
    address: 'sofia.ramirez@rosendal.example',
    teams: me.teams.map(team => ({ teamId: team.id, role: 'teammate' })),
  })
  await call(page, 'POST', '/api/v1/notifications/read', { all: true })
  const hers = await browser.newContext({ storageState: { cookies: [], origins: [] } })
  const sofia = await hers.newPage()
  await sofia.goto(page.url())
  await call(sofia, 'POST', '/api/v1/links/use', {
    token: invited.link.split('token=')[1],
    password: 'a patient grebe',
  })

  const one = await promised(page, me, 'The steam wand drips', 'Bring a new seal')
  const other = await promised(page, me, 'A grinder on loan', 'Say when the grinder comes')
  // The inbox would show one of them at once, and so read it.
  const tab = await context.newPage()
  await tab.goto('/write')
  await expect(bellOf(tab)).toHaveText('Notifications')
  const note = (id: string, body: string) => call(sofia, 'POST', `/api/v1/conversations/${id}/notes`, { body })
  await note(one, `<p><span data-mention="${me.id}">@Ana</span> is the seal in the van?</p>`)
  await note(other, '<p>They have two grinders.</p>')
  await note(other, '<p>And prefer the phone.</p>')
  for (const each of [page, tab]) await expect(bellOf(each)).toContainText('2')
  // Today has the mention, too.
  await expect(
    page.getByRole('complementary').getByRole('listitem').filter({ hasText: 'is the seal in the van?' }),
  ).toBeVisible()
  await looksRight(page)

  await page.keyboard.press('g')
  await page.keyboard.press('n')
  await expect(page.getByRole('heading', { level: 1, name: 'Notifications' })).toBeVisible()
  const rows = page.locator('.told[data-unread]')
  await expect(rows).toHaveCount(2)
  await expect(rows.filter({ hasText: '2 new messages, the last from Sofía Ramírez' })).toHaveCount(1)
  await looksRight(page)
  await page.keyboard.press('Shift+E')
  await expect(rows).toHaveCount(0)
  await expect(bellOf(tab)).toHaveText('Notifications')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(rows).toHaveCount(2)
  // The mention came first: it stands below.
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await expect(page.locator('.told[data-focus]')).toContainText('Sofía Ramírez mentioned you')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(one))
  await expect(bellOf(tab)).toContainText('1')
  // Looked at in one tab, read in the other.
  await tab.goto(`/conversations/${other}`)
  await expect(bellOf(page)).toHaveText('Notifications')
  // Her own acts told her nothing.
  expect((await call<{ count: number }>(sofia, 'GET', '/api/v1/notifications/unread')).count).toBe(0)
  await tab.close()
  await hers.close()
})

test('each says how they want to be told; a push opens the page it is about', async ({ page, context }) => {
  await context.grantPermissions(['notifications'])
  await page.goto('/settings/notifications')
  const mailOfMessages = page.getByLabel('Somebody writes in a conversation I own, cover or follow: By mail')
  await mailOfMessages.selectOption('At once')
  await page.getByLabel('A promise of mine falls due soon: By push').uncheck()
  await page.getByLabel('Quiet every day').check()
  await page.getByLabel('From').fill('19:30')
  await page.getByRole('group', { name: 'Days on which you can be reached' }).getByLabel('Sun').uncheck()
  await page.getByLabel('Pause').selectOption('For an hour')
  await expect(page.getByRole('status').filter({ hasText: 'Paused until' })).toBeVisible()
  await looksRight(page)
  await page.reload()
  await expect(mailOfMessages).toHaveValue('at-once')
  await expect(page.getByLabel('From')).toHaveValue('19:30')
  await expect(page.getByLabel('A promise of mine falls due soon: By push')).not.toBeChecked()
  await page.getByRole('button', { name: 'End the pause' }).click()
  await expect(page.getByLabel('Pause')).toBeVisible()
  await page.getByRole('button', { name: 'By push' }).click()
  await expect(page.getByText('No browser is set up for pushes')).toBeVisible()
  await page.getByRole('button', { name: 'To the desk' }).click()
  await expect(bellOf(page)).toContainText(/\d/)

  // What a push service would deliver, delivered by the browser's own tools.
  const tools = await context.newCDPSession(page)
  const registrationId = new Promise<string>(found =>
    tools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      if (registrations[0]) found(registrations[0].registrationId)
    }),
  )
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true))
  await tools.send('ServiceWorker.enable')
  const origin = new URL(page.url()).origin
  const deliver = async (data: string) =>
    tools.send('ServiceWorker.deliverPushMessage', { origin, registrationId: await registrationId, data })
  const shown = () =>
    page.evaluate(async () => {
      const all = await (await navigator.serviceWorker.ready).getNotifications()
      return all.map(({ title, body, tag, data }) => ({ title, body, tag, path: (data as { path: string }).path }))
    })
  const told = { title: 'Rosendal', body: 'Inês wrote in number 7.', tag: 'seven', path: '/notifications' }
  await deliver(JSON.stringify(told))
  await deliver(JSON.stringify({ ...told, body: 'Inês wrote twice in number 7.' }))
  await expect.poll(shown).toEqual([{ ...told, body: 'Inês wrote twice in number 7.' }])
  await deliver('{"path":"//evil.example","tag":5}')
  await expect
    .poll(async () => (await shown()).map(({ path }) => path).sort())
    .toEqual(['/notifications', '/notifications'])
})
