/** What stands, for the pages outside: one article by its address, categories, what helped most, what is new. All of it only as far as whoever reads may (I9). */
import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/index.ts'
import { absent } from '../../platform/http/index.ts'
import { type ReadingAs, readableBy } from './reading.ts'
import { tell } from './told.ts'

export type Standing = {
  id: string
  versionId: string
  language: string
  title: string
  summary: string
  bodyHtml: string
  slug: string
  categoryId: string
  category: string
  audience: string
  owner: string
  publishedAt: Date
  firstAt: Date
  checkedAt: Date | null
  held: number
  failed: number
  /** where it can be read in which language */
  editions: { language: string; slug: string }[]
}

/** By any address it ever had; the current one stands in it. Null: there is none, or not for them. */
export async function articleAt(db: Db, as: ReadingAs, slug: string): Promise<Standing | null> {
  const { rows } = await sql<Standing>`
    select a.id, v.id as version_id, v.language, v.title, v.summary, v.body_html, cl.slug, a.category_id, cs.slug as category, a.audience, o.name as owner, v.published_at, a.checked_at, a.held, a.failed,
      (select min(f.published_at) from article_version f where f.article_id = a.id and f.language = v.language) as first_at,
      (select jsonb_agg(jsonb_build_object('language', e.language, 'slug', el.slug) order by e.language) from article_version e
        join article_slug el on el.article_id = e.article_id and el.language = e.language and el.current where e.article_id = a.id and e.state = 'published') as editions
    from article_slug l join article a on a.id = l.article_id join article_version v on v.article_id = a.id and v.language = l.language and v.state = 'published'
      join article_slug cl on cl.article_id = a.id and cl.language = v.language and cl.current join article_category_slug cs on cs.category_id = a.category_id and cs.current
      join person o on o.id = a.owner_id
    where l.slug = ${slug} and ${readableBy(as)}`.execute(db)
  return rows[0] ?? null
}

export type Listed = {
  id: string
  title: string
  summary: string
  slug: string
  category: string
  held: number
  failed: number
  publishedAt: Date
}

/** One language of each: the reader's, else the installation's, else what there is. */
const listed = (as: ReadingAs, language: string, which = sql`true`) => sql`
  select distinct on (a.id) a.id, v.title, v.summary, l.slug, cs.slug as category, a.held, a.failed, v.published_at, a.category_id
  from article a join article_version v on v.article_id = a.id and v.state = 'published'
    join article_slug l on l.article_id = a.id and l.language = v.language and l.current join article_category_slug cs on cs.category_id = a.category_id and cs.current
  where ${readableBy(as)} and ${which} order by a.id, v.language = ${language} desc, v.language = (select language from installation) desc, v.language`

/** What held most often, then what is newest. */
export async function mostHelpful(db: Db, as: ReadingAs, language: string, limit = 5): Promise<Listed[]> {
  const { rows } = await sql<Listed>`
    with top as materialized (select a.id from article a where ${readableBy(as)} and exists (select from article_version v where v.article_id = a.id and v.state = 'published')
      order by a.held desc, a.changed_at desc limit ${sql.lit(limit * 3)})
    select * from (${listed(as, language, sql`a.id in (select id from top)`)}) x order by held desc, published_at desc, id limit ${sql.lit(limit)}`.execute(
    db,
  )
  return rows
}

export async function newest(db: Db, as: ReadingAs, language: string, limit = 50): Promise<Listed[]> {
  const { rows } = await sql<Listed>`
    select a.id, v.title, v.summary, l.slug, cs.slug as category, a.held, a.failed, v.published_at from article_version v join article a on a.id = v.article_id
      join article_slug l on l.article_id = a.id and l.language = v.language and l.current join article_category_slug cs on cs.category_id = a.category_id and cs.current
    where v.state = 'published' and v.language = ${language} and ${readableBy(as)} order by v.published_at desc, v.id desc limit ${sql.lit(limit)}`.execute(
    db,
  )
  return rows
}

type PublicCategory = { id: string; parentId: string | null; slug: string; name: string; articles: number }

