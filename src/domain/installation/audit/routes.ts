/** HTTP for the audit: reading it, and taking it along as a file, which is written into it. */
import type { FastifyInstance } from 'fastify'
import * as contract from '../../../contract/audit.ts'
import { type Db, inTransaction } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { Refusal, serve } from '../../../platform/http/index.ts'
import { grantedAnywhere, type Rights } from '../../access/index.ts'
import { auditAsCsv } from './export.ts'
import { auditPage, auditPeople } from './queries.ts'

export function auditRoutes(app: FastifyInstance, { db, rights }: { db: Db; rights: Rights }) {
  serve(app, contract.audit, rights['audit:read'], async ({ after, ...filter }, { actor }) => ({
    ...(await auditPage(db, actor, filter, after)),
    people: after === undefined ? await auditPeople(db, actor) : [],
    mayExport: grantedAnywhere(actor, 'export'),
  }))
  app.get('/api/v1/audit/export', { config: { right: rights['audit:export'].name } }, async (request, reply) => {
    const actor = await rights['audit:export'].admit(request)
    const filter = contract.AuditExport.safeParse(request.query)
    if (!filter.success) throw new Refusal('bad-shape', 400)
    const now = app.clock()
    await inTransaction(db, tx => {
      const told = { subjectId: null, actorId: actor.personId, scopes: [], at: now }
      return record(tx, { kind: 'export.made', ...told, facts: { of: 'audit', ...filter.data } })
    })
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="audit-${now.toISOString().slice(0, 10)}.csv"`)
      .send(auditAsCsv(db, actor, filter.data))
  })
}
