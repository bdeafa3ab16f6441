/** What becomes of open promises when a conversation changes hands: each is taken over as it stands, or gets a new time that the customer is told of. Refuses a time that has passed. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { type Moves, type NewPromise, noMoves, passAsksOn, passOn } from '../../promises/index.ts'
import type { Conversation } from '../tables.ts'

/** Of the open ones only those that get a new time. */
export type Renegotiated = { promiseId: string; dueAt: string; words: string }
type To = { personId: string | null; teamId: string }
type Told = { words: string; dueAt: Date; ours: boolean; againAt: null }

type Row = Pick<NewPromise, 'kind' | 'toPersonId' | 'automatic'> & { id: string }

export async function passPromises(
  tx: Tx,
  conversation: Conversation,
  to: To,
  renegotiated: readonly Renegotiated[],
  now: Date,
): Promise<{ moves: Moves; told: Told[] }> {
  await passOn(tx, conversation.id, to)
  if (conversation.ownerId) await passAsksOn(tx, conversation.id, conversation.ownerId, to)
  if (renegotiated.length === 0) return { moves: noMoves, told: [] }
  const late = renegotiated.filter(each => new Date(each.dueAt) <= now)
  if (late.length > 0)
    throw new Refusal('time-passed', 422, { fields: late.map(() => ({ path: 'promises', says: 'lies in the past' })) })
  // What was asked of the customer already waits for them, and has no other time.
  const { rows } = await sql<Row>`
    select id, kind, to_person_id, automatic from promise where conversation_id = ${conversation.id}::uuid and id = any(${renegotiated.map(each => each.promiseId)}::uuid[])
      and ended_at is null and direction = 'ours' and not (kind = 'follow-up' and told_at is not null)`.execute(tx)
  const found = new Map(rows.map(row => [row.id, row]))
  const moved = renegotiated.map(each => ({ ...each, was: found.get(each.promiseId) }))
  if (moved.some(each => !each.was) || found.size !== moved.length) throw absent()
  const makes = moved.map(({ was, words, dueAt }): NewPromise => {
    const told = was!.kind === 'reply' || was!.kind === 'action'
    return {
      ...{ kind: was!.kind, direction: 'ours', byPersonId: to.personId, byTeamId: to.teamId },
      ...{ toPersonId: was!.toPersonId, words, dueAt: new Date(dueAt), told },
      automatic: told ? false : was!.automatic,
    }
  })
  return {
    moves: {
      ends: moved.map(({ promiseId }, at) => ({ id: promiseId, how: 'replaced', why: null, replacedBy: at })),
      makes,
    },
    told: makes.filter(each => each.told).map(({ words, dueAt }) => ({ words, dueAt, ours: true, againAt: null })),
  }
}
