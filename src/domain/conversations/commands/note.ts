/** A note: said only inside. It changes nothing that is owed. Whoever it mentions must be able to read it. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { AlsoPromised } from '../../../contract/ledger.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import { actorId, type Member } from '../../access/index.ts'
import { promiseBeside } from '../ledger/make.ts'
import { insertMessages, openConversation } from '../tables.ts'
import { isBlank, type Written, written } from '../text.ts'
import { keepMentions, resolveMentions } from './mention.ts'
import { ours } from './ours.ts'
import { takeUploads } from './uploads.ts'

export async function note(
  tx: Tx,
  actor: Member,
  input: {
    conversationId: string
    messageId?: string | undefined
    body: string | Written
    promised?: readonly AlsoPromised[]
    attachments: readonly string[]
  },
  now: Date,
) {
  const conversation = await openConversation(tx, actor, input.conversationId)
  if (input.messageId && (await isKeptAlready(tx, actor, { ...input, messageId: input.messageId })))
    return { messageId: input.messageId }
  if (conversation.state === 'merged') throw new Refusal('put-away', 409)
  const { body, ids: mentioned } = await resolveMentions(tx, conversation, written(input.body, { mentions: true }), now)
  if (isBlank(body)) throw new Refusal('nothing-written', 400)
  const messageId = input.messageId ?? randomUUIDv7()
  await insertMessages(tx, [
    ours({ id: messageId, conversationId: conversation.id, kind: 'note', authorId: actor.personId, at: now, body }),
  ])
  await takeUploads(tx, actor, messageId, input.attachments, body.html)
  await sql`delete from draft where conversation_id = ${conversation.id}::uuid and person_id = ${actor.personId}::uuid and kind = 'note'`.execute(
    tx,
  )
  await keepMentions(tx, actor, { messageId, conversationId: conversation.id, ids: mentioned }, now)
  // Whoever is writing an answer meanwhile is shown it first.
  const version = conversation.version + 1
  await sql`update conversation set version = ${version} where id = ${conversation.id}::uuid`.execute(tx)
  const scopes = conversation.ownerId ? [conversation.teamId, conversation.ownerId] : [conversation.teamId]
  await record(tx, {
    kind: 'message.noted',
    subjectId: conversation.id,
    actorId: actorId(actor),
    scopes: [...scopes, ...mentioned],
    facts: { messageId, state: conversation.state, version, mentioned },
    at: now,
  })
  if (input.promised && input.promised.length > 0)
    await promiseBeside(tx, actor, { conversationId: conversation.id, promised: input.promised, toldBy: null }, now)
  return { messageId }
}

/** The conversation is locked, so two who bring the same note come one after the other. Another's id opens nothing. */
async function isKeptAlready(tx: Tx, actor: Member, given: { conversationId: string; messageId: string }) {
  const { rows } = await sql<{ same: boolean }>`
    select conversation_id = ${given.conversationId}::uuid and author_id = ${actor.personId}::uuid and kind = 'note' as same
    from message where id = ${given.messageId}::uuid`.execute(tx)
  if (rows[0]?.same === false) throw new Refusal('id-taken', 409)
  return rows.length > 0
}
