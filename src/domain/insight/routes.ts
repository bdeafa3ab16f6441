/** HTTP for the pond and Insight: the right, the shape, the query; taking figures along as a file is written into the log. */
import type { FastifyInstance } from 'fastify'
import * as contract from '../../contract/insight.ts'
import { pond, pondOne } from '../../contract/pond.ts'
import { type Db, inTransaction } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { absent, Refusal, serve } from '../../platform/http/index.ts'
import type { Rights } from '../access/index.ts'
import { insightAsCsv } from './export.ts'
import { pondView } from './pond.ts'
import { onePondView } from './pond-one.ts'
import { insightView } from './queries.ts'

export function insightRoutes(app: FastifyInstance, { db, rights }: { db: Db; rights: Rights }) {
  serve(app, pond, rights['people:find'], (_, { actor, now }) => pondView(db, actor, now))
  serve(app, pondOne, rights['people:find'], ({ aboutId }, { actor, now }) => onePondView(db, actor, aboutId, now))
  serve(app, contract.insight, rights['insight:read'], (input, { actor, now }) => insightView(db, actor, input, now))
  const mayExport = rights['insight:export']
  app.get(contract.insightExportPath, { config: { right: mayExport.name } }, async (request, reply) => {
    const actor = await mayExport.admit(request)
    const { page } = request.params as { page: string }
    if (!contract.InsightPage.safeParse(page).success) throw absent()
    const asked = contract.InsightExport.safeParse({ ...(request.query as object), page })
    if (!asked.success) throw new Refusal('bad-shape', 400)
    const now = app.clock()
    const { period, csv } = await insightAsCsv(db, actor, asked.data, now)
    await inTransaction(db, tx => {
      const told = { subjectId: null, actorId: actor.personId, scopes: [], at: now }
      const facts = { of: 'insight', ...asked.data, from: period.from, to: period.to }
      return record(tx, { kind: 'export.made', ...told, facts })
    })
    const name = `${page}-${period.from}-${period.to}.csv`
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(csv)
  })
}
