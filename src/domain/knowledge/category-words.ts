/** What a category is called, in each language once, and its address: the same for categories of articles and of the community. An address once given out leads to it for good. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/http/index.ts'
import { isSlug, slugOf } from './rules.ts'

export type CategoryWords = {
  names: readonly { language: string; name: string; about?: string }[]
  slug?: string | undefined
}

export async function putCategoryWords(
  tx: Tx,
  of: 'article_category' | 'community_category',
  id: string,
  { names, slug }: CategoryWords,
): Promise<void> {
  if (new Set(names.map(each => each.language)).size < names.length) throw new Refusal('language-twice', 400)
  const [called, led] = [sql.table(`${of}_name`), sql.table(`${of}_slug`)]
  const about = of === 'community_category' ? sql`, about` : sql``
  await sql`delete from ${called} where category_id = ${id}::uuid`.execute(tx)
  await sql`insert into ${called} (category_id, language, name${about})
    select ${id}::uuid, language, name${about} from jsonb_to_recordset(${JSON.stringify(names)}::jsonb) as n(language text, name text, about text)`.execute(
    tx,
  )
  if (slug !== undefined && !isSlug(slug))
    throw new Refusal('bad-slug', 400, { fields: [{ path: 'slug', says: 'is no address' }] })
  const { rows } = await sql<{
    slug: string
  }>`select slug from ${led} where category_id = ${id}::uuid and current`.execute(tx)
  // A new name alone moves nothing: addresses stay as they were given out.
  if (rows[0] && (slug === undefined || slug === rows[0].slug)) return
  const wanted = slug ?? slugOf(names[0]!.name)
  const { rows: others } = await sql<{
    slug: string
  }>`select slug from ${led} where category_id <> ${id}::uuid`.execute(tx)
  const taken = new Set(others.map(row => row.slug))
  let free = wanted
  for (let n = 2; taken.has(free); n++) free = `${wanted}-${n}`
  await sql`update ${led} set current = false where category_id = ${id}::uuid and current`.execute(tx)
  await sql`insert into ${led} (slug, category_id, current) values (${free}, ${id}, true) on conflict (slug) do update set current = true`.execute(
    tx,
  )
}
