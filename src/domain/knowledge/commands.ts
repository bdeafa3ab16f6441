/** What members do with articles: begin, write, settle for whom they are, look again, restore, remove. One transaction each; what was written is made safe before it. */
import { sql } from 'kysely'
import type { Audience } from '../../contract/knowledge.ts'
import type { Tx } from '../../platform/db/index.ts'
import { absent, Refusal } from '../../platform/http/index.ts'
import { type Written, writtenAside } from '../../platform/mail/reading/writtenAside.ts'
import { installation, type Member, mayRead, readsKnowledge, writesKnowledge } from '../access/index.ts'
import { firstCategory, needCategory } from './categories.ts'
import { keepReview, promiseReview } from './review.ts'
import { publishesArticle } from './rules.ts'
import {
  deleteArticle,
  dropVersion,
  insertArticle,
  insertVersion,
  oneVersion,
  openArticle,
  rewrite,
  setState,
  settle,
  takePictures,
  versionsAtHand,
} from './tables.ts'
import { about, tell } from './told.ts'
import { needPublisher } from './turning.ts'
import { articleWordsIn } from './words.ts'

/** Before the transaction, as it may take a while. */
export async function safely<T extends { body: string }>(input: T): Promise<Omit<T, 'body'> & { body: Written }> {
  return { ...input, body: await writtenAside(input.body.replaceAll('\0', ''), { page: true }) }
}

const wordsOf = ({ title, summary, body }: { title: string; summary: string; body: Written }) => ({
  ...{ title, summary, bodyHtml: body.html, bodyText: body.text },
})

type Making = {
  categoryId?: string | undefined
  language: string
  title: string
  summary: string
  body: Written
  audience: Audience
  fromConversationId?: string | undefined
  importedFrom?: string | undefined
}

export async function makeArticle(tx: Tx, actor: Member, it: Making, now: Date): Promise<string> {
  if (it.fromConversationId) await needReadable(tx, actor, it.fromConversationId)
  const { language } = await installation(tx)
  const categoryId = it.categoryId
    ? await needCategory(tx, it.categoryId)
    : await firstCategory(tx, actor, articleWordsIn(language)('firstCategory'), now)
  const place = { categoryId, audience: it.audience, ownerId: actor.personId }
  const from = { fromConversationId: it.fromConversationId ?? null, importedFrom: it.importedFrom ?? null }
  const id = await insertArticle(tx, { ...place, ...from }, now)
  await insertVersion(tx, { articleId: id, language: it.language, authorId: actor.personId, ...wordsOf(it) }, now)
  await takePictures(tx, id, actor.personId, it.body.html, now)
  await tell(
    tx,
    actor,
    { kind: 'article.made', articleId: id, ownerId: actor.personId, facts: { language: it.language } },
    now,
  )
  return id
}

async function needReadable(tx: Tx, actor: Member, conversationId: string) {
  const { rows } = await sql<{
    teamId: string
    ownerId: string | null
  }>`select team_id, owner_id from conversation where id = ${conversationId}::uuid`.execute(tx)
  if (!rows[0] || !mayRead(actor, rows[0])) throw absent()
}

type Saving = {
  articleId: string
  language: string
  title: string
  summary: string
  body: Written
  seenRevision: number
}

/** Tells nobody: it happens while somebody types. What waits for its look or its time goes back to being written. */
export async function saveArticle(tx: Tx, actor: Member, it: Saving, now: Date) {
  const article = await openArticle(tx, actor, it.articleId)
  const { work, stands } = await versionsAtHand(tx, article.id, it.language)
  const words = wordsOf(it)
  const seen = it.seenRevision
  if (seen !== (work?.revision ?? 0)) {
    // The same words once more: the answer to the first saving was lost on the way.
    if (work && work.bodyHtml === words.bodyHtml && work.title === words.title && work.summary === words.summary)
      return { revision: work.revision, savedAt: now.toISOString() }
    throw new Refusal('stale-article', 409, { facts: { revision: work?.revision ?? 0 } })
  }
  if (
    !work &&
    stands &&
    stands.bodyHtml === words.bodyHtml &&
    stands.title === words.title &&
    stands.summary === words.summary
  )
    return { revision: 0, savedAt: now.toISOString() }
  await takePictures(tx, article.id, actor.personId, it.body.html, now)
  if (!work) {
    await insertVersion(tx, { articleId: article.id, language: it.language, authorId: actor.personId, ...words }, now)
    await tell(tx, actor, about(article, 'changed', { language: it.language, begun: true }), now)
    return { revision: 1, savedAt: now.toISOString() }
  }
  const revision = await rewrite(tx, work.id, { ...words, authorId: actor.personId }, now)
  if (work.state === 'scheduled') {
    await setState(tx, work.id, { state: 'draft' }, now)
    await tell(tx, actor, about(article, 'changed', { language: it.language, state: 'draft' }), now)
  }
  return { revision, savedAt: now.toISOString() }
}

type Of = { articleId: string; language: string }

