/** Connecting a mailbox: a check that says precisely what is wrong, then one that works; and mail that needs a person. */

import { mailPassword } from '../mail-servers.ts'
import { expect, test } from './journey.ts'
import { looksRight } from './looks.ts'

test.describe.configure({ mode: 'serial' })
test.use({ imap: true })

const withDovecot = () => test.skip(!process.env.DOVECOT_TLS_PORT, 'needs Dovecot')

test('the check names the step that fails and what to do', async ({ page }) => {
  withDovecot()
  await page.goto('/settings/mailboxes/connect?address=service%40localhost')
  const receiving = page.getByRole('group', { name: 'Receiving' })
  await receiving.getByLabel('Server and port').fill('localhost')
  await receiving.getByLabel('Port', { exact: true }).fill(process.env.DOVECOT_TLS_PORT ?? '')
  await receiving.getByLabel('Sign-in name').fill('service@localhost')
  await receiving.getByLabel('Password').fill('not the password')
  await page.getByLabel('Pond answers from this address').uncheck()
  await page.getByRole('button', { name: 'Check it' }).click()
  const check = page.getByRole('region', { name: 'Result of the check' })
  await expect(check.getByText('Receiving doesn’t work yet.')).toBeVisible({ timeout: 30_000 })
  await expect(check.getByText('Failed: Cannot sign in', { exact: true })).toBeVisible()
  await expect(check.getByText('Reached the mail server')).toBeVisible()
  await looksRight(page)
})

test('the check passes, the mailbox is connected, and its health shows', async ({ page }) => {
  withDovecot()
  await page.goto('/settings/mailboxes/connect?address=service%40localhost')
  const receiving = page.getByRole('group', { name: 'Receiving' })
  await receiving.getByLabel('Server and port').fill('localhost')
  await receiving.getByLabel('Port', { exact: true }).fill(process.env.DOVECOT_TLS_PORT ?? '')
  await receiving.getByLabel('Sign-in name').fill('service@localhost')
  await receiving.getByLabel('Password').fill(mailPassword)
  await page.getByLabel('Pond answers from this address').uncheck()
  await page.getByRole('button', { name: 'Check it' }).click()
  await page.getByRole('button', { name: 'Connect it' }).click({ timeout: 30_000 })
  await expect(page.getByText('service@localhost is connected.')).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'service@localhost' })).toBeVisible()
  await looksRight(page)
})

test('a mailbox is paused, goes on, and is removed only after a question', async ({ page }) => {
  withDovecot()
  await page.goto('/settings/mailboxes')
  const row = page.getByRole('listitem').filter({ hasText: 'service@localhost' })
  await row.getByRole('button', { name: 'Pause' }).click()
  await expect(row.getByText('Paused since')).toBeVisible()
  await row.getByRole('button', { name: 'Go on' }).click()
  await row.getByRole('button', { name: 'Remove' }).click()
  await looksRight(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await expect(row).toBeVisible()
})

test('mail that needs a person has its page, and says when there is none', async ({ page }) => {
  await page.goto('/settings/health')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('No mail needs a person.')
  await looksRight(page)
})
