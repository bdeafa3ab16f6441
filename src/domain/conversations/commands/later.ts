/**
 * Replies that wait for their time. Nothing is promised and nothing lies in the outbox until then: when the time comes the
 * reply is given as if it were written that moment, in one transaction, so that it goes once and what it promises counts
 * from being told. One that no longer fits stops and waits for its writer.
 */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { NextStep } from '../../../contract/conversations.ts'
import type { AlsoPromised } from '../../../contract/ledger.ts'
import type { NewOffer } from '../../../contract/options.ts'
import { type Db, inTransaction, type Tx } from '../../../platform/db/index.ts'
import { type Nudges, record } from '../../../platform/events/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { type Actor, actingMember, type Member, mayWrite, systemActor } from '../../access/index.ts'
import { resolveRecipients, type To } from '../outward.ts'
import { needSender } from '../reach.ts'
import { type Conversation, openConversation } from '../tables.ts'
import { isBlank, type Written, written } from '../text.ts'
import { refuseTroubledOffer } from './offer.ts'
import { type Reply, refusePastTimes, replyTo } from './reply.ts'
import { refuseIfPutAway, refuseIfStale } from './save.ts'

type Waiting = {
  id: string
  conversationId: string
  personId: string
  body: string
  recipients: To
  nextStep: NextStep
  promised: AlsoPromised[]
  attachments: string[]
  options: NewOffer | null
  used: string[]
  choices: Record<string, unknown>
  sendAt: Date
  madeAt: Date
  endedAt: Date | null
  endedHow: string | null
}

export type Later = Omit<Reply, 'body'> & { body: string | Written; sendAt: string; choices: Record<string, unknown> }

export async function sendLater(tx: Tx, actor: Member, input: Later, now: Date) {
  const conversation = await openConversation(tx, actor, input.conversationId)
  refuseIfPutAway(conversation)
  await refuseIfStale(tx, actor, conversation, input.seenVersion)
  const sendAt = new Date(input.sendAt)
  refuseTime(sendAt, now)
  refusePastTimes(input.nextStep, sendAt, input.promised)
  refuseTroubledOffer(input, sendAt)
  const body = written(input.body)
  if (isBlank(body)) throw new Refusal('nothing-written', 400)
  await needSender(tx, conversation)
  await resolveRecipients(tx, input.recipients, now)
  const attachments = await heldUploads(tx, actor, input.attachments, body.html)
  const waits =
    await sql`select from later_reply where conversation_id = ${conversation.id}::uuid and person_id = ${actor.personId}::uuid and ended_at is null`.execute(
      tx,
    )
  if (waits.rows.length > 0) throw new Refusal('waits-already', 409)
  const id = randomUUIDv7()
  await sql`insert into later_reply (id, conversation_id, person_id, body, recipients, next_step, promised, attachments, options, used, choices, send_at, made_at)
    values (${id}, ${conversation.id}, ${actor.personId}, ${body.html}, ${JSON.stringify(input.recipients)}::jsonb, ${JSON.stringify(input.nextStep)}::jsonb, ${JSON.stringify(input.promised ?? [])}::jsonb, ${attachments}::uuid[],
      ${input.options ? JSON.stringify(input.options) : null}::jsonb, ${[...(input.used ?? [])]}::uuid[], ${JSON.stringify(input.choices)}::jsonb, ${sendAt}, ${now})`.execute(
    tx,
  )
  await sql`delete from draft where conversation_id = ${conversation.id}::uuid and person_id = ${actor.personId}::uuid and kind = 'reply'`.execute(
    tx,
  )
  await tell(tx, actor, conversation, 'reply.scheduled', { laterId: id, sendAt: sendAt.toISOString() }, now)
  return { laterId: id, sendAt: sendAt.toISOString() }
}

