/** HTTP for asks: the right, the shape, the command; nothing more. */
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import * as contract from '../../contract/asks.ts'
import { Id } from '../../contract/kit.ts'
import { type Db, inTransaction, type Tx } from '../../platform/db/index.ts'
import type { Nudges } from '../../platform/events/index.ts'
import type { Files } from '../../platform/files/index.ts'
import { absent, serve } from '../../platform/http/index.ts'
import type { Member, Rights } from '../access/index.ts'
import { asDownload, madeSafe } from '../conversations/index.ts'
import { makeAsk } from './commands/ask.ts'
import { relay } from './commands/relay.ts'
import { closeAsk, nameTime, thankExpert, writeInAsk } from './commands/write.ts'
import { answeredAsks, asksOf, findExperts, myAsks, oneAsk } from './queries.ts'

export type AskParts = { db: Db; rights: Rights; files: Files; nudges: Pick<Nudges, 'send'>; baseUrl: URL }

export function askRoutes(app: FastifyInstance, parts: AskParts) {
  const { db, rights, nudges, baseUrl, files } = parts
  const [read, write, member] = [rights['conversation:read'], rights['conversation:write'], rights.member]
  const change = async <T>(act: (tx: Tx) => Promise<T>): Promise<T> => {
    const done = await inTransaction(db, act)
    nudges.send('happened')
    nudges.send('outbox')
    return done
  }

  serve(app, contract.makeAsk, write, (input, { actor, now }) =>
    madeSafe(input, ready => change(tx => makeAsk(tx, baseUrl, actor, ready, now))),
  )
  serve(app, contract.asksOf, read, async ({ conversationId }, { actor, now }) => ({
    asks: await asksOf(db, actor, conversationId, now),
  }))
  serve(app, contract.findExperts, write, (input, { actor, now }) => findExperts(db, actor, input, now))
  serve(app, contract.myAsks, member, (_, { actor, now }) => myAsks(db, actor, now))
  serve(app, contract.answeredAsks, member, ({ after }, { actor }) => answeredAsks(db, actor, after))
  serve(app, contract.openAsk, member, ({ askId }, { actor, now }) => oneAsk(db, actor, askId, now))
  serve(app, contract.writeInAsk, member, (input, { actor, now }) =>
    madeSafe(input, ready => change(tx => writeInAsk(tx, baseUrl, actor, ready, now))),
  )
  serve(app, contract.nameTime, member, (input, { actor, now }) => change(tx => nameTime(tx, actor, input, now)))
  serve(app, contract.relay, member, (input, { actor }) => change(tx => relay(tx, actor, input)))
  serve(app, contract.closeAsk, member, ({ askId }, { actor, now }) =>
    change(tx => closeAsk(tx, baseUrl, actor, askId, now)),
  )
  serve(app, contract.thankExpert, member, (input, { actor, now }) =>
    change(tx => thankExpert(tx, baseUrl, actor, input, now)),
  )

  app.get('/ask-files/:fileId', { config: { right: member.name } }, async (request, reply) => {
    const actor = await member.admit(request)
    return asDownload(reply, files, await seenFile(db, actor, request.params, app.clock()))
  })
}

/** Absent for whoever may not see its ask. */
async function seenFile(db: Db, actor: Member, params: unknown, now: Date) {
  const id = Id.safeParse((params as { fileId: string }).fileId)
  if (!id.success) throw absent()
  const { rows } = await sql<{ askId: string; sha256: Buffer; name: string; mediaType: string; bytes: number }>`
    select m.ask_id, f.sha256, f.name, f.media_type, f.bytes::float8 as bytes from ask_file f join ask_message m on m.id = f.ask_message_id where f.id = ${id.data}::uuid`.execute(
    db,
  )
  if (!rows[0]) throw absent()
  await oneAsk(db, actor, rows[0].askId, now)
  return rows[0]
}
