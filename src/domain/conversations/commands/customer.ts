/** A conversation turns out to be another person's: what they wrote and what was promised to them goes along. Their earlier conversations do not. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { type Actor, actorId } from '../../access/index.ts'
import type { Conversation } from '../tables.ts'

export async function changeCustomer(tx: Tx, actor: Actor, conversation: Conversation, toId: string, now: Date) {
  const fromId = conversation.customerId
  if (fromId === toId) return
  const { id, teamId, ownerId } = conversation
  const version = conversation.version + 1
  await sql`update message set author_id = ${toId}::uuid where conversation_id = ${id}::uuid and author_id = ${fromId}::uuid and kind = 'message'`.execute(
    tx,
  )
  await sql`update promise set to_person_id = case when to_person_id = ${fromId}::uuid then ${toId}::uuid else to_person_id end,
      by_person_id = case when by_person_id = ${fromId}::uuid then ${toId}::uuid else by_person_id end
    where conversation_id = ${id}::uuid and ${fromId}::uuid in (to_person_id, by_person_id)`.execute(tx)
  await sql`update conversation set customer_id = ${toId}::uuid, version = ${version} where id = ${id}::uuid`.execute(
    tx,
  )
  await record(tx, {
    kind: 'conversation.customer-changed',
    subjectId: id,
    actorId: actorId(actor),
    scopes: ownerId ? [teamId, ownerId] : [teamId],
    facts: { fromId, toId, state: conversation.state, version },
    at: now,
  })
}
