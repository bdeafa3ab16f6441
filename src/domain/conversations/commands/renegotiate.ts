/** Promises by themselves: moving one to another time, told to the customer in our words, and saying that one was kept. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { PromiseView } from '../../../contract/promises.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import type { Member } from '../../access/index.ts'
import { type NewPromise, type PromiseRow, promiseColumns, promiseJoins, viewOfPromise } from '../../promises/index.ts'
import { newRfcId, resolveRecipients, sendOut } from '../outward.ts'
import { needSender } from '../reach.ts'
import { type Conversation, insertMessages, openConversation } from '../tables.ts'
import { written } from '../text.ts'
import { ours } from './ours.ts'
import { copiedAddresses, customerAddresses } from './ownership.ts'
import { save } from './save.ts'
import { snooze, wake } from './snooze.ts'

export type Renegotiation = { promiseId: string; dueAt: string; words: string; tell?: string | undefined }

export async function renegotiate(tx: Tx, actor: Member, input: Renegotiation, now: Date) {
  const { conversation, promise } = await openPromise(tx, actor, input.promiseId)
  const dueAt = new Date(input.dueAt)
  if (dueAt <= now) throw new Refusal('time-passed', 422, { fields: [{ path: 'dueAt', says: 'lies in the past' }] })
  if (promise.kind === 'reminder') {
    await snooze(tx, actor, { conversationId: conversation.id, until: input.dueAt }, now)
    return {
      promise: await promiseView(
        tx,
        sql`p.conversation_id = ${conversation.id}::uuid and p.kind = 'reminder' and p.by_person_id = ${actor.personId}::uuid and p.ended_at is null`,
        now,
      ),
    }
  }
  const messageId =
    input.tell && promise.direction === 'ours'
      ? await tell(tx, actor, conversation, { words: input.words, dueAt, said: input.tell }, now)
      : null
  const moved: NewPromise = {
    kind: promise.kind,
    direction: promise.direction,
    byPersonId: promise.byPersonId,
    byTeamId: promise.byTeamId,
    toPersonId: promise.toPersonId,
    toTeamId: promise.toTeamId,
    words: input.words,
    automatic: false,
    dueAt,
    told: messageId !== null,
  }
  const change = {
    state: conversation.state,
    closedBecause: conversation.closedBecause,
    outcome: conversation.outcome,
    moves: { ends: [{ id: promise.id, how: 'replaced' as const, why: null, replacedBy: 0 }], makes: [moved] },
  }
  const saved = await save(tx, conversation, {
    kind: 'promise.renegotiated',
    change,
    actor,
    now,
    toldBy: messageId,
    facts: { promiseId: promise.id, inTime: now <= promise.dueAt, messageId },
  })
  return { promise: await promiseView(tx, sql`p.id = ${saved.made[0]}::uuid`, now) }
}

async function promiseView(tx: Tx, which: ReturnType<typeof sql>, now: Date): Promise<PromiseView> {
  const { rows } =
    await sql<PromiseRow>`select ${promiseColumns} from promise p ${promiseJoins} where ${which}`.execute(tx)
  return viewOfPromise(rows[0]!, now)
}

/** What is promised in reply is kept by answering; this is for actions, and for what they promised us. */
export async function keepPromise(tx: Tx, actor: Member, promiseId: string, now: Date) {
  const { conversation, promise } = await openPromise(tx, actor, promiseId)
  if (promise.kind === 'reminder') return wake(tx, actor, conversation.id, now)
  const rest = conversation.open.filter(
    each => each.id !== promise.id && each.direction === 'ours' && (each.kind === 'reply' || each.kind === 'action'),
  )
  const ours = promise.direction === 'ours'
  if (ours && (promise.kind !== 'action' || (conversation.state === 'open' && rest.length === 0)))
    throw new Refusal('cannot-keep', 409)
  const change = {
    state: conversation.state,
    closedBecause: conversation.closedBecause,
    outcome: conversation.outcome,
    moves: { ends: [{ id: promise.id, how: 'kept' as const, why: null }], makes: [] },
  }
  await save(tx, conversation, { kind: 'promise.kept', change, actor, now, facts: { promiseId: promise.id } })
  return { done: true as const }
}

async function openPromise(
  tx: Tx,
  actor: Member,
  promiseId: string,
): Promise<{ conversation: Conversation; promise: PromiseRow }> {
  const { rows } =
    await sql<PromiseRow>`select ${promiseColumns} from promise p ${promiseJoins} where p.id = ${promiseId}::uuid`.execute(
      tx,
    )
  const promise = rows[0]
  if (!promise?.conversationId) throw absent()
  // What somebody reminds themself of is nobody else's.
  if (promise.kind === 'reminder' && promise.byPersonId !== actor.personId) throw absent()
  const conversation = await openConversation(tx, actor, promise.conversationId)
  if (!conversation.open.some(each => each.id === promiseId)) throw new Refusal('promise-over', 409)
  return { conversation, promise }
}

async function tell(
  tx: Tx,
  actor: Member,
  conversation: Conversation,
  about: { words: string; dueAt: Date; said: string },
  now: Date,
): Promise<string> {
  const sender = await needSender(tx, conversation)
  const shown = await resolveRecipients(
    tx,
    { to: await customerAddresses(tx, conversation.id), cc: await copiedAddresses(tx, conversation.id) },
    now,
  )
  const messageId = randomUUIDv7()
  const rfcId = newRfcId(sender)
  const body = written(about.said)
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
    }),
  ])
  await sendOut(tx, {
    purpose: 'reply',
    conversation,
    messageId,
    rfcId,
    sender,
    author: actor.name,
    shown,
    told: [{ words: about.words, dueAt: about.dueAt, ours: true, againAt: null }],
    no: null,
    now,
    notBefore: now,
  })
  return messageId
}
