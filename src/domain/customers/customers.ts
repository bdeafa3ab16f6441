/** Who of the customers asks: their cookie, apart from members', and the right that their routes declare. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Db } from '../../platform/db/index.ts'
import { Refusal, type Right } from '../../platform/http/index.ts'
import { sessionLimits } from './rules.ts'
import { type Customer, customerBehind } from './sessions.ts'

export type Customers = {
  right: Right<Customer>
  /** null for nobody who signed in */
  who: (request: FastifyRequest) => Promise<Customer | null>
  /** something to be known by; whether it holds is `who`'s to say */
  brings: (request: FastifyRequest) => boolean
  remember: (reply: FastifyReply, token: string) => void
  forget: (reply: FastifyReply) => void
}

export function createCustomers({ db, baseUrl }: { db: Db; baseUrl: URL }): Customers {
  const secure = baseUrl.protocol === 'https:'
  // Over plain HTTP browsers refuse the strict name.
  const name = secure ? '__Host-pond-me' : 'pond-me'
  const options = { path: '/', httpOnly: true, sameSite: 'lax' as const, secure }
  const who = (request: FastifyRequest) => customerBehind(db, request.cookies[name], request.server.clock())
  return {
    who,
    brings: request => request.cookies[name] !== undefined,
    right: {
      name: 'customer',
      async admit(request) {
        const customer = await who(request)
        if (!customer) throw new Refusal('not-signed-in', 401)
        return customer
      },
    },
    remember: (reply, token) =>
      void reply.setCookie(name, token, { ...options, maxAge: sessionLimits.absolute / 1000 }),
    forget: reply => void reply.clearCookie(name, options),
  }
}
