/** Earlier messages of ours that go along in one mail, above its own words: each in its turn, by name where somebody else said it. */
import { sql } from 'kysely'
import type { Db } from '../../../platform/db/index.ts'
import { escaped } from '../../../platform/mail/reading/written.ts'
import type { Claim } from './rows.ts'

export type Earlier = { id: string; html: string | null; text: string; author: string | null }

export const earlierOf = ({ content }: Claim): readonly string[] => ('before' in content ? content.before : [])

export async function saidBefore(db: Db, claims: readonly Claim[]): Promise<Map<string, Earlier>> {
  const ids = [...new Set(claims.flatMap(earlierOf))]
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Earlier>`
    select m.id, m.body_html as html, m.body_text as text, p.name as author from message m left join person p on p.id = m.author_id
    where m.id = any(${ids}::uuid[]) and m.taken_back_at is null`.execute(db)
  return new Map(rows.map(row => [row.id, row]))
}

type Words = { html: string | null; text: string | null }

/** The words of a mail with what stands before them. */
export function withEarlier<Row extends Words>(row: Row, earlier: readonly Earlier[], { content }: Claim): Row {
  if (earlier.length === 0 || row.text === null) return row
  const last = 'author' in content ? content.author : null
  const all = [...earlier, { html: row.html, text: row.text, author: last }]
  const names = all.some(each => each.author !== last)
  const asHtml = (each: Words) => each.html ?? `<p>${escaped(each.text ?? '')}</p>`
  return {
    ...row,
    html: all
      .map(each => (names && each.author ? `<p><b>${escaped(each.author)}</b></p>` : '') + asHtml(each))
      .join(''),
    text: all.map(each => (names && each.author ? `${each.author}:\n` : '') + each.text).join('\n\n'),
  }
}
