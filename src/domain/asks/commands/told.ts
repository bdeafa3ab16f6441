/** What the log tells the expert of an ask: for their eyes alone, and with nothing of the conversation it was asked from. */
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'

export type What = 'made' | 'question' | 'closed' | 'thanked' | 'judged'

export async function tellExpert(
  tx: Tx,
  it: { askId: string; expertId: string; actorId: string | null; what: What },
  now: Date,
): Promise<void> {
  const { askId, expertId, actorId, what } = it
  await record(tx, { kind: 'ask.told', subjectId: askId, actorId, scopes: [expertId], facts: { askId, what }, at: now })
}
