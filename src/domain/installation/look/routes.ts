/** HTTP for the name and look of the installation, and the logo for everybody, signed in or not. */
import type { FastifyInstance } from 'fastify'
import { Id } from '../../../contract/kit.ts'
import * as contract from '../../../contract/look.ts'
import { type Db, inTransaction } from '../../../platform/db/index.ts'
import { absent, Refusal, serve } from '../../../platform/http/index.ts'
import type { Rights } from '../../access/index.ts'
import { keepLogo, logoPng, setLook } from './commands.ts'
import { drawLogo } from './draw.ts'

export function lookRoutes(app: FastifyInstance, { db, rights }: { db: Db; rights: Rights }) {
  serve(app, contract.setLook, rights.administrator, async (look, { actor, now }) => ({
    look,
    before: await inTransaction(db, tx => setLook(tx, actor, look, now)),
  }))
  const right = rights.administrator
  // In a scope of its own: nowhere else is a picture the body of a request.
  app.register(async scope => {
    const pictures = ['image/png', 'image/jpeg', 'image/svg+xml']
    scope.addContentTypeParser(pictures, { parseAs: 'buffer' }, (_, body, done) => done(null, body))
    scope.post(
      '/api/v1/look/logo',
      { config: { right: right.name }, bodyLimit: contract.mostLogoBytes },
      async request => {
        await right.admit(request)
        const logo = Buffer.isBuffer(request.body) ? await drawLogo(request.body) : null
        if (!logo) throw new Refusal('no-logo', 400)
        return { logoId: await keepLogo(db, logo, app.clock()) }
      },
    )
  })
  app.get<{ Params: { logoId: string; size: string } }>(
    '/look/logo/:logoId/:size.png',
    { config: { right: rights.anyone.name } },
    async (request, reply) => {
      const { logoId, size } = request.params
      if (!Id.safeParse(logoId).success || (size !== 'small' && size !== 'large')) throw absent()
      const png = await logoPng(db, logoId, size)
      if (!png) throw absent()
      // What an id names never changes.
      return reply
        .type('image/png')
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('content-security-policy', "default-src 'none'; sandbox; frame-ancestors 'none'")
        .send(png)
    },
  )
}
