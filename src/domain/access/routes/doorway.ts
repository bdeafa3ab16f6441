/** What every route that lets somebody in has in common: where they come from, and the cookie they leave with. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Me, Second } from '../../../contract/session.ts'
import type { Db } from '../../../platform/db/index.ts'
import type { From, In, SignedIn } from '../commands/sign-in.ts'
import type { Cookies } from '../cookies.ts'
import { meOf } from '../queries/me.ts'

export type Doorway = {
  from(request: FastifyRequest): From
  welcomeIn(signedIn: In, reply: FastifyReply, now: Date): Promise<{ me: Me }>
  enter(signedIn: SignedIn, reply: FastifyReply, now: Date): Promise<{ me: Me } | { second: Second }>
}

export function createDoorway({ db, cookies }: { db: Db; cookies: Cookies }): Doorway {
  const welcomeIn: Doorway['welcomeIn'] = async ({ personId, token, mustSetUp }, reply, now) => {
    cookies.set(reply, token)
    return { me: await meOf(db, { personId, mustSetUp }, cookies.plainHttp, now) }
  }
  return {
    welcomeIn,
    from: request => ({
      ip: request.ip,
      visit: { agent: request.headers['user-agent']?.slice(0, 300) ?? null, network: request.ip },
      former: cookies.tokenHash(request),
    }),
    enter: async (signedIn, reply, now) =>
      'ticket' in signedIn ? { second: signedIn } : welcomeIn(signedIn, reply, now),
  }
}
