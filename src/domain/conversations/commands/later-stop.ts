/** Replies that wait for their time stop when something was said or done that their writer has not seen (R26). */
import { sql } from 'kysely'
import type { EventKind } from '../../../contract/events.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'

/** Why a reply of ours no longer fits, by what happened. */
export const stops: Partial<Record<EventKind, string>> = {
  'message.replied': 'answered',
  'follow-up.sent': 'answered',
  'follow-up.judged': 'answered',
  'follow-up.silent': 'closed',
  'follow-up.not-asked': 'closed',
  'options.picked': 'wrote-again',
  'options.refused': 'wrote-again',
  'conversation.closed': 'closed',
  'conversation.put-away': 'put-away',
  'conversation.handed-over': 'handed-over',
}

/** Its writer, the owner and the team learn of it; the words stay with their writer. */
export async function stopLater(tx: Tx, conversationIds: readonly string[], because: string, now: Date): Promise<void> {
  if (conversationIds.length === 0) return
  const { rows } = await sql<{
    id: string
    conversationId: string
    personId: string
    teamId: string
    ownerId: string | null
  }>`
    update later_reply l set ended_at = ${now}, ended_how = 'stopped', ended_why = ${because} from conversation c
    where c.id = l.conversation_id and l.conversation_id = any(${[...conversationIds]}::uuid[]) and l.ended_at is null
    returning l.id, l.conversation_id, l.person_id, c.team_id, c.owner_id`.execute(tx)
  await record(
    tx,
    ...rows.map(row => ({
      kind: 'reply.stopped' as const,
      subjectId: row.conversationId,
      actorId: null,
      scopes: [row.teamId, row.personId, ...(row.ownerId ? [row.ownerId] : [])],
      facts: { laterId: row.id, personId: row.personId, because },
      at: now,
    })),
  )
}
