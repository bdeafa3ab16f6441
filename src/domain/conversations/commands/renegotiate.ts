/** Moving a promise to another time: in time it is renegotiated, afterwards it was broken; told to the customer in our words. */
import { sql } from 'kysely'
import type { Because } from '../../../contract/promises.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import type { Member } from '../../access/index.ts'
import { openPromise, promiseView } from '../ledger/door.ts'
import { another, saveOutside } from '../ledger/end.ts'
import { standsAs } from '../ledger/make.ts'
import { tell } from '../ledger/tell.ts'
import { save } from './save.ts'
import { snooze } from './snooze.ts'

export type Renegotiation = {
  promiseId: string
  dueAt: string
  words: string
  tell?: string | undefined
  because?: Because | undefined
}

export async function renegotiate(tx: Tx, actor: Member, input: Renegotiation, now: Date) {
  const { conversation, promise } = await openPromise(tx, actor, input.promiseId)
  const dueAt = new Date(input.dueAt)
  if (dueAt <= now) throw new Refusal('time-passed', 422, { fields: [{ path: 'dueAt', says: 'lies in the past' }] })
  if (conversation && promise.kind === 'reminder') {
    await snooze(tx, actor, { conversationId: conversation.id, until: input.dueAt }, now)
    const mine = sql`p.conversation_id = ${conversation.id}::uuid and p.kind = 'reminder' and p.by_person_id = ${actor.personId}::uuid and p.ended_at is null`
    return { promise: await promiseView(tx, mine, now) }
  }
  const told = [{ words: input.words, dueAt }]
  const messageId =
    conversation && input.tell && promise.direction === 'ours'
      ? await tell(tx, actor, conversation, { told, said: input.tell }, now)
      : null
  const moves = {
    ends: [
      {
        ...{ id: promise.id, how: 'replaced' as const, replacedBy: 0 },
        ...{ why: promise.automatic ? null : (input.because ?? null), words: input.tell ?? null },
      },
    ],
    makes: [another(promise, actor, input, messageId !== null)],
  }
  const facts = { promiseId: promise.id, inTime: now <= promise.dueAt, because: input.because ?? null, messageId }
  const made = conversation
    ? (
        await save(tx, conversation, {
          ...{ kind: 'promise.renegotiated', change: { ...standsAs(conversation), moves }, actor, now },
          ...{ toldBy: messageId, facts },
        })
      ).made
    : await saveOutside(tx, actor, promise, { kind: 'promise.renegotiated', moves, facts, toldBy: null }, now)
  return { promise: await promiseView(tx, sql`p.id = ${made[0]}::uuid`, now) }
}
