/** A quarantined mail as it arrived, byte for byte, to be saved: never shown in the page, never read on the way. */
import type { FastifyInstance } from 'fastify'
import { Id } from '../../../contract/kit.ts'
import { absent } from '../../../platform/http/index.ts'
import type { MailboxRoutesParts } from './parts.ts'
import { openQuarantined, originalOf } from './queries.ts'

export function originalRoute(app: FastifyInstance, { db, rights, files }: MailboxRoutesParts) {
  const right = rights['lead-or-administrator']
  app.get('/raw/quarantine/:deliveryId', { config: { right: right.name } }, async (request, reply) => {
    const actor = await right.admit(request)
    const id = Id.safeParse((request.params as { deliveryId: string }).deliveryId)
    if (!id.success) throw absent()
    await openQuarantined(db, actor, id.data)
    const { raw, rawFile } = await originalOf(db, id.data)
    return reply
      .type('application/octet-stream')
      .header('content-disposition', `attachment; filename="${id.data}.eml"`)
      .header('content-security-policy', "sandbox; default-src 'none'; frame-ancestors 'none'")
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-store')
      .send(raw ?? files.stream(rawFile!))
  })
}
