/** How a change of a relationship is told: to everybody who serves, because all of them may see it. */
import type { EventKind } from '../../contract/events.ts'
import type { Tx } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { type Actor, actorId } from '../access/index.ts'
import { allTeams } from './tables/people.ts'

export async function tell(
  tx: Tx,
  actor: Actor,
  it: { kind: EventKind; subjectId: string; facts?: Record<string, unknown>; now: Date },
): Promise<void> {
  const scopes = await allTeams(tx)
  await record(tx, {
    kind: it.kind,
    subjectId: it.subjectId,
    actorId: actorId(actor),
    scopes,
    facts: it.facts ?? {},
    at: it.now,
  })
}
