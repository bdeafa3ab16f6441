/** Replying with a next step, closing quietly, and taking a reply back while it is held. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { NextStep } from '../../../contract/conversations.ts'
import type { AlsoPromised } from '../../../contract/ledger.ts'
import type { NewOffer } from '../../../contract/options.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { actorId, type Member } from '../../access/index.ts'
import { newRfcId } from '../../channels/index.ts'
import { undoMoves } from '../../promises/index.ts'
import { rememberUse } from '../../saved-replies/index.ts'
import { alsoMade, withAlso } from '../ledger-rules.ts'
import { sendOut, type To } from '../outward.ts'
import { afterQuietClose, afterReply } from '../rules.ts'
import { insertMessages, openConversation } from '../tables.ts'
import { isBlank, type Written, withUploads, written } from '../text.ts'
import { wayOut } from '../way-out.ts'
import { takeForwardBack } from './forward.ts'
import { dropOffer, makeOffer, offerLinks, refuseTroubledOffer } from './offer.ts'
import { ours } from './ours.ts'
import { happenedSince, isInPassing, refuseIfPutAway, refuseIfStale, save } from './save.ts'
import { giveUploadsBack, takeUploads } from './uploads.ts'

export type Reply = {
  conversationId: string
  seenVersion: number
  body: string | Written
  recipients: To
  nextStep: NextStep
  promised?: readonly AlsoPromised[]
  attachments: readonly string[]
  options?: NewOffer | null
  /** saved replies that stand in it */
  used?: readonly string[]
  /** its writer had the time to take it back already */
  atOnce?: boolean
}

type Undo = {
  version: number
  state: string
  closedBecause: string | null
  outcome: string | null
  ownerId: string | null
  closedAt: string | null
  dueAt: string | null
  made: string[]
  ended: string[]
}

export async function replyTo(tx: Tx, actor: Member, input: Reply, now: Date) {
  const conversation = await openConversation(tx, actor, input.conversationId)
  refuseIfPutAway(conversation)
  await refuseIfStale(tx, actor, conversation, input.seenVersion)
  refusePastTimes(input.nextStep, now, input.promised)
  refuseTroubledOffer(input, now)
  const body = written(input.body)
  if (isBlank(body)) throw new Refusal('nothing-written', 400)
  const way = await wayOut(tx, conversation, input.recipients, now)
  const { shown } = way
  const messageId = randomUUIDv7()
  const rfcId = way.sender ? newRfcId(way.sender) : null
  const undoSeconds = input.atOnce || way.isHere ? 0 : await undoSecondsOf(tx, actor)
  const undoUntil = new Date(now.getTime() + undoSeconds * 1000)
  const also = alsoMade(conversation, input.promised ?? [], actor.personId, true)
  const change = withAlso(afterReply(conversation, input.nextStep, actor.personId), also)
  await insertMessages(tx, [
    ours({
      id: messageId,
      conversationId: conversation.id,
      kind: 'reply',
      authorId: actor.personId,
      shown,
      at: now,
      body,
      language: conversation.language,
      rfcId,
      nextStep: input.nextStep,
      undoUntil,
    }),
  ])
  await takeUploads(tx, actor, messageId, input.attachments, body.html)
  const offer = input.options
  if (offer) await makeOffer(tx, actor, { conversationId: conversation.id, messageId, offer }, now)
  await rememberUse(tx, actor, messageId, input.used ?? [])
  // The first of us to answer owns it; another member's answer leaves the owner as it is.
  const ownerId = conversation.ownerId ?? actor.personId
  const saved = await save(tx, conversation, {
    kind: 'message.replied',
    change,
    actor,
    now,
    toldBy: messageId,
    ownerId,
    last: { at: now, ours: true, preview: body.preview },
    facts: { messageId, nextStep: input.nextStep.is, ...(input.used?.length ? { used: input.used } : {}) },
  })
  const undo: Undo = {
    version: saved.version,
    state: conversation.state,
    closedBecause: conversation.closedBecause,
    outcome: conversation.outcome,
    ownerId: conversation.ownerId,
    closedAt: conversation.closedAt?.toISOString() ?? null,
    dueAt: null,
    made: saved.made,
    ended: change.moves.ends.map(each => each.id),
  }
  await sql`update message set undo = ${JSON.stringify(undo)}::jsonb where id = ${messageId}::uuid`.execute(tx)
  if (way.sender && rfcId)
    await sendOut(tx, {
      purpose: 'reply',
      conversation,
      messageId,
      rfcId,
      sender: way.sender,
      author: actor.name,
      shown,
      told: toldIn(input.nextStep, input.promised),
      no: noIn(input.nextStep),
      ...(await offerLinks(tx, offer ? messageId : null)),
      now,
      notBefore: undoUntil,
    })
  await sql`delete from draft where conversation_id = ${conversation.id}::uuid and person_id = ${actor.personId}::uuid and kind = 'reply'`.execute(
    tx,
  )
  return {
    messageId,
    state: saved.state,
    version: saved.version,
    promises: saved.promises,
    undoUntil: undoSeconds > 0 ? undoUntil.toISOString() : null,
  }
}

