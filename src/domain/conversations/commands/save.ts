/** What every command does at its end: the ledger moves, the row, and the event, in one transaction. */
import { sql } from 'kysely'
import type { State } from '../../../contract/conversations.ts'
import type { EventKind } from '../../../contract/events.ts'
import type { PromiseView } from '../../../contract/promises.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import { type Actor, actorId } from '../../access/index.ts'
import {
  nextDue,
  noMoves,
  type PromiseRow,
  promiseColumns,
  promiseJoins,
  viewOfPromise,
  writeMoves,
} from '../../promises/index.ts'
import type { Change } from '../standing.ts'
import { type Conversation, saveConversations } from '../tables.ts'
import { stopLater, stops } from './later-stop.ts'

export type Saved = { state: State; version: number; made: string[]; promises: PromiseView[] }

export type Saving = {
  kind: EventKind
  change: Change
  actor: Actor
  now: Date
  toldBy?: string | null
  ownerId?: string | null
  teamId?: string
  /** null: nothing that lists show changed */
  last?: { at: Date; ours: boolean; preview: string } | null
  facts?: Record<string, unknown>
  /** more who may learn of it: the owner or team before */
  alsoScopes?: readonly string[]
}

/** Only the ledger moves, or only who answers for it. */
export const staysAsItIs = (conversation: Conversation): Change => ({
  state: conversation.state,
  closedBecause: conversation.closedBecause,
  outcome: conversation.outcome,
  moves: noMoves,
})

export async function save(tx: Tx, before: Conversation, it: Saving): Promise<Saved> {
  const { change, now } = it
  const version = before.version + 1
  const ownerId = it.ownerId === undefined ? before.ownerId : it.ownerId
  const teamId = it.teamId ?? before.teamId
  const [made] = await writeMoves(tx, [
    { conversationId: before.id, moves: change.moves, toldBy: it.toldBy ?? null, at: now },
  ])
  const live = change.state === 'open' || change.state === 'pending' || change.state === 'solved'
  await saveConversations(tx, [
    {
      id: before.id,
      state: change.state,
      closedBecause: change.closedBecause,
      outcome: change.outcome,
      ownerId,
      teamId,
      customerId: before.customerId,
      dueAt: live ? nextDue(before.open, change.moves) : null,
      version,
      at: now,
      last: it.last ?? null,
    },
  ])
  const scopes = [teamId, ownerId, before.ownerId, ...(it.alsoScopes ?? [])].filter(scope => typeof scope === 'string')
  await record(tx, {
    kind: it.kind,
    subjectId: before.id,
    actorId: actorId(it.actor),
    scopes,
    at: now,
    facts: {
      state: change.state,
      version,
      made: made ?? [],
      ended: change.moves.ends.map(({ id, how }) => ({ id, how })),
      ...it.facts,
    },
  })
  const stopsLater = stops[it.kind]
  if (stopsLater) await stopLater(tx, [before.id], stopsLater, now)
  return { state: change.state, version, made: made ?? [], promises: await openPromiseViews(tx, before.id, now) }
}

export async function openPromiseViews(tx: Tx, conversationId: string, now: Date): Promise<PromiseView[]> {
  const { rows } =
    await sql<PromiseRow>`select ${promiseColumns} from promise p ${promiseJoins} where p.conversation_id = ${conversationId}::uuid and p.ended_at is null order by p.due_at, p.id`.execute(
      tx,
    )
  return rows.map(row => viewOfPromise(row, now))
}

/** What changed a conversation after a version somebody saw, oldest first. A tag, a plan to send later, a snooze make no version: they change nothing of it. */
export async function happenedSince(tx: Tx, conversation: Conversation, version: number) {
  if (conversation.version === version) return []
  const { rows } = await sql<{ kind: EventKind; actorId: string | null }>`
    select kind, actor_id from (select distinct on ((facts->>'version')::int) seq, kind, actor_id from event
      where subject_id = ${conversation.id}::uuid and (facts->>'version')::int > ${version} order by (facts->>'version')::int, seq) made order by seq limit 200`.execute(
    tx,
  )
  return rows
}

/** Beside the matter itself: neither makes an answer stale, nor keeps one from being taken back. */
const inPassing = new Set<EventKind>(['message.noted', 'conversation.customer-merged'])
const isOfAsk = ({ kind }: { kind: EventKind }) => kind.startsWith('ask.')
export const isInPassing = (event: { kind: EventKind }) => inPassing.has(event.kind) || isOfAsk(event)

/** What one did oneself one knows of; but the same answer does not go out twice. */
const saidOutside = new Set<EventKind>(['message.replied', 'follow-up.sent', 'conversation.handed-over'])

/** Somebody wrote or noted while this was being written (R26): the screen shows what, and keeps the text. */
export async function refuseIfStale(tx: Tx, actor: Actor, conversation: Conversation, seenVersion: number) {
  if (conversation.version === seenVersion) return
  const since = await happenedSince(tx, conversation, seenVersion)
  // What is asked inside stands beside the answer, and never in its way.
  const known = since.every(
    each => isOfAsk(each) || (each.actorId === actorId(actor) && each.actorId !== null && !saidOutside.has(each.kind)),
  )
  if (known && since.length > 0 && conversation.version > seenVersion) return
  const { rows } = await sql<{ id: string; kind: string; name: string | null; at: Date; text: string }>`
    select m.id, m.kind, p.name, m.at, coalesce(m.trimmed, m.body_text) as text from message m left join person p on p.id = m.author_id
    where m.conversation_id = ${conversation.id}::uuid and m.kind in ('message', 'reply', 'follow-up', 'note', 'call') and m.taken_back_at is null order by m.at desc, m.id desc limit ${Math.min(5, Math.max(1, conversation.version - seenVersion))}`.execute(
    tx,
  )
  const messages = rows.reverse().map(row => ({
    id: row.id,
    kind: row.kind,
    author: row.name,
    at: row.at.toISOString(),
    text: row.text.slice(0, 4000),
  }))
  throw new Refusal('stale', 409, { facts: { version: conversation.version, messages } })
}

export function refuseIfPutAway(conversation: Conversation) {
  if (conversation.state === 'spam' || conversation.state === 'trash' || conversation.state === 'merged')
    throw new Refusal('put-away', 409)
}
