/** HTTP for the desk's side of chat: what is said there, how it stands, and its channels. The right, the shape, the command; nothing more. */
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import * as contract from '../../contract/chat.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { absent, serve } from '../../platform/http/index.ts'
import { mayRead } from '../access/index.ts'
import { chatOnDesk } from './at-desk.ts'
import { changeChannel, channelsOf, makeChannel, makeSecret, removeChannel } from './channels.ts'
import type { ChatParts } from './parts.ts'
import { settleChat } from './settle.ts'

export function deskRoutes(app: FastifyInstance, parts: ChatParts) {
  const { db, rights, nudges, say, keys, baseUrl } = parts
  const [read, write, administrator] = [rights['conversation:read'], rights['conversation:write'], rights.administrator]

  const change = async <T>(act: Parameters<typeof inTransaction<T>>[1]): Promise<T> => {
    const done = await inTransaction(db, act)
    nudges.send('happened')
    return done
  }

  serve(app, contract.sayInChat, write, async (input, { actor }) => {
    const spoken = await say({
      conversationId: input.conversationId,
      messageId: input.messageId,
      text: input.text.replaceAll('\0', '').toWellFormed(),
      files: input.attachments,
      from: { is: 'us', actor },
    })
    if ('refused' in spoken) throw spoken.refused
    if ('anew' in spoken) throw absent()
    return { messageId: input.messageId, seq: spoken.seq, version: spoken.version }
  })
  serve(app, contract.settleChat, write, (input, { actor, now }) => change(tx => settleChat(tx, actor, input, now)))
  serve(app, contract.chatAtDesk, read, async ({ conversationId }, { actor, now }) => {
    const { rows } = await sql<{ teamId: string; ownerId: string | null }>`
      select team_id, owner_id from conversation where id = ${conversationId}::uuid`.execute(db)
    if (!rows[0] || !mayRead(actor, rows[0])) throw absent()
    return { chat: await chatOnDesk(db, conversationId, now) }
  })

  serve(app, contract.chatChannels, administrator, async () => ({
    channels: await channelsOf(db),
    script: new URL('/widget.js', baseUrl).href,
  }))
  serve(app, contract.makeChatChannel, administrator, (input, { actor, now }) =>
    change(tx => makeChannel(tx, actor, input, now)),
  )
  serve(app, contract.changeChatChannel, administrator, async (input, { actor, now }) => {
    await change(tx => changeChannel(tx, actor, input, now))
    return { done: true as const }
  })
  serve(app, contract.removeChatChannel, administrator, async ({ channelId }, { actor, now }) => {
    await change(tx => removeChannel(tx, actor, channelId, now))
    return { done: true as const }
  })
  serve(app, contract.makeChatSecret, administrator, ({ channelId }, { actor, now }) =>
    change(tx => makeSecret(tx, keys, actor, channelId, now)),
  )
}
