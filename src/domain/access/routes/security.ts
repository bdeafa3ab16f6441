/** HTTP for second factors: the second step of signing in, one's own factors, and what administrators ask of everybody. */
import type { FastifyInstance } from 'fastify'
import * as contract from '../../../contract/security.ts'
import { inTransaction } from '../../../platform/db/index.ts'
import { serve } from '../../../platform/http/index.ts'
import * as own from '../commands/factors.ts'
import { resetFactors } from '../commands/factors-taken.ts'
import { setProtection } from '../commands/protection.ts'
import * as second from '../commands/second-step.ts'
import type { AccessParts } from '../parts.ts'
import { passkeysWork } from '../passkeys.ts'
import { protectionView, securityOf } from '../queries/security.ts'
import type { Rights } from '../rights.ts'
import type { Doorway } from './doorway.ts'

const done = { done: true } as const

export function securityRoutes(app: FastifyInstance, parts: AccessParts & { rights: Rights; doorway: Doorway }) {
  const { db, rights, doorway } = parts
  const { from, welcomeIn } = doorway

  serve(app, contract.secondByCode, rights.anyone, async (input, { request, reply, now }) =>
    welcomeIn(await second.secondByCode(parts, input, from(request), now), reply, now),
  )
  serve(app, contract.secondPasskeyOptions, rights.anyone, ({ ticket }, { request, now }) =>
    second.secondPasskeyOptions(parts, ticket, from(request), now),
  )
  serve(app, contract.secondByPasskey, rights.anyone, async (input, { request, reply, now }) =>
    welcomeIn(await second.secondByPasskey(parts, input, from(request), now), reply, now),
  )
  serve(app, contract.passkeySignInOptions, rights.anyone, (_, { request, now }) =>
    second.passkeySignInOptions(parts, from(request), now),
  )
  serve(app, contract.signInByPasskey, rights.anyone, async (input, { request, reply, now }) =>
    welcomeIn(await second.signInByPasskey(parts, input, from(request), now), reply, now),
  )

  serve(app, contract.security, rights.self, (_, { actor, now }) =>
    securityOf(db, actor, passkeysWork(parts.baseUrl), now),
  )
  serve(app, contract.beginAuthenticator, rights.self, (_, { actor, now }) =>
    inTransaction(db, tx => own.beginAuthenticator(parts, tx, actor, now)),
  )
  serve(app, contract.confirmAuthenticator, rights.self, ({ code }, { actor, now }) =>
    own.confirmAuthenticator(parts, actor, code, now),
  )
  serve(app, contract.removeAuthenticator, rights.self, async (_, { actor, now }) => {
    await inTransaction(db, tx => own.removeAuthenticator(parts, tx, actor, now))
    return done
  })
  serve(app, contract.renewCodes, rights.self, async (_, { actor, now }) => ({
    codes: await inTransaction(db, tx => own.renewCodes(tx, actor, now)),
  }))
  serve(app, contract.newPasskeyOptions, rights.self, (_, { actor, now }) => own.newPasskeyOptions(parts, actor, now))
  serve(app, contract.addPasskey, rights.self, (input, { actor, now }) => own.addPasskey(parts, actor, input, now))
  serve(app, contract.namePasskey, rights.self, async ({ passkeyId, name }, { actor, now }) => {
    await inTransaction(db, tx => own.namePasskey(tx, actor, passkeyId, name, now))
    return done
  })
  serve(app, contract.removePasskey, rights.self, async ({ passkeyId }, { actor, now }) => {
    await inTransaction(db, tx => own.removePasskey(parts, tx, actor, passkeyId, now))
    return done
  })

  serve(app, contract.prove, rights.self, async (input, { actor, now }) => {
    await own.proveAgain(parts, actor, input, now)
    return done
  })
  serve(app, contract.provePasskeyOptions, rights.self, (_, { actor, now }) =>
    own.provePasskeyOptions(parts, actor, now),
  )
  serve(app, contract.proveByPasskey, rights.self, async (input, { actor, now }) => {
    await own.proveByPasskey(parts, actor, input, now)
    return done
  })

  serve(app, contract.resetFactors, rights.administrator, async ({ memberId }, { actor, now }) => {
    await inTransaction(db, async tx => {
      await own.needProof(tx, actor, now)
      await resetFactors(parts, tx, actor, memberId, now)
    })
    return done
  })
  serve(app, contract.protection, rights.administrator, (_, { now }) => protectionView(db, now))
  serve(app, contract.setProtection, rights.administrator, (input, { actor, now }) =>
    inTransaction(db, async tx => {
      await own.needProof(tx, actor, now)
      await setProtection(tx, actor, input, now)
      return protectionView(tx, now)
    }),
  )
}
