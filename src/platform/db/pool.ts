/** The one connection pool of a process. Refuses to let a lost connection end the process: the next query gets a new one. */
import pg from 'pg'
import type { Log } from '../log/log.ts'

// bigint columns count things and stay far below 2^53; one that did not would fail loudly here.
pg.types.setTypeParser(pg.types.builtins.INT8, text => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit a JavaScript number`)
  return value
})

export type Pool = pg.Pool

/**
 * `plannedOnce`: for those who ask the same few questions over and over, by ids. Each is planned once on a connection, for
 * whatever values: planning takes ten times as long as the answer. Numbers that change a plan (limits) stand in their texts.
 */
type Options = { url: string; log: Log; connections?: number; name?: string; plannedOnce?: boolean }

export function createPool(options: Options): Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: options.name ?? 'pond',
    max: options.connections ?? 16,
    idleTimeoutMillis: options.plannedOnce ? 300_000 : 30_000,
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
    // Questions asked at once travel at once; see together.ts. Whoever copies takes a client of their own.
    pipeline: true,
    // Also on a server that is not ours; see trap "log order" in docs/architecture.md.
    options: `-c idle_in_transaction_session_timeout=60s -c timezone=UTC${options.plannedOnce ? ' -c plan_cache_mode=force_generic_plan -c jit=off' : ''}`,
  })
  pool.on('error', error => options.log.warn({ err: error }, 'An idle database connection was lost'))
  pool.on('connect', client => {
    client.on('error', error => options.log.warn({ err: error }, 'A database connection was lost'))
  })
  return pool
}