export async function changeLater(tx: Tx, actor: Member, input: { laterId: string; sendAt: string }, now: Date) {
  const { waiting, conversation } = await openLater(tx, actor, input.laterId)
  if (waiting.endedAt) throw new Refusal('not-waiting', 409)
  const sendAt = new Date(input.sendAt)
  refuseTime(sendAt, now)
  refusePastTimes(waiting.nextStep, sendAt, waiting.promised)
  await sql`update later_reply set send_at = ${sendAt} where id = ${waiting.id}::uuid`.execute(tx)
  await tell(tx, actor, conversation, 'reply.rescheduled', { laterId: waiting.id, sendAt: sendAt.toISOString() }, now)
  return { sendAt: sendAt.toISOString() }
}

/** Its writer sends it themself: held for taking back like any other. */
export async function sendLaterNow(tx: Tx, actor: Member, laterId: string, now: Date) {
  const { waiting, conversation } = await openLater(tx, actor, laterId)
  if (waiting.endedAt && waiting.endedHow !== 'stopped') throw new Refusal('not-waiting', 409)
  const { messageId, undoUntil } = await give(tx, actor, conversation, waiting, false, now)
  return { messageId, undoUntil }
}

export async function takeBackLater(tx: Tx, actor: Member, laterId: string, now: Date) {
  const { waiting, conversation } = await openLater(tx, actor, laterId)
  if (waiting.endedAt && waiting.endedHow !== 'stopped') throw new Refusal('not-waiting', 409)
  await end(tx, waiting.id, 'taken-back', now)
  const choices = JSON.stringify(waiting.choices)
  // Words begun meanwhile are not lost either.
  await sql`insert into draft (conversation_id, person_id, kind, body, choices, seen_version, saved_at)
    values (${conversation.id}, ${actor.personId}, 'reply', ${waiting.body}, ${choices}::jsonb, ${conversation.version}, ${now})
    on conflict (conversation_id, person_id, kind) do update set body = excluded.body || draft.body, choices = excluded.choices, seen_version = excluded.seen_version, saved_at = excluded.saved_at`.execute(
    tx,
  )
  await tell(tx, actor, conversation, 'reply.unscheduled', { laterId: waiting.id }, now)
  return { body: waiting.body, choices: waiting.choices }
}

export async function dropLater(tx: Tx, actor: Member, laterId: string, now: Date) {
  const { waiting, conversation } = await openLater(tx, actor, laterId)
  if (waiting.endedAt && waiting.endedHow !== 'stopped') throw new Refusal('not-waiting', 409)
  await end(tx, waiting.id, 'discarded', now)
  await tell(tx, actor, conversation, 'reply.unscheduled', { laterId: waiting.id }, now)
  return { done: true as const }
}

/** What is due now, by any number of processes. Returns how many were looked at. */
export async function sendDue({ db, nudges }: { db: Db; nudges: Pick<Nudges, 'send'> }, now: Date): Promise<number> {
  const { rows } = await sql<{ id: string; conversationId: string }>`
    select id, conversation_id from later_reply where ended_at is null and send_at <= ${now} order by send_at limit 50`.execute(
    db,
  )
  for (const { id, conversationId } of rows) {
    try {
      await inTransaction(db, tx => sendOne(tx, conversationId, id, now))
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem
      await inTransaction(db, tx => stopOne(tx, conversationId, id, problem.code, now))
    }
  }
  if (rows.length > 0) {
    nudges.send('happened')
    nudges.send('outbox')
  }
  return rows.length
}

async function sendOne(tx: Tx, conversationId: string, laterId: string, now: Date) {
  const conversation = await openConversation(tx, systemActor('clock'), conversationId)
  const waiting = await find(tx, laterId)
  if (!waiting || waiting.endedAt) return
  const author = await actingMember(tx, waiting.personId, now)
  if (!author || !mayWrite(author, conversation)) throw new Refusal('author-gone', 409)
  const newer =
    await sql`select from message where conversation_id = ${conversation.id}::uuid and kind = 'message' and at > ${waiting.madeAt} limit 1`.execute(
      tx,
    )
  if (newer.rows.length > 0) throw new Refusal('wrote-again', 409)
  await give(tx, author, conversation, waiting, true, now)
}

