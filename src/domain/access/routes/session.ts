/** HTTP for signing in and one's own account: check the shape, call the command, carry the cookie; nothing more. */
import type { FastifyInstance } from 'fastify'
import * as contract from '../../../contract/session.ts'
import { inTransaction } from '../../../platform/db/index.ts'
import { serve } from '../../../platform/http/index.ts'
import { changeMe, changePassword, endOwnSession } from '../commands/account.ts'
import { becomeFirstAdministrator } from '../commands/first-administrator.ts'
import { askForLink, lookAtLink, signIn, signOut, useLink } from '../commands/sign-in.ts'
import type { Cookies } from '../cookies.ts'
import type { AccessParts } from '../parts.ts'
import { passkeysWork } from '../passkeys.ts'
import { meOf, sessionsOf } from '../queries/me.ts'
import type { Rights } from '../rights.ts'
import { installation, lookOf } from '../tables/installation.ts'
import { hasAdministrator } from '../tables/members.ts'
import type { Doorway } from './doorway.ts'

const done = { done: true } as const

export function sessionRoutes(
  app: FastifyInstance,
  parts: AccessParts & { rights: Rights; cookies: Cookies; doorway: Doorway },
) {
  const { db, rights, cookies, doorway } = parts
  const { from, welcomeIn, enter } = doorway

  serve(app, contract.welcome, rights.anyone, async () => {
    const { name, language } = await installation(db)
    const needsFirstAdministrator = !(await hasAdministrator(db))
    const passkeys = passkeysWork(parts.baseUrl)
    return { name, language, needsFirstAdministrator, passkeys, ...(await lookOf(db)) }
  })
  serve(app, contract.lookAtLink, rights.anyone, ({ token }, { request, now }) =>
    lookAtLink(db, token, request.ip, now),
  )
  serve(app, contract.becomeFirstAdministrator, rights.anyone, async (input, { request, reply, now }) =>
    welcomeIn(await becomeFirstAdministrator(db, input, from(request), now), reply, now),
  )
  serve(app, contract.useLink, rights.anyone, async (input, { request, reply, now }) =>
    enter(await useLink(db, input, from(request), now), reply, now),
  )
  serve(app, contract.signIn, rights.anyone, async (input, { request, reply, now }) =>
    enter(await signIn(db, input, from(request), now), reply, now),
  )
  serve(app, contract.askForLink, rights.anyone, async (input, { request, now }) => {
    await askForLink(parts, input, from(request), now)
    return done
  })
  serve(app, contract.signOut, rights.anyone, async (_, { request, reply, now }) => {
    const tokenHash = cookies.tokenHash(request)
    if (tokenHash) await inTransaction(db, tx => signOut(tx, tokenHash, now))
    cookies.clear(reply)
    return done
  })

  serve(app, contract.me, rights.self, (_, { actor, now }) => meOf(db, actor, cookies.plainHttp, now))
  serve(app, contract.changeMe, rights.member, async (input, { actor, now }) => {
    await inTransaction(db, tx => changeMe(tx, actor, input, now))
    return meOf(db, actor, cookies.plainHttp, now)
  })
  serve(app, contract.changePassword, rights.member, async (input, { actor, now }) => {
    await changePassword(db, actor, input, now)
    return done
  })
  serve(app, contract.sessions, rights.member, async (_, { actor, now }) => ({
    sessions: await sessionsOf(db, actor, now),
  }))
  serve(app, contract.endSession, rights.member, async ({ sessionId }, { actor, reply, now }) => {
    await inTransaction(db, tx => endOwnSession(tx, actor, sessionId, now))
    if (sessionId === actor.sessionId) cookies.clear(reply)
    return done
  })
}
