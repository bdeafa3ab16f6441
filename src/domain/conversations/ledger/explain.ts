/** Saying why one of ours was kept late: offered once it is over, never asked for. Changes nothing else of it, and nobody outside is told. */
import { sql } from 'kysely'
import type { Because } from '../../../contract/promises.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import type { Member } from '../../access/index.ts'
import { explain } from '../../promises/index.ts'
import { wasKeptLate } from '../ledger-rules.ts'
import { promiseView, seenPromise } from './door.ts'

export async function explainPromise(
  tx: Tx,
  actor: Member,
  input: { promiseId: string; because: Because; words: string },
  now: Date,
) {
  const { promise, conversation } = await seenPromise(tx, actor, input.promiseId)
  if (!wasKeptLate(promise)) throw new Refusal('not-kept-late', 409)
  await explain(tx, promise.id, input.because, input.words.trim() || null)
  const scopes = conversation ? [conversation.teamId, conversation.ownerId] : [promise.byTeamId, promise.byPersonId]
  // Beside the matter: no version of the conversation, and no answer, grows old by it.
  await record(tx, {
    ...{ kind: 'promise.explained', subjectId: conversation?.id ?? null, actorId: actor.personId, at: now },
    scopes: [...new Set([actor.personId, ...scopes].filter(scope => typeof scope === 'string'))],
    facts: { promiseId: promise.id, because: input.because },
  })
  return { promise: await promiseView(tx, sql`p.id = ${promise.id}::uuid`, now) }
}
