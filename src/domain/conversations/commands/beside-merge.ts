/** What goes along when a conversation goes up in another: who takes part, marks, drafts and replies that wait; and what of it comes back. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'

/** What the survivor did not have before. */
export type Beside = { people: string[]; tags: string[]; followers: string[]; fields: string[] }

export async function moveBeside(tx: Tx, fromId: string, toId: string): Promise<Beside> {
  const ids = async (query: ReturnType<typeof sql<{ id: string }>>) => (await query.execute(tx)).rows.map(row => row.id)
  // Another address of the customer takes part: the customer is not written to twice.
  const people = await ids(sql<{ id: string }>`
    insert into participant (conversation_id, address_id, person_id, role, since)
    select ${toId}::uuid, address_id, person_id, case when role = 'customer' then 'taking-part' else role end, since from participant where conversation_id = ${fromId}::uuid
    on conflict do nothing returning address_id as id`)
  const tags = await ids(sql<{ id: string }>`
    insert into conversation_tag (conversation_id, tag_id, by_id, since) select ${toId}::uuid, tag_id, by_id, since from conversation_tag where conversation_id = ${fromId}::uuid
    on conflict do nothing returning tag_id as id`)
  const followers = await ids(sql<{ id: string }>`
    insert into follower (conversation_id, person_id, since) select ${toId}::uuid, person_id, since from follower where conversation_id = ${fromId}::uuid
    on conflict do nothing returning person_id as id`)
  const fields = await ids(sql<{ id: string }>`
    insert into conversation_field (conversation_id, field_id, value) select ${toId}::uuid, field_id, value from conversation_field where conversation_id = ${fromId}::uuid
    on conflict do nothing returning field_id as id`)
  // Nobody's words are lost: one draft follows the other.
  await sql`insert into draft (conversation_id, person_id, kind, body, choices, seen_version, saved_at)
    select ${toId}::uuid, person_id, kind, body, choices, 0, saved_at from draft where conversation_id = ${fromId}::uuid
    on conflict (conversation_id, person_id, kind) do update set body = draft.body || excluded.body, seen_version = 0`.execute(
    tx,
  )
  await sql`delete from draft where conversation_id = ${fromId}::uuid`.execute(tx)
  await sql`update later_reply set conversation_id = ${toId}::uuid where conversation_id = ${fromId}::uuid`.execute(tx)
  return { people, tags, followers, fields }
}

/** Marks that came with it leave the survivor; the absorbed one still has its own. */
export async function movedBack(tx: Tx, fromId: string, { people, tags, followers, fields }: Beside): Promise<void> {
  // Who has been written to from here since stays.
  await sql`delete from participant where conversation_id = ${fromId}::uuid and address_id = any(${people}::uuid[]) and role <> 'customer'
    and not exists (select from message m, jsonb_array_elements(m.recipients) r, address a where m.conversation_id = ${fromId}::uuid and a.id = participant.address_id and lower(r->>'address') = a.normal)
    and not exists (select from message m where m.conversation_id = ${fromId}::uuid and m.author_id = participant.person_id)`.execute(
    tx,
  )
  await sql`delete from conversation_tag where conversation_id = ${fromId}::uuid and tag_id = any(${tags}::uuid[])`.execute(
    tx,
  )
  await sql`delete from follower where conversation_id = ${fromId}::uuid and person_id = any(${followers}::uuid[])`.execute(
    tx,
  )
  await sql`delete from conversation_field where conversation_id = ${fromId}::uuid and field_id = any(${fields}::uuid[])`.execute(
    tx,
  )
}
