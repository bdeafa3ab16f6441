/** HTTP for what a conversation is marked with, who follows it and who was mentioned: the right, the shape, the command. */
import type { FastifyInstance } from 'fastify'
import { setField as setFieldEndpoint } from '../../contract/fields.ts'
import * as marks from '../../contract/marks.ts'
import { tagConversation as tagEndpoint } from '../../contract/tags.ts'
import type { Tx } from '../../platform/db/index.ts'
import { serve } from '../../platform/http/index.ts'
import type { Member } from '../access/index.ts'
import { follow, prioritise, setField, tagConversation } from './commands/marks.ts'
import type { ConversationParts } from './parts.ts'
import { mentionable, myMentions } from './queries/mentions.ts'

type Place = { id: string; teamId: string; ownerId: string | null }
type Wired = Pick<ConversationParts, 'db' | 'rights'> & {
  change: <T>(act: (tx: Tx) => Promise<T>) => Promise<T>
  seen: (actor: Member, conversationId: string) => Promise<Place>
}

export function conversationMarkRoutes(app: FastifyInstance, { db, rights, change, seen }: Wired) {
  const [read, write] = [rights['conversation:read'], rights['conversation:write']]
  serve(app, tagEndpoint, write, (input, { actor, now }) => change(tx => tagConversation(tx, actor, input, now)))
  serve(app, setFieldEndpoint, write, (input, { actor, now }) => change(tx => setField(tx, actor, input, now)))
  serve(app, marks.prioritise, write, (input, { actor, now }) => change(tx => prioritise(tx, actor, input, now)))
  serve(app, marks.follow, read, (input, { actor, now }) => change(tx => follow(tx, actor, input, now)))
  serve(app, marks.mentionable, read, async (input, { actor, now }) =>
    mentionable(db, actor, await seen(actor, input.conversationId), input.like, now),
  )
  serve(app, marks.myMentions, rights.member, (input, { actor }) => myMentions(db, actor, input))
}
