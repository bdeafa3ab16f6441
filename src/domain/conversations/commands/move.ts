/** To another team, with a reason. Where the customer was told who has it and that changes, it is a handover and they are introduced (I6). */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { type Member, mayHandOver } from '../../access/index.ts'
import { noMoves, passAsksOn, passOn } from '../../promises/index.ts'
import { moveAsks } from '../joining-rules.ts'
import { openConversation } from '../tables.ts'
import { handOver, mayAnswerIn } from './ownership.ts'
import { refuseIfPutAway, refuseIfStale, save } from './save.ts'

export type Move = {
  conversationId: string
  /** absent: whatever happened meanwhile */
  seenVersion?: number | undefined
  toTeamId: string
  reason: string
  introduction?: string | undefined
}

/** Says whether the customer was written to: that can't be taken back. */
export async function moveToTeam(tx: Tx, actor: Member, input: Move, now: Date): Promise<{ told: boolean }> {
  const conversation = await openConversation(tx, actor, input.conversationId)
  if (!mayHandOver(actor, conversation)) throw new Refusal('not-yours', 403)
  refuseIfPutAway(conversation)
  if (input.seenVersion !== undefined) await refuseIfStale(tx, actor, conversation, input.seenVersion)
  const team = await sql`select from team where id = ${input.toTeamId}::uuid and archived_at is null`.execute(tx)
  if (team.rows.length === 0) throw absent()
  if (input.toTeamId === conversation.teamId) return { told: false }
  const ownerStays = conversation.ownerId !== null && (await mayAnswerIn(tx, conversation.ownerId, input.toTeamId))
  if (moveAsks(conversation, ownerStays) === 'introduction') {
    if (!input.introduction) throw new Refusal('needs-introduction', 409)
    await handOver(
      tx,
      actor,
      {
        ...{ conversationId: conversation.id, seenVersion: conversation.version, toMemberId: null },
        ...{ toTeamId: input.toTeamId, reason: input.reason, introduction: input.introduction },
      },
      now,
    )
    return { told: true }
  }
  const ownerId = ownerStays ? conversation.ownerId : null
  const to = { personId: ownerId, teamId: input.toTeamId }
  await passOn(tx, conversation.id, to)
  if (conversation.ownerId) await passAsksOn(tx, conversation.id, conversation.ownerId, to)
  const moveId = randomUUIDv7()
  await sql`insert into team_move (id, conversation_id, from_team_id, to_team_id, by_id, reason, at)
    values (${moveId}, ${conversation.id}, ${conversation.teamId}, ${input.toTeamId}, ${actor.personId}, ${input.reason}, ${now})`.execute(
    tx,
  )
  await save(tx, conversation, {
    kind: 'conversation.moved',
    change: {
      state: conversation.state,
      closedBecause: conversation.closedBecause,
      outcome: conversation.outcome,
      moves: noMoves,
    },
    ...{ actor, now, ownerId, teamId: input.toTeamId },
    facts: { moveId, toTeamId: input.toTeamId },
    alsoScopes: [conversation.teamId],
  })
  return { told: false }
}
