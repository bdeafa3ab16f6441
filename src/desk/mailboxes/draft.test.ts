/** What is typed in the mailbox form, and what becomes of it. */
import { expect, test } from 'vitest'
import { MailboxSettings } from '../../contract/mailboxes.ts'
import { emptyDraft, settingsOf, withPreset } from './draft.ts'
import { loads } from './dropped.ts'

const team = '01900000-0000-7000-8000-000000000001'
const found = {
  provider: 'Example',
  imap: { host: 'imap.example.com', port: 993, security: 'tls', user: 'service@example.com', folder: 'INBOX' },
  smtp: { host: 'smtp.example.com', port: 587, security: 'starttls', user: 'service@example.com' },
  oauth: null,
  plusAddressing: true,
  advice: null,
} as const

test('a preset fills the form with what the contract takes', () => {
  const draft = withPreset(emptyDraft('service@example.com', 'Example', team), { ...found })
  const settings = settingsOf({ ...draft, imap: { ...draft.imap, password: 'secret' } })
  expect(MailboxSettings.parse(settings)).toMatchObject({
    imap: { host: 'imap.example.com', port: 993 },
    smtp: { port: 587, security: 'starttls' },
    password: 'secret',
    smtpPassword: 'secret',
    plusAddressing: true,
  })
})

test('an empty password is left out, so that the stored one stays', () => {
  const settings = settingsOf(withPreset(emptyDraft('service@example.com', 'Example', team), { ...found }))
  expect(settings).not.toHaveProperty('password')
  expect(settings).not.toHaveProperty('smtpPassword')
})

test('a grant travels without passwords, and a mailbox that only receives has no sending server', () => {
  const draft = withPreset(emptyDraft('service@example.com', 'Example', team), { ...found })
  const granted = settingsOf({ ...draft, oauth: 'google', imap: { ...draft.imap, password: 'typed before' } })
  expect(granted).not.toHaveProperty('password')
  expect(settingsOf({ ...draft, sends: false }).smtp).toBeNull()
})

test('small files travel together, large ones alone, and none is left behind', () => {
  const file = (size: number) => ({ size, name: 'a.eml' }) as File
  const files = [...Array.from({ length: 250 }, () => file(1000)), file(50_000_000), file(1000)]
  const all = loads(files)
  expect(all.flat()).toHaveLength(files.length)
  expect(all.map(load => load.length)).toEqual([100, 100, 50, 1, 1])
})
