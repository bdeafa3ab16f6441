/** The session cookie: what it is called and how far it goes (S13). Over plain HTTP the browser refuses the strict name, so another is used and the desk warns. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sessionLimits } from './rules.ts'
import { hashToken } from './secrets.ts'

export type Cookies = {
  name: string
  /** plain HTTP beyond one's own machine: everyone on the way can read along */
  plainHttp: boolean
  set(reply: FastifyReply, token: string): void
  clear(reply: FastifyReply): void
  /** The hash of what the browser brought; null for nothing that could be a token. */
  tokenHash(request: FastifyRequest): Buffer | null
}

const loopback = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/

export function createCookies(baseUrl: URL): Cookies {
  const secure = baseUrl.protocol === 'https:'
  const name = secure ? '__Host-pond' : 'pond-session'
  const options = { path: '/', httpOnly: true, sameSite: 'lax' as const, secure }
  return {
    name,
    plainHttp: !secure && !loopback.test(baseUrl.hostname),
    set(reply, token) {
      reply.setCookie(name, token, { ...options, maxAge: sessionLimits.absolute / 1000 })
    },
    clear(reply) {
      reply.clearCookie(name, options)
    },
    tokenHash(request) {
      const token = request.cookies[name]
      return token && /^[A-Za-z0-9_-]{43}$/.test(token) ? hashToken(token) : null
    },
  }
}
