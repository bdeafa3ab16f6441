/** One-time links on their way out: through a mailbox that can send, and not at all when there is none. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accountMail } from '../src/account-mail.ts'
import { inTransaction } from '../src/platform/db/index.ts'
import { aDesk, aMailbox, aMember, ask, aTeam, type TestDesk } from './people.ts'

let desk: TestDesk
beforeAll(async () => {
  desk = await aDesk()
})
afterAll(() => desk.close())

const waiting = async () =>
  (await desk.database.pool.query('select mailbox_id, purpose, automatic, recipient, content from outbox')).rows

test('a link is mailed once a mailbox can send', async () => {
  const jane = await aMember(desk, { name: 'Jane Doe' })
  const mail = async () => {
    await ask(desk, 'POST', '/api/v1/sign-in/link', { address: jane.address })
    await inTransaction(desk.database.db, tx => accountMail(tx, desk.mails.at(-1)!))
  }
  await mail()
  expect(await waiting()).toEqual([])
  const mailbox = await aMailbox(desk, await aTeam(desk))
  await mail()
  expect(await waiting()).toMatchObject([
    {
      mailbox_id: mailbox.id,
      purpose: 'account',
      automatic: false,
      recipient: jane.address,
      content: {
        is: 'account',
        about: 'sign-in',
        link: desk.mails.at(-1)!.link,
        to: [{ name: 'Jane Doe', address: jane.address }],
      },
    },
  ])
  await desk.database.pool.query('update mailbox set paused_at = now()')
  await mail()
  expect(await waiting()).toHaveLength(1)
})
