/** Writing a promise down beside the next step: in a conversation, or outside of one (a visit, a call, a meeting). Never by itself: somebody says yes to each. */
import { sql } from 'kysely'
import type { AlsoPromised } from '../../../contract/ledger.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import type { Member } from '../../access/index.ts'
import { refuseIfPutAway, save } from '../commands/save.ts'
import { alsoMade } from '../ledger-rules.ts'
import { type Conversation, openConversation } from '../tables.ts'
import { promiseView } from './door.ts'

type Beside = { conversationId: string; promised: readonly AlsoPromised[]; toldBy: string | null }

/** Ours made here have been told only where a message of ours or a call says so. */
export async function promiseBeside(tx: Tx, actor: Member, input: Beside, now: Date) {
  const conversation = await openConversation(tx, actor, input.conversationId)
  refuseIfPutAway(conversation)
  const past = input.promised.flatMap((each, at) =>
    new Date(each.dueAt) <= now ? [{ path: `promised.${at}.dueAt`, says: 'lies in the past' }] : [],
  )
  if (past.length > 0) throw new Refusal('time-passed', 422, { fields: past })
  const ours = input.promised.some(each => each.direction === 'ours')
  if (ours && !['open', 'pending', 'solved'].includes(conversation.state)) throw new Refusal('nothing-open-here', 409)
  const makes = alsoMade(conversation, input.promised, actor.personId, input.toldBy !== null)
  return save(tx, conversation, {
    kind: 'promise.made',
    change: { ...standsAs(conversation), moves: { ends: [], makes } },
    actor,
    now,
    toldBy: input.toldBy,
  })
}

export const standsAs = ({ state, closedBecause, outcome }: Conversation) => ({ state, closedBecause, outcome })

type Making = AlsoPromised & { conversationId: string; messageId?: string | undefined }

export async function makePromise(tx: Tx, actor: Member, input: Making, now: Date) {
  const { conversationId, messageId, ...promised } = input
  const toldBy = messageId ? await saidIn(tx, { conversationId, messageId, direction: input.direction }) : null
  const saved = await promiseBeside(tx, actor, { conversationId, promised: [promised], toldBy }, now)
  return { promise: await promiseView(tx, sql`p.id = ${saved.made[0]}::uuid`, now) }
}

/** Theirs stand in what they wrote or said on the phone, ours in what we sent or said. Elsewhere it was told to nobody. */
async function saidIn(
  tx: Tx,
  it: { conversationId: string; messageId: string; direction: 'ours' | 'theirs' },
): Promise<string | null> {
  const { rows } = await sql<{ kind: string }>`
    select kind from message where id = ${it.messageId}::uuid and conversation_id = ${it.conversationId}::uuid and taken_back_at is null`.execute(
    tx,
  )
  if (!rows[0]) throw absent()
  const told = it.direction === 'theirs' ? ['message', 'call'] : ['reply', 'follow-up', 'call']
  return told.includes(rows[0].kind) ? it.messageId : null
}
