/** Pages of our own as they lie in the database. What is no longer the address of one still leads to it. */
import { sql } from 'kysely'
import type { HelpPage, HelpPagePlace } from '../../../contract/help-pages.ts'
import type { Db, Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/http/index.ts'

export const helpPagePath = (slug: string) => `/help/pages/${encodeURIComponent(slug)}`

type Row = Omit<HelpPage, 'path' | 'changedAt'> & { changedAt: Date }

export async function helpPagesOf(on: Db | Tx, id?: string): Promise<HelpPage[]> {
  const { rows } = await sql<Row>`
    select p.id, s.slug, p.place, p.published_at is not null as published, p.revision, p.changed_at,
      (select jsonb_agg(jsonb_build_object('language', t.language, 'title', t.title, 'body', t.body_html) order by t.language = (select language from installation) desc, t.language)
        from help_page_text t where t.page_id = p.id) as texts
    from help_page p join help_page_slug s on s.page_id = p.id and s.current
    where ${id === undefined ? sql`true` : sql`p.id = ${id}::uuid`} order by p.position, p.id`.execute(on)
  return rows.map(row => ({ ...row, path: helpPagePath(row.slug), changedAt: row.changedAt.toISOString() }))
}

export type Standing = {
  slug: string
  language: string
  title: string
  html: string
  languages: string[]
  changedAt: Date
}

/** By any address it ever had, in the language asked for, else ours, else what there is. Null: there is none, or it is a draft. */
export async function helpPageAt(db: Db, slug: string, language: string): Promise<Standing | null> {
  const { rows } = await sql<Standing>`
    select now.slug, t.language, t.title, t.body_html as html, p.changed_at,
      (select array_agg(l.language order by l.language) from help_page_text l where l.page_id = p.id) as languages
    from help_page_slug s join help_page p on p.id = s.page_id and p.published_at is not null join help_page_slug now on now.page_id = p.id and now.current
      join help_page_text t on t.page_id = p.id
    where s.slug = ${slug} order by t.language = ${language} desc, t.language = (select language from installation) desc, t.language limit 1`.execute(
    db,
  )
  return rows[0] ?? null
}

export async function helpPagesListed(db: Db): Promise<{ path: string; changedAt: Date }[]> {
  const { rows } = await sql<{ slug: string; changedAt: Date }>`
    select s.slug, p.changed_at from help_page p join help_page_slug s on s.page_id = p.id and s.current where p.published_at is not null order by p.position, p.id`.execute(
    db,
  )
  return rows.map(({ slug, changedAt }) => ({ path: helpPagePath(slug), changedAt }))
}

export type Saved = {
  pageId: string
  seenRevision: number
  place: HelpPagePlace
  published: boolean
  texts: { language: string; title: string; html: string; text: string }[]
}

/** Refuses an older state: what somebody else wrote meanwhile is not lost. */
export async function savePageRow(tx: Tx, it: Saved, now: Date): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('help_page'))`.execute(tx)
  const { rows } = await sql<{
    revision: number
  }>`select revision from help_page where id = ${it.pageId}::uuid for update`.execute(tx)
  if ((rows[0]?.revision ?? 0) !== it.seenRevision) throw new Refusal('stale-article', 409)
  await sql`insert into help_page (id, place, position, published_at, changed_at)
    values (${it.pageId}, ${it.place}, (select coalesce(max(position), 0) + 1 from help_page), ${it.published ? now : null}, ${now})
    on conflict (id) do update set place = excluded.place, revision = help_page.revision + 1, changed_at = excluded.changed_at,
      published_at = case when ${it.published} then coalesce(help_page.published_at, excluded.published_at) end`.execute(
    tx,
  )
  await sql`delete from help_page_text where page_id = ${it.pageId}::uuid`.execute(tx)
  for (const each of it.texts)
    await sql`insert into help_page_text (page_id, language, title, body_html, body_text) values (${it.pageId}, ${each.language}, ${each.title}, ${each.html}, ${each.text})`.execute(
      tx,
    )
}

/** What leads to another page, now or from before, is not taken from it: a number goes behind. */
export async function givePageSlug(tx: Tx, pageId: string, wanted: string): Promise<void> {
  const { rows } = await sql<{ slug: string; pageId: string; current: boolean }>`
    select slug, page_id, current from help_page_slug where slug = ${wanted} or slug like ${`${wanted}-%`} or page_id = ${pageId}::uuid`.execute(
    tx,
  )
  const now = rows.find(row => row.pageId === pageId && row.current)
  if (now && (now.slug === wanted || now.slug.replace(/-\d+$/, '') === wanted)) return
  const taken = new Set(rows.filter(row => row.pageId !== pageId).map(row => row.slug))
  let slug = wanted
  for (let n = 2; taken.has(slug); n++) slug = `${wanted}-${n}`
  await sql`update help_page_slug set current = false where page_id = ${pageId}::uuid and current`.execute(tx)
  await sql`insert into help_page_slug (slug, page_id, current) values (${slug}, ${pageId}, true) on conflict (slug) do update set current = true`.execute(
    tx,
  )
}

export async function removePageRow(tx: Tx, pageId: string): Promise<boolean> {
  const { rows } = await sql`delete from help_page where id = ${pageId}::uuid returning id`.execute(tx)
  return rows.length > 0
}
