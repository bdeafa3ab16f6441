/** HTTP for goodwill: the right, the shape, the command; nothing more. */
import type { FastifyInstance } from 'fastify'
import * as contract from '../../contract/goodwill.ts'
import { type Db, inTransaction } from '../../platform/db/index.ts'
import { type Nudges, record } from '../../platform/events/index.ts'
import { Refusal, serve } from '../../platform/http/index.ts'
import { grantedAnywhere, type Rights } from '../access/index.ts'
import { decide, give, setGoodwill, withdrawGiven } from './commands.ts'
import { goodwillAsCsv } from './export.ts'
import { givenOften, giversOf, goodwillPage, leadsFor, oneGoodwill, sumsOf, toDecide } from './queries.ts'
import { goodwillSettingsPage } from './settings.ts'
import { allowanceOf } from './tables.ts'

export function goodwillRoutes(app: FastifyInstance, parts: { db: Db; rights: Rights; nudges: Pick<Nudges, 'send'> }) {
  const { db, rights, nudges } = parts
  const serves = rights['people:find']
  serve(app, contract.allowance, serves, async ({ conversationId }, { actor, now }) => {
    const [{ until, ...mine }, leads] = await Promise.all([
      allowanceOf(db, actor, now),
      leadsFor(db, actor, conversationId ?? null, now),
    ])
    return { ...mine, until: until.toISOString(), leads }
  })
  serve(app, contract.giveGoodwill, serves, async (input, { actor, now }) => {
    const id = await inTransaction(db, tx => give(tx, actor, input, now))
    nudges.send('happened')
    return { goodwill: await oneGoodwill(db, actor, id) }
  })
  serve(app, contract.decideGoodwill, serves, async (input, { actor, now }) => {
    await inTransaction(db, tx => decide(tx, actor, input, now))
    nudges.send('happened')
    return { goodwill: await oneGoodwill(db, actor, input.goodwillId) }
  })
  serve(app, contract.withdrawGoodwill, serves, async (input, { actor, now }) => {
    await inTransaction(db, tx => withdrawGiven(tx, actor, input, now))
    nudges.send('happened')
    return { goodwill: await oneGoodwill(db, actor, input.goodwillId) }
  })
  serve(app, contract.goodwillToDecide, serves, async (_, { actor }) => ({ rows: await toDecide(db, actor) }))
  serve(app, contract.goodwillLedger, serves, async ({ after, limit, ...filter }, { actor }) => {
    const [page, granted, givers] = await Promise.all([
      goodwillPage(db, actor, filter, after, limit),
      after ? [] : sumsOf(db, actor, filter),
      after ? [] : giversOf(db, actor),
    ])
    return { ...page, granted, givers, mayExport: grantedAnywhere(actor, 'export') }
  })
  serve(app, contract.oftenGiven, serves, (_, { actor, now }) => givenOften(db, actor, now))
  serve(app, contract.goodwillSettings, rights.administrator, (_, { now }) => goodwillSettingsPage(db, now))
  serve(app, contract.setGoodwillSettings, rights.administrator, async (input, { actor, now }) => {
    await inTransaction(db, tx => setGoodwill(tx, actor, input, now))
    nudges.send('happened')
    return goodwillSettingsPage(db, now)
  })
  app.get('/api/v1/goodwill/export', { config: { right: serves.name } }, async (request, reply) => {
    const actor = await serves.admit(request)
    if (!grantedAnywhere(actor, 'export')) throw new Refusal('not-yours', 403)
    const filter = contract.GoodwillFilter.safeParse(request.query)
    if (!filter.success) throw new Refusal('bad-shape', 400)
    const now = app.clock()
    await inTransaction(db, tx => {
      const told = { subjectId: null, actorId: actor.personId, scopes: [], at: now }
      return record(tx, { kind: 'export.made', ...told, facts: { of: 'goodwill', ...filter.data } })
    })
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="goodwill-${now.toISOString().slice(0, 10)}.csv"`)
      .send(goodwillAsCsv(db, actor, filter.data))
  })
}
