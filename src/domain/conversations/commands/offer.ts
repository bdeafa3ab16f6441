/** Options of a reply: offered with it, picked or refused by the customer or for them, withdrawn. A choice is made in one transaction with what it promises. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { NextStep } from '../../../contract/conversations.ts'
import type { NewOffer } from '../../../contract/options.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { wordsFor } from '../../../words/outside.ts'
import { type Actor, type Member, systemActor } from '../../access/index.ts'
import { afterChoice, offerTrouble } from '../offer-rules.ts'
import { offersOf } from '../queries/offers.ts'
import { timesFor } from '../reach.ts'
import { type Conversation, insertMessages, openConversation } from '../tables.ts'
import { save, staysAsItIs } from './save.ts'
import { theirs } from './theirs.ts'

/** Before anything is written. A "no" whose alternative are options offers some (I8). */
export function refuseTroubledOffer(
  { options, nextStep }: { options?: NewOffer | null; nextStep: NextStep },
  now: Date,
): void {
  const isMissing = nextStep.is === 'we-cannot' && nextStep.alternative.is === 'options' && !options
  const trouble = isMissing ? 'no-without-options' : options ? offerTrouble(options, nextStep, now) : null
  if (trouble) throw new Refusal(trouble, 422, { fields: [{ path: 'options', says: trouble }] })
}

/** Beside the reply that is being written; what was offered before and still stands is replaced. */
export async function makeOffer(
  tx: Tx,
  actor: Member,
  it: { conversationId: string; messageId: string; offer: NewOffer },
  now: Date,
): Promise<string> {
  await sql`update offer set settled_how = 'replaced', settled_at = ${now}, settled_by = ${actor.personId}::uuid, turns = turns + 1
    where settled_how is null and message_id in (select id from message where conversation_id = ${it.conversationId}::uuid)`.execute(
    tx,
  )
  const id = randomUUIDv7()
  await sql`insert into offer (id, message_id, made_by, made_at, until) values (${id}, ${it.messageId}, ${actor.personId}, ${now}, ${it.offer.until})`.execute(
    tx,
  )
  const rows = it.offer.options.map(({ words, consequence, cost, promise }, at) => ({
    ...{ id: randomUUIDv7(), position: at + 1, words, consequence, cost },
    ...{ promise_words: promise?.words ?? null, promise_due_at: promise?.dueAt ?? null },
  }))
  await sql`insert into offer_option (id, offer_id, position, words, consequence, cost, promise_words, promise_due_at)
    select id, ${id}::uuid, position, words, consequence, cost, promise_words, promise_due_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as o(id uuid, position smallint, words text, consequence text, cost text, promise_words text, promise_due_at timestamptz)`.execute(
    tx,
  )
  return id
}

/** The rows of its mail: each option with what follows, and "none of these" last. */
export async function offerLinks(tx: Tx, messageId: string | null) {
  const offer = messageId && (await offersOf(tx, [messageId])).get(messageId)
  if (!offer) return {}
  return {
    links: (language: string, when: (at: Date) => string) => {
      const t = wordsFor('follow-up', language)
      const each = { purpose: 'options' as const, subjectId: offer.id, until: offer.until }
      const rows = offer.options.map(({ words, consequence, cost }, at) => ({
        ...{ ...each, choice: `${at + 1}`, label: words, what: cost ? `${consequence}\n${cost}` : consequence },
      }))
      const none = { ...each, choice: 'none', label: t('none'), what: t('noneWhat') }
      return { links: [...rows, none], note: t('optionsNote', { when: when(new Date(offer.until)) }) }
    },
  }
}

/** A reply that was taken back offered nothing: what it replaced stands again. */
export async function dropOffer(tx: Tx, messageId: string): Promise<void> {
  const { rows } = await sql<{ madeAt: Date; conversationId: string }>`delete from offer o using message m
    where m.id = o.message_id and o.message_id = ${messageId}::uuid returning o.made_at, m.conversation_id`.execute(tx)
  const gone = rows[0]
  if (!gone) return
  await sql`update offer set settled_how = null, settled_at = null, settled_by = null where settled_how = 'replaced' and settled_at = ${gone.madeAt}
    and message_id in (select id from message where conversation_id = ${gone.conversationId}::uuid)`.execute(tx)
}

type Offer = {
  id: string
  conversationId: string
  madeBy: string
  until: Date
  settledHow: string | null
  pickedId: string | null
  promiseId: string | null
  turns: number
}

