/** A closed conversation that begins again after a long time: a new one, linked to it, with the same owner and what the customer said now. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { nextDue, writeMoves } from '../../promises/index.ts'
import { afterFirstMail } from '../rules.ts'
import type { Times } from '../standing.ts'
import { type Conversation, insertConversations, insertMessages } from '../tables.ts'
import { theirs } from './theirs.ts'

export async function beginAgain(
  tx: Tx,
  before: Conversation,
  it: { personId: string; said: string; times: Times },
  now: Date,
): Promise<{ id: string }> {
  const id = randomUUIDv7()
  const { teamId, ownerId, customerId, mailboxId, channel, subject, language } = before
  const change = afterFirstMail({ id, teamId, ownerId, customerId }, it.times, true)
  await insertConversations(tx, [
    {
      ...{ id, teamId, ownerId, customerId, mailboxId, channel, subject, language },
      state: change.state,
      closedBecause: null,
      outcome: null,
      dueAt: nextDue([], change.moves),
      lastAt: now,
      lastOurs: false,
      preview: it.said.replace(/\s+/g, ' ').slice(0, 200),
      previousId: before.id,
      openedAt: now,
      version: 1,
    },
  ])
  await sql`insert into participant (conversation_id, address_id, person_id, role, since)
    select ${id}::uuid, address_id, person_id, role, ${now} from participant where conversation_id = ${before.id}::uuid and role in ('customer', 'taking-part')`.execute(
    tx,
  )
  const messageId = randomUUIDv7()
  await insertMessages(tx, [
    theirs({ id: messageId, conversationId: id, personId: it.personId, text: it.said, language, at: now }),
  ])
  await writeMoves(tx, [{ conversationId: id, moves: change.moves, toldBy: null, at: now }])
  await record(tx, {
    kind: 'message.received',
    subjectId: id,
    actorId: null,
    scopes: [teamId, ownerId].filter(scope => scope !== null),
    at: now,
    facts: { conversationId: id, messageId, state: change.state, version: 1, fresh: true, acknowledged: false },
  })
  return { id }
}
