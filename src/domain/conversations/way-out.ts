/**
 * Which way a reply goes: by mail, or into the chat while its customer is there. Whoever gave no address reads it in the chat when
 * they come back; everybody else needs a mailbox to be written to.
 */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/http/index.ts'
import { resolveRecipients, type Shown, type To } from './outward.ts'
import { needSender, type Sender } from './reach.ts'
import type { Conversation } from './tables.ts'

export type WayOut = {
  /** null: nothing is mailed */
  sender: Sender | null
  shown: Shown[]
  /** they read it as it is said */
  isHere: boolean
}

export async function wayOut(tx: Tx, conversation: Conversation, recipients: To, now: Date): Promise<WayOut> {
  const chat = conversation.channel === 'chat' ? await chatOf(tx, conversation.id) : null
  const nowhere = recipients.to.length + recipients.cc.length === 0
  if (chat && (chat.isHere || nowhere)) return { sender: null, shown: [], isHere: chat.isHere }
  const sender = await needSender(tx, conversation)
  return { sender, shown: await resolveRecipients(tx, recipients, now), isHere: false }
}

async function chatOf(tx: Tx, id: string): Promise<{ isHere: boolean } | null> {
  const { rows } = await sql<{
    isHere: boolean
  }>`select left_at is null as is_here from chat where conversation_id = ${id}::uuid`.execute(tx)
  return rows[0] ?? null
}

/** What is said to the customer beside a reply. `byMail`: also to one who is in the chat now, where they gave an address. */
export async function wayToCustomer(
  tx: Tx,
  conversation: Conversation,
  now: Date,
  { byMail = false, copied = true } = {},
): Promise<WayOut> {
  const cc = async () => (copied ? await copiedAddresses(tx, conversation.id) : [])
  if (conversation.channel === 'chat') {
    const recipients = { to: await addressesOf(tx, conversation.id), cc: await cc() }
    if (!byMail || recipients.to.length === 0) return wayOut(tx, conversation, recipients, now)
  }
  const sender = await needSender(tx, conversation)
  const recipients = { to: await customerAddresses(tx, conversation.id), cc: await cc() }
  return { sender, shown: await resolveRecipients(tx, recipients, now), isHere: false }
}

export async function customerAddresses(tx: Tx, conversationId: string): Promise<string[]> {
  const found = await addressesOf(tx, conversationId)
  if (found.length === 0) throw new Refusal('no-address', 400)
  return found
}

export async function addressesOf(tx: Tx, conversationId: string): Promise<string[]> {
  const { rows } = await sql<{
    written: string
  }>`select a.written from participant p join address a on a.id = p.address_id where p.conversation_id = ${conversationId}::uuid and p.role = 'customer' and a.kind = 'mail'`.execute(
    tx,
  )
  return rows.map(row => row.written)
}

export async function copiedAddresses(tx: Tx, conversationId: string): Promise<string[]> {
  const { rows } = await sql<{
    written: string
  }>`select a.written from participant p join address a on a.id = p.address_id where p.conversation_id = ${conversationId}::uuid and p.role in ('taking-part', 'copied') and a.kind = 'mail'`.execute(
    tx,
  )
  return rows.map(row => row.written)
}
