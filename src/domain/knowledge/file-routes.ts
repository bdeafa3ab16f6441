/** Articles in and out as files. */
import multipart from '@fastify/multipart'
import type { FastifyInstance } from 'fastify'
import { Id } from '../../contract/kit.ts'
import { exportPath, importLimits, importPath } from '../../contract/knowledge-around.ts'
import { absent, Refusal } from '../../platform/http/index.ts'
import { asDownload } from '../conversations/index.ts'
import { exportZip } from './import/export.ts'
import { importZip } from './import/import.ts'
import type { KnowledgeParts } from './parts.ts'
import { pictureAt } from './public.ts'

export function fileRoutes(app: FastifyInstance, { db, rights, nudges, files }: KnowledgeParts) {
  const write = rights['knowledge:write']
  // In a scope of its own: another slice may take uploads its own way.
  app.register(async scope => {
    const limits = { files: 1, fields: 0, fileSize: importLimits.zip }
    // Where the whole server takes uploads already, only the limits are ours.
    if (!scope.hasContentTypeParser('multipart/form-data'))
      await scope.register(multipart, { limits, throwFileSizeLimit: false })
    scope.post(
      importPath,
      { config: { right: write.name }, bodyLimit: importLimits.zip + 64 * 1024 },
      async request => {
        const actor = await write.admit(request)
        if (!request.isMultipart()) throw new Refusal('unknown-media-type', 415)
        const part = await request.file({ limits })
        if (!part) throw new Refusal('bad-shape', 400, { fields: [{ path: 'file', says: 'is missing' }] })
        const content = await part.toBuffer()
        if (part.file.truncated) throw new Refusal('too-large', 413)
        const report = await importZip({ db, files }, actor, content, app.clock())
        nudges.send('happened')
        return { ...report, left: report.left.slice(0, 200) }
      },
    )
  })
  // Pictures of what is still being written; those of what stands lie outside, too.
  const read = rights['knowledge:read']
  app.get('/articles/pictures/:pictureId', { config: { right: read.name } }, async (request, reply) => {
    await read.admit(request)
    const id = Id.safeParse((request.params as { pictureId: string }).pictureId)
    const found = id.success ? await pictureAt(db, { is: 'inside' }, id.data) : null
    if (!found) throw absent()
    return asDownload(reply, files, found)
  })
  app.get(exportPath, { config: { right: write.name } }, async (request, reply) => {
    await write.admit(request)
    const day = app.clock().toISOString().slice(0, 10)
    return reply
      .type('application/zip')
      .header('content-disposition', `attachment; filename="articles-${day}.zip"`)
      .send(exportZip({ db, files }))
  })
}
