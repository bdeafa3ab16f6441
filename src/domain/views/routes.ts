/** HTTP for saved views, and for taking the next conversation from them: the right, the shape, the command. */
import type { FastifyInstance } from 'fastify'
import * as contract from '../../contract/saved-views.ts'
import { type Db, inTransaction, type Tx } from '../../platform/db/index.ts'
import type { Nudges } from '../../platform/events/index.ts'
import { serve } from '../../platform/http/index.ts'
import type { Rights } from '../access/index.ts'
import { takeNext } from '../conversations/index.ts'
import { changeView, deleteView, orderViews, restoreView, saveView } from './commands.ts'
import { viewCountsOf, viewsOf } from './queries.ts'

export type ViewParts = { db: Db; rights: Rights; nudges: Nudges }

export function viewRoutes(app: FastifyInstance, { db, rights, nudges }: ViewParts) {
  const change = async <T>(act: (tx: Tx) => Promise<T>): Promise<T> => {
    const done = await inTransaction(db, act)
    nudges.send('happened')
    return done
  }
  const [member, ofView] = [rights.member, rights['view:change']]
  serve(app, contract.views, member, async (_, { actor }) => ({ views: await viewsOf(db, actor) }))
  serve(app, contract.viewCounts, member, (_, { actor, now }) => viewCountsOf(db, actor, now))
  serve(app, contract.saveView, member, (input, { actor, now }) => change(tx => saveView(tx, actor, input, now)))
  serve(app, contract.orderViews, ofView, (input, { actor, now }) =>
    change(tx => orderViews(tx, actor, input.viewIds, now)),
  )
  serve(app, contract.changeView, ofView, (input, { actor, now }) => change(tx => changeView(tx, actor, input, now)))
  serve(app, contract.deleteView, ofView, (input, { actor, now }) =>
    change(tx => deleteView(tx, actor, input.viewId, now)),
  )
  serve(app, contract.restoreView, ofView, (input, { actor, now }) =>
    change(tx => restoreView(tx, actor, input.viewId, now)),
  )
  serve(app, contract.takeNext, member, (_, { actor, now }) => change(tx => takeNext(tx, actor, now)))
}
