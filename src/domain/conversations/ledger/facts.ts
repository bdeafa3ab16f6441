/** What stands beside an empty page when something must be said about a promise: what was promised, told and moved before. */
import { sql } from 'kysely'
import type { DuePromise } from '../../../contract/promises.ts'
import type { Tx } from '../../../platform/db/index.ts'
import type { Member } from '../../access/index.ts'
import { type PromiseRow, promiseColumns, promiseJoins, viewOfPromise } from '../../promises/index.ts'
import { isLastOwed } from '../ledger-rules.ts'
import type { Conversation } from '../tables.ts'
import { seenPromise } from './door.ts'
import { canTell } from './tell.ts'

export async function promiseFacts(tx: Tx, actor: Member, promiseId: string, now: Date) {
  const { promise, conversation } = await seenPromise(tx, actor, promiseId)
  const { rows: earlier } = await sql<PromiseRow>`
    with recursive before(id, depth) as (select id, 1 from promise where replaced_by = ${promise.id}::uuid
      union select p.id, before.depth + 1 from promise p join before on p.replaced_by = before.id where before.depth < 20)
    select ${promiseColumns} from before join promise p on p.id = before.id and not p.automatic ${promiseJoins} order by p.made_at, p.id`.execute(
    tx,
  )
  return {
    promise: { promise: viewOfPromise(promise, now), conversation: await aboutOf(tx, actor, conversation) },
    earlier: earlier.map(row => viewOfPromise(row, now)),
    last: conversation !== null && promise.endedAt === null && isLastOwed(conversation, promise.id),
    tellable: conversation !== null && (await canTell(tx, conversation)),
  }
}

async function aboutOf(tx: Tx, actor: Member, of: Conversation | null): Promise<DuePromise['conversation']> {
  if (!of) return null
  const { rows } = await sql<{ name: string; draft: Date | null }>`
    select name, (select max(saved_at) from draft where conversation_id = ${of.id}::uuid and person_id = ${actor.personId}::uuid) as draft
    from person where id = ${of.customerId}::uuid`.execute(tx)
  return {
    ...{ id: of.id, number: of.number, subject: of.subject, state: of.state },
    customer: { id: of.customerId, name: rows[0]?.name ?? '' },
    neededBy: of.neededBy?.toISOString() ?? null,
    draft: rows[0]?.draft?.toISOString() ?? null,
  }
}