async function give(tx: Tx, actor: Member, conversation: Conversation, waiting: Waiting, atOnce: boolean, now: Date) {
  await end(tx, waiting.id, 'sent', now)
  const { id, body, recipients, nextStep, promised, attachments, options, used } = waiting
  const seen = { conversationId: conversation.id, seenVersion: conversation.version }
  const done = await replyTo(
    tx,
    actor,
    { ...seen, body, recipients, nextStep, promised, attachments, options, used, atOnce },
    now,
  )
  await sql`update later_reply set message_id = ${done.messageId}::uuid where id = ${id}::uuid`.execute(tx)
  return done
}

async function stopOne(tx: Tx, conversationId: string, laterId: string, because: string, now: Date) {
  const conversation = await openConversation(tx, systemActor('clock'), conversationId)
  const waiting = await find(tx, laterId)
  if (!waiting || waiting.endedAt) return
  await sql`update later_reply set ended_at = ${now}, ended_how = 'stopped', ended_why = ${because} where id = ${laterId}::uuid`.execute(
    tx,
  )
  const facts = { laterId, personId: waiting.personId, because }
  await tell(tx, systemActor('clock'), conversation, 'reply.stopped', facts, now, waiting.personId)
}

async function find(tx: Tx, laterId: string): Promise<Waiting | null> {
  const { rows } = await sql<Waiting>`
    select id, conversation_id, person_id, body, recipients, next_step, promised, attachments, options, used, choices, send_at, made_at, ended_at, ended_how from later_reply where id = ${laterId}::uuid`.execute(
    tx,
  )
  return rows[0] ?? null
}

/** Its writer's alone; for who may not read the conversation there is none. */
async function openLater(tx: Tx, actor: Member, laterId: string) {
  const known = await find(tx, laterId)
  if (!known) throw absent()
  const conversation = await openConversation(tx, actor, known.conversationId)
  if (known.personId !== actor.personId) throw new Refusal('not-yours', 403)
  // Read again under the lock: it may have gone or stopped while we waited.
  return { waiting: (await find(tx, laterId))!, conversation }
}

/** Files wait with it: one's own, and all of them there. */
async function heldUploads(tx: Tx, actor: Member, ids: readonly string[], html: string): Promise<string[]> {
  const between = [...html.matchAll(/\bdata-cid="([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"/gi)].map(
    each => each[1]!,
  )
  const { rows } = await sql<{ id: string }>`
    select id from upload where id = any(${[...ids, ...between]}::uuid[]) and person_id = ${actor.personId}::uuid for share`.execute(
    tx,
  )
  const found = rows.map(row => row.id)
  if (ids.some(id => !found.includes(id))) throw new Refusal('upload-gone', 409)
  return found
}

function end(tx: Tx, id: string, how: 'sent' | 'taken-back' | 'discarded', now: Date) {
  return sql`update later_reply set ended_at = ${now}, ended_how = ${how}, ended_why = null where id = ${id}::uuid`.execute(
    tx,
  )
}

/** A year is as far as anybody plans an answer. */
function refuseTime(at: Date, now: Date) {
  const says =
    at <= now ? 'lies in the past' : at.getTime() - now.getTime() > 366 * 86_400_000 ? 'is too far away' : null
  if (says) throw new Refusal('time-passed', 422, { fields: [{ path: 'sendAt', says }] })
}

function tell(
  tx: Tx,
  actor: Actor,
  conversation: Conversation,
  kind: 'reply.scheduled' | 'reply.rescheduled' | 'reply.unscheduled' | 'reply.stopped',
  facts: Record<string, unknown>,
  at: Date,
  also: string | null = null,
) {
  const scopes = [conversation.teamId, conversation.ownerId, also].filter(each => each !== null)
  return record(tx, {
    ...{ kind, subjectId: conversation.id, actorId: actor.is === 'member' ? actor.personId : null, at },
    scopes,
    facts: { ...facts, state: conversation.state, version: conversation.version },
  })
}
