/** Spam and trash, and taking either back. What was promised is released, and made again when it comes back. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import { type Member, mayPutAway } from '../../access/index.ts'
import type { NewPromise } from '../../promises/index.ts'
import { teach } from '../../spam/index.ts'
import { timesFor } from '../reach.ts'
import { afterPutAway, afterTakenBack, type PutAway } from '../rules.ts'
import { type Conversation, openConversation } from '../tables.ts'
import { save } from './save.ts'

export async function putAway(
  tx: Tx,
  actor: Member,
  input: { conversationId: string; as: 'spam' | 'trash' },
  now: Date,
) {
  const conversation = await openConversation(tx, actor, input.conversationId)
  if (!mayPutAway(actor, conversation)) throw new Refusal('not-yours', 403)
  if (conversation.state === input.as) return { done: true as const }
  if (conversation.state === 'merged') throw new Refusal('put-away', 409)
  const wasAway = conversation.state === 'spam' || conversation.state === 'trash'
  if (!wasAway)
    await sql`update conversation set before = ${JSON.stringify(await asItWas(tx, conversation))}::jsonb where id = ${conversation.id}::uuid`.execute(
      tx,
    )
  await save(tx, conversation, {
    kind: 'conversation.put-away',
    change: afterPutAway(conversation, input.as),
    actor,
    now,
    facts: { as: input.as },
  })
  if (input.as === 'spam')
    await teach(tx, { conversationId: conversation.id, act: 'into spam', byId: actor.personId }, now)
  return { done: true as const }
}

export async function takeBack(tx: Tx, actor: Member, conversationId: string, now: Date) {
  const conversation = await openConversation(tx, actor, conversationId)
  if (!mayPutAway(actor, conversation)) throw new Refusal('not-yours', 403)
  if (conversation.state !== 'spam' && conversation.state !== 'trash') return { done: true as const }
  const { rows } = await sql<{
    at: Date
  }>`select at from message where conversation_id = ${conversation.id}::uuid and kind = 'message' order by at desc limit 1`.execute(
    tx,
  )
  const times = await timesFor(tx, conversation, now, rows[0]?.at ?? now)
  const was = (conversation.before as PutAway | null) ?? {
    // Arrived there by itself: what no person wrote must not be answered.
    state: rows[0] ? ('open' as const) : ('aside' as const),
    closedBecause: null,
    outcome: null,
    promises: [],
  }
  const promises = was.promises.map(each => ({ ...each, dueAt: new Date(each.dueAt) }))
  await save(tx, conversation, {
    kind: 'conversation.taken-back',
    change: afterTakenBack(conversation, { ...was, promises }, times),
    actor,
    now,
  })
  await sql`update conversation set before = null where id = ${conversation.id}::uuid`.execute(tx)
  if (conversation.state === 'spam')
    await teach(tx, { conversationId: conversation.id, act: 'out of spam', byId: actor.personId }, now)
  return { done: true as const }
}

/** Enough to make the open promises again as they were. */
async function asItWas(tx: Tx, conversation: Conversation): Promise<PutAway> {
  const { rows } = await sql<NewPromise & { toldAt: Date | null }>`
    select kind, direction, by_person_id, by_team_id, to_person_id, to_team_id, words, automatic, due_at, (told_at is not null) as told from promise
    where conversation_id = ${conversation.id}::uuid and ended_at is null order by due_at`.execute(tx)
  return {
    state: conversation.state,
    closedBecause: conversation.closedBecause,
    outcome: conversation.outcome,
    promises: rows,
  }
}
