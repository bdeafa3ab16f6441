/**
 * The door to one promise for writing: through its conversation, or, for one outside a conversation, by who made it and whose
 * team it is. Locks it. For who may not see it there is none.
 */
import { sql } from 'kysely'
import type { PromiseView } from '../../../contract/promises.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { type Member, servesIn } from '../../access/index.ts'
import { type PromiseRow, promiseColumns, promiseJoins, viewOfPromise } from '../../promises/index.ts'
import { type Conversation, openConversation } from '../tables.ts'

export type Opened = { promise: PromiseRow; conversation: Conversation | null }

async function rowOf(tx: Tx, promiseId: string): Promise<PromiseRow | undefined> {
  const { rows } =
    await sql<PromiseRow>`select ${promiseColumns} from promise p ${promiseJoins} where p.id = ${promiseId}::uuid`.execute(
      tx,
    )
  return rows[0]
}

/** Its reader may be shown it when it is over, too; `openPromise` refuses that. */
export async function seenPromise(tx: Tx, actor: Member, promiseId: string): Promise<Opened> {
  const promise = await rowOf(tx, promiseId)
  // What somebody reminds themself of is nobody else's.
  if (!promise || (promise.kind === 'reminder' && promise.byPersonId !== actor.personId)) throw absent()
  if (promise.conversationId) {
    const conversation = await openConversation(tx, actor, promise.conversationId)
    return { promise: (await rowOf(tx, promiseId))!, conversation }
  }
  await sql`select from promise where id = ${promiseId}::uuid for update`.execute(tx)
  if (!mayTouchOutside(actor, promise)) throw absent()
  return { promise: (await rowOf(tx, promiseId))!, conversation: null }
}

export async function openPromise(tx: Tx, actor: Member, promiseId: string): Promise<Opened> {
  const opened = await seenPromise(tx, actor, promiseId)
  if (opened.promise.endedAt) throw new Refusal('promise-over', 409)
  return opened
}

/** Outside a conversation: who made it, to whom it was made, and those who serve in its team. */
export function mayTouchOutside(
  actor: Member,
  promise: Pick<PromiseRow, 'byPersonId' | 'byTeamId' | 'toPersonId' | 'toTeamId'>,
): boolean {
  if (actor.personId === promise.byPersonId || actor.personId === promise.toPersonId) return true
  return [promise.byTeamId, promise.toTeamId].some(teamId => teamId !== null && servesIn(actor, teamId))
}

export async function promiseView(tx: Tx, which: ReturnType<typeof sql>, now: Date): Promise<PromiseView> {
  const { rows } =
    await sql<PromiseRow>`select ${promiseColumns} from promise p ${promiseJoins} where ${which}`.execute(tx)
  return viewOfPromise(rows[0]!, now)
}
