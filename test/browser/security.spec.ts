/** Second factors as a person meets them: authenticator and recovery code, a passkey that signs in alone, and an administrator who resets them. */

import { codeAt } from '../../src/domain/access/codes.ts'
import { type BrowserContext, expect, type Page, test } from './journey.ts'
import { looksRight } from './looks.ts'
import { ana } from './place.ts'

const noor = { name: 'Noor Haddad', address: 'noor@rosendal.example', password: 'a patient grey heron' }

/** A device with a fingerprint, as Chromium plays one. */
async function withDevice(context: BrowserContext, page: Page) {
  const devices = await context.newCDPSession(page)
  await devices.send('WebAuthn.enable')
  await devices.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

async function withPassword(page: Page) {
  await page.goto('/sign-in')
  await page.getByLabel('Mail address').fill(noor.address)
  await page.getByLabel('Password').fill(noor.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

async function signOut(page: Page) {
  await page.goto('/settings/account')
  await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/sign-in/)
}

test('an authenticator, recovery codes and a passkey guard an account; an administrator resets them', async ({
  page,
  browser,
}) => {
  await page.goto('/settings/people')
  await page.getByRole('button', { name: 'Invite somebody' }).click()
  const invitation = page.getByRole('dialog')
  await invitation.getByLabel('Name').fill(noor.name)
  await invitation.getByLabel('Mail address').fill(noor.address)
  await invitation.getByRole('button', { name: 'Invite', exact: true }).click()
  const link = new URL(await invitation.getByLabel('One-time link').inputValue())
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } })
  const theirs = await context.newPage()
  await withDevice(context, theirs)
  await theirs.goto(link.pathname + link.hash)
  await theirs.getByLabel('Password').fill(noor.password)
  await theirs.getByRole('button', { name: 'Come in' }).click()
  await expect(theirs).toHaveURL(/:\d+\/$/)

  // The authenticator: its key is copied by hand, as from the picture.
  await theirs.goto('/settings/security')
  await theirs.getByRole('button', { name: 'Set up an authenticator' }).click()
  await expect(theirs.getByRole('img', { name: /Picture that holds your key/ })).toBeVisible()
  await looksRight(theirs)
  const secret = ((await theirs.locator('code.secretkey').textContent()) ?? '').replace(/\s/g, '')
  await theirs.getByLabel('Then write the code that it shows').fill(codeAt(secret, new Date()))
  await theirs.getByRole('button', { name: 'Confirm' }).click()
  const codes = theirs.getByRole('dialog', { name: 'Keep these codes' })
  await expect(codes.getByRole('listitem')).toHaveCount(10)
  await looksRight(theirs)
  const recovery = (await codes.getByRole('listitem').first().textContent()) ?? ''
  await codes.getByRole('button', { name: 'I have kept them' }).click()

  // A code does not work twice: the next step's does.
  await signOut(theirs)
  await withPassword(theirs)
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('One more step.')
  await theirs.getByLabel('Code').fill('000000')
  await theirs.keyboard.press('Enter')
  await expect(theirs.getByRole('alert')).toContainText('That didn’t fit')
  await looksRight(theirs)
  await theirs.getByLabel('Code').fill(codeAt(secret, new Date(Date.now() + 30_000)))
  await theirs.keyboard.press('Enter')
  await expect(theirs).toHaveURL(/:\d+\/$/)

  await signOut(theirs)
  await withPassword(theirs)
  await theirs.getByRole('button', { name: 'Use a recovery code' }).click()
  await theirs.getByLabel('Recovery code').fill(recovery)
  await theirs.keyboard.press('Enter')
  await expect(theirs).toHaveURL(/:\d+\/$/)

  // A passkey is added with a name, and from then on signs in alone.
  await theirs.goto('/settings/security')
  await expect(theirs.getByText('9 are left.')).toBeVisible()
  await theirs.getByRole('button', { name: 'Add a passkey' }).click()
  await theirs.getByLabel('What to call it').fill('Laptop')
  await theirs.getByRole('button', { name: 'Go on' }).click()
  await expect(theirs.getByRole('button', { name: 'Remove Laptop' })).toBeVisible()
  await looksRight(theirs)
  await signOut(theirs)
  await theirs.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(theirs).toHaveURL(/:\d+\/$/)

  // Everything lost: an administrator shows who they are, and resets it. Their sessions end.
  await page.goto('/settings/people')
  await page.getByPlaceholder('Find somebody').fill('noor')
  await page.getByRole('button', { name: `More for ${noor.name}` }).click()
  await page.getByRole('menuitem', { name: 'Reset second factor' }).click()
  await looksRight(page)
  await page.getByRole('button', { name: 'Reset it' }).click()
  // Whoever signed in a while ago is asked first who they are.
  const done = page.getByText(`The second factor of ${noor.name} is reset.`)
  const question = page.getByRole('dialog', { name: 'Is it you?' })
  await expect(done.or(question)).toBeVisible()
  if (await question.isVisible()) {
    await question.getByLabel('Password').fill(ana.password)
    await page.keyboard.press('Enter')
  }
  await expect(done).toBeVisible()
  await withPassword(theirs)
  await expect(theirs).toHaveURL(/:\d+\/$/)

  // All of it stands in the audit.
  await page.goto('/settings/audit')
  for (const said of [
    `${noor.name} set up an authenticator.`,
    `${noor.name} added a passkey.`,
    `${noor.name} signed in with a passkey.`,
    `The second step of ${noor.name} was refused`,
    `reset the second factor of ${noor.name}.`,
  ])
    await expect(page.getByText(said).first()).toBeVisible()
  await page.getByLabel('About', { exact: true }).selectOption('sign-ins')
  await expect(page).toHaveURL(/about=sign-ins/)
  await expect(page.getByText(`${noor.name} set up an authenticator.`)).toHaveCount(0)
  await looksRight(page)
  const csv = await page.request.get('/api/v1/audit/export?about=sign-ins')
  expect(csv.headers()['content-type']).toContain('text/csv')
  expect(await csv.text()).toContain(`${noor.name},member.second-step-refused`)
  await context.close()
})
