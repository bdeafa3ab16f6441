/** HTTP for saved replies: the right, the shape, the command; nothing more. */
import type { FastifyInstance } from 'fastify'
import * as contract from '../../contract/saved-replies.ts'
import { type Db, inTransaction, type Tx } from '../../platform/db/index.ts'
import type { Nudges } from '../../platform/events/index.ts'
import { absent, serve } from '../../platform/http/index.ts'
import type { Member, Rights } from '../access/index.ts'
import { archiveSavedReply, changeSavedReply, makeSavedReply, safeTexts, useSavedReply } from './commands.ts'
import { settleFlags } from './lessons.ts'
import { savedRepliesOf } from './queries.ts'

type Parts = { db: Db; rights: Rights; nudges: Pick<Nudges, 'send'> }

export function savedReplyRoutes(app: FastifyInstance, { db, rights, nudges }: Parts) {
  const right = rights.member
  const change = async (actor: Member, act: (tx: Tx) => Promise<string>) => {
    const savedReply = await inTransaction(db, async tx => {
      const [it] = await savedRepliesOf(tx, actor, await act(tx))
      if (!it) throw absent()
      return it
    })
    nudges.send('happened')
    return { savedReply }
  }
  serve(app, contract.savedReplies, right, async (_, { actor }) => ({ savedReplies: await savedRepliesOf(db, actor) }))
  serve(app, contract.makeSavedReply, right, async (input, { actor, now }) => {
    const texts = await safeTexts(input.texts)
    return change(actor, tx => makeSavedReply(tx, actor, { ...input, texts }, now))
  })
  serve(app, contract.changeSavedReply, right, async ({ savedReplyId, ...input }, { actor, now }) => {
    const texts = await safeTexts(input.texts)
    return change(actor, async tx => {
      await changeSavedReply(tx, actor, savedReplyId, { ...input, texts }, now)
      return savedReplyId
    })
  })
  serve(app, contract.archiveSavedReply, right, ({ savedReplyId, archived }, { actor, now }) =>
    change(actor, async tx => {
      await archiveSavedReply(tx, actor, savedReplyId, archived, now)
      return savedReplyId
    }),
  )
  serve(app, contract.settleFlags, right, ({ savedReplyId }, { actor, now }) =>
    change(actor, async tx => {
      await settleFlags(tx, actor, savedReplyId, now)
      return savedReplyId
    }),
  )
  serve(app, contract.useSavedReply, right, async ({ savedReplyId }, { actor }) => {
    await inTransaction(db, tx => useSavedReply(tx, actor, savedReplyId))
    return { done: true as const }
  })
}
