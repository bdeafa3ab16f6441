/**
 * Which way a reply goes: by mail, or into the chat while its customer is there. Whoever gave no address reads it in the chat when
 * they come back; everybody else needs a mailbox to be written to.
 */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
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
