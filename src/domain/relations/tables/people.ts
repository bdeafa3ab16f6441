/** All SQL that changes who belongs where, notes about relationships, values of fields, and what is known not to be the same person. */
import { sql } from 'kysely'
import type { FieldValue } from '../../../contract/fields.ts'
import type { Tx } from '../../../platform/db/index.ts'

export type MembershipRow = {
  role: string
  suggestedAt: Date | null
  seesAll: boolean
  since: Date
  leftAt: Date | null
}

export async function lockMembership(tx: Tx, personId: string, organisationId: string): Promise<MembershipRow | null> {
  const { rows } = await sql<MembershipRow>`select role, suggested_at, sees_all, since, left_at from membership
    where person_id = ${personId}::uuid and organisation_id = ${organisationId}::uuid for update`.execute(tx)
  return rows[0] ?? null
}

export async function saveMembership(
  tx: Tx,
  personId: string,
  organisationId: string,
  row: { role: string; seesAll: boolean; since: Date; leftAt: Date | null; suggestedAt: Date | null },
): Promise<void> {
  await sql`insert into membership (person_id, organisation_id, role, sees_all, since, left_at, suggested_at)
    values (${personId}, ${organisationId}, ${row.role}, ${row.seesAll}, ${row.since}, ${row.leftAt}, ${row.suggestedAt})
    on conflict (person_id, organisation_id) do update set role = excluded.role, sees_all = excluded.sees_all, since = excluded.since, left_at = excluded.left_at, suggested_at = excluded.suggested_at`.execute(
    tx,
  )
}

/** Those with an address of this domain who have nothing to do with the organisation yet, nor were said not to. */
export async function suggestByDomains(
  tx: Tx,
  organisationId: string,
  domains: readonly string[],
  now: Date,
  most: number,
): Promise<string[]> {
  if (domains.length === 0) return []
  const { rows } = await sql<{ personId: string }>`
    insert into membership (person_id, organisation_id, suggested_at, since)
    select distinct a.person_id, ${organisationId}::uuid, ${now}::timestamptz, ${now}::timestamptz from address a join person p on p.id = a.person_id
    where a.kind = 'mail' and split_part(a.normal, '@', 2) = any(${domains}::text[]) and p.merged_into is null
      and not exists (select from member m where m.person_id = a.person_id) and not exists (select from membership b where b.person_id = a.person_id and b.organisation_id = ${organisationId}::uuid)
    limit ${most} on conflict (person_id, organisation_id) do nothing returning person_id`.execute(tx)
  return rows.map(row => row.personId)
}

/** The same for those who wrote these messages. */
export async function suggestByMessages(
  tx: Tx,
  messageIds: readonly string[],
  now: Date,
): Promise<{ personId: string; organisationId: string }[]> {
  if (messageIds.length === 0) return []
  const { rows } = await sql<{ personId: string; organisationId: string }>`
    insert into membership (person_id, organisation_id, suggested_at, since)
    select distinct a.person_id, d.organisation_id, ${now}::timestamptz, ${now}::timestamptz
    from message m join address a on a.person_id = m.author_id and a.kind = 'mail' join organisation_domain d on d.domain = split_part(a.normal, '@', 2)
      join organisation o on o.id = d.organisation_id and o.archived_at is null
    where m.id = any(${messageIds}::uuid[]) and m.kind = 'message' and not exists (select from member x where x.person_id = a.person_id)
    on conflict (person_id, organisation_id) do nothing returning person_id, organisation_id`.execute(tx)
  return rows
}

/** Returns false when the same note was kept before. */
export async function insertNote(
  tx: Tx,
  note: { id: string; personId: string | null; organisationId: string | null; byId: string; words: string },
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`insert into relationship_note (id, person_id, organisation_id, by_id, at, words)
    values (${note.id}, ${note.personId}, ${note.organisationId}, ${note.byId}, ${now}, ${note.words}) on conflict (id) do nothing returning id`.execute(
    tx,
  )
  return rows.length > 0
}

export type NoteRow = {
  id: string
  personId: string | null
  organisationId: string | null
  byId: string
  words: string
}
export async function lockNote(tx: Tx, id: string): Promise<NoteRow | null> {
  const { rows } =
    await sql<NoteRow>`select id, person_id, organisation_id, by_id, words from relationship_note where id = ${id}::uuid for update`.execute(
      tx,
    )
  return rows[0] ?? null
}

export async function deleteNote(tx: Tx, id: string): Promise<void> {
  await sql`delete from relationship_note where id = ${id}::uuid`.execute(tx)
}

export async function valueHere(
  tx: Tx,
  of: 'person' | 'organisation',
  id: string,
  fieldId: string,
): Promise<FieldValue> {
  const { rows } = await sql<{ value: FieldValue }>`
    select value from ${sql.table(`${of}_field`)} where ${sql.ref(`${of}_id`)} = ${id}::uuid and field_id = ${fieldId}::uuid`.execute(
    tx,
  )
  return rows[0]?.value ?? null
}

export async function saveValue(
  tx: Tx,
  of: 'person' | 'organisation',
  id: string,
  fieldId: string,
  value: FieldValue,
): Promise<void> {
  const [table, column] = [sql.table(`${of}_field`), sql.ref(`${of}_id`)]
  if (value === null)
    await sql`delete from ${table} where ${column} = ${id}::uuid and field_id = ${fieldId}::uuid`.execute(tx)
  else
    await sql`insert into ${table} (${column}, field_id, value) values (${id}, ${fieldId}, ${JSON.stringify(value)}::jsonb)
      on conflict (${column}, field_id) do update set value = excluded.value`.execute(tx)
}

export async function rememberNotSame(tx: Tx, ids: [string, string], byId: string, now: Date): Promise<void> {
  await sql`insert into not_same_person (one_id, other_id, by_id, at)
    values (least(${ids[0]}::uuid, ${ids[1]}::uuid), greatest(${ids[0]}::uuid, ${ids[1]}::uuid), ${byId}, ${now}) on conflict do nothing`.execute(
    tx,
  )
}

/** Everybody who serves may learn that a relationship changed. */
export async function allTeams(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from team where archived_at is null`.execute(tx)
  return rows.map(row => row.id)
}
