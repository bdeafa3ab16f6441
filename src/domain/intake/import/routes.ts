/** Old mail brought through the desk: files are kept in a folder of their own while they are read, under names of ours. */
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Id } from '../../../contract/kit.ts'
import { type Db, inTransaction } from '../../../platform/db/index.ts'
import { type Nudges, record } from '../../../platform/events/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import type { Rights } from '../../access/index.ts'
import { type ImportDeps, importPath } from './import.ts'

export type ImportRoutesParts = ImportDeps & { db: Db; nudges: Nudges; rights: Rights; folder?: string }

const largestFile = 20 * 1024 * 1024 * 1024
const mostFiles = 1000

/** In a scope of its own: another slice may take uploads its own way. */
export function importRoutes(app: FastifyInstance, parts: ImportRoutesParts) {
  const right = parts.rights.administrator
  app.register(async scope => {
    await scope.register(multipart, {
      limits: { fileSize: largestFile, files: mostFiles, fields: 0, parts: mostFiles },
    })
    scope.post<{ Params: { mailboxId: string } }>(
      '/api/v1/mailboxes/:mailboxId/import',
      { config: { right: right.name }, bodyLimit: largestFile },
      async request => {
        const actor = await right.admit(request)
        const mailbox = await existing(parts.db, request.params.mailboxId)
        if (!request.isMultipart()) throw new Refusal('unknown-media-type', 415)
        const folder = await mkdtemp(join(parts.folder ?? tmpdir(), 'import-'))
        try {
          await receive(request, folder)
          const report = await importPath(parts, folder, { mailboxId: mailbox.id })
          const now = app.clock()
          await inTransaction(parts.db, tx =>
            record(tx, {
              kind: 'import.progressed',
              subjectId: mailbox.id,
              actorId: actor.personId,
              scopes: [mailbox.teamId],
              facts: { mailboxId: mailbox.id, ...report },
              at: now,
            }),
          )
          parts.nudges.send('happened')
          return report
        } finally {
          await rm(folder, { recursive: true, force: true })
        }
      },
    )
  })
}

async function existing(db: Db, id: string) {
  if (!Id.safeParse(id).success) throw absent()
  const row = await db
    .selectFrom('mailbox')
    .select(['id', 'teamId', 'sample'])
    .where('id', '=', id)
    .where('removedAt', 'is', null)
    .executeTakeFirst()
  if (!row) throw absent()
  // What is brought stays; the sample goes one day.
  if (row.sample) throw new Refusal('sample-stays', 409)
  return row
}

/** Their names never become ours (S20); the ending says that it is mail. */
async function receive(request: FastifyRequest, folder: string) {
  let place = 0
  for await (const file of request.files()) {
    const path = join(folder, `${String(place++).padStart(6, '0')}.eml`)
    await pipeline(file.file, createWriteStream(path, { mode: 0o600 }))
    if (file.file.truncated) throw new Refusal('too-large', 413)
    await utimes(path, new Date(), new Date())
  }
  if (place === 0) throw new Refusal('bad-shape', 400, { fields: [{ path: 'file', says: 'is missing' }] })
}
