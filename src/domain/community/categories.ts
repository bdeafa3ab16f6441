/** The categories of the community: making, changing, archiving. Refuses to take away one in which something was said. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { CommunityCategory } from '../../contract/community.ts'
import type { Audience } from '../../contract/knowledge.ts'
import type { Db, Tx } from '../../platform/db/index.ts'
import { absent, Refusal } from '../../platform/http/index.ts'
import { type CategoryWords, putCategoryWords } from '../knowledge/index.ts'
import { readableCategory } from './reading.ts'
import type { CommunityAs } from './rules.ts'
import { tell } from './telling.ts'

type Fields = CategoryWords & {
  position: number
  audience: Audience
  organisationIds: readonly string[]
  begins: 'everybody' | 'us'
  archived: boolean
}
const most = 200

export async function categoriesOf(on: Db | Tx, as: CommunityAs): Promise<CommunityCategory[]> {
  const { rows } = await sql<CommunityCategory>`
    select c.id, s.slug, c.position, c.audience, c.begins, c.archived_at is not null as archived,
      (select coalesce(jsonb_agg(jsonb_build_object('language', n.language, 'name', n.name, 'about', n.about) order by n.language), '[]') from community_category_name n where n.category_id = c.id) as names,
      (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name) order by o.name, o.id), '[]') from community_category_organisation co join organisation o on o.id = co.organisation_id where co.category_id = c.id) as organisations,
      (select count(*)::int from topic t where t.category_id = c.id and t.state = 'standing') as topics
    from community_category c join community_category_slug s on s.category_id = c.id and s.current where ${readableCategory(as)}
    order by c.archived_at is not null, c.position, c.made_at, c.id`.execute(on)
  return rows
}

export async function makeCategory(tx: Tx, as: CommunityAs, it: Fields, now: Date): Promise<string> {
  await takeTurn(tx)
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from community_category`.execute(tx)
  if (rows[0]!.count >= most) throw new Refusal('too-many-categories', 409)
  const id = randomUUIDv7()
  await sql`insert into community_category (id, position, audience, begins, made_at, archived_at)
    values (${id}, ${it.position}, ${it.audience}, ${it.begins}, ${now}, ${it.archived ? now : null})`.execute(tx)
  await putRest(tx, id, it)
  await tell(tx, { kind: 'community.changed', subjectId: id, as, facts: { made: true, audience: it.audience } }, now)
  return id
}

export async function changeCategory(tx: Tx, as: CommunityAs, id: string, it: Fields, now: Date): Promise<void> {
  await takeTurn(tx)
  const { rows } =
    await sql`update community_category set position = ${it.position}, audience = ${it.audience}, begins = ${it.begins},
      archived_at = case when ${it.archived}::boolean then coalesce(archived_at, ${now}) end where id = ${id}::uuid returning id`.execute(
      tx,
    )
  if (rows.length === 0) throw absent()
  await putRest(tx, id, it)
  const facts = { audience: it.audience, archived: it.archived }
  await tell(tx, { kind: 'community.changed', subjectId: id, as, facts }, now)
}

export async function removeCategory(tx: Tx, as: CommunityAs, id: string, now: Date): Promise<void> {
  await takeTurn(tx)
  const { rows } = await sql<{
    full: boolean
  }>`select exists (select from topic t where t.category_id = c.id) as full from community_category c where id = ${id}::uuid for update`.execute(
    tx,
  )
  if (!rows[0]) throw absent()
  if (rows[0].full) throw new Refusal('community-category-not-empty', 409)
  await sql`delete from community_category where id = ${id}::uuid`.execute(tx)
  await tell(tx, { kind: 'community.changed', subjectId: id, as, facts: { removed: true } }, now)
}

async function takeTurn(tx: Tx) {
  await sql`select pg_advisory_xact_lock(hashtextextended('community-category', 0))`.execute(tx)
}

async function putRest(tx: Tx, id: string, it: Fields) {
  if (it.audience === 'organisation' && it.organisationIds.length === 0)
    throw new Refusal('no-organisation', 400, { fields: [{ path: 'organisationIds', says: 'is empty' }] })
  const { rows: there } =
    await sql`select from organisation where id = any(${[...it.organisationIds]}::uuid[]) and archived_at is null`.execute(
      tx,
    )
  if (there.length < new Set(it.organisationIds).size) throw absent()
  await sql`delete from community_category_organisation where category_id = ${id}::uuid`.execute(tx)
  if (it.audience === 'organisation')
    await sql`insert into community_category_organisation (category_id, organisation_id) select ${id}::uuid, o from unnest(${[...new Set(it.organisationIds)]}::uuid[]) o`.execute(
      tx,
    )
  await putCategoryWords(tx, 'community_category', id, it)
}
