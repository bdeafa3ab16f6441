/** One fetcher per mailbox over all processes, and at once when a mailbox is connected, changed, paused or removed. Fetches nothing itself. */
import { createHash } from 'node:crypto'
import pg from 'pg'
import type { Nudges } from '../../../platform/events/index.ts'
import { liveMailboxes, type MailboxRow } from '../mailboxes/tables.ts'
import { type FetchDeps, pause, runFetcher } from './fetcher.ts'

export type FetchersOptions = FetchDeps & {
  /** A direct connection: session locks do not pass a transaction pooler. */
  url: string
  nudges: Nudges
  /** How often the list of mailboxes is read without being told, and a lock of another process is tried again. */
  lookMs?: number
}

type Running = { fingerprint: string; stop: AbortController; ended: Promise<void> }

export function startFetchers(options: FetchersOptions): { stop: () => Promise<void> } {
  const stopping = new AbortController()
  const bell = options.nudges.listen('mailbox')
  const running = new Map<string, Running>()
  const work = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await lead(options, running, bell, stopping.signal)
      } catch (error) {
        options.log.warn({ err: error }, 'fetching lost the database and begins again')
      }
      // Without the session that holds the locks another process may fetch already.
      await endAll(running)
      await pause(1000, stopping.signal)
    }
  })()
  return {
    async stop() {
      stopping.abort()
      bell.close()
      await work
    },
  }
}

/** As long as the session with our locks lives. */
async function lead(
  options: FetchersOptions,
  running: Map<string, Running>,
  bell: { ring: (ms: number) => Promise<void> },
  signal: AbortSignal,
) {
  const locks = new pg.Client({
    connectionString: options.url,
    application_name: 'pond-fetching',
    keepAlive: true,
    query_timeout: 15_000,
    connectionTimeoutMillis: 15_000,
  })
  let lost = false
  locks.on('error', () => {
    lost = true
    for (const each of running.values()) each.stop.abort()
  })
  await locks.connect()
  try {
    while (!signal.aborted && !lost) {
      await follow(options, running, locks)
      await bell.ring(options.lookMs ?? 5000)
    }
  } finally {
    await endAll(running)
    await locks.end().catch(() => {})
  }
}

async function follow(options: FetchersOptions, running: Map<string, Running>, locks: pg.Client) {
  const wanted = new Map(
    (await liveMailboxes(options.db))
      .filter(
        mailbox =>
          mailbox.receiveBy === 'imap' && mailbox.imap !== null && mailbox.pausedAt === null && !mailbox.sample,
      )
      .map(mailbox => [mailbox.id, mailbox]),
  )
  for (const [id, each] of running) {
    const mailbox = wanted.get(id)
    if (mailbox && fingerprint(mailbox) === each.fingerprint) continue
    each.stop.abort()
    await each.ended
    running.delete(id)
    if (!mailbox) await locks.query("select pg_advisory_unlock(hashtextextended('fetch ' || $1, 0))", [id])
  }
  for (const [id, mailbox] of wanted) {
    if (running.has(id)) continue
    // The same session may take its own lock again; each taking would need its own release.
    const { rows } = await locks.query(
      `select case when exists (select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() and granted and objsubid = 1
          and ((classid::bigint << 32) | objid::bigint) = hashtextextended('fetch ' || $1, 0)) then true
        else pg_try_advisory_lock(hashtextextended('fetch ' || $1, 0)) end as ours`,
      [id],
    )
    if (!rows[0]?.ours) continue
    const stop = new AbortController()
    const ended = runFetcher(mailbox, options, stop.signal).catch(error =>
      options.log.error({ err: error, mailbox: id }, 'a fetcher ended by a fault'),
    )
    running.set(id, { fingerprint: fingerprint(mailbox), stop, ended })
  }
}

/** What a fetcher was started with; anything else may change under it. */
function fingerprint(mailbox: MailboxRow): string {
  const parts = [mailbox.imap, mailbox.startFrom, mailbox.sealed?.toString('base64'), mailbox.createdAt]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

async function endAll(running: Map<string, Running>) {
  for (const each of running.values()) each.stop.abort()
  await Promise.all([...running.values()].map(each => each.ended))
  running.clear()
}
