/** Small things a person settles in a conversation: by when it is needed, and who else takes part. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { absent } from '../../../platform/http/index.ts'
import { actorId, type Member } from '../../access/index.ts'
import { type Conversation, openConversation } from '../tables.ts'

const scopesOf = (conversation: Conversation) =>
  conversation.ownerId ? [conversation.teamId, conversation.ownerId] : [conversation.teamId]

export async function setNeededBy(
  tx: Tx,
  actor: Member,
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
