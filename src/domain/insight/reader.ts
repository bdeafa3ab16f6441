/** Follows the log and keeps the figures of Insight: counts anew whatever an event names. Only writes rows; a crash counts nothing twice. */
import { EventKinds } from '../../contract/events.ts'
import { builderOn, type Db, inTransaction, type Pool, type Tx } from '../../platform/db/index.ts'
import { follow, type LogEvent, type Nudges, type Reader, startRounds } from '../../platform/events/index.ts'
import type { Log } from '../../platform/log/log.ts'
import { countAllAnew, countAnew, countDue, readerName } from './counting.ts'

const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Whatever an event speaks of; ids of other things than conversations and promises count nothing. */
function namedIn(events: readonly LogEvent[]): string[] {
  const said = events.flatMap(({ subjectId, facts }) => [subjectId, ...Object.values(facts).flat()])
  return [...new Set(said.filter((value): value is string => typeof value === 'string' && isId.test(value)))]
}

export async function readFigures(tx: Tx, events: readonly LogEvent[]): Promise<void> {
  await countAnew(tx, namedIn(events))
  if (events.some(each => each.kind === 'sample.added' || each.kind === 'sample.removed'))
    await countAllAnew(tx, 'sample')
}

/** Who is there, and who was told what. */
const countsNothing = /^(chat\.(came|writing|seen)|notification\.)/

export const insightReader: Reader = {
  name: readerName,
  batch: 200,
  // Figures may come a moment later, and whoever writes twice in it is counted once.
  gatherMs: 1000,
  kinds: EventKinds.filter(kind => !countsNothing.test(kind)),
  handle: (client, events) => readFigures(builderOn(client), events),
}

export type InsightOptions = { db: Db; pool: Pool; log: Log; nudges: Nudges; restMs?: number }

/** Any number of processes may run it: one counts at a time. */
export function startInsight(options: InsightOptions): { stop: () => Promise<void> } {
  const { db, pool, log, nudges } = options
  const reader = follow({ pool, log, nudges, reader: insightReader })
  const catchingUp = startRounds({
    ...{ nudges, log, topic: 'happened', pauseMs: 1000, restMs: options.restMs ?? 5000 },
    async act(going) {
      while (going() && (await inTransaction(db, countDue)) > 0);
    },
    failed: 'Insight could not be counted and is tried again',
  })
  return {
    async stop() {
      await Promise.all([reader.stop(), catchingUp.stop()])
    },
  }
}
