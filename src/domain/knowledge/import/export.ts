/** All articles as a zip of HTML files with their pictures: folders as categories, a file a language. What is read again by the import comes to the same. */
import { sql } from 'kysely'
import type { Db } from '../../../platform/db/index.ts'
import { type Files, type ZipOut, zipOut } from '../../../platform/files/index.ts'
import { categoriesOf } from '../categories.ts'

type Row = {
  id: string
  categoryId: string
  audience: string
  language: string
  slug: string | null
  title: string
  summary: string
  state: string
  bodyHtml: string
}
const together = 200

/** What stands, and where nothing stands yet what is being written. */
export function exportZip({ db, files }: { db: Db; files: Files }): NodeJS.ReadableStream {
  return zipOut(files, zip => fill(zip, db))
}

async function fill(zip: ZipOut, db: Db): Promise<void> {
  const categories = await categoriesOf(db)
  const folderOf = (id: string): string => {
    const it = categories.find(each => each.id === id)
    if (!it) return ''
    return `${it.parentId ? folderOf(it.parentId) : ''}${it.slug}/`
  }
  const pictures = new Map<string, string>()
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows: next } = await sql<{
      id: string
    }>`select id from article where id > ${after}::uuid order by id limit ${together}`.execute(db)
    const ids = next.map(row => row.id)
    if (ids.length === 0) break
    after = ids.at(-1)!
    const { rows } = await sql<Row & { versionId: string }>`
      select distinct on (a.id, v.language) a.id, a.category_id, a.audience, v.language, l.slug, v.title, v.summary, v.state, v.body_html from article a
        join article_version v on v.article_id = a.id and v.state not in ('replaced', 'withdrawn') left join article_slug l on l.article_id = a.id and l.language = v.language and l.current
      where a.id = any(${ids}::uuid[]) order by a.id, v.language, v.state = 'published' desc`.execute(db)
    for (const row of rows) {
      const folder = folderOf(row.categoryId)
      const up = '../'.repeat(folder.split('/').length - 1)
      const html = row.bodyHtml.replace(
        /<img\b([^<>]*?)\bdata-cid="([0-9a-f-]{36})"/g,
        (_, before: string, id: string) => {
          pictures.set(id, id)
          return `<img${before}src="${up}pictures/${id}"`
        },
      )
      const name = `${folder}${row.slug ?? row.id}.${row.language}.html`
      zip.words(name, await named(db, html, pictures, head(row)))
    }
  }
  for (const [id, name] of pictures) {
    const { rows } = await sql<{ sha256: Buffer }>`select sha256 from article_picture where id = ${id}::uuid`.execute(
      db,
    )
    if (rows[0]) zip.file(`pictures/${name}`, rows[0].sha256)
  }
}

const endings: Record<string, string> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
}

/** Pictures get the ending of their kind. */
async function named(db: Db, html: string, pictures: Map<string, string>, before: string): Promise<string> {
  const fresh = [...pictures].filter(([id, name]) => id === name).map(([id]) => id)
  if (fresh.length > 0) {
    const { rows } = await sql<{
      id: string
      mediaType: string
    }>`select id, media_type from article_picture where id = any(${fresh}::uuid[])`.execute(db)
    for (const { id, mediaType } of rows) pictures.set(id, `${id}.${endings[mediaType] ?? 'png'}`)
  }
  return (
    before +
    html.replace(
      /(src="[./]*pictures\/)([0-9a-f-]{36})"/g,
      (_, start: string, id: string) => `${start}${pictures.get(id) ?? id}"`,
    )
  )
}

/** Text on one line: a title can't end the head. */
const line = (text: string) => text.replace(/\s+/g, ' ').replaceAll('-->', '')
const head = ({ title, summary, language, audience, slug, state }: Row) =>
  `<!--\n---\ntitle: ${line(title)}\nsummary: ${line(summary)}\nlanguage: ${language}\naudience: ${audience}\nslug: ${slug ?? ''}\nstate: ${state}\n---\n-->\n`
