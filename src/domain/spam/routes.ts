/** HTTP for spam: the right, the shape, the command; nothing more. */
import type { FastifyInstance } from 'fastify'
import * as contract from '../../contract/spam.ts'
import { type Db, inTransaction } from '../../platform/db/index.ts'
import { serve } from '../../platform/http/index.ts'
import type { Rights } from '../access/index.ts'
import { blockSender, forgetSpam, settleSpam, unblockSender } from './commands.ts'
import { blockedViews, settingsView } from './queries.ts'

const done = { done: true } as const

export function spamRoutes(app: FastifyInstance, { db, rights }: { db: Db; rights: Rights }) {
  serve(app, contract.spamSettings, rights.administrator, (_, { now }) => settingsView(db, now))
  serve(app, contract.changeSpamSettings, rights.administrator, async (input, { actor, now }) => {
    await inTransaction(db, tx => settleSpam(tx, actor, input, now))
    return done
  })
  serve(app, contract.forgetSpam, rights.administrator, async (_, { actor, now }) => {
    await inTransaction(db, tx => forgetSpam(tx, actor, now))
    return done
  })
  serve(app, contract.blockedSenders, rights.member, async (_, { actor, now }) => ({
    blocked: await blockedViews(db, actor, now),
  }))
  serve(app, contract.blockSender, rights.member, (input, { actor, now }) =>
    inTransaction(db, async tx => {
      const id = await blockSender(tx, actor, input, now)
      return { blocked: (await blockedViews(tx, actor, now, id))[0]! }
    }),
  )
  serve(app, contract.unblockSender, rights.member, async ({ blockedId }, { actor, now }) => {
    await inTransaction(db, tx => unblockSender(tx, actor, blockedId, now))
    return done
  })
}
