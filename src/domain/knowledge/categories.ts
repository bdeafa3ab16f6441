/** The tree of categories: making, moving and removing. Refuses a tree that runs in a circle, and to take away what holds something. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { ArticleCategory } from '../../contract/knowledge-around.ts'
import type { Db, Tx } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { absent, Refusal } from '../../platform/http/index.ts'
import { installation, type Member, visibleTeams } from '../access/index.ts'
import { type CategoryWords, putCategoryWords } from './category-words.ts'

type Category = CategoryWords & { parentId: string | null; position: number }
const most = 500
const deepest = 5

export async function categoriesOf(on: Db | Tx): Promise<ArticleCategory[]> {
  const { rows } = await sql<ArticleCategory & { own: number }>`
    select c.id, c.parent_id, c.position, s.slug, (select count(*)::int from article a where a.category_id = c.id) as own,
      (select coalesce(jsonb_agg(jsonb_build_object('language', n.language, 'name', n.name) order by n.language), '[]') from article_category_name n where n.category_id = c.id) as names
    from article_category c join article_category_slug s on s.category_id = c.id and s.current order by c.position, c.made_at, c.id`.execute(
    on,
  )
  const below = (id: string): number =>
    rows.filter(row => row.parentId === id).reduce((sum, row) => sum + row.own + below(row.id), 0)
  return rows.map(({ own, ...row }) => ({ ...row, articles: own + below(row.id) }))
}

export async function makeCategory(tx: Tx, actor: Member, it: Category, now: Date): Promise<string> {
  await takeTurn(tx)
  await refuseOddPlace(tx, null, it.parentId)
  const id = randomUUIDv7()
  await sql`insert into article_category (id, parent_id, position, made_at) values (${id}, ${it.parentId}, ${it.position}, ${now})`.execute(
    tx,
  )
  await putCategoryWords(tx, 'article_category', id, it)
  await tell(tx, actor, id, { made: true }, now)
  return id
}

export async function changeCategory(tx: Tx, actor: Member, id: string, it: Category, now: Date): Promise<void> {
  await takeTurn(tx)
  await needCategory(tx, id)
  await refuseOddPlace(tx, id, it.parentId)
  await sql`update article_category set parent_id = ${it.parentId}::uuid, position = ${it.position} where id = ${id}::uuid`.execute(
    tx,
  )
  await putCategoryWords(tx, 'article_category', id, it)
  await tell(tx, actor, id, {}, now)
}

export async function removeCategory(tx: Tx, actor: Member, id: string, now: Date): Promise<void> {
  await takeTurn(tx)
  await needCategory(tx, id)
  const { rows } = await sql<{ full: boolean }>`select exists (select from article where category_id = ${id}::uuid)
    or exists (select from article_category where parent_id = ${id}::uuid) as full`.execute(tx)
  if (rows[0]!.full) throw new Refusal('category-not-empty', 409)
  await sql`delete from article_category where id = ${id}::uuid`.execute(tx)
  await tell(tx, actor, id, { removed: true }, now)
}

export async function needCategory(tx: Tx, id: string): Promise<string> {
  const { rows } = await sql`select id from article_category where id = ${id}::uuid for share`.execute(tx)
  if (rows.length === 0) throw absent()
  return id
}

/** Where an article goes that names none: the first there is, else one that is made for it. */
export async function firstCategory(tx: Tx, actor: Member, name: string, now: Date): Promise<string> {
  await takeTurn(tx)
  const { rows } = await sql<{
    id: string
  }>`select id from article_category where parent_id is null order by position, made_at, id limit 1`.execute(tx)
  if (rows[0]) return rows[0].id
  const { language } = await installation(tx)
  return makeCategory(tx, actor, { names: [{ language, name }], parentId: null, position: 0 }, now)
}

async function takeTurn(tx: Tx) {
  await sql`select pg_advisory_xact_lock(hashtextextended('article-category', 0))`.execute(tx)
}

async function refuseOddPlace(tx: Tx, id: string | null, parentId: string | null) {
  const all = await categoriesOf(tx)
  if (id === null && all.length >= most) throw new Refusal('too-many-categories', 409)
  let depth = 1
  for (let at = parentId; at !== null; depth++) {
    const above = all.find(each => each.id === at)
    if (!above) throw absent()
    if (at === id) throw new Refusal('category-in-itself', 409)
    at = above.parentId
  }
  if (depth > deepest) throw new Refusal('category-too-deep', 409)
}

function tell(tx: Tx, actor: Member, subjectId: string, facts: Record<string, unknown>, at: Date) {
  const scopes = [actor.personId, ...visibleTeams(actor)]
  return record(tx, { kind: 'article-category.changed', subjectId, actorId: actor.personId, scopes, facts, at })
}
