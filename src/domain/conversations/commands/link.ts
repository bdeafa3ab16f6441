/** Links between conversations: related, or one the parent of another. Refuses a second link between two, a second parent, and circles. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import type { Member } from '../../access/index.ts'
import { type Conversation, openConversation } from '../tables.ts'
import { openBoth } from './merge.ts'

export type Linking = { conversationId: string; toId: string; as: 'related' | 'parent' | 'child' }

export async function link(tx: Tx, actor: Member, input: Linking, now: Date) {
  if (input.conversationId === input.toId) throw new Refusal('same-conversation', 409)
  const [here, there] = await openBoth(tx, actor, [input.conversationId, input.toId])
  const [from, to] = input.as === 'parent' ? [there, here] : [here, there]
  const kind = input.as === 'related' ? 'related' : 'child'
  const known = await sql<{ id: string; kind: string; fromId: string }>`
    select id, kind, from_id from conversation_link where least(from_id, to_id) = least(${from.id}::uuid, ${to.id}::uuid) and greatest(from_id, to_id) = greatest(${from.id}::uuid, ${to.id}::uuid)`.execute(
    tx,
  )
  const before = known.rows[0]
  if (before?.kind === kind && (kind === 'related' || before.fromId === from.id)) return { linkId: before.id }
  if (before?.kind === 'part') throw new Refusal('linked-already', 409)
  if (kind === 'child') await refuseCircle(tx, from.id, to.id)
  if (before) await sql`delete from conversation_link where id = ${before.id}::uuid`.execute(tx)
  const linkId = randomUUIDv7()
  await sql`insert into conversation_link (id, kind, from_id, to_id, by_id, since) values (${linkId}, ${kind}, ${from.id}, ${to.id}, ${actor.personId}, ${now})`.execute(
    tx,
  )
  await tell(tx, actor, 'conversation.linked', [here, there], { linkId, as: input.as }, now)
  return { linkId }
}

export async function unlink(tx: Tx, actor: Member, input: { conversationId: string; linkId: string }, now: Date) {
  const here = await openConversation(tx, actor, input.conversationId)
  const { rows } = await sql<{ otherId: string; kind: string }>`
    select case when from_id = ${here.id}::uuid then to_id else from_id end as other_id, kind from conversation_link
    where id = ${input.linkId}::uuid and (from_id = ${here.id}::uuid or to_id = ${here.id}::uuid)`.execute(tx)
  const found = rows[0]
  if (!found) throw absent()
  // Where a part came from is how it is put back.
  if (found.kind === 'part') throw new Refusal('linked-already', 409)
  // A link to what one may not see does not exist.
  const [, there] = await openBoth(tx, actor, [here.id, found.otherId])
  await sql`delete from conversation_link where id = ${input.linkId}::uuid`.execute(tx)
  await tell(tx, actor, 'conversation.unlinked', [here, there], { linkId: input.linkId }, now)
  return { done: true as const }
}

/** One parent each, and nobody above themself. */
async function refuseCircle(tx: Tx, parentId: string, childId: string) {
  // Two that link at once to make a circle wait for each other here.
  await sql`select pg_advisory_xact_lock(747013)`.execute(tx)
  const { rows } = await sql<{ circle: boolean; parent: boolean }>`
    with recursive above(id) as (
      select ${parentId}::uuid union select l.from_id from conversation_link l join above a on l.to_id = a.id where l.kind = 'child')
    select exists (select from above where id = ${childId}::uuid) as circle,
      exists (select from conversation_link where kind = 'child' and to_id = ${childId}::uuid) as parent`.execute(tx)
  if (rows[0]!.circle) throw new Refusal('links-in-circle', 409)
  if (rows[0]!.parent) throw new Refusal('has-parent', 409)
}

/** Each learns of it by itself: an event of one names nothing of the other. */
async function tell(
  tx: Tx,
  actor: Member,
  kind: 'conversation.linked' | 'conversation.unlinked',
  both: readonly Conversation[],
  facts: Record<string, unknown>,
  at: Date,
) {
  await record(
    tx,
    ...both.map((each, place) => ({
      ...{ kind, subjectId: each.id, actorId: actor.personId, at },
      scopes: each.ownerId ? [each.teamId, each.ownerId] : [each.teamId],
      facts: { ...facts, ...(place === 0 || !facts.as ? {} : { as: seenFrom[facts.as as keyof typeof seenFrom] }) },
    })),
  )
}

const seenFrom = { related: 'related', parent: 'child', child: 'parent' }
