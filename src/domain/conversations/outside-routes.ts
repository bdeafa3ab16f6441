/** HTTP for the desk's side of what customers answer outside: follow-ups and options. The right, the shape, the command; nothing more. */
import type { FastifyInstance } from 'fastify'
import * as contract from '../../contract/conversations.ts'
import * as options from '../../contract/options.ts'
import { type Db, inTransaction, type Tx } from '../../platform/db/index.ts'
import { serve } from '../../platform/http/index.ts'
import type { Rights } from '../access/index.ts'
import { aside } from './aside.ts'
import { preparedFollowUp, sendFollowUp } from './commands/follow-up.ts'
import { choose, withdrawOffer } from './commands/offer.ts'
import { judgeFollowUp } from './commands/verdict.ts'

type Parts = { db: Db; rights: Rights; change: <T>(act: (tx: Tx) => Promise<T>) => Promise<T> }

export function outsideRoutes(app: FastifyInstance, { db, rights, change }: Parts) {
  const [read, write] = [rights['conversation:read'], rights['conversation:write']]
  serve(app, contract.preparedFollowUp, read, (input, { actor, now }) =>
    inTransaction(db, tx => preparedFollowUp(tx, actor, input.conversationId, now)),
  )
  serve(app, contract.sendFollowUp, write, (input, { actor, now }) =>
    aside(input, ready => change(tx => sendFollowUp(tx, actor, ready, now))),
  )
  serve(app, contract.judgeFollowUp, write, (input, { actor, now }) =>
    change(tx => judgeFollowUp(tx, actor, input, now)),
  )
  serve(app, options.chooseFor, write, ({ offerId, optionId, said }, { actor, now }) =>
    change(tx => choose(tx, actor, { offerId, optionId, said, customer: null }, now)),
  )
  serve(app, options.withdrawOffer, write, ({ offerId }, { actor, now }) =>
    change(tx => withdrawOffer(tx, actor, offerId, now)),
  )
}
