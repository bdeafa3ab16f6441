/**
 * Attachments and raw mails over HTTP. Whatever they hold is handed out as a download with a type that nothing executes
 * (S5): only plain pictures are shown in place, and even those under a policy that runs nothing.
 */
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { sql } from 'kysely'
import { Id } from '../../contract/kit.ts'
import { uploadLimits } from '../../contract/writing.ts'
import { type Db, inTransaction } from '../../platform/db/index.ts'
import type { Files } from '../../platform/files/index.ts'
import { absent, Refusal } from '../../platform/http/index.ts'
import { cleanName } from '../../platform/mail/reading/names.ts'
import { type Member, mayRead } from '../access/index.ts'
import { keepUpload } from './commands/beside.ts'
import { refuseFullRoom } from './commands/uploads.ts'
import type { ConversationParts } from './parts.ts'

const largestUpload = uploadLimits.file
export const shownInPlace = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

export function fileRoutes(app: FastifyInstance, { db, rights, files }: ConversationParts) {
  const right = rights.member
  void app.register(multipart, { limits: { files: 1, fields: 0, fileSize: largestUpload }, throwFileSizeLimit: false })

  app.post(
    '/api/v1/uploads',
    { config: { right: right.name }, bodyLimit: largestUpload + 64 * 1024 },
    async (request, reply) => {
      const actor = await right.admit(request)
      await refuseFullRoom(db, actor, 0)
      const part = await request.file()
      if (!part) throw new Refusal('bad-shape', 400, { fields: [{ path: 'file', says: 'is missing' }] })
      const content = await part.toBuffer()
      if (part.file.truncated) throw new Refusal('too-large', 413)
      await refuseFullRoom(db, actor, content.length)
      const [sha256] = await files.put([content])
      const kept = await inTransaction(db, tx =>
        keepUpload(
          tx,
          actor,
          {
            sha256: sha256!,
            bytes: content.length,
            name: cleanName(part.filename),
            mediaType: mediaTypeOf(part.mimetype),
          },
          app.clock(),
        ),
      )
      return reply.status(201).send(kept)
    },
  )

  app.get('/files/:attachmentId', { config: { right: right.name } }, async (request, reply) => {
    const found = await seenAttachment(db, await right.admit(request), request.params)
    return asDownload(reply, files, found)
  })

  app.get('/raw/:messageId', { config: { right: right.name } }, async (request, reply) => {
    const found = await seenRaw(db, await right.admit(request), request.params)
    guard(reply, `${found.number}.eml`, false)
    return reply.type('application/octet-stream').send(found.raw ?? files.stream(found.rawFile!))
  })
}

type Seen = { teamId: string; ownerId: string | null }
type Attached = Seen & { sha256: Buffer; name: string; mediaType: string; bytes: number }
type Raw = Seen & { raw: Buffer | null; rawFile: Buffer | null; number: number }

/** Absent for whoever may not read its conversation, like everything of it. */
export async function seenAttachment(db: Db, actor: Member, params: unknown): Promise<Attached> {
  const id = Id.safeParse((params as { attachmentId: string }).attachmentId)
  if (!id.success) throw absent()
  const { rows } = await sql<Attached>`
    select a.sha256, a.name, a.media_type, a.bytes, c.team_id, c.owner_id
    from attachment a join message m on m.id = a.message_id join conversation c on c.id = m.conversation_id where a.id = ${id.data}::uuid`.execute(
    db,
  )
  const found = rows[0]
  if (!found || !mayRead(actor, found)) throw absent()
  return found
}

/** The mail as it came, for those who may read its conversation. */
export async function seenRaw(db: Db, actor: Member, params: unknown): Promise<Raw> {
  const id = Id.safeParse((params as { messageId: string }).messageId)
  if (!id.success) throw absent()
  const { rows } = await sql<Raw>`
    select d.raw, d.raw_file, c.number, c.team_id, c.owner_id
    from delivery d join message m on m.id = d.message_id join conversation c on c.id = m.conversation_id where d.message_id = ${id.data}::uuid limit 1`.execute(
    db,
  )
  const found = rows[0]
  if (!found || !mayRead(actor, found)) throw absent()
  return found
}

/** A plain picture in place, everything else to be saved. */
export function asDownload(
  reply: FastifyReply,
  files: Pick<Files, 'stream'>,
  found: { sha256: Buffer; name: string; mediaType: string; bytes: number },
  kept = true,
) {
  const inPlace = shownInPlace.has(found.mediaType)
  guard(reply, found.name, inPlace)
  // At a browser that others use after them it is asked each time whose it is.
  if (!kept) reply.header('cache-control', 'no-store')
  return reply
    .type(inPlace ? found.mediaType : 'application/octet-stream')
    .header('content-length', found.bytes)
    .send(files.stream(found.sha256))
}

/** Runs nothing and is not guessed at, whatever it holds. */
export function guard(reply: FastifyReply, name: string, inPlace: boolean) {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%;]/g, '_')
  reply.header(
    'content-disposition',
    `${inPlace ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, each => `%${each.charCodeAt(0).toString(16)}`)}`,
  )
  reply.header(
    'content-security-policy',
    "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  )
  reply.header('x-content-type-options', 'nosniff')
  reply.header('cache-control', 'private, max-age=86400, immutable')
}

function mediaTypeOf(claimed: string): string {
  return /^[a-z0-9.+-]{1,60}\/[a-z0-9.+-]{1,60}$/i.test(claimed) ? claimed.toLowerCase() : 'application/octet-stream'
}
