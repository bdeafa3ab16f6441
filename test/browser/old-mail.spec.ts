/** Bringing old mail: an mbox of two mails comes in closed, and the same again changes nothing. */
import { expect, test } from './journey.ts'
import { looksRight } from './looks.ts'

const mail = (n: number) =>
  [
    `From customer${n}@cafe.example Mon Nov  2 10:00:0${n} 2026`,
    `From: Customer ${n} <customer${n}@cafe.example>`,
    'To: old@rosendal.example',
    `Subject: An old question ${n}`,
    `Message-ID: <old-${n}@cafe.example>`,
    `Date: Mon, 02 Nov 2026 10:00:0${n} +0100`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    'How often should the grinder be cleaned?',
    '',
    '',
  ].join('\n')

test('an mbox is brought, its report says what became of it, and again it is known', async ({ page }) => {
  const file = { name: 'old.mbox', mimeType: 'application/mbox', buffer: Buffer.from(mail(1) + mail(2)) }
  await page.goto('/settings/mailboxes')
  await expect(page.getByRole('heading', { name: 'Bring old mail' })).toBeVisible()
  const bring = async () => {
    await page.getByLabel('choose files').setInputFiles(file)
    const address = page.getByLabel('Which address was this mail for?')
    if (await address.isVisible()) await address.fill('old@rosendal.example')
    await page.getByRole('button', { name: 'Bring it in' }).click()
    await expect(page.getByText('2 mails were read.')).toBeVisible({ timeout: 30_000 })
  }
  await bring()
  await expect(page.getByText('2 came in as messages')).toBeVisible()
  await looksRight(page)
  await page.getByRole('button', { name: 'Bring more' }).click()
  await bring()
  await expect(page.getByText('2 were here already')).toBeVisible()
})
