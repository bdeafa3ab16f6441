/** Writes events beside the change they tell of, in the same transaction. Refuses to be called outside one. */
import { sql } from 'kysely'
import type { EventKind } from '../../contract/events.ts'
import type { Tx } from '../db/index.ts'

export type Happened = {
  kind: EventKind
  subjectId: string | null
  /** null: the installation itself */
  actorId: string | null
  /** ids of teams and people who may learn of it live; none: administrators of the installation only */
  scopes: readonly string[]
  /** ids, numbers, times and states; never text of people */
  facts: Record<string, unknown>
  at: Date
}

export async function record(tx: Tx, ...happened: Happened[]): Promise<void> {
  if (happened.length === 0) return
  const rows = happened.map(each => ({
    kind: each.kind,
    subject_id: each.subjectId,
    actor_id: each.actorId,
    scopes: [...new Set(each.scopes)],
    facts: each.facts,
    at: each.at.toISOString(),
  }))
  await sql`insert into event (kind, subject_id, actor_id, scopes, facts, at)
    select kind, subject_id, actor_id, coalesce((select array_agg(s::uuid) from jsonb_array_elements_text(scopes) s), '{}'), facts, at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as e(kind text, subject_id uuid, actor_id uuid, scopes jsonb, facts jsonb, at timestamptz)`.execute(tx)
}
