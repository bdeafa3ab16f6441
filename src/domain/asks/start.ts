/** What of asks runs beside requests: its reader of the log. */
import type { Pool } from '../../platform/db/index.ts'
import { follow, type Nudges } from '../../platform/events/index.ts'
import type { Log } from '../../platform/log/log.ts'
import { askReader } from './reactions.ts'

export function startAsks(parts: { pool: Pool; log: Log; nudges: Nudges; baseUrl: URL; clock: () => Date }) {
  const { pool, log, nudges } = parts
  return follow({ pool, log, nudges, reader: askReader(parts.baseUrl, parts.clock) })
}
