/** "Later": putting a conversation off for oneself, and coming back to it. Nobody else's matter: no version, no word to others. */
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import type { Member } from '../../access/index.ts'
import { type Moves, writeMoves } from '../../promises/index.ts'
import { afterSnooze, afterWake } from '../snooze-rules.ts'
import { type Conversation, openConversation } from '../tables.ts'
import { refuseIfPutAway } from './save.ts'

export async function snooze(tx: Tx, actor: Member, input: { conversationId: string; until: string }, now: Date) {
  const conversation = await openConversation(tx, actor, input.conversationId)
  refuseIfPutAway(conversation)
  const until = new Date(input.until)
  if (until <= now) throw new Refusal('time-passed', 422, { fields: [{ path: 'until', says: 'lies in the past' }] })
  await write(
    tx,
    actor,
    conversation,
    'conversation.snoozed',
    afterSnooze(conversation, actor.personId, until),
    now,
    until,
  )
  return { done: true as const }
}

export async function wake(tx: Tx, actor: Member, conversationId: string, now: Date) {
  const conversation = await openConversation(tx, actor, conversationId)
  const moves = afterWake(conversation, actor.personId)
  if (moves.ends.length > 0) await write(tx, actor, conversation, 'conversation.woken', moves, now, null)
  return { done: true as const }
}

async function write(
  tx: Tx,
  actor: Member,
  conversation: Conversation,
  kind: 'conversation.snoozed' | 'conversation.woken',
  moves: Moves,
  at: Date,
  until: Date | null,
) {
  const [made] = await writeMoves(tx, [{ conversationId: conversation.id, moves, toldBy: null, at }])
  await record(tx, {
    ...{ kind, subjectId: conversation.id, actorId: actor.personId, at, scopes: [actor.personId] },
    facts: {
      ...{ state: conversation.state, version: conversation.version, until: until?.toISOString() ?? null },
      ...{ made: made ?? [], ended: moves.ends.map(({ id, how }) => ({ id, how })) },
    },
  })
}
