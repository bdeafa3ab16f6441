/**
 * A side has left and the last word was ours: what happens now is chosen without another message. Refuses to while they wait for an
 * answer, and what must be said in words: a "no", and a promise with a time.
 */
import { sql } from 'kysely'
import type { NextStep } from '../../contract/conversations.ts'
import type { Tx } from '../../platform/db/index.ts'
import { absent, Refusal } from '../../platform/http/index.ts'
import type { Member } from '../access/index.ts'
import { openConversation, refuseIfPutAway, save } from '../conversations/index.ts'
import { afterReply } from '../conversations/rules.ts'

type Settling = { conversationId: string; nextStep: Extract<NextStep, { is: 'your-turn' | 'answered' }> }

export async function settleChat(tx: Tx, actor: Member, it: Settling, now: Date) {
  const conversation = await openConversation(tx, actor, it.conversationId)
  refuseIfPutAway(conversation)
  const { rows } = await sql<{ leftAt: Date | null; ours: boolean }>`
    select c.left_at, coalesce((select m.kind = 'reply' from message m where m.conversation_id = c.conversation_id and m.kind in ('message', 'reply') and m.taken_back_at is null
      order by m.at desc, m.id desc limit 1), false) as ours
    from chat c where c.conversation_id = ${conversation.id}::uuid`.execute(tx)
  const chat = rows[0]
  if (!chat) throw absent()
  if (!chat.leftAt || !chat.ours || conversation.state !== 'open') throw new Refusal('chat-waits', 409)
  const due = it.nextStep.is === 'answered' ? it.nextStep.followUpAt : it.nextStep.askAgainAt
  if (new Date(due) <= now) throw new Refusal('time-passed', 422)
  const saved = await save(tx, conversation, {
    kind: 'chat.settled',
    change: afterReply(conversation, it.nextStep, actor.personId),
    actor,
    now,
    ownerId: conversation.ownerId ?? actor.personId,
    facts: { nextStep: it.nextStep.is },
  })
  return { state: saved.state, version: saved.version }
}
