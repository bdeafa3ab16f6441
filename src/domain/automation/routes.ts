/** HTTP for rules: the right, the shape, the command; nothing more. */
import type { FastifyInstance } from 'fastify'
import * as contract from '../../contract/rules.ts'
import { type Db, inTransaction } from '../../platform/db/index.ts'
import { absent, Refusal, serve } from '../../platform/http/index.ts'
import type { Rights } from '../access/index.ts'
import { changeRule, makeRule, moveRule, removeRule, restoreRule, settlesRule } from './commands.ts'
import { choicesFor, ruleViews, tryOver } from './queries.ts'

const done = { done: true } as const

export function ruleRoutes(app: FastifyInstance, { db, rights }: { db: Db; rights: Rights }) {
  const settles = rights['rules:settle']
  serve(app, contract.rules, settles, async (_, { actor, now }) => ({ rules: await ruleViews(db, actor, now) }))
  serve(app, contract.ruleChoices, settles, (_, { actor, now }) => choicesFor(db, actor, now))
  serve(app, contract.makeRule, settles, (input, { actor, now }) =>
    inTransaction(db, async tx => {
      const id = await makeRule(tx, actor, input, now)
      return { rule: (await ruleViews(tx, actor, now, id))[0]! }
    }),
  )
  serve(app, contract.changeRule, settles, (input, { actor, now }) =>
    inTransaction(db, async tx => {
      await changeRule(tx, actor, input, now)
      return { rule: (await ruleViews(tx, actor, now, input.ruleId))[0]! }
    }),
  )
  serve(app, contract.removeRule, settles, async ({ ruleId }, { actor, now }) => {
    await inTransaction(db, tx => removeRule(tx, actor, ruleId, now))
    return done
  })
  serve(app, contract.restoreRule, settles, ({ ruleId }, { actor, now }) =>
    inTransaction(db, async tx => {
      await restoreRule(tx, actor, ruleId, now)
      return { rule: (await ruleViews(tx, actor, now, ruleId))[0]! }
    }),
  )
  serve(app, contract.moveRule, settles, async (input, { actor, now }) => {
    await inTransaction(db, tx => moveRule(tx, actor, input, now))
    return done
  })
  serve(app, contract.tryRule, settles, async (input, { actor }) => {
    if (!settlesRule(actor, input)) throw input.teamId === null ? new Refusal('not-yours', 403) : absent()
    return tryOver(db, actor, input)
  })
}
