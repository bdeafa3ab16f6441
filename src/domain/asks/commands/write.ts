/** What is said in an ask: the expert's answer or question in return, a further question, a time, that it is not needed any more, thanks. */
import { randomUUIDv7 } from 'node:crypto'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { type Actor, type Member, systemActor } from '../../access/index.ts'
import { newRfcId } from '../../channels/index.ts'
import { isBlank, save, staysAsItIs, suggestedTimes, type Written } from '../../conversations/index.ts'
import { mailExpert, senderOf } from '../mail.ts'
import { ended, instead, stateOf, toAnswer, toGet } from '../rules.ts'
import { changeAsk, insertAskMessage, type Opened, openAsk } from '../tables.ts'
import { promiseView } from '../views.ts'
import { tellExpert } from './told.ts'

export async function writeInAsk(
  tx: Tx,
  baseUrl: URL,
  actor: Member,
  input: { askId: string; body: Written; is: 'answer' | 'back' | 'question' },
  now: Date,
) {
  const opened = await openAsk(tx, actor, input.askId)
  const mine = input.is === 'question' ? opened.is.asker : opened.is.expert
  if (!mine) throw new Refusal('not-yours', 403)
  if (isBlank(input.body)) throw new Refusal('nothing-written', 400)
  const messageId = randomUUIDv7()
  const sender = input.is === 'question' ? await senderOf(tx, opened.conversation) : null
  const rfcId = sender ? newRfcId(sender) : null
  await insertAskMessage(tx, {
    ...{ id: messageId, askId: input.askId, kind: input.is, authorId: actor.personId, authorRaw: null },
    ...{ elsewhere: false, at: now, text: input.body.text, trimmed: null, html: input.body.html, trimmedHtml: null },
    ...{ rfcId, files: [] },
  })
  if (input.is === 'question') await goOn(tx, baseUrl, actor, opened, { messageId, rfcId }, now)
  else await answered(tx, opened, { messageId, authorId: actor.personId, back: input.is === 'back' }, now)
  return { messageId }
}

/** A further question opens again what was answered or closed. */
async function goOn(
  tx: Tx,
  baseUrl: URL,
  actor: Member,
  opened: Opened,
  it: { messageId: string; rfcId: string | null },
  now: Date,
) {
  const { ask, conversation, openPromise } = opened
  const again = stateOf(ask) !== 'open'
  const dueAt = openPromise?.dueAt ?? (await suggestedTimes(tx, conversation, now)).getBackAt
  const makes = openPromise ? [] : [toGet({ askerId: actor.personId, expertId: ask.expertId, words: ask.words }, dueAt)]
  const saved = await save(tx, conversation, {
    kind: 'ask.asked-on',
    change: { ...staysAsItIs(conversation), moves: { ends: [], makes } },
    actor,
    now,
    facts: { askId: ask.id, conversationId: conversation.id },
  })
  await changeAsk(tx, ask.id, {
    ...(saved.made[0] ? { promiseId: saved.made[0] } : {}),
    ...(again ? { answeredAt: null, closedAt: null, relayedAt: null, relayedBy: null, relayingId: null } : {}),
  })
  await tellExpert(tx, { askId: ask.id, expertId: ask.expertId, actorId: actor.personId, what: 'question' }, now)
  if (it.rfcId)
    await mailExpert(tx, baseUrl, {
      ...{ askId: ask.id, conversation, messageId: it.messageId, author: actor.name, about: 'question' },
      ...{ dueAt, rfcId: it.rfcId, now },
    })
}

/** Whatever came: the promise is kept by an answer; a question in return leaves it standing. What comes after the end is kept, and told. */
export async function answered(
  tx: Tx,
  { ask, conversation, openPromise }: Opened,
  it: { messageId: string; authorId: string | null; back: boolean },
  now: Date,
): Promise<void> {
  await save(tx, conversation, {
    kind: 'ask.answered',
    change: {
      ...staysAsItIs(conversation),
      moves: it.back ? ended(null, 'kept', null) : ended(openPromise?.id ?? null, 'kept', null),
    },
    actor: { is: 'system', name: 'asks' },
    now,
    facts: {
      ...{ askId: ask.id, askMessageId: it.messageId, conversationId: conversation.id },
      ...{ authorId: it.authorId, back: it.back, late: ask.closedAt !== null },
    },
  })
  if (!it.back) await changeAsk(tx, ask.id, { answeredAt: ask.answeredAt ?? now, bouncedAt: null })
}

/** Said by the expert, or written down for them by whoever asked. */
export async function nameTime(tx: Tx, actor: Member, input: { askId: string; dueAt: string }, now: Date) {
  return named(tx, actor, await openAsk(tx, actor, input.askId), input, now)
}

