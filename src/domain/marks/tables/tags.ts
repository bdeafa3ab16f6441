/** All SQL that changes tags, and the door to one. A merged one is gone: its name leads to the other. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { TagRef, Tint } from '../../../contract/tags.ts'
import type { Tx } from '../../../platform/db/index.ts'

export type TagRow = TagRef & { normal: string; archivedAt: Date | null }
const columns = sql`id, name, tint, normal, archived_at`

/** Locks it; null when there is none. */
export async function openTag(tx: Tx, id: string): Promise<TagRow | null> {
  const { rows } =
    await sql<TagRow>`select ${columns} from tag where id = ${id}::uuid and merged_into is null for update`.execute(tx)
  return rows[0] ?? null
}

/** Both, locked in the order of ids, so that two who merge never wait for each other. */
export async function openTags(tx: Tx, ids: readonly string[]): Promise<Map<string, TagRow>> {
  const { rows } = await sql<TagRow>`select ${columns} from tag where id = any(${ids}::uuid[]) and merged_into is null
    order by id for update`.execute(tx)
  return new Map(rows.map(row => [row.id, row]))
}

export type Called = TagRow & { asked: string; alias: boolean }

/** What these names lead to, a merged one's name to where it went. */
export async function tagsCalled(tx: Tx, normals: readonly string[]): Promise<Called[]> {
  const { rows } =
    await sql<Called>`select x.id, x.name, x.tint, x.normal, x.archived_at, t.normal as asked, t.merged_into is not null as alias
    from tag t join tag x on x.id = coalesce(t.merged_into, t.id) where t.normal = any(${normals}::text[])`.execute(tx)
  return rows
}

/** Makes those that are not there; who comes second finds what the first one made. */
export async function insertTags(
  tx: Tx,
  fresh: readonly { name: string; normal: string; tint: Tint }[],
  now: Date,
): Promise<string[]> {
  if (fresh.length === 0) return []
  const sorted = fresh.toSorted((a, b) => (a.normal < b.normal ? -1 : 1))
  const { rows } = await sql<{ id: string }>`insert into tag (id, name, normal, tint, created_at)
    select *, ${now}::timestamptz from unnest(${sorted.map(() => randomUUIDv7())}::uuid[], ${sorted.map(each => each.name)}::text[],
      ${sorted.map(each => each.normal)}::text[], ${sorted.map(each => each.tint)}::text[])
    on conflict (normal) do nothing returning id`.execute(tx)
  return rows.map(row => row.id)
}

export async function saveTag(
  tx: Tx,
  id: string,
  to: { name: string; normal: string; tint: Tint; archivedAt: Date | null },
): Promise<void> {
  await sql`update tag set name = ${to.name}, normal = ${to.normal}, tint = ${to.tint}, archived_at = ${to.archivedAt} where id = ${id}::uuid`.execute(
    tx,
  )
}

/** The name that led here becomes its own again, and the other way round. */
export async function giveUpAlias(tx: Tx, tagId: string, normal: string): Promise<void> {
  await sql`delete from tag where merged_into = ${tagId}::uuid and normal = ${normal}`.execute(tx)
}

export async function mergeTags(tx: Tx, tagId: string, intoId: string, now: Date): Promise<number> {
  const { rows } = await sql<{ id: string }>`insert into conversation_tag (conversation_id, tag_id, by_id, since)
    select conversation_id, ${intoId}::uuid, by_id, since from conversation_tag where tag_id = ${tagId}::uuid
    on conflict do nothing returning conversation_id as id`.execute(tx)
  await sql`delete from conversation_tag where tag_id = ${tagId}::uuid`.execute(tx)
  await sql`update tag set merged_into = ${intoId}::uuid where merged_into = ${tagId}::uuid`.execute(tx)
  await sql`update tag set merged_into = ${intoId}::uuid, archived_at = coalesce(archived_at, ${now}) where id = ${tagId}::uuid`.execute(
    tx,
  )
  return rows.length
}

/** Everybody who works here learns of it. */
export async function allTeams(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from team where archived_at is null`.execute(tx)
  return rows.map(row => row.id)
}
