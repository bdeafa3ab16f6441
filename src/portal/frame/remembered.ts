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

type Kept = { html: Buffer; small: Buffer | null; tag: string; vary: string; seq: string; until: number; real: number }
const most = 600
/** Who is there and by when they answer changes by the minute. */
const keptMs = 30_000
/** A change that was committed out of turn shows by then. */
const realMs = 3000

export type Seen = { key: string; seq: string; kept: Kept | null }

export function rememberPages(db: Db) {
  const pages = new Map<string, Kept>()
  const latest = oneAtATime(async () => {
    const { rows } = await sql<{ seq: string | null }>`select max(seq)::text as seq from event`.execute(db)
    return rows[0]?.seq ?? ''
  })
  const parts = new Map<string, { seq: string; until: number; real: number; it: Promise<unknown> }>()
  return {
    /** What stands on many pages, for whoever is nobody in particular: read once while nothing happens. */
    recall<T>(seq: string, what: string, now: Date, read: () => Promise<T>): Promise<T> {
      const before = parts.get(what)
      if (before && before.seq === seq && holds(before, now)) return before.it as Promise<T>
      const it = read()
      it.catch(() => parts.delete(what))
      if (parts.size > 100) parts.clear()
      parts.set(what, { seq, until: now.getTime() + keptMs, real: performance.now() + realMs, it })
      return it
    },
    async look(request: FastifyRequest, now: Date): Promise<Seen> {
      const { headers, url } = request
      const key = [
        headers.host,
        headers['accept-language']?.slice(0, 200),
        headers['save-data'],
        url.slice(0, 500),
      ].join('\0')
      const seq = await latest()
      const kept = pages.get(key)
      return { key, seq, kept: kept?.seq === seq && holds(kept, now) ? kept : null }
    },
    keep({ key, seq }: Seen, html: string, { tag, vary, now }: { tag: string; vary: string; now: Date }) {
      const [until, real] = [now.getTime() + keptMs, performance.now() + realMs]
      pages.delete(key)
      pages.set(key, { html: Buffer.from(html), small: null, tag, vary, seq, until, real })
      if (pages.size > most) pages.delete(pages.keys().next().value!)
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
