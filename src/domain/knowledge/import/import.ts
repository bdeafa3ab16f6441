/**
 * Makes articles of what a zip holds: a file an article, a folder a category, `name.de.md` another language of `name.md`. Everything
 * comes as a draft. Brought again, what changed is a new draft of the same article. What could not be taken is told, and why.
 */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import MarkdownIt from 'markdown-it'
import sharp from 'sharp'
import { type ImportReport, importLimits } from '../../../contract/knowledge-around.ts'
import { type Db, inTransaction, type Tx } from '../../../platform/db/index.ts'
import type { Files } from '../../../platform/files/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import { writtenAside } from '../../../platform/mail/reading/writtenAside.ts'
import { installation, type Member } from '../../access/index.ts'
import { categoriesOf, firstCategory, makeCategory } from '../categories.ts'
import { pathOf, picturePath } from '../outward.ts'
import { isSlug, slugOf } from '../rules.ts'
import { giveSlug, insertArticle, insertVersion, rewrite, versionsAtHand } from '../tables.ts'
import { tell } from '../told.ts'
import { articleWordsIn } from '../words.ts'
import { type Brought, broughtFrom, isPage, isPicture, keyOf, within } from './page-rules.ts'
import { openZip, type Zip } from './zip.ts'

type Parts = { db: Db; files: Files }
type Page = Brought & { path: string; language: string }
type Placed = { articleId: string; category: string; slug: string; fresh: boolean }

export async function importZip(
  { db, files }: Parts,
  actor: Member,
  content: Buffer,
  now: Date,
): Promise<ImportReport> {
  const zip = await openZip(content)
  try {
    const report: ImportReport = { made: 0, changed: 0, pictures: 0, left: [] }
    const { language } = await installation(db)
    const pages = await pagesIn(zip, language, report)
    if (pages.length === 0) throw new Refusal('zip-without-pages', 400)
    const placed = await placeAll(db, actor, pages, now)
    const pictures = picturesOf(zip, { db, files }, report)
    for (const page of pages) await writeDown(db, actor, { page, placed, pictures, report }, now)
    return report
  } finally {
    zip.close()
  }
}

async function pagesIn(zip: Zip, ours: string, report: ImportReport): Promise<Page[]> {
  const pages: Page[] = []
  for (const file of zip.files) {
    if (!isPage(file.path)) {
      if (!isPicture(file.path)) report.left.push({ path: file.path.slice(0, 300), because: 'kind' })
      continue
    }
    const text = await file.read(importLimits.text)
    const left = (because: 'size' | 'empty') => report.left.push({ path: file.path.slice(0, 300), because })
    if (!text) left('size')
    else {
      const page = broughtFrom(file.path, text.toString('utf8').replaceAll('\0', ''))
      if (page.body.trim() === '') left('empty')
      else pages.push({ ...page, path: file.path, language: page.language ?? ours })
    }
  }
  return pages
}

/** First every article gets its place and address, so that links between them lead there. */
async function placeAll(db: Db, actor: Member, pages: readonly Page[], now: Date): Promise<Map<string, Placed>> {
  const placed = new Map<string, Placed>()
  for (const page of pages) {
    const of = `${page.key} ${page.language}`
    placed.set(of, await inTransaction(db, tx => place(tx, actor, page, placed.get(page.key)?.articleId, now)))
    if (!placed.has(page.key)) placed.set(page.key, placed.get(of)!)
  }
  return placed
}

async function place(tx: Tx, actor: Member, page: Page, sameArticle: string | undefined, now: Date): Promise<Placed> {
  const { rows } = await sql<{ id: string; categoryId: string }>`select id, category_id from article
    where imported_from = ${page.key} or id = ${sameArticle ?? null}::uuid for update`.execute(tx)
  const known = rows[0]
  const categoryId = known?.categoryId ?? (await categoryFor(tx, actor, page, now))
  const from = { fromConversationId: null, importedFrom: page.key }
  const audience = page.audience === 'organisation' ? ('inside' as const) : (page.audience ?? ('public' as const))
  const articleId =
    known?.id ?? (await insertArticle(tx, { categoryId, audience, ownerId: actor.personId, ...from }, now))
  const wanted = page.slug && isSlug(page.slug.toLowerCase()) ? page.slug.toLowerCase() : slugOf(page.title)
  const slug = await giveSlug(tx, articleId, page.language, wanted)
  const category = (await categoriesOf(tx)).find(each => each.id === categoryId)!.slug
  return { articleId, category, slug, fresh: !known }
}