/** Locks the conversation first, as everything does, and then the offer. One whose reply was taken back is absent. */
async function openOffer(tx: Tx, actor: Actor, offerId: string): Promise<{ offer: Offer; conversation: Conversation }> {
  const ask = (end: ReturnType<typeof sql>) =>
    sql<Offer>`select o.id, m.conversation_id, o.made_by, o.until, o.settled_how, o.picked_id, o.promise_id, o.turns
      from offer o join message m on m.id = o.message_id where o.id = ${offerId}::uuid and m.taken_back_at is null ${end}`.execute(
      tx,
    )
  const known = (await ask(sql``)).rows[0]
  if (!known) throw absent()
  const conversation = await openConversation(tx, actor, known.conversationId)
  const offer = (await ask(sql`for update of o`)).rows[0]
  if (!offer || offer.conversationId !== conversation.id) throw absent()
  return { offer, conversation }
}

export type Choosing = {
  offerId: string
  /** null: none of these */
  optionId: string | null
  said: string
  /** the customer who answers by a link; else a member writes it down for them */
  customer: { personId: string; seenTurns: number } | null
}

/** Picked twice alike it is picked once. Until the offer ends one may change one's mind. */
export async function choose(tx: Tx, actor: Member | null, it: Choosing, now: Date) {
  const by: Actor = actor ?? systemActor('link')
  const { offer, conversation } = await openOffer(tx, by, it.offerId)
  if (['spam', 'trash', 'merged', 'aside'].includes(conversation.state)) throw absent()
  const over = offer.settledHow === 'withdrawn' || offer.settledHow === 'replaced'
  if (over || offer.until <= now) throw new Refusal('options-over', 409)
  if (it.customer && it.customer.seenTurns !== offer.turns) throw new Refusal('chosen-meanwhile', 409)
  const { rows } = await sql<{ id: string; words: string; promiseWords: string | null; promiseDueAt: Date | null }>`
    select id, words, promise_words, promise_due_at from offer_option where offer_id = ${offer.id}::uuid and id = ${it.optionId}::uuid`.execute(
    tx,
  )
  const option = rows[0] ?? null
  if (it.optionId !== null && !option) throw absent()
  if (offer.settledHow === 'picked' && offer.pickedId === it.optionId) return { done: true as const }
  const promise =
    option?.promiseWords && option.promiseDueAt ? { words: option.promiseWords, dueAt: option.promiseDueAt } : null
  const choice = { promise, byId: offer.madeBy, before: offer.promiseId }
  const change = afterChoice(conversation, choice, await timesFor(tx, conversation, now))
  const messageId = it.customer && it.said ? randomUUIDv7() : null
  if (messageId && it.customer) {
    const { personId } = it.customer
    const words = { language: conversation.language, text: it.said, at: now }
    await insertMessages(tx, [theirs({ id: messageId, conversationId: conversation.id, personId, ...words })])
  }
  const settledBy = it.customer?.personId ?? actor?.personId ?? null
  const saved = await save(tx, conversation, {
    kind: option ? 'options.picked' : 'options.refused',
    change,
    actor: by,
    now,
    last: { at: now, ours: false, preview: (it.said || option?.words || '').slice(0, 200) },
    facts: { offerId: offer.id, optionId: option?.id ?? null, byId: settledBy, ...(messageId ? { messageId } : {}) },
  })
  await sql`update offer set settled_how = ${option ? 'picked' : 'none'}, settled_at = ${now}, settled_by = ${settledBy}::uuid, picked_id = ${option?.id ?? null}::uuid,
      said = ${it.said}, promise_id = ${promise ? (saved.made[0] ?? null) : null}::uuid, turns = turns + 1 where id = ${offer.id}::uuid`.execute(
    tx,
  )
  return { done: true as const }
}

/** Nothing can be picked any more; what was picked already stays. */
export async function withdrawOffer(tx: Tx, actor: Member, offerId: string, now: Date) {
  const { offer, conversation } = await openOffer(tx, actor, offerId)
  if (offer.settledHow !== null) throw new Refusal('options-over', 409)
  await sql`update offer set settled_how = 'withdrawn', settled_at = ${now}, settled_by = ${actor.personId}::uuid, turns = turns + 1 where id = ${offer.id}::uuid`.execute(
    tx,
  )
  const change = staysAsItIs(conversation)
  await save(tx, conversation, { kind: 'options.withdrawn', change, actor, now, facts: { offerId: offer.id } })
  return { done: true as const }
}
