/** A customer says yes to what they promised in their own words: it stands in the ledger as theirs, told by that message. Refuses somebody else's words, and a second time for the same. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { systemActor } from '../../access/index.ts'
import type { NewPromise } from '../../promises/index.ts'
import { openConversation } from '../tables.ts'
import { save, staysAsItIs } from './save.ts'

export type Promising = { conversationId: string; messageId: string; personId: string; words: string; dueAt: Date }

/** Whoever calls has looked whether this person may see the conversation. */
export async function promiseAsCustomer(tx: Tx, it: Promising, now: Date): Promise<void> {
  if (it.dueAt <= now) throw new Refusal('time-passed', 422, { fields: [{ path: 'dueAt', says: 'lies in the past' }] })
  const actor = systemActor('portal')
  const conversation = await openConversation(tx, actor, it.conversationId)
  if (!['open', 'pending', 'solved'].includes(conversation.state)) throw new Refusal('nothing-open-here', 409)
  const { rows } = await sql<{ noted: boolean }>`
    select exists (select from promise p where p.told_by = m.id and p.direction = 'theirs' and p.words = ${it.words}) as noted from message m
    where m.id = ${it.messageId}::uuid and m.conversation_id = ${conversation.id}::uuid and m.kind = 'message' and m.author_id = ${it.personId}::uuid and m.taken_back_at is null`.execute(
    tx,
  )
  if (!rows[0]) throw absent()
  if (rows[0].noted) return
  const made: NewPromise = {
    ...{ kind: 'action', direction: 'theirs', byPersonId: it.personId, byTeamId: null, toPersonId: null },
    ...{ toTeamId: conversation.teamId, words: it.words, automatic: false, dueAt: it.dueAt, told: true },
  }
  await save(tx, conversation, {
    kind: 'promise.made',
    change: { ...staysAsItIs(conversation), moves: { ends: [], makes: [made] } },
    ...{ actor, now, toldBy: it.messageId },
    facts: { by: 'customer' },
  })
}
