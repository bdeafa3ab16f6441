/** All SQL that changes articles, and the only door to one for writing. What one may not write one may still read: see queries. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Audience, VersionState } from '../../contract/knowledge.ts'
import type { Tx } from '../../platform/db/index.ts'
import { absent, Refusal } from '../../platform/http/index.ts'
import { type Member, readsKnowledge, writesKnowledge } from '../access/index.ts'
import { inWork, standing } from './rules.ts'

export type ArticleRow = {
  id: string
  categoryId: string
  audience: Audience
  ownerId: string
  reviewEveryDays: number | null
  reviewId: string | null
  changedAt: Date
}
export type Version = {
  id: string
  articleId: string
  language: string
  number: number
  state: VersionState
  title: string
  summary: string
  bodyHtml: string
  bodyText: string
  revision: number
  authorId: string | null
  publishAt: Date | null
  publishedAt: Date | null
}
export type Words = { title: string; summary: string; bodyHtml: string; bodyText: string }

/** Held until the end of the transaction. */
export async function openArticle(tx: Tx, actor: Member | null, id: string): Promise<ArticleRow> {
  if (actor && !readsKnowledge(actor)) throw absent()
  const { rows } =
    await sql<ArticleRow>`select id, category_id, audience, owner_id, review_every_days, review_id, changed_at
    from article where id = ${id}::uuid for update`.execute(tx)
  if (!rows[0]) throw absent()
  if (actor && !writesKnowledge(actor)) throw new Refusal('not-yours', 403)
  return rows[0]
}

const columns = sql`id, article_id, language, number, state, title, summary, body_html, body_text, revision, author_id, publish_at, published_at`

/** What is being written and what stands, of one language. */
export async function versionsAtHand(tx: Tx, articleId: string, language: string) {
  const { rows } =
    await sql<Version>`select ${columns} from article_version where article_id = ${articleId}::uuid and language = ${language}
    and state = any(${[...inWork, ...standing]}::text[])`.execute(tx)
  return {
    work: rows.find(row => inWork.includes(row.state)) ?? null,
    stands: rows.find(row => standing.includes(row.state)) ?? null,
  }
}

export async function oneVersion(tx: Tx, articleId: string, language: string, versionId: string): Promise<Version> {
  const { rows } = await sql<Version>`select ${columns} from article_version
    where id = ${versionId}::uuid and article_id = ${articleId}::uuid and language = ${language}`.execute(tx)
  if (!rows[0]) throw absent()
  return rows[0]
}

type NewArticle = Pick<ArticleRow, 'categoryId' | 'audience' | 'ownerId'> & {
  fromConversationId: string | null
  importedFrom: string | null
}
export async function insertArticle(tx: Tx, it: NewArticle, now: Date): Promise<string> {
  const id = randomUUIDv7()
  await sql`insert into article (id, category_id, audience, owner_id, from_conversation_id, imported_from, made_by, made_at, changed_at)
    values (${id}, ${it.categoryId}, ${it.audience}, ${it.ownerId}, ${it.fromConversationId}, ${it.importedFrom}, ${it.ownerId}, ${now}, ${now})`.execute(
    tx,
  )
  return id
}

export async function insertVersion(
  tx: Tx,
  it: Words & { articleId: string; language: string; authorId: string },
  now: Date,
): Promise<string> {
  const id = randomUUIDv7()
  await sql`insert into article_version (id, article_id, language, number, state, title, summary, body_html, body_text, author_id, made_at, changed_at)
    values (${id}, ${it.articleId}, ${it.language}, (select coalesce(max(number), 0) + 1 from article_version where article_id = ${it.articleId}::uuid and language = ${it.language}),
      'draft', ${it.title}, ${it.summary}, ${it.bodyHtml}, ${it.bodyText}, ${it.authorId}, ${now}, ${now})`.execute(tx)
  return id
}

export async function rewrite(tx: Tx, versionId: string, it: Words & { authorId: string }, now: Date): Promise<number> {
  const { rows } = await sql<{
    revision: number
  }>`update article_version set title = ${it.title}, summary = ${it.summary}, body_html = ${it.bodyHtml},
      body_text = ${it.bodyText}, author_id = ${it.authorId}, revision = revision + 1, changed_at = ${now}
    where id = ${versionId}::uuid returning revision`.execute(tx)
  return rows[0]!.revision
}

type Turned = { state: VersionState; publishAt?: Date | null; reviewerId?: string | null; remark?: string }
export async function setState(tx: Tx, versionId: string, it: Turned, now: Date): Promise<void> {
  await sql`update article_version set state = ${it.state}, publish_at = ${it.publishAt ?? null},
      reviewer_id = coalesce(${it.reviewerId ?? null}::uuid, reviewer_id), remark = ${it.remark ?? ''}, changed_at = ${now}
    where id = ${versionId}::uuid`.execute(tx)
}

