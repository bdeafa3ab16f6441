/** Small things a person settles in a conversation: by when it is needed, and who else takes part. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { absent } from '../../../platform/http/index.ts'
import { type Actor, actorId, type Member } from '../../access/index.ts'
import { type Conversation, openConversation } from '../tables.ts'

const scopesOf = (conversation: Conversation) =>
  conversation.ownerId ? [conversation.teamId, conversation.ownerId] : [conversation.teamId]

export async function setNeededBy(
  tx: Tx,
  actor: Actor,
  input: { conversationId: string; neededBy: string | null },
  now: Date,
) {
  const conversation = await openConversation(tx, actor, input.conversationId)
  await sql`update conversation set needed_by = ${input.neededBy}::timestamptz where id = ${conversation.id}::uuid`.execute(
    tx,
  )
  await record(tx, {
    kind: 'conversation.needed-by-set',
    subjectId: conversation.id,
    actorId: actorId(actor),
    scopes: scopesOf(conversation),
    facts: { neededBy: input.neededBy },
    at: now,
  })
  return { done: true as const }
}

/** Somebody who was only named on Cc becomes copied by the owner's word, or is left out. The customer stays. */
export async function settleParticipant(
  tx: Tx,
  actor: Member,
  input: { conversationId: string; addressId: string; as: 'copied' | 'left' },
  now: Date,
) {
  const conversation = await openConversation(tx, actor, input.conversationId)
  const { rows } =
    await sql`update participant set role = ${input.as}, since = ${now} where conversation_id = ${conversation.id}::uuid and address_id = ${input.addressId}::uuid and role <> 'customer' returning role`.execute(
      tx,
    )
  if (rows.length === 0) throw absent()
  await record(tx, {
    kind: 'participant.settled',
    subjectId: conversation.id,
    actorId: actorId(actor),
    scopes: scopesOf(conversation),
    facts: { addressId: input.addressId, as: input.as },
    at: now,
  })
  return { done: true as const }
}

/** The customer is again who forwarded the mail; who was named in it takes no part. */
export async function undoForward(tx: Tx, actor: Member, conversationId: string, now: Date) {
  const conversation = await openConversation(tx, actor, conversationId)
  const { rows } = await sql<{ fromId: string; addressId: string }>`
    select (e.facts->>'fromId')::uuid as from_id, a.id as address_id from event e join address a on a.person_id = (e.facts->>'fromId')::uuid and a.kind = 'mail'
    where e.subject_id = ${conversation.id}::uuid and e.kind = 'conversation.customer-changed' and (e.facts->>'toId')::uuid = ${conversation.customerId}::uuid order by e.seq desc, a.number limit 1`.execute(
    tx,
  )
  const forward = rows[0]
  if (!forward) throw absent()
  await sql`update participant set role = 'left' where conversation_id = ${conversation.id}::uuid and role = 'customer'`.execute(
    tx,
  )
  await sql`insert into participant (conversation_id, address_id, person_id, role, since) values (${conversation.id}, ${forward.addressId}, ${forward.fromId}, 'customer', ${now})
    on conflict (conversation_id, address_id) do update set role = 'customer'`.execute(tx)
  await sql`update conversation set customer_id = ${forward.fromId}::uuid where id = ${conversation.id}::uuid`.execute(
    tx,
  )
  await sql`update promise set to_person_id = ${forward.fromId}::uuid where conversation_id = ${conversation.id}::uuid and ended_at is null and to_person_id = ${conversation.customerId}::uuid`.execute(
    tx,
  )
  const facts = { fromId: conversation.customerId, toId: forward.fromId, taken: true }
  await record(tx, {
    kind: 'conversation.customer-changed',
    subjectId: conversation.id,
    actorId: actorId(actor),
    scopes: scopesOf(conversation),
    facts,
    at: now,
  })
  return { done: true as const }
}
