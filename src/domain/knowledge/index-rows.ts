/** The words of what stands, written in the transaction that changes what stands: search never knows more or less than there is. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { configurationOf, folded, vectorOf } from '../search/index.ts'

type Row = {
  articleId: string
  language: string
  title: string
  summary: string
  bodyHtml: string
  bodyText: string
  publishedAt: Date
}

const headings = (html: string) =>
  [...html.matchAll(/<h[23][^>]*>(.*?)<\/h[23]>/gs)].map(match => match[1]!.replace(/<[^>]*>/g, ' ')).join('\n')
const longestLikeness = 4000

/** Of all languages of these articles. Said again it comes to the same. */
export async function indexArticles(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`delete from article_search where article_id = any(${[...ids]}::uuid[])`.execute(tx)
  const { rows } =
    await sql<Row>`select article_id, language, title, summary, body_html, body_text, published_at from article_version
    where article_id = any(${[...ids]}::uuid[]) and state = 'published'`.execute(tx)
  for (const row of rows) {
    const under = headings(row.bodyHtml)
    const { words, toStem } = vectorOf(
      [
        { weight: 'A', text: row.title },
        { weight: 'B', text: `${row.summary}\n${under}` },
        { weight: 'D', text: row.bodyText },
      ],
      [],
    )
    const configuration = configurationOf(row.language)
    const likeness = folded(`${row.title} ${row.summary} ${under}`).slice(0, longestLikeness)
    await sql`insert into article_search (article_id, language, words, likeness, published_at) values (${row.articleId}, ${row.language},
      ${configuration === null ? sql`${words}::tsvector` : sql`${words}::tsvector || strip(to_tsvector(${configuration}::regconfig, ${toStem}))`},
      ${likeness}, ${row.publishedAt})`.execute(tx)
  }
}
