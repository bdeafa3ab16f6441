/** How promises end by somebody's word: kept, broken and said so, or released with a reason. Refuses to leave a conversation owing nothing that it owes. */
import { sql } from 'kysely'
import type { EventKind } from '../../../contract/events.ts'
import type { Because, LetGo } from '../../../contract/promises.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import type { Member } from '../../access/index.ts'
import { type Moves, type NewPromise, type PromiseRow, writeMoves } from '../../promises/index.ts'
import { save } from '../commands/save.ts'
import { wake } from '../commands/snooze.ts'
import { afterKept, isLastOwed } from '../ledger-rules.ts'
import type { Change } from '../standing.ts'
import { openPromise, promiseView } from './door.ts'
import { standsAs } from './make.ts'
import { canTell, tell } from './tell.ts'

/** What is promised in reply is kept by answering; this is for actions, and for what they promised us. */
export async function keepPromise(tx: Tx, actor: Member, promiseId: string, now: Date) {
  const { conversation, promise } = await openPromise(tx, actor, promiseId)
  // A decision is kept by deciding: whoever asked is told what.
  if (promise.kind === 'decision') throw new Refusal('decide-it', 409)
  if (!conversation) {
    const moves = { ends: [{ id: promise.id, how: 'kept' as const, why: null }], makes: [] }
    await saveOutside(tx, actor, promise, { kind: 'promise.kept', moves, facts: {}, toldBy: null }, now)
    return { done: true as const }
  }
  if (promise.kind === 'reminder') return wake(tx, actor, conversation.id, now)
  const change = afterKept(conversation, promise)
  if (!change) throw new Refusal('cannot-keep', 409)
  await save(tx, conversation, { kind: 'promise.kept', change, actor, now, facts: { promiseId: promise.id } })
  return { done: true as const }
}

export type Breaking = {
  promiseId: string
  because: Because
  tell?: string | undefined
  instead?: { words: string; dueAt: string } | undefined
}

export async function breakPromise(tx: Tx, actor: Member, input: Breaking, now: Date) {
  const { conversation, promise } = await openPromise(tx, actor, input.promiseId)
  if (promise.direction === 'theirs' || promise.kind === 'reminder') throw new Refusal('not-ours-to-break', 409)
  const { instead } = input
  if (instead && new Date(instead.dueAt) <= now)
    throw new Refusal('time-passed', 422, { fields: [{ path: 'instead.dueAt', says: 'lies in the past' }] })
  if (conversation && !instead && isLastOwed(conversation, promise.id)) throw new Refusal('promise-needed', 409)
  // Whoever was told that it would be is told that it was not.
  if (conversation && promise.direction === 'ours' && promise.toldAt && !input.tell)
    throw new Refusal('say-it', 422, { fields: [{ path: 'tell', says: 'is missing' }] })
  const told = instead ? [{ words: instead.words, dueAt: new Date(instead.dueAt) }] : []
  const mails = conversation && input.tell && (await canTell(tx, conversation))
  const messageId =
    conversation && input.tell && mails ? await tell(tx, actor, conversation, { told, said: input.tell }, now) : null
  const makes: NewPromise[] = instead ? [another(promise, actor, instead, messageId !== null)] : []
  const ends = [
    instead
      ? { id: promise.id, how: 'replaced' as const, why: input.because, words: input.tell ?? null, replacedBy: 0 }
      : { id: promise.id, how: 'given-up' as const, why: input.because, words: input.tell ?? null },
  ]
  const facts = { promiseId: promise.id, because: input.because, messageId }
  const made = conversation
    ? (
        await save(tx, conversation, {
          kind: 'promise.broken',
          change: { ...standsAs(conversation), moves: { ends, makes } },
          actor,
          now,
          toldBy: messageId,
          facts,
        })
      ).made
    : await saveOutside(
        tx,
        actor,
        promise,
        { kind: 'promise.broken', moves: { ends, makes }, facts, toldBy: null },
        now,
      )
  return {
    done: true as const,
    promise: made[0] ? await promiseView(tx, sql`p.id = ${made[0]}::uuid`, now) : null,
  }
}

export async function releasePromise(
  tx: Tx,
  actor: Member,
  input: { promiseId: string; because: LetGo; words: string },
  now: Date,
) {
  const { conversation, promise } = await openPromise(tx, actor, input.promiseId)
  if (promise.kind === 'reminder') throw new Refusal('not-ours-to-break', 409)
  if (conversation && isLastOwed(conversation, promise.id)) throw new Refusal('promise-needed', 409)
  const moves: Moves = {
    ends: [{ id: promise.id, how: 'released', why: input.because, words: input.words.trim() || null }],
    makes: [],
  }
  const facts = { promiseId: promise.id, because: input.because }
  if (!conversation)
    await saveOutside(tx, actor, promise, { kind: 'promise.released', moves, facts, toldBy: null }, now)
  else {
    const change: Change = { ...standsAs(conversation), moves }
    await save(tx, conversation, { kind: 'promise.released', change, actor, now, facts })
  }
  return { done: true as const }
}

/** The same to the same person, in other words and by another time. */
export function another(
  promise: PromiseRow,
  actor: Member,
  to: { words: string; dueAt: string },
  told: boolean,
): NewPromise {
  return {
    kind: promise.kind,
    direction: promise.direction,
    byPersonId: promise.byPersonId,
    byTeamId: promise.byTeamId,
    toPersonId: promise.toPersonId,
    toTeamId: promise.toTeamId,
    words: to.words,
    automatic: false,
    dueAt: new Date(to.dueAt),
    told,
    notedBy: actor.personId,
    relationshipId: promise.relationshipId,
  }
}

type Saving = { kind: EventKind; moves: Moves; facts: Record<string, unknown>; toldBy: string | null }

/** What `save` does for a conversation, for a promise that stands outside of one. */
export async function saveOutside(tx: Tx, actor: Member, promise: PromiseRow, it: Saving, now: Date) {
  const [made = []] = await writeMoves(tx, [{ conversationId: null, moves: it.moves, toldBy: it.toldBy, at: now }])
  const scopes = [actor.personId, promise.byPersonId, promise.byTeamId, promise.toTeamId]
  await record(tx, {
    ...{ kind: it.kind, subjectId: null, actorId: actor.personId, at: now },
    scopes: [...new Set(scopes.filter(scope => scope !== null))],
    facts: {
      ...{ promiseId: promise.id, relationshipId: promise.relationshipId, made },
      ...{ ended: it.moves.ends.map(({ id, how }) => ({ id, how })), ...it.facts },
    },
  })
  return made
}
