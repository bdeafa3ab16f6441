/**
 * Compares each new question with those of its team and puts the same ones together, in small steps: each may run twice or
 * be cut short. What somebody said about two of them counts more than any likeness.
 */
import { sql } from 'kysely'
import { type Db, inTransaction } from '../../platform/db/index.ts'
import { candidatesFor, type Found, knownOf, likeliest } from './matching.ts'
import { lockQuestions, makeRecurring, markSorted, putIntoRecurring, takeTurn } from './tables.ts'

/** From here on two ask the same: four of five times people agree. */
export const sameFrom = 0.5
const atOnce = 10
/** What was asked longer ago is another time. */
const yearMs = 365 * 86_400_000

type Unsorted = { conversationId: string; teamId: string; features: number[]; at: Date }

/** Returns how many were compared; the oldest first, so that a question finds those before it. */
export async function sortSome(db: Db, now: Date): Promise<number> {
  const { rows } = await sql<Unsorted>`select conversation_id, team_id, features, at from question
    where sorted_at is null order by at, conversation_id limit ${atOnce}`.execute(db)
  for (const row of rows) await sortOne(db, row, now)
  return rows.length
}

async function sortOne(db: Db, asked: Unsorted, now: Date): Promise<void> {
  const { conversationId, teamId, features } = asked
  const known = await knownOf(db, features)
  const found = await candidatesFor(
    db,
    features,
    known,
    sql`q.team_id = ${teamId}::uuid and q.conversation_id <> ${conversationId}::uuid and q.at > ${new Date(asked.at.getTime() - yearMs)}
      and not exists (select from question_judgement j where not j.same and j.conversation_id = least(q.conversation_id, ${conversationId}::uuid)
        and j.other_id = greatest(q.conversation_id, ${conversationId}::uuid))`,
  )
  const near = (await likeliest(db, { features, known }, found, 8)).filter(each => each.likeness >= sameFrom)
  await inTransaction(db, async tx => {
    await takeTurn(tx)
    const best = bestOf(near)
    const held = await lockQuestions(tx, [conversationId, ...(best ? [best.id] : [])])
    const own = held.get(conversationId)
    // Moved, or put somewhere by hand meanwhile: what happened last counts.
    if (!own || own.teamId !== teamId) return
    const other = best ? held.get(best.id) : undefined
    if (own.recurringId === null && other && other.teamId === teamId) {
      const recurringId = other.recurringId ?? (await makeRecurring(tx, teamId, now))
      await putIntoRecurring(tx, [conversationId, other.conversationId], recurringId)
    }
    await markSorted(tx, conversationId, now)
  })
}

/** Of the recurring question that most of those nearby belong to, the nearest; else the nearest alone. */
function bestOf(near: readonly { candidate: Found; likeness: number }[]): Found | null {
  const votes = new Map<string, number>()
  for (const { candidate, likeness } of near)
    if (candidate.recurringId) votes.set(candidate.recurringId, (votes.get(candidate.recurringId) ?? 0) + likeness)
  const [winner] = [...votes].sort((a, b) => b[1] - a[1])
  const nearest = near.find(each => !winner || each.candidate.recurringId === winner[0])
  return nearest?.candidate ?? null
}
