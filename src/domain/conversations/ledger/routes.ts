/** HTTP for the ledger: the right, the shape, the command; nothing more. */
import type { FastifyInstance } from 'fastify'
import * as contract from '../../../contract/ledger.ts'
import * as promiseContract from '../../../contract/promises.ts'
import { inTransaction, type Tx } from '../../../platform/db/index.ts'
import { serve } from '../../../platform/http/index.ts'
import { aside } from '../aside.ts'
import { renegotiate } from '../commands/renegotiate.ts'
import type { ConversationParts } from '../parts.ts'
import { mine } from '../queries/mine.ts'
import { breakPromise, keepPromise, releasePromise } from './end.ts'
import { explainPromise } from './explain.ts'
import { promiseFacts } from './facts.ts'
import { ledger } from './list.ts'
import { makePromise } from './make.ts'
import { preparedReminder, remind } from './remind.ts'

type Wired = Pick<ConversationParts, 'db' | 'rights'> & { change: <T>(act: (tx: Tx) => Promise<T>) => Promise<T> }

export function ledgerRoutes(app: FastifyInstance, { db, rights, change }: Wired) {
  const [member, keep] = [rights.member, rights['promise:keep']]
  serve(app, promiseContract.myPromises, member, (input, { actor, now }) => mine(db, actor, input, now))
  serve(app, contract.ledger, member, (input, { actor, now }) => ledger(db, actor, input, now))
  serve(app, contract.promiseFacts, keep, (input, { actor, now }) =>
    inTransaction(db, tx => promiseFacts(tx, actor, input.promiseId, now)),
  )
  serve(app, contract.makePromise, rights['conversation:write'], (input, { actor, now }) =>
    change(tx => makePromise(tx, actor, input, now)),
  )
  serve(app, promiseContract.renegotiate, keep, (input, { actor, now }) =>
    change(tx => renegotiate(tx, actor, input, now)),
  )
  serve(app, promiseContract.keepPromise, keep, (input, { actor, now }) =>
    change(tx => keepPromise(tx, actor, input.promiseId, now)),
  )
  serve(app, contract.breakPromise, keep, (input, { actor, now }) => change(tx => breakPromise(tx, actor, input, now)))
  serve(app, contract.releasePromise, keep, (input, { actor, now }) =>
    change(tx => releasePromise(tx, actor, input, now)),
  )
  serve(app, contract.explainPromise, keep, (input, { actor, now }) =>
    change(tx => explainPromise(tx, actor, input, now)),
  )
  serve(app, contract.preparedReminder, keep, (input, { actor, now }) =>
    inTransaction(db, tx => preparedReminder(tx, actor, input.promiseId, now)),
  )
  serve(app, contract.remind, keep, (input, { actor, now }) =>
    aside(input, ready => change(tx => remind(tx, actor, ready, now))),
  )
}