export async function dropDraft(tx: Tx, actor: Member, it: Of, now: Date): Promise<void> {
  const article = await openArticle(tx, actor, it.articleId)
  const { work } = await versionsAtHand(tx, article.id, it.language)
  if (!work) throw absent()
  const { rows } = await sql`select from article_version where article_id = ${article.id}::uuid limit 2`.execute(tx)
  // The only words there are: then the article itself goes.
  if (rows.length < 2) throw new Refusal('only-draft', 409)
  await dropVersion(tx, work.id)
  await tell(tx, actor, about(article, 'changed', { language: it.language, dropped: true }), now)
}

type Settling = {
  articleId: string
  categoryId: string
  audience: Audience
  organisationIds: readonly string[]
  ownerId: string
  reviewEveryDays: number | null
  reviewDueAt: string | null
}

/** Who may see what stands is a matter of whoever may publish it. */
export async function settleArticle(tx: Tx, actor: Member, it: Settling, now: Date): Promise<void> {
  const article = await openArticle(tx, actor, it.articleId)
  const { rows } =
    await sql`select from article_version where article_id = ${article.id}::uuid and state = 'published' limit 1`.execute(
      tx,
    )
  if (rows.length > 0 && it.audience !== article.audience) needPublisher(actor, article, true)
  await needCategory(tx, it.categoryId)
  await needOrganisations(tx, it.organisationIds)
  if (it.ownerId !== article.ownerId) await needOwner(tx, it.ownerId)
  if (it.audience === 'organisation' && it.organisationIds.length === 0)
    throw new Refusal('no-organisation', 400, { fields: [{ path: 'organisationIds', says: 'is empty' }] })
  await settle(tx, article.id, it, now)
  const dueAt = it.reviewDueAt ? new Date(it.reviewDueAt) : null
  await promiseReview(tx, { ...article, ownerId: it.ownerId }, dueAt, now)
  const facts = { audience: it.audience, ownerId: it.ownerId, reviewDueAt: it.reviewDueAt }
  await tell(tx, actor, { ...about(article, 'changed', facts), ownerId: it.ownerId }, now)
}

async function needOrganisations(tx: Tx, ids: readonly string[]) {
  const { rows } =
    await sql`select from organisation where id = any(${[...ids]}::uuid[]) and archived_at is null`.execute(tx)
  if (rows.length < new Set(ids).size) throw absent()
}

/** Somebody who may write articles. */
async function needOwner(tx: Tx, id: string) {
  const { rows } = await sql`select from member m where person_id = ${id}::uuid and disabled_at is null
    and (administrator or exists (select from team_member t where t.person_id = m.person_id and t.role in ('lead', 'teammate')))`.execute(
    tx,
  )
  if (rows.length === 0) throw new Refusal('no-article-owner', 409)
}

export async function checkArticle(tx: Tx, actor: Member, articleId: string, now: Date): Promise<void> {
  const article = await openArticle(tx, actor, articleId)
  await keepReview(tx, article, now)
  await tell(tx, actor, about(article, 'changed', { checked: true }), now)
}

export async function removeArticle(tx: Tx, actor: Member, articleId: string, now: Date): Promise<void> {
  const article = await openArticle(tx, actor, articleId)
  const { rows } =
    await sql`select from article_version where article_id = ${article.id}::uuid and published_at is not null limit 1`.execute(
      tx,
    )
  // Links to it may be out in the world: it is taken back, and its versions stay.
  if (rows.length > 0) throw new Refusal('article-stood', 409)
  await promiseReview(tx, article, null, now)
  await deleteArticle(tx, article.id)
  await tell(tx, actor, about(article, 'removed', {}), now)
}

export async function restoreVersion(tx: Tx, actor: Member, it: Of & { versionId: string }, now: Date): Promise<void> {
  const article = await openArticle(tx, actor, it.articleId)
  const from = await oneVersion(tx, article.id, it.language, it.versionId)
  const { work } = await versionsAtHand(tx, article.id, it.language)
  const words = {
    title: from.title,
    summary: from.summary,
    bodyHtml: from.bodyHtml,
    bodyText: from.bodyText,
    authorId: actor.personId,
  }
  if (work?.id === from.id) return
  if (work) await rewrite(tx, work.id, words, now)
  else await insertVersion(tx, { articleId: article.id, language: it.language, ...words }, now)
  await tell(tx, actor, about(article, 'changed', { language: it.language, restored: from.number }), now)
}

/** Settled by whoever writes: the words are mended, or stay. */
export async function settleLessons(tx: Tx, actor: Member, articleId: string, now: Date): Promise<void> {
  const article = await openArticle(tx, actor, articleId)
  await sql`update article_flag set settled_at = ${now}, settled_by = ${actor.personId}::uuid where article_id = ${article.id}::uuid and settled_at is null`.execute(
    tx,
  )
  await sql`update article_rating set settled_at = ${now} where article_id = ${article.id}::uuid and settled_at is null`.execute(
    tx,
  )
  await tell(tx, actor, about(article, 'changed', { settled: true }), now)
}

export const mayOf = (actor: Member, article: { ownerId: string; published: boolean }) => ({
  write: writesKnowledge(actor) && readsKnowledge(actor),
  publish: publishesArticle(actor, article),
})
