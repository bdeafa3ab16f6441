/** Insight in the model: whatever happened, what was counted as the log told of it equals a count of everything there is. */
import { sql } from 'kysely'
import { countAnew } from '../../src/domain/insight/counting.ts'
import { readFigures } from '../../src/domain/insight/reader.ts'
import { type Db, inTransaction } from '../../src/platform/db/index.ts'
import type { LogEvent } from '../../src/platform/events/index.ts'

let heard: LogEvent[] = []

export function hearFigures(events: readonly LogEvent[]) {
  heard.push(...events)
}

/** Another day begins: nothing was counted. */
export async function forgetFigures(db: Db) {
  heard = []
  await sql`truncate insight_day, insight_part, insight_due`.execute(db)
}

/** Figures that differ; reading what was heard since first. */
export async function figuresHold(db: Db): Promise<string[]> {
  const events = heard
  heard = []
  await inTransaction(db, tx => readFigures(tx, events))
  const { rows: conversations } = await sql<{ id: string }>`select id from conversation`.execute(db)
  const kept = await figuresNow(db)
  await forgetFigures(db)
  await inTransaction(db, tx =>
    countAnew(
      tx,
      conversations.map(({ id }) => id),
    ),
  )
  const anew = await figuresNow(db)
  return [...new Set([...Object.keys(kept), ...Object.keys(anew)])]
    .filter(key => kept[key] !== anew[key])
    .map(key => `${key} was counted ${kept[key] ?? 0} times and is there ${anew[key] ?? 0} times`)
}

async function figuresNow(db: Db): Promise<Record<string, number>> {
  const { rows } = await sql<{ key: string; n: number }>`
    select team_id::text || ' ' || day || ' ' || measure as key, n::int as n from insight_day where n <> 0`.execute(db)
  return Object.fromEntries(rows.map(({ key, n }) => [key, n]))
}
