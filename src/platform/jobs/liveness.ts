/**
 * Which workers are alive: each holds an advisory lock of the database for as long as its session lives. Jobs of a
 * worker whose lock is free are given back at once, instead of after the four hours the library waits. A worker whose
 * session was cut may lose a running job to another: then it runs twice, which every task must bear.
 */
import pg from 'pg'
import type { Log } from '../log/log.ts'

/** `stop` also gives back what our own workers still have. */
export type Liveness = { hold: (workerId: string) => void; stop: () => Promise<void> }

/** A worker's lock is asked for when it begins: only jobs taken longer ago than this are looked at. */
const settleSeconds = 3

export async function startLiveness(options: { url: string; log: Log; lookMs?: number }): Promise<Liveness> {
  const { log } = options
  const held = new Set<string>()
  let stopped = false
  let client: pg.Client | null = null
  let poke = () => {}

  const lock = (on: pg.Client, id: string) =>
    on.query('select pg_advisory_lock(hashtextextended($1, 0))', [`jobs ${id}`])

  const stay = async (on: pg.Client) => {
    let lost = false
    on.once('end', () => {
      lost = true
      poke()
    })
    for (const id of held) await lock(on, id)
    client = on
    while (!stopped && !lost) {
      const given = await giveBack(on, held)
      if (given.length > 0) log.warn({ workers: given }, 'jobs of workers that are gone were given back')
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, options.lookMs ?? 15_000)
        poke = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  const connect = async () => {
    const fresh = new pg.Client({
      connectionString: options.url,
      application_name: 'pond-jobs',
      keepAlive: true,
      connectionTimeoutMillis: 15_000,
    })
    fresh.on('error', () => {})
    await fresh.connect()
    return fresh
  }
  let next: pg.Client | null = await connect()
  const staying = (async () => {
    while (!stopped) {
      try {
        next ??= await connect()
        await stay(next)
      } catch (error) {
        if (!stopped) log.warn({ err: error }, 'the lock of the worker of jobs was lost and is taken again')
      }
      client = null
      if (stopped)
        await next?.query('select graphile_worker.force_unlock_workers($1::text[])', [[...held]]).catch(() => {})
      await next?.end().catch(() => {})
      next = null
      if (!stopped) await new Promise(resolve => setTimeout(resolve, 1000))
    }
  })()

  return {
    hold(workerId) {
      held.add(workerId)
      if (client) lock(client, workerId).catch(() => {})
    },
    async stop() {
      stopped = true
      poke()
      await staying
    },
  }
}

/** Returns the workers whose jobs were given back. */
async function giveBack(on: pg.Client, held: ReadonlySet<string>): Promise<string[]> {
  const { rows } = await on.query<{ worker: string }>(
    `select distinct locked_by as worker from (
        select locked_by, locked_at from graphile_worker._private_jobs where locked_at is not null
        union all select locked_by, locked_at from graphile_worker._private_job_queues where locked_at is not null) l
      where locked_by is not null and locked_at < now() - interval '${settleSeconds} seconds'`,
  )
  const gone: string[] = []
  for (const { worker } of rows) {
    if (held.has(worker)) continue
    const free = await on.query('select pg_try_advisory_lock(hashtextextended($1, 0)) as taken', [`jobs ${worker}`])
    if (!free.rows[0]?.taken) continue
    try {
      await on.query('select graphile_worker.force_unlock_workers($1::text[])', [[worker]])
      gone.push(worker)
    } finally {
      await on.query('select pg_advisory_unlock(hashtextextended($1, 0))', [`jobs ${worker}`])
    }
  }
  return gone
}
