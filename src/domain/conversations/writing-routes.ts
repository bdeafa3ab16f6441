/** HTTP for what belongs to writing beside replies and notes: forwards, colleagues' drafts, and one's own uploads to look at. */
import type { FastifyInstance } from 'fastify'
import { Id } from '../../contract/kit.ts'
import * as contract from '../../contract/writing.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { absent, serve } from '../../platform/http/index.ts'
import type { Actor, Member } from '../access/index.ts'
import { aside } from './aside.ts'
import { forward } from './commands/forward.ts'
import { guard, shownInPlace } from './files.ts'
import type { ConversationParts } from './parts.ts'
import { draftsOfOthers } from './queries/drafts.ts'

export function writingRoutes(
  app: FastifyInstance,
  { db, rights, files, nudges }: ConversationParts,
  needSeen: (actor: Actor | Member, id: string) => Promise<unknown>,
) {
  serve(app, contract.forward, rights['conversation:write'], (input, { actor, now }) =>
    aside(input, async ready => {
      const done = await inTransaction(db, tx => forward(tx, actor, ready, now))
      nudges.send('happened')
      nudges.send('outbox')
      return done
    }),
  )
  serve(app, contract.draftsOfOthers, rights['conversation:read'], async ({ conversationId }, { actor, now }) => {
    await needSeen(actor, conversationId)
    return { drafts: await draftsOfOthers(db, actor, conversationId, now) }
  })

  // A picture between the words of a draft. Nobody else sees it before it is sent.
  app.get('/uploads/:uploadId', { config: { right: rights.member.name } }, async (request, reply) => {
    const actor = await rights.member.admit(request)
    const id = Id.safeParse((request.params as { uploadId: string }).uploadId)
    const found = id.success
      ? await db
          .selectFrom('upload')
          .select(['sha256', 'name', 'mediaType', 'bytes'])
          .where('id', '=', id.data)
          .where('personId', '=', actor.personId)
          .executeTakeFirst()
      : undefined
    if (!found) throw absent()
    const inPlace = shownInPlace.has(found.mediaType)
    guard(reply, found.name, inPlace)
    return reply
      .type(inPlace ? found.mediaType : 'application/octet-stream')
      .header('content-length', Number(found.bytes))
      .send(files.stream(found.sha256))
  })
}
