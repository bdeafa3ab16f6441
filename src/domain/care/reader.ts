/**
 * Follows the log: whoever is heard from gets a relationship, its last contact is kept, and its check-in moves on. Looks at
 * what is there instead of adding up what was told, so that reading twice changes nothing. From the log's beginning it makes
 * the relationships of all earlier conversations.
 */
import { sql } from 'kysely'
import { builderOn, type Tx } from '../../platform/db/index.ts'
import type { LogEvent, Reader } from '../../platform/events/index.ts'
import { refresh } from './refresh.ts'

export function careReader(clock: () => Date): Reader {
  return {
    name: 'care',
    batch: 200,
    gatherMs: 500,
    handle: (client, events) => readCare(builderOn(client), events, clock()),
  }
}

/** What is written or taken back changes whom we heard from; whatever names a state, whether a problem is open. */
const concerns = ({ kind, facts }: LogEvent) =>
  /^(conversation|message|follow-up)\./.test(kind) || typeof facts.state === 'string'
const text = (fact: unknown) => (typeof fact === 'string' ? fact : null)

export async function readCare(tx: Tx, events: readonly LogEvent[], now: Date): Promise<void> {
  const told = events.filter(concerns)
  const conversationIds = told
    .flatMap(each => [each.subjectId, text(each.facts.conversationId)])
    .filter(id => id !== null)
  const messageIds = told.flatMap(each => (each.kind === 'message.received' ? (text(each.facts.messageId) ?? []) : []))
  // Whose matter it was before counts as well, and who belongs elsewhere now.
  const named = events.flatMap(({ kind, subjectId, facts }) =>
    kind === 'conversation.customer-changed'
      ? [facts.fromId, facts.toId]
      : kind === 'person.merged' || kind === 'person.unmerged'
        ? [subjectId, facts.intoId, facts.fromId]
        : kind === 'membership.changed'
          ? [facts.personId]
          : [],
  )
  const organisationIds = events.flatMap(({ kind, subjectId }) =>
    kind === 'membership.changed' && subjectId ? [subjectId] : [],
  )
  const people = await peopleIn(tx, [...new Set(conversationIds)], messageIds)
  const personIds = [...people, ...named.filter(id => typeof id === 'string')]
  await refresh(tx, { personIds, organisationIds }, now)
}

async function peopleIn(tx: Tx, conversationIds: string[], messageIds: string[]): Promise<string[]> {
  if (conversationIds.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    select customer_id as id from conversation where id = any(${conversationIds}::uuid[])
    union select author_id from message where id = any(${messageIds}::uuid[]) and kind = 'message' and author_id is not null`.execute(
    tx,
  )
  return rows.map(row => row.id)
}