async function undoSecondsOf(tx: Tx, actor: Member): Promise<number> {
  const { rows } = await sql<{
    undoSeconds: number
  }>`select undo_seconds from member where person_id = ${actor.personId}::uuid`.execute(tx)
  return rows[0]?.undoSeconds ?? 0
}

export async function closeQuietly(
  tx: Tx,
  actor: Member,
  input: { conversationId: string; seenVersion?: number; because: string },
  now: Date,
) {
  const conversation = await openConversation(tx, actor, input.conversationId)
  refuseIfPutAway(conversation)
  if (input.seenVersion !== undefined) await refuseIfStale(tx, actor, conversation, input.seenVersion)
  if (conversation.state === 'closed') throw new Refusal('already-closed', 409)
  const saved = await save(tx, conversation, {
    kind: 'conversation.closed',
    change: afterQuietClose(conversation, input.because),
    actor,
    now,
    facts: { because: input.because },
  })
  return { messageId: null, state: saved.state, version: saved.version, promises: saved.promises, undoUntil: null }
}

/** Only its author, only while it is held, and only when nothing else has happened since. */
export async function undoReply(tx: Tx, actor: Member, messageId: string, now: Date) {
  const { rows } = await sql<{
    conversationId: string
    undo: Undo | null
    undoUntil: Date | null
    bodyHtml: string
    authorId: string
    takenBackAt: Date | null
    kind: string
  }>`
    select conversation_id, kind, undo, undo_until, body_html, author_id, taken_back_at from message where id = ${messageId}::uuid`.execute(
    tx,
  )
  const message = rows[0]
  if (!message || message.authorId !== actor.personId) throw absent()
  const conversation = await openConversation(tx, actor, message.conversationId)
  if (message.kind === 'forward') return takeForwardBack(tx, actor, conversation, messageId, now)
  const { undo } = message
  if (
    !undo ||
    !message.undoUntil ||
    message.takenBackAt ||
    message.undoUntil <= now ||
    (await happenedSince(tx, conversation, undo.version)).some(each => !isInPassing(each))
  )
    throw new Refusal('too-late-to-undo', 409)
  const stopped = await sql<{
    state: string
  }>`update outbox set state = 'cancelled', settled_at = ${now} where message_id = ${messageId}::uuid and state = 'waiting' returning state`.execute(
    tx,
  )
  const left = await sql`select from outbox where message_id = ${messageId}::uuid and state <> 'cancelled'`.execute(tx)
  if (left.rows.length > 0 || stopped.rows.length === 0) throw new Refusal('too-late-to-undo', 409)
  await undoMoves(tx, undo.made, undo.ended)
  await dropOffer(tx, messageId)
  const version = conversation.version + 1
  await sql`update conversation set state = ${undo.state}, closed_because = ${undo.closedBecause}, outcome = ${undo.outcome}, owner_id = ${undo.ownerId}::uuid, closed_at = ${undo.closedAt}::timestamptz, version = ${version},
      due_at = (select min(due_at) from promise where conversation_id = ${conversation.id}::uuid and ended_at is null and direction = 'ours'),
      (last_at, last_ours, preview) = (select m.at, m.kind in ('reply', 'follow-up'), left(regexp_replace(coalesce(m.trimmed, m.body_text), '\\s+', ' ', 'g'), 200) from message m
        where m.conversation_id = ${conversation.id}::uuid and m.kind not in ('note', 'forward') and m.taken_back_at is null and m.id <> ${messageId}::uuid order by m.at desc, m.id desc limit 1)
    where id = ${conversation.id}::uuid`.execute(tx)
  await sql`update message set taken_back_at = ${now}, undo = null where id = ${messageId}::uuid`.execute(tx)
  await giveUploadsBack(tx, actor, messageId, now)
  await record(tx, {
    kind: 'message.taken-back',
    subjectId: conversation.id,
    actorId: actorId(actor),
    scopes: [conversation.teamId, actor.personId],
    facts: { messageId, state: undo.state, version },
    at: now,
  })
  return { body: withUploads(message.bodyHtml), state: undo.state as 'open', version }
}

