/** HTTP for pictures and originals: small pictures of attachments, pictures that mails name elsewhere, and the mail as it came. */
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { Id } from '../../../contract/kit.ts'
import { original } from '../../../contract/originals.ts'
import type { Db } from '../../../platform/db/index.ts'
import { type Egress, EgressProblem } from '../../../platform/egress/index.ts'
import type { Files } from '../../../platform/files/index.ts'
import { absent, Refusal, serve } from '../../../platform/http/index.ts'
import { type Member, mayRead, type Rights } from '../../access/index.ts'
import { guard, seenAttachment, seenRaw } from '../files.ts'
import { draw } from './draw.ts'
import { originalOf } from './original.ts'
import { remotePictures } from './remote.ts'

type Parts = { db: Db; rights: Rights; files: Files; egress: Egress }

const small = { width: 480, height: 320 }
const whole = { width: 2400, height: 2400 }
/** Larger files wait for whoever opens them. */
const largestDrawn = 25 * 1024 * 1024
const largestFetched = 8 * 1024 * 1024

export function pictureRoutes(app: FastifyInstance, { db, rights, files, egress }: Parts) {
  const right = rights.member
  const config = { right: right.name }

  app.get('/files/:attachmentId/small', { config }, async (request, reply) => {
    const found = await seenAttachment(db, await right.admit(request), request.params)
    if (!found.mediaType.startsWith('image/') || found.bytes > largestDrawn) throw absent()
    const picture = await draw(await files.read(found.sha256), small)
    if (!picture) throw absent()
    guard(reply, 'small.webp', true)
    return reply.type('image/webp').send(picture)
  })

  app.get('/pictures/:messageId', { config }, async (request, reply) => {
    const { address } = request.query as { address?: unknown }
    await seenAddress(db, await right.admit(request), request.params, address)
    const picture = await fetchPicture(egress, String(address))
    guard(reply, 'picture.webp', true)
    return reply.type('image/webp').send(picture)
  })

  serve(app, original, right, async ({ messageId }, { actor }) => {
    const found = await seenRaw(db, actor, { messageId })
    return originalOf(found.raw ?? (await files.read(found.rawFile!)))
  })
}

/** Only addresses that stand in this very message, and only for those who may read it. */
async function seenAddress(db: Db, actor: Member, params: unknown, address: unknown): Promise<void> {
  const id = Id.safeParse((params as { messageId: string }).messageId)
  if (!id.success) throw absent()
  const { rows } = await sql<{ bodyHtml: string | null; teamId: string; ownerId: string | null }>`
    select m.body_html, c.team_id, c.owner_id from message m join conversation c on c.id = m.conversation_id where m.id = ${id.data}::uuid`.execute(
    db,
  )
  const found = rows[0]
  if (!found || !mayRead(actor, found)) throw absent()
  if (typeof address !== 'string' || !remotePictures(found.bodyHtml ?? '').has(address)) throw absent()
}

async function fetchPicture(egress: Egress, address: string): Promise<Buffer> {
  const answer = await egress
    .ask(address, {
      atMostBytes: largestFetched,
      timeoutMs: 10_000,
      redirects: 3,
      // Nothing of ours or of who looks: no cookie, no referrer, a name that says what it is.
      headers: { accept: 'image/webp,image/png,image/jpeg,image/gif', 'user-agent': 'Pond (pictures)' },
    })
    .catch((error: unknown) => {
      if (error instanceof EgressProblem) throw new Refusal('picture-not-had', 502)
      throw error
    })
  const picture = answer.status === 200 ? await draw(answer.body, whole) : null
  if (!picture) throw new Refusal('picture-not-had', 502)
  return picture
}
