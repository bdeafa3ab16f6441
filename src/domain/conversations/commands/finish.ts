/** The customer ends it themselves: it is solved, or they no longer need it. What we owed is released by whom we owed it to. Refuses what ended already. */
import { randomUUIDv7 } from 'node:crypto'
import type { Tx } from '../../../platform/db/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { systemActor } from '../../access/index.ts'
import { afterCustomerFinishes } from '../rules.ts'
import { insertMessages, openConversation } from '../tables.ts'
import { stopLater } from './later-stop.ts'
import { save } from './save.ts'
import { theirs } from './theirs.ts'

export type Finishing = { conversationId: string; personId: string; how: 'solved' | 'withdrawn'; said: string }

/** Whoever calls has looked whether this person may. */
export async function finishAsCustomer(tx: Tx, it: Finishing, now: Date): Promise<void> {
  const conversation = await openConversation(tx, systemActor('portal'), it.conversationId)
  if (['spam', 'trash', 'merged', 'aside'].includes(conversation.state)) throw absent()
  if (conversation.state === 'closed') throw new Refusal('answered-already', 409)
  const said = it.said.trim()
  const messageId = said ? randomUUIDv7() : null
  if (messageId) {
    const words = { personId: it.personId, text: said, language: conversation.language, at: now }
    await insertMessages(tx, [theirs({ id: messageId, conversationId: conversation.id, ...words })])
  }
  const change = afterCustomerFinishes(conversation, it.how)
  await save(tx, conversation, {
    kind: change.state === 'closed' ? 'conversation.closed' : 'message.received',
    change,
    actor: systemActor('portal'),
    now,
    last: messageId ? { at: now, ours: false, preview: said.replace(/\s+/g, ' ').slice(0, 200) } : null,
    facts: { because: change.closedBecause, by: 'customer', ...(messageId ? { messageId } : {}) },
  })
  await stopLater(tx, [conversation.id], 'wrote-again', now)
}