/** Its writer waits no longer: what was held goes now. */
export async function sendNow(tx: Tx, actor: Member, messageId: string, now: Date) {
  const { rows } = await sql<{ conversationId: string; authorId: string | null }>`
    select conversation_id, author_id from message where id = ${messageId}::uuid and taken_back_at is null`.execute(tx)
  if (!rows[0] || rows[0].authorId !== actor.personId) throw absent()
  await openConversation(tx, actor, rows[0].conversationId)
  await sql`update message set undo_until = ${now} where id = ${messageId}::uuid and undo_until > ${now}`.execute(tx)
  await sql`update outbox set not_before = ${now} where message_id = ${messageId}::uuid and state = 'waiting' and not_before > ${now}`.execute(
    tx,
  )
  return { done: true as const }
}

/** A promise is for a time to come. */
export function refusePastTimes(step: NextStep, now: Date, promised: readonly AlsoPromised[] = []) {
  const times: [string, string | undefined][] = [
    ['nextStep.dueAt', 'dueAt' in step ? step.dueAt : undefined],
    ['nextStep.askAgainAt', 'askAgainAt' in step ? step.askAgainAt : undefined],
    ['nextStep.followUpAt', 'followUpAt' in step ? step.followUpAt : undefined],
    ['nextStep.theirs.dueAt', 'theirs' in step ? step.theirs?.dueAt : undefined],
    ...promised.map((each, at): [string, string] => [`promised.${at}.dueAt`, each.dueAt]),
  ]
  const past = times.filter(([, at]) => at !== undefined && new Date(at) <= now)
  if (past.length > 0)
    throw new Refusal('time-passed', 422, { fields: past.map(([path]) => ({ path, says: 'lies in the past' })) })
  // Nothing is owed, and something is promised: only one of the two is true.
  if (step.is === 'nothing-owed' && promised.some(each => each.direction === 'ours'))
    throw new Refusal('closing-with-promise', 409)
}

export function toldIn(step: NextStep, promised: readonly AlsoPromised[] = []) {
  return [...toldByStep(step), ...promised.map(toldBeside)]
}

function toldBeside({ direction, words, dueAt }: AlsoPromised) {
  return { words, dueAt: new Date(dueAt), ours: direction === 'ours', againAt: null }
}

function toldByStep(step: NextStep) {
  if (step.is === 'we-get-back') return [{ words: step.words, dueAt: new Date(step.dueAt), ours: true, againAt: null }]
  if (step.is === 'your-turn' && step.theirs)
    return [{ words: step.theirs.words, dueAt: new Date(step.theirs.dueAt), ours: false, againAt: step.askAgainAt }]
  return []
}

export function noIn(step: NextStep) {
  if (step.is !== 'we-cannot') return null
  const { alternative } = step
  return {
    personalWord: step.personalWord,
    alternative: {
      is: alternative.is,
      words: alternative.is === 'offer' ? alternative.words : alternative.is === 'none' ? alternative.because : '',
    },
  }
}