async function categoryFor(tx: Tx, actor: Member, { folder, language }: Page, now: Date): Promise<string> {
  let parentId: string | null = null
  for (const name of folder) {
    const all = await categoriesOf(tx)
    const same = all.find(
      each => each.parentId === parentId && each.names.some(one => one.name.toLowerCase() === name.toLowerCase()),
    )
    parentId = same?.id ?? (await makeCategory(tx, actor, { names: [{ language, name }], parentId, position: 0 }, now))
  }
  const here = (await installation(tx)).language
  return parentId ?? firstCategory(tx, actor, articleWordsIn(here)('firstCategory'), now)
}

const markdown = new MarkdownIt({ html: false, linkify: true })
type Pictures = (path: string, articleId: string, now: Date) => Promise<string | null>
type Writing = { page: Page; placed: ReadonlyMap<string, Placed>; pictures: Pictures; report: ImportReport }

async function writeDown(db: Db, actor: Member, { page, placed, pictures, report }: Writing, now: Date): Promise<void> {
  const { articleId, fresh } = placed.get(`${page.key} ${page.language}`)!
  const raw = page.markup === 'html' ? page.body : markdown.render(page.body)
  const linked = raw.replace(/(<a\b[^<>]{0,2000}?\bhref=")([^"<>]{1,2000})"/gi, (all, before: string, href: string) => {
    const to = within(page.path, href)
    const target =
      to === null || !isPage(to)
        ? undefined
        : (placed.get(`${keyOf(to).key} ${page.language}`) ?? placed.get(keyOf(to).key))
    return target ? `${before}${pathOf(target.category, target.slug)}"` : all
  })
  let html = ''
  let rest = 0
  for (const found of linked.matchAll(/<img\b[^<>]{0,4000}?\bsrc="([^"<>]{1,2000})"[^<>]{0,4000}>/gi)) {
    const to = within(page.path, found[1]!)
    // What lies elsewhere is not fetched.
    if (to === null) report.left.push({ path: found[1]!.slice(0, 300), because: 'path' })
    const id = to === null ? null : await pictures(to, articleId, now)
    html += linked.slice(rest, found.index) + (id ? found[0].replace(found[1]!, picturePath(id)) : '')
    rest = found.index + found[0].length
  }
  const body = await writtenAside(html + linked.slice(rest), { page: true })
  const words = { title: page.title, summary: page.summary, bodyHtml: body.html, bodyText: body.text }
  await inTransaction(db, async tx => {
    const { work, stands } = await versionsAtHand(tx, articleId, page.language)
    const before = work ?? stands
    if (
      before &&
      before.bodyHtml === words.bodyHtml &&
      before.title === words.title &&
      before.summary === words.summary
    )
      return
    if (work) await rewrite(tx, work.id, { ...words, authorId: actor.personId }, now)
    else await insertVersion(tx, { articleId, language: page.language, authorId: actor.personId, ...words }, now)
    report[before ? 'changed' : 'made']++
    const kind = fresh && !before ? ('article.made' as const) : ('article.changed' as const)
    await tell(
      tx,
      actor,
      { kind, articleId, ownerId: actor.personId, facts: { language: page.language, imported: true } },
      now,
    )
  })
}

const formats: Record<string, string> = { png: 'image/png', jpeg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp' }

function picturesOf(zip: Zip, { db, files }: Parts, report: ImportReport): Pictures {
  const byPath = new Map(zip.files.map(file => [file.path, file]))
  return async (path, articleId, now) => {
    const file = isPicture(path) ? byPath.get(path) : undefined
    const content = await file?.read(importLimits.picture)
    const format = content
      ? (
          await sharp(content, { limitInputPixels: 100_000_000 })
            .metadata()
            .catch(() => null)
        )?.format
      : undefined
    const mediaType = formats[format ?? '']
    if (!content || !mediaType) {
      report.left.push({ path: path.slice(0, 300), because: 'picture' })
      return null
    }
    const [sha256] = await files.put([content])
    const name = path.split('/').at(-1)!.slice(0, 200)
    return inTransaction(db, async tx => {
      const { rows } = await sql<{
        id: string
      }>`select id from article_picture where article_id = ${articleId}::uuid and sha256 = ${sha256!} limit 1`.execute(
        tx,
      )
      if (rows[0]) return rows[0].id
      const id = randomUUIDv7()
      await sql`insert into file (sha256, bytes, created_at) values (${sha256!}, ${content.length}, ${now}) on conflict (sha256) do update set created_at = excluded.created_at`.execute(
        tx,
      )
      await sql`insert into article_picture (id, article_id, sha256, name, media_type, bytes, made_at) values (${id}, ${articleId}, ${sha256!}, ${name}, ${mediaType}, ${content.length}, ${now})`.execute(
        tx,
      )
      report.pictures++
      return id
    })
  }
}
