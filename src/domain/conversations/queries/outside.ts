/** What the pages show that mails lead to: who has it, what was told, what can be answered. Refuses everything else of a conversation: no notes, no colleagues' words, no history. */
import { sql } from 'kysely'
import type { OfferView } from '../../../contract/options.ts'
import type { PromiseView } from '../../../contract/promises.ts'
import type { Db, Tx } from '../../../platform/db/index.ts'
import { type PromiseRow, promiseColumns, promiseJoins, viewOfPromise } from '../../promises/index.ts'
import { timesFor } from '../reach.ts'
import { offersOf } from './offers.ts'

export type OutsidePlace = {
  id: string
  number: number
  subject: string
  state: 'open' | 'pending' | 'solved' | 'closed'
  language: string | null
  owner: string | null
  team: string
  /** where one can write to */
  address: string | null
  /** when they hear from us at the latest; null: nothing of ours is open */
  dueAt: Date | null
}

/** Of the conversation it is now part of; null for who does not take part, and for what was put away or removed. */
async function placeOf(on: Db | Tx, conversationId: string, addressId: string): Promise<OutsidePlace | null> {
  const { rows } = await sql<OutsidePlace & { state: string }>`
    with recursive up(id, merged_into) as (select id, merged_into from conversation where id = ${conversationId}::uuid
      union select c.id, c.merged_into from conversation c join up on up.merged_into = c.id)
    select c.id, c.number, c.subject, c.state, c.language, o.name as owner, t.name as team,
      (select b.address from mailbox b where b.removed_at is null and (b.id = c.mailbox_id or b.team_id = c.team_id) order by b.id is not distinct from c.mailbox_id desc, b.created_at limit 1) as address,
      (select min(p.due_at) from promise p where p.conversation_id = c.id and p.ended_at is null and p.direction = 'ours' and p.kind in ('reply', 'action')) as due_at
    from up join conversation c on c.id = up.id join team t on t.id = c.team_id left join person o on o.id = c.owner_id
    where up.merged_into is null and c.state in ('open', 'pending', 'solved', 'closed')
      and exists (select from participant p where p.conversation_id in (select id from up) and p.address_id = ${addressId}::uuid and p.role in ('customer', 'taking-part'))
      and not exists (select from participant p where p.conversation_id = c.id and p.address_id = ${addressId}::uuid and p.role = 'left')`.execute(
    on,
  )
  return rows[0] ?? null
}

export type FollowUpOutside = {
  place: OutsidePlace
  author: string | null
  /** the answer it asks about, as text */
  answer: string | null
  verdict: 'worked' | 'incomplete' | 'wrong' | 'later' | null
  answeredAt: Date | null
  /** when they are answered again, if it did not hold */
  againBy: Date
}

export async function followUpOutside(
  on: Db,
  id: string,
  addressId: string,
  now: Date,
): Promise<FollowUpOutside | null> {
  const { rows } = await sql<
    Omit<FollowUpOutside, 'place' | 'againBy'> & { conversationId: string; teamId: string; customerId: string }
  >`select m.conversation_id, c.team_id, c.customer_id, p.name as author, f.verdict, f.answered_at,
      (select coalesce(r.trimmed, r.body_text) from message r where r.conversation_id = m.conversation_id and r.kind = 'reply' and r.taken_back_at is null and r.at < f.asked_at
        and r.recipients @> jsonb_build_array(jsonb_build_object('address', a.written)) order by r.at desc, r.id desc limit 1) as answer
    from follow_up f join message m on m.id = f.message_id join conversation c on c.id = m.conversation_id left join person p on p.id = m.author_id
      join address a on a.id = ${addressId}::uuid
    where f.id = ${id}::uuid and m.taken_back_at is null`.execute(on)
  const row = rows[0]
  if (!row) return null
  const at = await placeOf(on, row.conversationId, addressId)
  // Too long closed: what did not hold goes on in a conversation of its own.
  const again = at?.state === 'closed' && row.verdict !== 'worked' ? await followedBy(on, at.id) : null
  const place = (again && (await placeOf(on, again, addressId))) ?? at
  if (!place) return null
  const { conversationId: _, teamId, customerId, ...shown } = row
  const { replyDue } = await timesFor(on as unknown as Tx, { teamId, customerId }, now)
  return { ...shown, place, againBy: place.dueAt ?? replyDue }
}

async function followedBy(on: Db, id: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from conversation where previous_id = ${id}::uuid order by opened_at desc limit 1`.execute(on)
  return rows[0]?.id ?? null
}

export type OfferOutside = { place: OutsidePlace; author: string; offer: OfferView; turns: number }

export async function offerOutside(on: Db, id: string, addressId: string): Promise<OfferOutside | null> {
  const { rows } = await sql<{ messageId: string; conversationId: string; author: string; turns: number }>`
    select o.message_id, m.conversation_id, p.name as author, o.turns from offer o join message m on m.id = o.message_id join person p on p.id = o.made_by
    where o.id = ${id}::uuid and m.taken_back_at is null`.execute(on)
  const row = rows[0]
  const place = row && (await placeOf(on, row.conversationId, addressId))
  const offer = row && (await offersOf(on, [row.messageId])).get(row.messageId)
  return place && offer ? { place, offer, author: row.author, turns: row.turns } : null
}

export type ConversationOutside = {
  place: OutsidePlace
  promises: PromiseView[]
  /** ids of what waits for their answer */
  offerId: string | null
  followUp: { id: string; until: Date } | null
  offerUntil: Date | null
}

/** Promises they were told and that still matter: open ones, late first, and those kept lately. */
export async function conversationOutside(
  on: Db,
  id: string,
  addressId: string,
  now: Date,
): Promise<ConversationOutside | null> {
  const place = await placeOf(on, id, addressId)
  if (!place) return null
  const { rows } = await sql<PromiseRow>`
    select ${promiseColumns} from promise p ${promiseJoins} where p.conversation_id = ${place.id}::uuid and p.direction in ('ours', 'theirs') and p.told_at is not null
      and p.kind in ('reply', 'action', 'renewal', 'decision') and (p.ended_at is null or (p.ended_how = 'kept' and p.ended_at > ${now}::timestamptz - interval '30 days'))
    order by p.ended_at is not null, p.ended_at desc, p.due_at limit 12`.execute(on)
  const waiting = await sql<{
    offerId: string | null
    offerUntil: Date | null
    followUpId: string | null
    followUpUntil: Date | null
  }>`
    select o.id as offer_id, o.until as offer_until, f.id as follow_up_id, f.until as follow_up_until
    from (select 1) one
    left join lateral (select o.id, o.until from offer o join message m on m.id = o.message_id where m.conversation_id = ${place.id}::uuid and m.taken_back_at is null
      and coalesce(o.settled_how, '') not in ('withdrawn', 'replaced') and o.until > ${now} order by o.made_at desc limit 1) o on true
    left join lateral (select f.id, f.until from follow_up f join message m on m.id = f.message_id where m.conversation_id = ${place.id}::uuid and m.taken_back_at is null
      and f.verdict is null and f.until > ${now} order by f.asked_at desc limit 1) f on ${place.state} = 'solved'`.execute(
    on,
  )
  const found = waiting.rows[0]!
  return {
    place,
    promises: rows.map(row => viewOfPromise(row, now)),
    offerId: found.offerId,
    offerUntil: found.offerUntil,
    followUp: found.followUpId && found.followUpUntil ? { id: found.followUpId, until: found.followUpUntil } : null,
  }
}