/** Only those in which there is something to read. `counted`: with how much; else `articles` says no more than that there is some. */
export async function publicCategories(
  db: Db,
  as: ReadingAs,
  language: string,
  { counted = false } = {},
): Promise<PublicCategory[]> {
  const stands = sql`from article a where a.category_id = c.id and ${readableBy(as)}
    and exists (select from article_version v where v.article_id = a.id and v.state = 'published')`
  // Whether there is one is known at once; how many there are takes all of them.
  const articles = counted ? sql`(select count(*)::int ${stands})` : sql`(exists (select ${stands}))::int`
  const { rows } = await sql<PublicCategory & { position: number }>`
    select c.id, c.parent_id, c.position, s.slug,
      (select n.name from article_category_name n where n.category_id = c.id order by n.language = ${language} desc, n.language = (select language from installation) desc, n.language limit 1) as name,
      ${articles} as articles
    from article_category c join article_category_slug s on s.category_id = c.id and s.current order by c.position, c.made_at, c.id`.execute(
    db,
  )
  const whole = (id: string): number =>
    rows.filter(row => row.parentId === id).reduce((sum, row) => sum + row.articles + whole(row.id), 0)
  return rows
    .map(({ position: _, ...row }) => ({ ...row, articles: row.articles + whole(row.id) }))
    .filter(row => row.articles > 0)
}

/** By any address it ever had. */
export async function categoryAt(db: Db, slug: string): Promise<{ id: string; slug: string } | null> {
  const { rows } = await sql<{
    id: string
    slug: string
  }>`select now.category_id as id, now.slug from article_category_slug s
    join article_category_slug now on now.category_id = s.category_id and now.current where s.slug = ${slug}`.execute(
    db,
  )
  return rows[0] ?? null
}

export async function articlesIn(db: Db, as: ReadingAs, language: string, categoryId: string): Promise<Listed[]> {
  const { rows } = await sql<Listed>`
    select * from (${listed(as, language, sql`a.category_id = ${categoryId}::uuid`)}) x order by held desc, lower(title), id limit 500`.execute(
    db,
  )
  return rows
}

const listedTogether = 5000

/** Where each part of what search engines may list begins. */
export async function sitemapParts(db: Db): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from (select a.id, row_number() over (order by a.id) as at from article a where a.audience = 'public') x where at % ${sql.lit(listedTogether)} = 1 order by id`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

/** Addresses for search engines, from that article on: what anybody may read. */
export async function sitemapOf(
  db: Db,
  from: string,
): Promise<{ slug: string; category: string; publishedAt: Date }[]> {
  const { rows } = await sql<{ slug: string; category: string; publishedAt: Date }>`
    with part as materialized (select a.id, a.category_id from article a where a.audience = 'public' and a.id >= ${from}::uuid order by a.id limit ${sql.lit(listedTogether)})
    select l.slug, cs.slug as category, v.published_at from part a join article_version v on v.article_id = a.id and v.state = 'published'
      join article_slug l on l.article_id = a.id and l.language = v.language and l.current join article_category_slug cs on cs.category_id = a.category_id and cs.current
    order by a.id, l.slug`.execute(db)
  return rows
}

type Rating = { id: string; slug: string; answer: 'yes' | 'partly' | 'no'; said: string }

/** `id` says what is the same answer: pressed twice it is one. */
export async function rateArticle(tx: Tx, as: ReadingAs, it: Rating, now: Date): Promise<void> {
  const { rows } = await sql<{ id: string; ownerId: string; versionId: string }>`
    select a.id, a.owner_id, v.id as version_id from article_slug l join article a on a.id = l.article_id
      join article_version v on v.article_id = a.id and v.language = l.language and v.state = 'published' where l.slug = ${it.slug} and ${readableBy(as)}`.execute(
    tx,
  )
  const article = rows[0]
  if (!article) throw absent()
  const { rows: made } = await sql`insert into article_rating (id, article_id, version_id, answer, said, at)
    values (${it.id}::uuid, ${article.id}, ${article.versionId}, ${it.answer}, ${it.said.slice(0, 2000)}, ${now}) on conflict (id) do nothing returning id`.execute(
    tx,
  )
  if (made.length === 0) return
  const facts = { ratingId: it.id, answer: it.answer }
  await tell(tx, null, { kind: 'article.rated', articleId: article.id, ownerId: article.ownerId, facts }, now)
}

type PictureAt = { sha256: Buffer; name: string; mediaType: string; bytes: number; public: boolean }

/** Of an article that stands and that they may read; inside, of any. */
export async function pictureAt(db: Db, as: ReadingAs, id: string): Promise<PictureAt | null> {
  const { rows } = await sql<PictureAt>`select p.sha256, p.name, p.media_type, p.bytes, a.audience = 'public' as public
    from article_picture p join article a on a.id = p.article_id where p.id = ${id}::uuid and ${readableBy(as)}
      and (${as.is === 'inside'} or exists (select from article_version v where v.article_id = a.id and v.state = 'published' and v.body_html like '%' || p.id::text || '%'))`.execute(
    db,
  )
  return rows[0] ?? null
}
