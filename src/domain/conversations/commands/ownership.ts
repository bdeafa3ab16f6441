/** Who answers for a conversation: taking it, giving an unowned one to somebody, and handing it over with a reason and an introduction (I6). */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { type Actor, type Member, mayHandOver } from '../../access/index.ts'
import { newRfcId } from '../../channels/index.ts'
import { passOn } from '../../promises/index.ts'
import { sendOut } from '../outward.ts'
import { insertMessages, openConversation } from '../tables.ts'
import { written } from '../text.ts'
import { wayToCustomer } from '../way-out.ts'
import { ours } from './ours.ts'
import { passPromises, type Renegotiated } from './passing.ts'
import { refuseIfPutAway, refuseIfStale, save, staysAsItIs } from './save.ts'

/** Only an unowned one: taking it from somebody is a handover. */
export async function own(tx: Tx, actor: Member, conversationId: string, now: Date) {
  return give(tx, actor, conversationId, actor.personId, now)
}

export async function give(tx: Tx, actor: Actor, conversationId: string, memberId: string, now: Date) {
  const conversation = await openConversation(tx, actor, conversationId)
  if (!mayHandOver(actor, conversation)) throw new Refusal('not-yours', 403)
  if (conversation.state === 'merged') throw new Refusal('put-away', 409)
  if (conversation.ownerId === memberId) return { done: true as const }
  if (conversation.ownerId !== null) throw new Refusal('has-owner', 409)
  await refuseOutsider(tx, memberId, conversation.teamId)
  await passOn(tx, conversation.id, { personId: memberId, teamId: conversation.teamId })
  await save(tx, conversation, {
    kind: 'conversation.owned',
    change: staysAsItIs(conversation),
    actor,
    now,
    ownerId: memberId,
    facts: { ownerId: memberId },
  })
  return { done: true as const }
}

export type Handover = {
  conversationId: string
  seenVersion: number
  toMemberId: string | null
  toTeamId: string
  reason: string
  introduction: string
  /** how things stand, for the new owner; inside */
  summary?: string | undefined
  /** open promises that get a new time; all others are taken over as they stand */
  promises?: readonly Renegotiated[]
}

export async function handOver(tx: Tx, actor: Member, input: Handover, now: Date) {
  const conversation = await openConversation(tx, actor, input.conversationId)
  if (!mayHandOver(actor, conversation) && conversation.ownerId !== actor.personId) throw new Refusal('not-yours', 403)
  refuseIfPutAway(conversation)
  await refuseIfStale(tx, actor, conversation, input.seenVersion)
  const team = await sql<{
    id: string
  }>`select id from team where id = ${input.toTeamId}::uuid and archived_at is null`.execute(tx)
  if (!team.rows[0]) throw absent()
  if (input.toMemberId) await refuseOutsider(tx, input.toMemberId, input.toTeamId)
  const { sender, shown } = await wayToCustomer(tx, conversation, now)
  const body = written(input.introduction)
  const messageId = randomUUIDv7()
  const rfcId = sender && newRfcId(sender)
  await insertMessages(tx, [
    ours({
      id: messageId,
      conversationId: conversation.id,
      kind: 'reply',
      authorId: actor.personId,
      shown,
      at: now,
      body,
      language: conversation.language,
      rfcId,
    }),
  ])
  const to = { personId: input.toMemberId, teamId: input.toTeamId }
  const { moves, told } = await passPromises(tx, conversation, to, input.promises ?? [], now)
  const back = await hadItBefore(tx, conversation.id, input.toMemberId)
  await sql`insert into handover (id, conversation_id, from_id, to_id, to_team_id, by_id, reason, summary, back, introduction_id, at)
    values (${randomUUIDv7()}, ${conversation.id}, ${conversation.ownerId}, ${input.toMemberId}, ${input.toTeamId}, ${actor.personId}, ${input.reason},
      ${input.summary?.trim() || null}, ${back}, ${messageId}, ${now})`.execute(tx)
  await sql`update conversation set handovers = handovers + 1 where id = ${conversation.id}::uuid`.execute(tx)
  await save(tx, conversation, {
    kind: 'conversation.handed-over',
    change: { ...staysAsItIs(conversation), moves },
    actor,
    now,
    toldBy: messageId,
    ownerId: input.toMemberId,
    teamId: input.toTeamId,
    last: { at: now, ours: true, preview: body.preview },
    facts: {
      ...{ messageId, toId: input.toMemberId, toTeamId: input.toTeamId, count: conversation.handovers + 1 },
      ...{ fromId: conversation.ownerId, back },
    },
    alsoScopes: [conversation.teamId],
  })
  if (sender && rfcId)
    await sendOut(tx, {
      ...{ purpose: 'handover', conversation, messageId, rfcId, sender, author: actor.name, shown },
      ...{ told, no: null, now, notBefore: now },
    })
  return { done: true as const }
}

/** Then it bounces, which shows: somebody gets what they gave away. */
async function hadItBefore(tx: Tx, conversationId: string, memberId: string | null): Promise<boolean> {
  if (memberId === null) return false
  const { rows } =
    await sql`select from handover where conversation_id = ${conversationId}::uuid and from_id = ${memberId}::uuid limit 1`.execute(
      tx,
    )
  return rows.length > 0
}

async function refuseOutsider(tx: Tx, memberId: string, teamId: string) {
  if (!(await mayAnswerIn(tx, memberId, teamId))) throw new Refusal('not-in-team', 409)
}

/** A conversation is answered for by somebody of its team who is still here. */
export async function mayAnswerIn(tx: Tx, memberId: string, teamId: string): Promise<boolean> {
  const { rows } =
    await sql`select from team_member t join member m using (person_id) where t.person_id = ${memberId}::uuid and t.team_id = ${teamId}::uuid and t.role <> 'partner'
    and m.disabled_at is null and (m.expires_at is null or m.expires_at > now())`.execute(tx)
  return rows.length > 0
}
