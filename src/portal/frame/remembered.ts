/**
 * Public pages as they went out, for the next who asks for the same: while the log says that nothing has happened, and no
 * longer than the times in them hold. One short question to the database for all who ask at once. Holds nothing of anybody
 * who is signed in.
 */
import { gzipSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Db } from '../../platform/db/index.ts'
import { takesGzip } from './small.ts'

type Kept = {
  html: Buffer
  small: Buffer | null
  tag: string
  vary: string
  place: string
  until: number
  real: number
}
const most = 600
/** Who is there and by when they answer changes by the minute. */
const keptMs = 30_000
/** The same for a clock that is set by hand. */
const realMs = 30_000
/** The same for what others keep for an hour anyway. */
const listedMs = 60_000
/** While more than these are still being written nothing is kept. */
const mostUnsettled = 1000

/**
 * Where the log stands: what was made at the same place holds still. Events are seen when they are committed, in any order:
 * so it is the last before which none can come any more, and how many are seen behind it.
 */
const placeIn = (db: Db) =>
  oneAtATime(async () => {
    const { rows } = await sql<{ settled: string | null; behind: number }>`
      select (select concat_ws('.', transaction_id, seq) from event where transaction_id < open.first order by transaction_id desc, seq desc limit 1) as settled,
        (select count(*)::int from (select from event where transaction_id >= open.first limit ${sql.lit(mostUnsettled + 1)}) x) as behind
      from (select pg_snapshot_xmin(pg_current_snapshot()) as first offset 0) open`.execute(db)
    const { settled, behind } = rows[0]!
    return behind > mostUnsettled ? null : `${settled ?? ''} ${behind}`
  })

/** What takes a while and is the same for everybody, made once while the log says that nothing happens; those who ask meanwhile wait for the same. */
export function whileNothingHappens<T>(db: Db, many: number) {
  const place = placeIn(db)
  const made = new Map<string, { place: string | null; real: number; it: Promise<T> }>()
  return async (name: string, make: () => Promise<T>): Promise<T> => {
    const now = await place()
    const before = made.get(name)
    if (now !== null && before?.place === now && before.real > performance.now()) return before.it
    const it = make()
    const mine = { place: now, real: performance.now() + listedMs, it }
    it.catch(() => made.get(name) === mine && made.delete(name))
    made.delete(name)
    made.set(name, mine)
    if (made.size > many) made.delete(made.keys().next().value!)
    return it
  }
}

/** `place`: of the log. */
export type Seen = { key: string; place: string; kept: Kept | null }

export function rememberPages(db: Db) {
  const pages = new Map<string, Kept>()
  const placeNow = placeIn(db)
  const parts = new Map<string, { place: string; until: number; real: number; it: Promise<unknown> }>()
  return {
    /** Where the log stands; null: nothing is to be kept now. */
    place: placeNow,
    /** What stands on many pages and is the same for all who are given it: read once while nothing happens. */
    recall<T>(place: string, what: string, now: Date, read: () => Promise<T>): Promise<T> {
      const before = parts.get(what)
      if (before && before.place === place && holds(before, now)) return before.it as Promise<T>
      const it = read()
      it.catch(() => parts.delete(what))
      if (parts.size > 100) parts.clear()
      parts.set(what, { place, until: now.getTime() + keptMs, real: performance.now() + realMs, it })
      return it
    },
    async look(request: FastifyRequest, now: Date): Promise<Seen | null> {
      const { headers, url } = request
      const key = [
        headers.host,
        headers['accept-language']?.slice(0, 200),
        headers['save-data'],
        url.slice(0, 500),
      ].join('\0')
      const place = await placeNow()
      if (place === null) return null
      const kept = pages.get(key)
      return { key, place, kept: kept?.place === place && holds(kept, now) ? kept : null }
    },
    keep({ key, place }: Seen, html: string, { tag, vary, now }: { tag: string; vary: string; now: Date }): Kept {
      const [until, real] = [now.getTime() + keptMs, performance.now() + realMs]
      pages.delete(key)
      const kept: Kept = { html: Buffer.from(html), small: null, tag, vary, place, until, real }
      pages.set(key, kept)
      if (pages.size > most) pages.delete(pages.keys().next().value!)
      return kept
    },
  }
}

const holds = ({ until, real }: { until: number; real: number }, now: Date) =>
  performance.now() < real && until > now.getTime() && until <= now.getTime() + keptMs

export function sendKept(request: FastifyRequest, reply: FastifyReply, kept: Kept) {
  reply
    .header('vary', `${kept.vary}, accept-encoding`)
    .header('etag', kept.tag)
    .header('cache-control', 'public, max-age=60')
  if (request.headers['if-none-match'] === kept.tag) return reply.status(304).send()
  reply.type('text/html; charset=utf-8')
  if (!takesGzip(request)) return reply.send(kept.html)
  kept.small ??= gzipSync(kept.html, { level: 6 })
  return reply.header('content-encoding', 'gzip').send(kept.small)
}

/** Whoever asks gets an answer that was begun after they asked; those who ask meanwhile share the next. */
function oneAtATime<T>(ask: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null
  let next: Promise<T> | null = null
  const begin = () => {
    const mine = ask().finally(() => {
      if (running === mine) running = null
    })
    running = mine
    return mine
  }
  return () => {
    if (!running) return begin()
    next ??= running
      .catch(() => {})
      .then(() => {
        next = null
        return begin()
      })
    return next
  }
}
