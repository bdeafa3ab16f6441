/**
 * Makes long JSON answers smaller on their way. Only those that a page of ours asked for: a browser says so itself, and no
 * other site can make it lie. So nobody learns from the length of an answer what stands beside words they put there (BREACH).
 */
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyInstance } from 'fastify'

/** Shorter ones fit into a packet anyway. */
const worthwhile = 1200
const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

export function makeSmaller(app: FastifyInstance) {
  app.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || payload.length < worthwhile || reply.hasHeader('content-encoding'))
      return payload
    if (request.headers['sec-fetch-site'] !== 'same-origin') return payload
    if (!/^application\/json\b/.test(String(reply.getHeader('content-type')))) return payload
    const accepts = String(request.headers['accept-encoding'] ?? '')
    const encoding = /\bbr\b/.test(accepts) ? 'br' : /\bgzip\b/.test(accepts) ? 'gzip' : null
    if (!encoding) return payload
    const whole = Buffer.from(payload)
    const small =
      encoding === 'br'
        ? await brotli(whole, {
            params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: whole.length },
          })
        : await zip(whole, { level: 5 })
    reply.header('content-encoding', encoding).header('vary', 'accept-encoding, sec-fetch-site')
    reply.removeHeader('content-length')
    return small
  })
}
