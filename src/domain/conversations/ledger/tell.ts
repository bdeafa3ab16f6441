/** A word to the customer about a promise: a reply of its own that leaves the next step as it is. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import type { Member } from '../../access/index.ts'
import { newRfcId } from '../../channels/index.ts'
import { ours } from '../commands/ours.ts'
import { resolveRecipients, sendOut } from '../outward.ts'
import { needSender, senderFor } from '../reach.ts'
import { type Conversation, insertMessages } from '../tables.ts'
import { isBlank, type Written, written } from '../text.ts'
import { copiedAddresses, customerAddresses } from '../way-out.ts'

export type Telling = {
  said: string | Written
  /** what is promised by it, and shown beneath */
  told: readonly { words: string; dueAt: Date; ours?: boolean }[]
  /** the customer alone */
  toCustomer?: boolean
}

/** Whether a mail can reach the customer from here; else it is said on the phone, and what was said is written down. */
export async function canTell(tx: Tx, conversation: Conversation): Promise<boolean> {
  const { rows } =
    await sql`select from participant p join address a on a.id = p.address_id where p.conversation_id = ${conversation.id}::uuid and p.role = 'customer' and a.kind = 'mail' limit 1`.execute(
      tx,
    )
  return rows.length > 0 && (await senderFor(tx, conversation)) !== null
}

/** Returns the message. */
export async function tell(tx: Tx, actor: Member, conversation: Conversation, it: Telling, now: Date): Promise<string> {
  const body = written(it.said)
  if (isBlank(body)) throw new Refusal('nothing-written', 400)
  const sender = await needSender(tx, conversation)
  const to = await customerAddresses(tx, conversation.id)
  const cc = it.toCustomer ? [] : await copiedAddresses(tx, conversation.id)
  const shown = await resolveRecipients(tx, { to, cc }, now)
  const messageId = randomUUIDv7()
  const rfcId = newRfcId(sender)
  const { language } = conversation
  await insertMessages(tx, [
    ours({
      ...{ id: messageId, conversationId: conversation.id, kind: 'reply', authorId: actor.personId },
      ...{ shown, at: now, body, language, rfcId },
    }),
  ])
  const told = it.told.map(each => ({ ...each, ours: each.ours ?? true, againAt: null }))
  await sendOut(tx, {
    ...{ purpose: 'reply', conversation, messageId, rfcId, sender, author: actor.name, shown },
    ...{ told, no: null, now, notBefore: now },
  })
  return messageId
}
