/** A page of our own that carries the widget, for whoever sets it up: under the strictest policy that it needs, so that it shows what a careful site will see. */
import type { FastifyInstance } from 'fastify'
import type { Db } from '../../platform/db/index.ts'
import { absent } from '../../platform/http/index.ts'
import { escaped } from '../../platform/mail/reading/written.ts'
import { directionOf, nearest } from '../../words/languages.ts'
import type { Rights } from '../access/index.ts'
import { channelByKey } from './tables.ts'

const policy = "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"

export function tryRoute(app: FastifyInstance, { db, rights }: { db: Db; rights: Pick<Rights, 'anyone'> }) {
  app.get('/chat/:key/try', { config: { right: rights.anyone.name } }, async (request, reply) => {
    const { key } = request.params as { key: string }
    const channel = /^[a-z0-9]{20}$/.test(key) ? await channelByKey(db, key) : null
    if (!channel) throw absent()
    const language = nearest(
      (request.headers['accept-language'] ?? '').split(',').map(each => each.split(';')[0]?.trim()),
    )
    const name = escaped(channel.name)
    return reply
      .header('content-security-policy', policy)
      .header('x-robots-tag', 'noindex')
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(
        `<!doctype html><html lang="${language}" dir="${directionOf(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${name}</title></head>` +
          `<body><main><h1>${name}</h1></main><script src="/widget.js?${key}" data-pond="${key}" async></script></body></html>`,
      )
  })
}