/** It stands now; what stood before is a version among others. */
export async function setPublished(tx: Tx, version: Version, by: string | null, now: Date): Promise<void> {
  await sql`update article_version set state = 'replaced' where article_id = ${version.articleId}::uuid and language = ${version.language}
    and state in ('published', 'withdrawn') and id <> ${version.id}::uuid`.execute(tx)
  await sql`update article_version set state = 'published', publish_at = null, published_by = ${by}::uuid, published_at = ${now}, changed_at = ${now}, remark = ''
    where id = ${version.id}::uuid`.execute(tx)
}

export async function dropVersion(tx: Tx, versionId: string): Promise<void> {
  await sql`delete from article_version where id = ${versionId}::uuid`.execute(tx)
}

export async function touch(tx: Tx, articleId: string, now: Date): Promise<void> {
  await sql`update article set changed_at = ${now} where id = ${articleId}::uuid`.execute(tx)
}

type Settled = Pick<ArticleRow, 'categoryId' | 'audience' | 'ownerId' | 'reviewEveryDays'> & {
  organisationIds: readonly string[]
}
export async function settle(tx: Tx, id: string, it: Settled, now: Date): Promise<void> {
  await sql`update article set category_id = ${it.categoryId}, audience = ${it.audience}, owner_id = ${it.ownerId},
    review_every_days = ${it.reviewEveryDays}, changed_at = ${now} where id = ${id}::uuid`.execute(tx)
  await sql`delete from article_organisation where article_id = ${id}::uuid`.execute(tx)
  if (it.audience !== 'organisation') return
  await sql`insert into article_organisation (article_id, organisation_id) select ${id}::uuid, id from organisation
    where id = any(${[...it.organisationIds]}::uuid[]) and archived_at is null`.execute(tx)
}

export async function setReview(tx: Tx, id: string, reviewId: string | null): Promise<void> {
  await sql`update article set review_id = ${reviewId}::uuid where id = ${id}::uuid`.execute(tx)
}

export async function setChecked(tx: Tx, id: string, now: Date): Promise<void> {
  await sql`update article set checked_at = ${now} where id = ${id}::uuid`.execute(tx)
}

/** An upload of the writer's becomes a picture of the article, under the same id; what is no picture, or nobody's, stays out. */
export async function takePictures(
  tx: Tx,
  articleId: string,
  personId: string,
  html: string,
  now: Date,
): Promise<void> {
  const ids = [
    ...new Set(
      [...html.matchAll(/\bdata-cid="([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"/g)].map(match => match[1]!),
    ),
  ]
  if (ids.length === 0) return
  await sql`with taken as (delete from upload where id = any(${ids}::uuid[]) and person_id = ${personId}::uuid
      and media_type in ('image/png', 'image/jpeg', 'image/gif', 'image/webp') returning id, sha256, name, media_type, bytes)
    insert into article_picture (id, article_id, sha256, name, media_type, bytes, made_at) select id, ${articleId}::uuid, sha256, name, media_type, bytes, ${now} from taken`.execute(
    tx,
  )
}

/** The address of a language of an article: the wanted one, or the nearest that is free. Older ones lead to it. */
export async function giveSlug(tx: Tx, articleId: string, language: string, wanted: string): Promise<string> {
  await sql`select pg_advisory_xact_lock(hashtextextended('article-slug', 0))`.execute(tx)
  const { rows } = await sql<{ slug: string; articleId: string; language: string; current: boolean }>`
    select slug, article_id, language, current from article_slug where slug = ${wanted} or slug like ${`${wanted.replace(/[\\%_]/g, '\\$&')}-%`}
      or (article_id = ${articleId}::uuid and language = ${language})`.execute(tx)
  const mine = (row: { articleId: string; language: string }) =>
    row.articleId === articleId && row.language === language
  const now = rows.find(row => mine(row) && row.current)
  if (now && (now.slug === wanted || now.slug.replace(/-\d+$/, '') === wanted)) return now.slug
  const taken = new Set(rows.filter(row => !mine(row)).map(row => row.slug))
  let slug = wanted
  for (let n = 2; taken.has(slug); n++) slug = `${wanted}-${n}`
  await sql`update article_slug set current = false where article_id = ${articleId}::uuid and language = ${language} and current`.execute(
    tx,
  )
  await sql`insert into article_slug (slug, article_id, language, current) values (${slug}, ${articleId}, ${language}, true)
    on conflict (slug) do update set current = true`.execute(tx)
  return slug
}

export async function deleteArticle(tx: Tx, id: string): Promise<void> {
  await sql`delete from article where id = ${id}::uuid`.execute(tx)
}