/** Said by an expert without an account, by the link in the mail that asked them: nobody else holds it. */
export async function nameTimeOutside(
  tx: Tx,
  input: { askId: string; addressId: string; dueAt: string; seen: string },
  now: Date,
) {
  const opened = await openAsk(tx, systemActor('asks'), input.askId)
  if (opened.ask.addressId !== input.addressId) throw absent()
  // Pressed twice, or another time was named meanwhile: what stands is shown first.
  if ((opened.openPromise?.id ?? '') !== input.seen) throw new Refusal('stale', 409)
  return named(tx, systemActor('asks'), opened, input, now)
}

async function named(
  tx: Tx,
  actor: Actor,
  { ask, conversation, openPromise }: Opened,
  input: { dueAt: string },
  now: Date,
) {
  if (stateOf(ask) !== 'open') throw new Refusal('ask-over', 409)
  const dueAt = new Date(input.dueAt)
  if (dueAt <= now) throw new Refusal('time-passed', 422, { fields: [{ path: 'dueAt', says: 'lies in the past' }] })
  const parties = { askerId: ask.byId, expertId: ask.expertId, words: ask.words }
  const saved = await save(tx, conversation, {
    kind: 'ask.time-named',
    change: { ...staysAsItIs(conversation), moves: instead(openPromise?.id ?? null, toAnswer(parties, dueAt)) },
    actor,
    now,
    facts: {
      ...{ askId: ask.id, conversationId: conversation.id, dueAt: dueAt.toISOString() },
      inTime: openPromise === null || now <= openPromise.dueAt,
    },
  })
  await changeAsk(tx, ask.id, { promiseId: saved.made[0]! })
  return { promise: await promiseView(tx, saved.made[0]!, now) }
}

export async function closeAsk(tx: Tx, baseUrl: URL, actor: Member, askId: string, now: Date) {
  const { ask, conversation, openPromise, is } = await openAsk(tx, actor, askId)
  if (!is.asker) throw new Refusal('not-yours', 403)
  if (stateOf(ask) === 'closed') return { done: true as const }
  const waited = stateOf(ask) === 'open'
  await save(tx, conversation, {
    kind: 'ask.closed',
    change: { ...staysAsItIs(conversation), moves: ended(openPromise?.id ?? null, 'released', 'not-needed') },
    actor,
    now,
    facts: { askId: ask.id, conversationId: conversation.id },
  })
  await changeAsk(tx, ask.id, { closedAt: now })
  if (!waited) return { done: true as const }
  await tellExpert(tx, { askId: ask.id, expertId: ask.expertId, actorId: actor.personId, what: 'closed' }, now)
  await news(tx, baseUrl, { ask, conversation }, { author: actor.name, about: 'closed' }, now)
  return { done: true as const }
}

export async function thankExpert(
  tx: Tx,
  baseUrl: URL,
  actor: Member,
  input: { askId: string; words: string },
  now: Date,
) {
  const { ask, conversation, is } = await openAsk(tx, actor, input.askId)
  if (!is.asker) throw new Refusal('not-yours', 403)
  if (ask.answeredAt === null) throw new Refusal('not-answered', 409)
  if (ask.thankedAt !== null) throw new Refusal('thanked-already', 409)
  await changeAsk(tx, ask.id, { thankedAt: now, thankedBy: actor.personId, thanks: input.words })
  const scopes = conversation.ownerId ? [conversation.teamId, conversation.ownerId] : [conversation.teamId]
  const facts = { askId: ask.id, conversationId: conversation.id }
  await record(tx, { kind: 'ask.thanked', subjectId: conversation.id, actorId: actor.personId, scopes, facts, at: now })
  await tellExpert(tx, { askId: ask.id, expertId: ask.expertId, actorId: actor.personId, what: 'thanked' }, now)
  await news(tx, baseUrl, { ask, conversation }, { author: actor.name, about: 'thanks', words: input.words }, now)
  return { done: true as const }
}

type News = {
  author: string | null
  about: 'closed' | 'thanks' | 'judged'
  words?: string
  verdict?: 'worked' | 'incomplete' | 'wrong'
}

/** A mail in the thread of the ask that is no message of it. */
export async function news(
  tx: Tx,
  baseUrl: URL,
  { ask, conversation }: Pick<Opened, 'ask' | 'conversation'>,
  it: News,
  now: Date,
): Promise<void> {
  const sender = await senderOf(tx, conversation)
  const first = await tx
    .selectFrom('askMessage')
    .select('id')
    .where('askId', '=', ask.id)
    .where('kind', '=', 'question')
    .orderBy('at')
    .limit(1)
    .executeTakeFirst()
  if (!sender || !first) return
  const about = { askId: ask.id, conversation, messageId: first.id, dueAt: null, rfcId: newRfcId(sender), now }
  await mailExpert(tx, baseUrl, { ...about, ...it })
}
