/**
 * Tags, fields, priority and following: each changes what a conversation is marked with, and nothing that is owed. Its
 * version stays, so that nobody's reply goes stale and nothing becomes unread by them. Refuses what this actor cannot see.
 */
import { sql } from 'kysely'
import type { EventKind } from '../../../contract/events.ts'
import type { FieldValue } from '../../../contract/fields.ts'
import type { Priority } from '../../../contract/marks.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { type Actor, actorId, type Member } from '../../access/index.ts'
import { fieldFor, findOrMakeTags, judge } from '../../marks/index.ts'
import { followersOf, tagsOf } from '../queries/marks.ts'
import { type Conversation, openConversation } from '../tables.ts'

/** More than anybody reads. */
const mostTags = 50

type Tagging = {
  conversationId: string
  add?: readonly string[]
  /** by name; those who serve make what is not there yet */
  make?: readonly string[]
  remove?: readonly string[]
}

export async function tagConversation(tx: Tx, actor: Actor, input: Tagging, now: Date) {
  const conversation = await openConversation(tx, actor, input.conversationId)
  const called = await findOrMakeTags(tx, actor, input.make ?? [], now)
  const add = [...new Set([...(input.add ?? []), ...called.map(({ id }) => id)])]
  const remove = [...new Set(input.remove ?? [])].filter(id => !add.includes(id))
  await needTags(tx, conversation.id, add, remove)
  const removed = await sql<{ id: string }>`delete from conversation_tag
    where conversation_id = ${conversation.id}::uuid and tag_id = any(${remove}::uuid[]) returning tag_id as id`.execute(
    tx,
  )
  const added = await sql<{ id: string }>`insert into conversation_tag (conversation_id, tag_id, by_id, since)
    select ${conversation.id}::uuid, x.id, ${actorId(actor)}::uuid, ${now}::timestamptz from unnest(${add}::uuid[]) x(id)
    on conflict do nothing returning tag_id as id`.execute(tx)
  const tags = await tagsOf(tx, conversation.id)
  if (tags.length > mostTags && added.rows.length > 0)
    throw new Refusal('too-many-tags', 409, { facts: { most: mostTags } })
  if (added.rows.length + removed.rows.length > 0) {
    const ids = (rows: { id: string }[]) => rows.map(({ id }) => id)
    await tell(
      tx,
      conversation,
      'conversation.tagged',
      actor,
      { added: ids(added.rows), removed: ids(removed.rows) },
      now,
    )
  }
  return { tags }
}

/** An archived tag can be taken off and stays where it is, but is put on nothing new. */
async function needTags(tx: Tx, conversationId: string, add: readonly string[], remove: readonly string[]) {
  const { rows } = await sql<{ id: string; usable: boolean }>`
    select t.id, t.archived_at is null or x.tag_id is not null as usable from tag t
    left join conversation_tag x on x.tag_id = t.id and x.conversation_id = ${conversationId}::uuid
    where t.id = any(${[...add, ...remove]}::uuid[]) and t.merged_into is null order by t.id for share of t`.execute(tx)
  const there = new Map(rows.map(row => [row.id, row.usable]))
  if (add.some(id => !there.get(id)) || remove.some(id => !there.has(id))) throw absent()
}

export async function setField(
  tx: Tx,
  actor: Actor,
  input: { conversationId: string; fieldId: string; value: FieldValue },
  now: Date,
): Promise<{ value: FieldValue }> {
  const conversation = await openConversation(tx, actor, input.conversationId)
  const field = await fieldFor(tx, input.fieldId, conversation.teamId)
  if (!field) throw absent()
  const { rows } = await sql<{ value: FieldValue }>`select value from conversation_field
    where conversation_id = ${conversation.id}::uuid and field_id = ${field.id}::uuid`.execute(tx)
  const before = rows[0]?.value ?? null
  const judged = judge(field, input.value, before)
  if ('says' in judged) throw new Refusal('bad-shape', 400, { fields: [{ path: 'value', says: judged.says }] })
  const { value } = judged
  if (JSON.stringify(value) === JSON.stringify(before)) return { value }
  if (value === null)
    await sql`delete from conversation_field where conversation_id = ${conversation.id}::uuid and field_id = ${field.id}::uuid`.execute(
      tx,
    )
  else
    await sql`insert into conversation_field (conversation_id, field_id, value) values (${conversation.id}, ${field.id}, ${JSON.stringify(value)}::jsonb)
      on conflict (conversation_id, field_id) do update set value = excluded.value`.execute(tx)
  const facts = { fieldId: field.id, cleared: value === null, first: before === null }
  await tell(tx, conversation, 'conversation.field-set', actor, facts, now)
  return { value }
}

export async function prioritise(
  tx: Tx,
  actor: Actor,
  input: { conversationId: string; priority: Priority },
  now: Date,
) {
  const conversation = await openConversation(tx, actor, input.conversationId)
  const { rows } = await sql<{
    before: number
  }>`update conversation c set priority = ${input.priority} from (select priority as before from conversation where id = ${conversation.id}::uuid) b
    where c.id = ${conversation.id}::uuid and c.priority <> ${input.priority} returning b.before`.execute(tx)
  if (rows[0]) {
    const facts = { priority: input.priority, before: rows[0].before }
    await tell(tx, conversation, 'conversation.prioritised', actor, facts, now)
  }
  return { done: true as const }
}

export async function follow(tx: Tx, actor: Member, input: { conversationId: string; following: boolean }, now: Date) {
  const conversation = await openConversation(tx, actor, input.conversationId)
  const { rows } = input.following
    ? await sql`insert into follower (conversation_id, person_id, since) values (${conversation.id}, ${actor.personId}, ${now})
        on conflict do nothing returning person_id`.execute(tx)
    : await sql`delete from follower where conversation_id = ${conversation.id}::uuid and person_id = ${actor.personId}::uuid returning person_id`.execute(
        tx,
      )
  if (rows.length > 0) await tell(tx, conversation, 'conversation.followed', actor, { following: input.following }, now)
  return { following: input.following, followers: await followersOf(tx, conversation, now) }
}

async function tell(
  tx: Tx,
  conversation: Conversation,
  kind: EventKind,
  actor: Actor,
  facts: Record<string, unknown>,
  now: Date,
) {
  const { state, version } = conversation
  await record(tx, {
    kind,
    subjectId: conversation.id,
    actorId: actorId(actor),
    scopes: conversation.ownerId ? [conversation.teamId, conversation.ownerId] : [conversation.teamId],
    facts: { state, version, ...facts },
    at: now,
  })
}
