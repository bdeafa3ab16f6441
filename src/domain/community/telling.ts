/** What is said in the log about the community: ids and facts, to all who serve. */
import { sql } from 'kysely'
import type { EventKind } from '../../contract/events.ts'
import type { Tx } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import type { CommunityAs } from './rules.ts'

type Telling = { kind: EventKind; subjectId: string | null; as: CommunityAs | null; facts?: Record<string, unknown> }

export async function tell(tx: Tx, { kind, subjectId, as, facts = {} }: Telling, at: Date): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from team order by id`.execute(tx)
  const actorId = as?.is === 'inside' ? as.personId : null
  const scopes = [...rows.map(row => row.id), ...(actorId ? [actorId] : [])]
  await record(tx, { kind, subjectId, actorId, scopes, facts, at })
}
