/**
 * Splitting: chosen messages become a conversation of their own, of the same customer, with a reply promised in it; and
 * taking that back. The one they came from keeps what it owes and at least one message.
 */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { type Member, mayMerge } from '../../access/index.ts'
import { nextDue, writeMoves } from '../../promises/index.ts'
import { timesFor } from '../reach.ts'
import { afterFirstMail } from '../rules.ts'
import { moveMessages, refreshLast } from '../standing-rows.ts'
import { type Conversation, insertConversations, openConversation } from '../tables.ts'
import { join, openBoth } from './merge.ts'
import { refuseIfPutAway } from './save.ts'

export type Splitting = {
  conversationId: string
  messageIds: readonly string[]
  subject?: string | undefined
  dueAt?: string | undefined
}

export async function split(tx: Tx, actor: Member, input: Splitting, now: Date) {
  const from = await openConversation(tx, actor, input.conversationId)
  if (!mayMerge(actor, from)) throw new Refusal('not-yours', 403)
  refuseIfPutAway(from)
  if (input.dueAt && new Date(input.dueAt) <= now)
    throw new Refusal('time-passed', 422, { fields: [{ path: 'dueAt', says: 'lies in the past' }] })
  const ids = [...new Set(input.messageIds)]
  const first = await chosenMessages(tx, from.id, ids, now)
  const times = await timesFor(tx, from, now)
  const fresh = { id: randomUUIDv7(), ownerId: from.ownerId, teamId: from.teamId, customerId: from.customerId }
  const promised = afterFirstMail(
    fresh,
    { ...times, replyDue: input.dueAt ? new Date(input.dueAt) : times.replyDue },
    false,
  )
  // A time somebody chose is their word; nobody chose the team's target.
  const makes = promised.moves.makes.map(each => ({ ...each, automatic: !input.dueAt }))
  const moves = { ...promised.moves, makes }
  const numbers = await insertConversations(tx, [
    {
      ...fresh,
      ...{ mailboxId: from.mailboxId, channel: from.channel, language: from.language },
      subject: input.subject ?? first.subject ?? from.subject,
      ...{ state: promised.state, closedBecause: null, outcome: null, dueAt: nextDue([], moves), previousId: null },
      ...{ lastAt: first.at, lastOurs: false, preview: '', openedAt: first.at, version: 1 },
    },
  ])
  await sql`update conversation set sample = (select sample from conversation where id = ${from.id}::uuid) where id = ${fresh.id}::uuid`.execute(
    tx,
  )
  await sql`insert into participant (conversation_id, address_id, person_id, role, since)
    select ${fresh.id}::uuid, address_id, person_id, role, ${now} from participant where conversation_id = ${from.id}::uuid`.execute(
    tx,
  )
  await moveMessages(tx, from.id, fresh.id, ids)
  const [made] = await writeMoves(tx, [{ conversationId: fresh.id, moves, toldBy: null, at: now }])
  await refreshLast(tx, [from.id, fresh.id])
  const linkId = randomUUIDv7()
  await sql`insert into conversation_link (id, kind, from_id, to_id, by_id, since) values (${linkId}, 'part', ${from.id}, ${fresh.id}, ${actor.personId}, ${now})`.execute(
    tx,
  )
  await sql`update conversation set version = version + 1 where id = ${from.id}::uuid`.execute(tx)
  const number = numbers.get(fresh.id)!
  const base = { kind: 'conversation.split' as const, actorId: actor.personId, at: now, scopes: scopesOf(from) }
  await record(
    tx,
    {
      ...{ ...base, subjectId: from.id },
      facts: { linkId, as: 'whole', messages: ids.length, state: from.state, version: from.version + 1 },
    },
    {
      ...{ ...base, subjectId: fresh.id },
      facts: { linkId, as: 'part', messages: ids.length, number, state: promised.state, version: 1, made: made ?? [] },
    },
  )
  return { id: fresh.id, number }
}

/** Of this conversation, every one of them, and not all there is. */
async function chosenMessages(tx: Tx, conversationId: string, ids: readonly string[], now: Date) {
  const { rows } = await sql<{ id: string; at: Date; subject: string | null; held: boolean }>`
    select id, at, subject, coalesce(undo_until > ${now}, false) as held from message
    where conversation_id = ${conversationId}::uuid and id = any(${[...ids]}::uuid[]) and taken_back_at is null order by at, id`.execute(
    tx,
  )
  if (rows.length !== ids.length) throw absent()
  // It may still be taken back, and then what it promised here must be found here.
  if (rows.some(row => row.held)) throw new Refusal('still-held', 409)
  const left =
    await sql`select from message where conversation_id = ${conversationId}::uuid and id <> all(${[...ids]}::uuid[]) and kind <> 'note' and taken_back_at is null limit 1`.execute(
      tx,
    )
  if (left.rows.length === 0) throw new Refusal('nothing-left', 409)
  return rows[0]!
}

/** What was said in the part since comes along; a part in which nothing was decided leaves no promise behind. */
export async function undoSplit(tx: Tx, actor: Member, conversationId: string, now: Date) {
  const { rows } = await sql<{ id: string; fromId: string }>`
    select id, from_id from conversation_link where to_id = ${conversationId}::uuid and kind = 'part'`.execute(tx)
  if (!rows[0]) throw absent()
  const [part, whole] = await openBoth(tx, actor, [conversationId, rows[0].fromId])
  // Nothing happened in it: the promise that splitting made goes with it.
  const dropped = part.version === 1 && part.state === 'open' ? part.open.map(each => each.id) : []
  await join(tx, actor, part, whole, now, dropped)
  await sql`delete from conversation_link where id = ${rows[0].id}::uuid`.execute(tx)
  return { id: whole.id, number: whole.number }
}

const scopesOf = (conversation: Conversation) =>
  conversation.ownerId ? [conversation.teamId, conversation.ownerId] : [conversation.teamId]
