/** HTTP for what we have of one person. The right, the shape, the command; nothing more. */
import type { FastifyInstance } from 'fastify'
import * as contract from '../../contract/erasing.ts'
import { Id } from '../../contract/kit.ts'
import type { Db } from '../../platform/db/index.ts'
import type { Nudges } from '../../platform/events/index.ts'
import type { Files } from '../../platform/files/index.ts'
import { absent, serve } from '../../platform/http/index.ts'
import type { Rights } from '../access/index.ts'
import { communityExport } from '../community/index.ts'
import { seenBy } from '../conversations/index.ts'
import { exportMine } from '../customers/index.ts'
import { erase, erasureOf, noteExport } from './commands.ts'

type Parts = { db: Db; rights: Rights; files: Files; nudges: Pick<Nudges, 'send'> }

export function erasingRoutes(app: FastifyInstance, { db, rights, files, nudges }: Parts) {
  const right = rights['lead-or-administrator']
  serve(app, contract.erasure, right, ({ personId }, { actor }) => erasureOf(db, actor, personId))
  serve(app, contract.erasePerson, right, async (input, { actor, now }) => {
    const conversations = await erase(db, actor, input, now)
    nudges.send('happened')
    return { done: true as const, conversations }
  })
  // The same file they may take along themselves, with those conversations that whoever asks may read (I9).
  app.get('/api/v1/people/:personId/export', { config: { right: right.name } }, async (request, reply) => {
    const actor = await right.admit(request)
    const id = Id.safeParse((request.params as { personId?: unknown }).personId)
    if (!id.success) throw absent()
    const now = app.clock()
    await noteExport(db, actor, id.data, now)
    const beside = { community: await communityExport(db, id.data) }
    return reply
      .type('application/zip')
      .header('cache-control', 'no-store')
      .header('content-disposition', 'attachment; filename="their-data.zip"')
      .send(await exportMine(db, files, { personId: id.data, only: seenBy(actor), beside }, now))
  })
}
