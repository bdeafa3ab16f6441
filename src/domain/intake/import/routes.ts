/** Old mail brought through the desk: files are kept under names of ours in a folder of their own, and what becomes of them is a job. Takes in no mail itself. */
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Id } from '../../../contract/kit.ts'
import * as contract from '../../../contract/mailboxes.ts'
import { type Db, inTransaction } from '../../../platform/db/index.ts'
import type { Nudges } from '../../../platform/events/index.ts'
import { absent, Refusal, serve } from '../../../platform/http/index.ts'
import { addJob } from '../../../platform/jobs/index.ts'
import type { Rights } from '../../access/index.ts'
import { addBytes, addImport, changeImport, type ImportRow, importRow, importRows } from './tables.ts'
import { end, importFolder } from './work.ts'

export type ImportRoutesParts = {
  db: Db
  nudges: Pick<Nudges, 'send'>
  rights: Rights
  clock: () => Date
  dataDir: string
}

const largestFile = 20 * 1024 * 1024 * 1024
const mostFiles = 1000
const day = 86_400_000
const shownDays = 7

export function importRoutes(app: FastifyInstance, parts: ImportRoutesParts) {
  const right = parts.rights.administrator
  serve(app, contract.imports, right, async (_, { now }) => ({
    imports: (await importRows(parts.db, new Date(now.getTime() - shownDays * day))).map(viewOf),
  }))
  // In a scope of its own: another slice may take uploads its own way.
  app.register(async scope => {
    await scope.register(multipart, {
      limits: { fileSize: largestFile, files: mostFiles, fields: 0, parts: mostFiles },
    })
    scope.post<{ Params: { mailboxId: string }; Querystring: { importId?: string; more?: string } }>(
      '/api/v1/mailboxes/:mailboxId/import',
      { config: { right: right.name }, bodyLimit: largestFile },
      async (request, reply) => {
        const actor = await right.admit(request)
        const mailbox = await existing(parts.db, request.params.mailboxId)
        if (!request.isMultipart()) throw new Refusal('unknown-media-type', 415)
        const { importId, more } = request.query
        const row = await begun(parts, { importId, mailboxId: mailbox.id, personId: actor.personId })
        try {
          const bytes = await receive(request, importFolder(parts.dataDir, row.id))
          await inTransaction(parts.db, async tx => {
            await addBytes(tx, row.id, bytes)
            if (more !== undefined) return
            await changeImport(tx, row.id, { state: 'waiting' })
            await addJob(tx, 'bring-mail', { importId: row.id }, { key: `import ${row.id}`, queue: 'imports' })
          })
        } catch (error) {
          await end(parts, row, { state: 'failed', trouble: 'not-sent' })
          throw error
        }
        reply.code(202)
        return viewOf((await importRow(parts.db, row.id))!)
      },
    )
  })
}

/** A new one, or mine that waits for more. */
async function begun(
  { db, clock }: ImportRoutesParts,
  asked: { importId: string | undefined; mailboxId: string; personId: string },
): Promise<ImportRow> {
  if (asked.importId !== undefined && !Id.safeParse(asked.importId).success) throw absent()
  const row = await importRow(db, asked.importId ?? (await addImport(db, asked.mailboxId, asked.personId, clock())))
  if (row?.state !== 'receiving' || row.mailboxId !== asked.mailboxId || row.askedBy !== asked.personId) throw absent()
  return row
}

function viewOf(row: ImportRow): contract.ImportView {
  const { id, mailboxId, address, state, bytes, mails, messages, reports, quarantined, known, trouble } = row
  return {
    ...{ id, mailboxId, address, state, bytes, mails, messages, reports, quarantined, known, trouble },
    // What stands between the mails of a file counts for its end.
    bytesRead: state === 'done' ? bytes : Math.min(row.bytesRead, bytes),
    askedBy: row.askedName,
    askedAt: row.askedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  }
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

/** Their names never become ours (S20); the ending says that it is mail. Answers how many bytes came. */
async function receive(request: FastifyRequest, folder: string): Promise<number> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const before = (await readdir(folder)).length
  let place = before
  let bytes = 0
  for await (const file of request.files()) {
    const path = join(folder, `${String(place++).padStart(6, '0')}.eml`)
    await pipeline(file.file, createWriteStream(path, { mode: 0o600 }))
    if (file.file.truncated) throw new Refusal('too-large', 413)
    bytes += (await stat(path)).size
  }
  if (place === before) throw new Refusal('bad-shape', 400, { fields: [{ path: 'file', says: 'is missing' }] })
  return bytes
}
