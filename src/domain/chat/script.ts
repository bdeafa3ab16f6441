/**
 * The one script a site loads: the built widget, and before it what it needs before it is opened (who is there now, its words in
 * the visitor's language), so that nothing else is asked until somebody opens it. Says what may be said to anybody.
 */
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import type { Db } from '../../platform/db/index.ts'
import { absent } from '../../platform/http/index.ts'
import { directionOf, nearest } from '../../words/languages.ts'
import { widgetWords } from '../../words/widget.ts'
import type { Rights } from '../access/index.ts'
import { faceOf } from './face.ts'
import { chatBuckets, refuseOften } from './limits.ts'
import { type Channel, channelByKey } from './tables.ts'

type Parts = { db: Db; rights: Pick<Rights, 'anyone'>; script: string | null; finds: boolean }

/** So old it may be at most: who is there changes. */
const freshSeconds = 60

/** The same for everybody who speaks one language, for as long as nobody comes or goes: made small once. */
const kept = new Map<string, Buffer>()
const mostKept = 40

function small(etag: string, body: string): Buffer {
  const made = kept.get(etag) ?? gzipSync(body)
  kept.delete(etag)
  kept.set(etag, made)
  if (kept.size > mostKept) kept.delete(kept.keys().next().value!)
  return made
}

export function scriptRoute(app: FastifyInstance, { db, rights, script, finds }: Parts) {
  app.get('/widget.js', { config: { right: rights.anyone.name } }, async (request, reply) => {
    if (script === null) throw absent()
    const now = app.clock()
    await refuseOften(db, chatBuckets(request.ip).asking, now)
    const query = request.query as Record<string, unknown>
    const key = Object.keys(query).find(each => /^[a-z0-9]{20}$/.test(each))
    const wanted = typeof query.lang === 'string' ? [query.lang] : []
    const accepted = (request.headers['accept-language'] ?? '').slice(0, 200).split(',')
    const language = nearest([...wanted, ...accepted.map(each => each.split(';')[0]?.trim())])
    const channel: Channel | null = key ? await channelByKey(db, key) : null
    const given = {
      face: channel ? await faceOf(db, channel, null, now) : null,
      words: widgetWords(language),
      language,
      direction: directionOf(language),
      at: now.toISOString(),
      finds,
    }
    const body = `var __pond=${JSON.stringify(given).replace(/</g, '\\u003c')};\n${script}`
    const etag = `"${createHash('sha256').update(body.replace(given.at, '')).digest('base64url').slice(0, 27)}"`
    reply
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('cache-control', `public, max-age=${freshSeconds}`)
      .header('vary', 'accept-language, accept-encoding')
      .header('etag', etag)
    if (request.headers['if-none-match'] === etag) return reply.status(304).send()
    reply.type('text/javascript; charset=utf-8')
    if (!/\bgzip\b/.test(String(request.headers['accept-encoding']))) return reply.send(body)
    return reply.header('content-encoding', 'gzip').send(small(etag, body))
  })
}
