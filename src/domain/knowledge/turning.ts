/** What becomes of a version: looked at, given back, published now or at a time, taken back. Whoever publishes may. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { absent, Refusal } from '../../platform/http/index.ts'
import type { Member } from '../access/index.ts'
import { indexArticles } from './index-rows.ts'
import { afterTurn, isSlug, publishesArticle, slugOf, type Turn } from './rules.ts'
import {
  type ArticleRow,
  giveSlug,
  openArticle,
  setPublished,
  setState,
  touch,
  type Version,
  versionsAtHand,
} from './tables.ts'
import { about, tell } from './told.ts'

type Of = { articleId: string; language: string }

async function turned(tx: Tx, actor: Member, it: Of, turn: Turn) {
  const article = await openArticle(tx, actor, it.articleId)
  const { work, stands } = await versionsAtHand(tx, article.id, it.language)
  const version = turn === 'withdraw' ? stands : turn === 'publish' ? (work ?? stands) : work
  if (!version) throw absent()
  const state = afterTurn(version.state, turn)
  if (!state) throw new Refusal('not-now', 409)
  return { article, version, state, stands }
}

export async function askReview(
  tx: Tx,
  actor: Member,
  it: Of & { reviewerId: string | null },
  now: Date,
): Promise<void> {
  const { article, version, state } = await turned(tx, actor, it, 'ask-review')
  needWords(version)
  if (it.reviewerId) await needMember(tx, it.reviewerId)
  await setState(tx, version.id, { state, reviewerId: it.reviewerId }, now)
  const told = about(article, 'changed', { language: it.language, state, reviewerId: it.reviewerId })
  await tell(tx, actor, told, now)
}

export async function sendBack(tx: Tx, actor: Member, it: Of & { remark: string }, now: Date): Promise<void> {
  const { article, version, state } = await turned(tx, actor, it, 'send-back')
  await setState(tx, version.id, { state, remark: it.remark }, now)
  await tell(tx, actor, about(article, 'changed', { language: it.language, state }), now)
}

function needWords({ title, bodyText, bodyHtml }: Version) {
  const fields = [
    ...(title.trim() === '' ? [{ path: 'title', says: 'is empty' }] : []),
    ...(bodyText === '' && !/<img\b/.test(bodyHtml) ? [{ path: 'body', says: 'is empty' }] : []),
  ]
  if (fields.length > 0) throw new Refusal('nothing-to-read', 409, { fields })
}

async function needMember(tx: Tx, id: string) {
  const { rows } = await sql`select from member where person_id = ${id}::uuid and disabled_at is null`.execute(tx)
  if (rows.length === 0) throw absent()
}

export function needPublisher(actor: Member, article: ArticleRow, published: boolean) {
  if (!publishesArticle(actor, { ownerId: article.ownerId, published })) throw new Refusal('not-yours', 403)
}

export async function publishArticle(
  tx: Tx,
  actor: Member,
  it: Of & { at: string | null; slug?: string | undefined },
  now: Date,
): Promise<void> {
  const { article, version, stands } = await turned(tx, actor, it, 'publish')
  needPublisher(actor, article, stands !== null)
  needWords(version)
  if (it.slug !== undefined && !isSlug(it.slug))
    throw new Refusal('bad-slug', 400, { fields: [{ path: 'slug', says: 'is no address' }] })
  if (it.slug !== undefined) await giveSlug(tx, article.id, it.language, it.slug)
  const at = it.at ? new Date(it.at) : null
  if (at && at <= now) throw new Refusal('time-passed', 422, { fields: [{ path: 'at', says: 'lies in the past' }] })
  if (at) {
    if (!afterTurn(version.state, 'schedule')) throw new Refusal('not-now', 409)
    await setState(tx, version.id, { state: 'scheduled', publishAt: at }, now)
    await tell(
      tx,
      actor,
      about(article, 'changed', { language: it.language, state: 'scheduled', at: at.toISOString() }),
      now,
    )
    return
  }
  await stand(tx, actor, article, version, now)
}

/** Its words are everybody's now. A first address is made of the title, and stays when the title changes. */
export async function stand(
  tx: Tx,
  actor: Member | null,
  article: ArticleRow,
  version: Version,
  now: Date,
): Promise<void> {
  await setPublished(tx, version, actor?.personId ?? null, now)
  const { rows } =
    await sql`select from article_slug where article_id = ${article.id}::uuid and language = ${version.language} and current`.execute(
      tx,
    )
  if (rows.length === 0) await giveSlug(tx, article.id, version.language, slugOf(version.title))
  await touch(tx, article.id, now)
  await indexArticles(tx, [article.id])
  await tell(tx, actor, about(article, 'published', { language: version.language, number: version.number }), now)
}

export async function withdrawArticle(tx: Tx, actor: Member, it: Of, now: Date): Promise<void> {
  const { article, version, state } = await turned(tx, actor, it, 'withdraw')
  needPublisher(actor, article, true)
  await setState(tx, version.id, { state }, now)
  await touch(tx, article.id, now)
  await indexArticles(tx, [article.id])
  await tell(tx, actor, about(article, 'withdrawn', { language: it.language }), now)
}
