/** Articles for an answer: only those that the customer of that conversation may read, as a link or as words. */
import { sql } from 'kysely'
import type { z } from 'zod'
import type * as around from '../../contract/knowledge-around.ts'
import type { Db } from '../../platform/db/index.ts'
import { absent } from '../../platform/http/index.ts'
import { inSightOf, installation, type Member } from '../access/index.ts'
import { findArticles } from './finding.ts'
import { pathOf } from './outward.ts'
import { type ReadingAs, readableBy, readingAsPerson } from './reading.ts'

const most = 8

async function readerOf(db: Db, actor: Member, conversationId: string): Promise<{ as: ReadingAs; language: string }> {
  const { rows } = await sql<{
    customerId: string
    language: string | null
  }>`select c.customer_id, coalesce(c.language, p.language) as language
    from conversation c join person p on p.id = c.customer_id where c.id = ${conversationId}::uuid and ${inSightOf(actor, 'c')}`.execute(
    db,
  )
  if (!rows[0]) throw absent()
  const language = rows[0].language ?? (await installation(db)).language
  return { as: await readingAsPerson(db, rows[0].customerId), language: language.toLowerCase().split('-')[0]! }
}

/** Those that fit what was typed; before anything is typed, those that fit what the customer asked. */
export async function articlesFor(
  db: Db,
  actor: Member,
  it: { conversationId: string; q: string },
): Promise<around.FoundArticle[]> {
  const { as, language } = await readerOf(db, actor, it.conversationId)
  const typed = it.q.trim()
  const found = await findArticles(db, as, {
    q: typed || (await subjectOf(db, it.conversationId)),
    language,
    limit: most,
    typing: typed !== '',
  })
  return found.map(each => ({
    id: each.id,
    language: each.language,
    title: each.title,
    excerpt: each.excerpt,
    path: pathOf(each.category, each.slug),
    held: each.held,
  }))
}

async function subjectOf(db: Db, conversationId: string): Promise<string> {
  const { rows } = await sql<{
    subject: string
  }>`select subject from conversation where id = ${conversationId}::uuid`.execute(db)
  return rows[0]?.subject ?? ''
}

/** Pictures stay where they are: what goes by mail has the link to them. */
export async function articleWords(
  db: Db,
  actor: Member,
  baseUrl: URL,
  it: { conversationId: string; articleId: string },
): Promise<z.input<typeof around.articleWords.output>> {
  const { as, language } = await readerOf(db, actor, it.conversationId)
  const { rows } = await sql<{ title: string; bodyHtml: string; language: string; slug: string; category: string }>`
    select v.title, v.body_html, v.language, l.slug, cs.slug as category from article a join article_version v on v.article_id = a.id and v.state = 'published'
      join article_slug l on l.article_id = a.id and l.language = v.language and l.current join article_category_slug cs on cs.category_id = a.category_id and cs.current
    where a.id = ${it.articleId}::uuid and ${readableBy(as)}
    order by v.language = ${language} desc, v.language = (select language from installation) desc, v.language limit 1`.execute(
    db,
  )
  const row = rows[0]
  if (!row) throw absent()
  const absolute = (href: string) => new URL(href, baseUrl).href
  const html = row.bodyHtml
    .replace(/<img\b[^<>]*>/g, '')
    .replace(/href="(\/help[^"]*)"/g, (_, href: string) => `href="${absolute(href)}"`)
    .replace(/<a href="#[^"]*">(.*?)<\/a>/gs, '$1')
    .replace(/<\/?(?:div|figure|figcaption|mark)\b[^<>]*>/g, '')
  return { title: row.title, html, url: absolute(pathOf(row.category, row.slug)), language: row.language }
}
