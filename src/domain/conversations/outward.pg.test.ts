/** What goes out with our words: whose message stands quoted below, and for whom. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aDesk, keys, mail } from '../../../test/desk.ts'
import { inTransaction } from '../../platform/db/index.ts'
import type { Member } from '../access/index.ts'
import { tokenAddress } from '../channels/index.ts'
import { replyTo } from './commands/reply.ts'

let desk: Awaited<ReturnType<typeof aDesk>>
beforeAll(async () => {
  desk = await aDesk()
})
afterAll(() => desk.close())

test('what a copied person wrote to us alone is quoted to nobody; the customer sees their own words below (S3)', async () => {
  const [first] = await desk.take(mail({ text: 'The Faro trips the fuse.' }))
  const conversationId = first!.conversationId!
  const { rows: found } = await sql<{ number: number; version: number; addressNumber: number; messageId: string }>`
    select c.number, c.version, a.number as address_number, m.id as message_id from conversation c
    join address a on a.normal = 'ines@saudade.example' join message m on m.conversation_id = c.id and m.kind = 'message'`.execute(
    desk.db,
  )
  const { number, addressNumber, messageId } = found[0]!
  const recipient = 'ines@saudade.example'
  const subject = { purpose: 'reply' as const, conversationId, conversationNumber: number, recipient, addressNumber }
  const to = tokenAddress('service@lindqvist.example', subject, keys)!
  desk.clock.now = new Date(desk.clock.now.getTime() + 60_000)
  const [aside] = await desk.take(mail({ from: 'Rui <rui@saudade.example>', to, text: 'Between us: she broke it.' }))
  expect(aside!.conversationId).toBe(conversationId)
  const { rows } = await sql<{ version: number }>`select version from conversation`.execute(desk.db)
  const { world } = desk
  const ana: Member = {
    ...{ is: 'member', personId: world.ana, name: 'Ana', administrator: false, sessionId: '' },
    roles: new Map([[world.team, 'lead']]),
  }
  const recipients = { to: [recipient], cc: ['rui@saudade.example'] }
  const nextStep = { is: 'nothing-owed', because: 'thanks' } as const
  const reply = { conversationId, seenVersion: rows[0]!.version, body: 'Done.', recipients, nextStep, attachments: [] }
  await inTransaction(desk.db, tx => replyTo(tx, ana, reply, desk.clock.now))
  const { rows: sent } = await sql`
    select recipient_normal, content->>'quotes' as quotes from outbox where purpose = 'reply' order by 1`.execute(
    desk.db,
  )
  expect(sent).toEqual([
    { recipientNormal: recipient, quotes: messageId },
    { recipientNormal: 'rui@saudade.example', quotes: null },
  ])
})
