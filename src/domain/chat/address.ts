/**
 * Where answers go when a visitor leaves. The conversation is then that person's, as with a mail: what they say proves nothing, so
 * the desk is told, and this browser goes on seeing what was written here and nothing else of theirs. Refuses our own addresses;
 * a blocked one leads into spam, as its mail would.
 */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { Refusal } from '../../platform/http/index.ts'
import { systemActor } from '../access/index.ts'
import { changeCustomer, insertParticipants, openConversation, save } from '../conversations/index.ts'
import { afterPutAway } from '../conversations/rules.ts'
import { findOrMakePeople, readAddress } from '../people/index.ts'
import { writeVerdicts } from '../spam/index.ts'
import { blockedFor, type Suspicion } from './sorting.ts'
import type { Session } from './tables.ts'

export async function giveAddress(
  tx: Tx,
  session: Session,
  it: { conversationId: string; address: string },
  now: Date,
): Promise<{ address: string }> {
  const read = readAddress(it.address)
  if (!read) throw new Refusal('no-such-address', 422, { fields: [{ path: 'address', says: 'is no address' }] })
  const conversation = await openConversation(tx, systemActor('chat'), it.conversationId)
  if (session.known || conversation.state === 'merged') throw new Refusal('chat-closed', 409)
  const own =
    await sql`select from mailbox where removed_at is null and (normal = ${read.normal} or ${read.normal} = any(select lower(unnest(aliases))))`.execute(
      tx,
    )
  if (own.rows.length > 0) throw new Refusal('no-such-address', 422, { fields: [{ path: 'address', says: 'is ours' }] })
  const found = (await findOrMakePeople(tx, [{ address: it.address }], now)).get(read.normal)!
  if (found.personId !== session.personId) {
    await changeCustomer(tx, systemActor('chat'), conversation, found.personId, now)
    await sql`update chat_session set person_id = ${found.personId} where id = ${session.id}::uuid`.execute(tx)
    await leadOn(tx, session.personId, found.personId)
  }
  await sql`update participant set role = 'left' where conversation_id = ${conversation.id}::uuid and role = 'customer' and address_id <> ${found.addressId}::uuid`.execute(
    tx,
  )
  const { addressId, personId } = found
  await insertParticipants(tx, [{ conversationId: conversation.id, addressId, personId, role: 'customer', since: now }])
  // They may have mistyped before, and come back to an address they had left.
  await sql`update participant set role = 'customer' where conversation_id = ${conversation.id}::uuid and address_id = ${addressId}::uuid`.execute(
    tx,
  )
  const blocked = await blockedFor(tx, read.normal, conversation.teamId)
  if (blocked) await intoSpam(tx, conversation.id, blocked, now)
  await record(tx, {
    kind: 'participant.settled',
    subjectId: conversation.id,
    actorId: null,
    scopes: [conversation.teamId, conversation.ownerId].filter(each => each !== null),
    facts: { addressId, as: 'customer', chat: true },
    at: now,
  })
  // As they typed it: how it is known here would say that it is known.
  return { address: read.normal }
}

/** What they were told is released; what they go on writing lies there, too. */
async function intoSpam(tx: Tx, conversationId: string, blocked: Suspicion, now: Date): Promise<void> {
  const conversation = await openConversation(tx, systemActor('chat'), conversationId)
  if (conversation.state === 'spam' || conversation.state === 'trash') return
  await save(tx, conversation, {
    ...{ kind: 'conversation.put-away', change: afterPutAway(conversation, 'spam'), actor: systemActor('chat'), now },
    facts: { as: 'spam', because: 'blocked' },
  })
  await writeVerdicts(tx, [{ conversationId, ...blocked, at: now }])
}

/**
 * An unnamed visitor has turned out to be somebody: whoever still means the one finds the other, also a reader of the log that
 * comes later. Who has an address is somebody, and stays.
 */
async function leadOn(tx: Tx, fromId: string, toId: string): Promise<void> {
  await sql`update person set merged_into = ${toId}::uuid where id = ${fromId}::uuid and merged_into is null
    and not exists (select from address where person_id = ${fromId}::uuid) and not exists (select from member where person_id = ${fromId}::uuid)
    and not exists (select from conversation where customer_id = ${fromId}::uuid)`.execute(tx)
}
