/**
 * Merging: two conversations of one customer become one, and can be made two again. The absorbed one's messages, promises,
 * people and marks move into the survivor, and its number and mail lead there. Refuses customers who are not the same.
 */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { type Actor, actorId, type Member, mayMerge, mayRead } from '../../access/index.ts'
import { writeMoves } from '../../promises/index.ts'
import { afterMerge, afterUnmerge, canBeMerged, type Stood } from '../joining-rules.ts'
import { suggestedTimes, timesFor } from '../reach.ts'
import {
  endedBy,
  type Head,
  headOf,
  moveMessages,
  movePromises,
  refreshLast,
  reopen,
  setHead,
} from '../standing-rows.ts'
import { type Conversation, lockConversations } from '../tables.ts'
import { type Beside, moveBeside, movedBack } from './beside-merge.ts'
import { stopLater } from './later-stop.ts'

type Was = {
  survivor: Head
  absorbed: Head
  left: { state: string; open: string[]; neededBy: string | null }
  messages: string[]
  promises: string[]
  ended: string[]
  beside: Beside
}

/** Both doors, locked in the order of ids; for who may not read one of them there is none. */
export async function openBoth(
  tx: Tx,
  actor: Actor,
  ids: readonly [string, string],
): Promise<[Conversation, Conversation]> {
  const found = await lockConversations(tx, ids)
  const [one, other] = ids.map(id => found.get(id))
  if (!one || !other || !mayRead(actor, one) || !mayRead(actor, other)) throw absent()
  return [one, other]
}

const scopesOf = (...conversations: Conversation[]) => [
  ...new Set(conversations.flatMap(each => (each.ownerId ? [each.teamId, each.ownerId] : [each.teamId]))),
]

export async function merge(tx: Tx, actor: Member, input: { conversationId: string; intoId: string }, now: Date) {
  if (input.conversationId === input.intoId) throw new Refusal('same-conversation', 409)
  const [absorbed, survivor] = await openBoth(tx, actor, [input.conversationId, input.intoId])
  const mergeId = await join(tx, actor, absorbed, survivor, now)
  return { mergeId, into: { id: survivor.id, number: survivor.number } }
}

/** `dropped`: the absorbed one's promises that nobody needs any more; then it weighs nothing itself. */
export async function join(
  tx: Tx,
  actor: Actor,
  absorbed: Conversation,
  survivor: Conversation,
  now: Date,
  dropped: readonly string[] = [],
) {
  if (!mayMerge(actor, absorbed) || !mayMerge(actor, survivor)) throw new Refusal('not-yours', 403)
  if (absorbed.customerId !== survivor.customerId) throw new Refusal('other-customer', 409)
  if (!canBeMerged(absorbed) || !canBeMerged(survivor)) throw new Refusal('put-away', 409)
  await stopLater(tx, [absorbed.id, survivor.id], 'merged', now)
  const open_ = absorbed.open.filter(each => !dropped.includes(each.id))
  const joined = afterMerge(survivor, dropped.length > 0 ? { ...absorbed, state: 'aside', open: open_ } : absorbed)
  const ended = [...joined.ends, ...dropped]
  const messages = await moveMessages(tx, absorbed.id, survivor.id, 'all')
  const promises = await movePromises(tx, absorbed.id, survivor.id, 'all')
  const ends = ended.map(id => ({ id, how: 'released' as const, why: 'merged' }))
  await writeMoves(tx, [{ conversationId: survivor.id, moves: { ends, makes: [] }, toldBy: null, at: now }])
  const beside = await moveBeside(tx, absorbed.id, survivor.id)
  const neededBy = earlier(survivor.neededBy, absorbed.neededBy)?.toISOString() ?? null
  const open = [...survivor.open, ...absorbed.open]
    .filter(each => each.direction === 'ours' && !ended.includes(each.id))
    .map(each => each.id)
  await setHead(tx, survivor.id, {
    state: joined.state,
    closedBecause: joined.closedBecause,
    outcome: joined.outcome,
    closedAt: joined.state === 'closed' ? (survivor.closedAt ?? absorbed.closedAt ?? now).toISOString() : null,
    neededBy,
    version: survivor.version + 1,
  })
  const gone = { ...headOf(absorbed), state: 'merged' as const, closedBecause: null, closedAt: null }
  await setHead(tx, absorbed.id, { ...gone, version: absorbed.version + 1, mergedInto: survivor.id })
  await refreshLast(tx, [survivor.id])
  const was: Was = {
    survivor: headOf(survivor),
    absorbed: headOf(absorbed),
    left: { state: joined.state, open, neededBy },
    ...{ messages, promises, ended, beside },
  }
  const mergeId = randomUUIDv7()
  await sql`insert into merge (id, survivor_id, absorbed_id, by_id, at, was) values (${mergeId}, ${survivor.id}, ${absorbed.id}, ${actorId(actor)}, ${now}, ${JSON.stringify(was)}::jsonb)`.execute(
    tx,
  )
  const facts = { mergeId, number: absorbed.number, messages: messages.length }
  await record(
    tx,
    {
      ...{ kind: 'conversation.merged', subjectId: absorbed.id, actorId: actorId(actor), at: now },
      scopes: scopesOf(absorbed),
      facts: { mergeId, state: 'merged', version: absorbed.version + 1 },
    },
    {
      ...{ kind: 'conversation.took-in', subjectId: survivor.id, actorId: actorId(actor), at: now },
      scopes: scopesOf(survivor),
      facts: { ...facts, state: joined.state, version: survivor.version + 1 },
    },
  )
  return mergeId
}

export async function undoMerge(tx: Tx, actor: Member, mergeId: string, now: Date) {
  const found = await sql<{ survivorId: string; absorbedId: string }>`
    select survivor_id, absorbed_id from merge where id = ${mergeId}::uuid`.execute(tx)
  if (!found.rows[0]) throw absent()
  const { survivorId, absorbedId } = found.rows[0]
  const [survivor, absorbed] = await openBoth(tx, actor, [survivorId, absorbedId])
  if (!mayMerge(actor, absorbed) || !mayMerge(actor, survivor)) throw new Refusal('not-yours', 403)
  const { rows } = await sql<{
    was: Was
  }>`select was from merge where id = ${mergeId}::uuid and undone_at is null`.execute(tx)
  const was = rows[0]?.was
  // What it went up in has gone up in another itself, or is put away: that comes first.
  if (!was || absorbed.state !== 'merged') throw new Refusal('merge-undone', 409)
  if (!canBeMerged(survivor)) throw new Refusal('undo-later-first', 409)
  const moved = new Set(was.promises)
  const times = { ...(await timesFor(tx, survivor, now)), ...(await suggestedTimes(tx, survivor, now)) }
  const apart = afterUnmerge({
    was: { survivor: stood(survivor, was.survivor), absorbed: stood(absorbed, was.absorbed) },
    now: survivor,
    left: was.left,
    moved,
    ended: await endedBy(tx, was.ended, 'merged'),
    times,
  })
  await movePromises(tx, survivor.id, absorbed.id, was.promises)
  await reopen(tx, [...apart.survivor.reopens, ...apart.absorbed.reopens])
  const entry = { toldBy: null, at: now }
  const [madeThere, madeHere] = await writeMoves(tx, [
    { ...entry, conversationId: survivor.id, moves: { ends: [], makes: apart.survivor.makes } },
    { ...entry, conversationId: absorbed.id, moves: { ends: [], makes: apart.absorbed.makes } },
  ])
  await moveMessages(tx, survivor.id, absorbed.id, was.messages)
  await movedBack(tx, survivor.id, was.beside)
  const now_ = headOf(survivor)
  const neededBy = now_.neededBy === was.left.neededBy ? was.survivor.neededBy : now_.neededBy
  await setHead(tx, survivor.id, {
    ...(apart.untouched ? was.survivor : now_),
    neededBy,
    version: survivor.version + 1,
  })
  await setHead(tx, absorbed.id, { ...was.absorbed, version: absorbed.version + 1 })
  await refreshLast(tx, [survivor.id, absorbed.id])
  await sql`update merge set undone_at = ${now}, undone_by = ${actor.personId} where id = ${mergeId}::uuid`.execute(tx)
  const kind = 'conversation.unmerged' as const
  await record(
    tx,
    {
      ...{ kind, subjectId: absorbed.id, actorId: actor.personId, at: now, scopes: scopesOf(absorbed) },
      facts: { mergeId, state: was.absorbed.state, version: absorbed.version + 1, made: madeHere ?? [] },
    },
    {
      ...{ kind, subjectId: survivor.id, actorId: actor.personId, at: now, scopes: scopesOf(survivor) },
      facts: {
        ...{ mergeId, number: absorbed.number, made: madeThere ?? [] },
        ...{ state: apart.survivor.state, version: survivor.version + 1 },
      },
    },
  )
  return { id: absorbed.id, number: absorbed.number }
}

const stood = (conversation: Conversation, head: Head): Stood => ({
  ...conversation,
  state: head.state,
  closedBecause: head.closedBecause,
  outcome: head.outcome,
})

function earlier(a: Date | null, b: Date | null): Date | null {
  return a && b ? (a < b ? a : b) : (a ?? b)
}
