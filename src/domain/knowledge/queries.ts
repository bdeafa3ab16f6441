/** Articles as the desk shows them, to those who read what is inside: the list, one with its languages, its versions and what changed between them. */
import { sql } from 'kysely'
import type { z } from 'zod'
import type * as contract from '../../contract/knowledge.ts'
import type { Db, Tx } from '../../platform/db/index.ts'
import { absent, Refusal } from '../../platform/http/index.ts'
import { inSightOf, type Member, mayRead } from '../access/index.ts'
import { folded } from '../search/index.ts'
import { mayOf } from './commands.ts'
import { differenceOf } from './difference.ts'
import { relatedTo } from './finding.ts'
import { forEditing, pathOf } from './outward.ts'
import { inWork } from './rules.ts'

const page = 50

type Listed = Omit<contract.ArticleRow, 'changedAt' | 'reviewDueAt' | 'owner'> & {
  changedAt: Date
  reviewDueAt: Date | null
  ownerId: string
  ownerName: string
}
type Asked = z.output<typeof contract.articles.input>

/** The category and all below it. */
const below = (id: string) =>
  sql`(with recursive t(id) as (select ${id}::uuid union select c.id from article_category c join t on c.parent_id = t.id) select id from t)`

export async function articlesPage(db: Db, asked: Asked, now: Date): Promise<z.input<typeof contract.articles.output>> {
  const cursor = asked.after ? /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(asked.after) : null
  if (asked.after && !cursor)
    throw new Refusal('bad-shape', 400, { fields: [{ path: 'after', says: 'is no place in this list' }] })
  const language = asked.language ? sql`and v.language = ${asked.language}` : sql``
  const has = (state: string) =>
    sql`exists (select from article_version v where v.article_id = a.id and v.state = ${state} ${language})`
  const state = asked.state
  const soon = new Date(now.getTime() + 7 * 86_400_000)
  const which =
    state === undefined
      ? asked.language
        ? sql`exists (select from article_version v where v.article_id = a.id ${language})`
        : sql`true`
      : state === 'review-due'
        ? sql`exists (select from promise p where p.id = a.review_id and p.ended_at is null and p.due_at <= ${soon})`
        : state === 'failed'
          ? sql`(exists (select from article_flag f where f.article_id = a.id and f.settled_at is null)
              or exists (select from article_rating g where g.article_id = a.id and g.settled_at is null and (g.said <> '' or g.answer <> 'yes')))`
          : has(state)
  const like = asked.q?.trim() ? `%${folded(asked.q.trim()).replace(/[\\%_]/g, '\\$&')}%` : null
  const { rows } = await sql<Listed>`
    select a.id, a.category_id, a.audience, a.owner_id, o.name as owner_name, a.held, a.failed, a.changed_at, p.due_at as review_due_at,
      (select count(*)::int from article_use u join message m on m.id = u.message_id and m.taken_back_at is null where u.article_id = a.id) as used,
      (select count(*)::int from article_flag f where f.article_id = a.id and f.settled_at is null) as flags,
      (select count(*)::int from article_rating g where g.article_id = a.id and g.settled_at is null and (g.said <> '' or g.answer <> 'yes')) as words,
      (select jsonb_agg(e order by e->>'language') from (select jsonb_build_object('language', v.language,
          'title', coalesce((array_agg(v.title order by v.state = 'published' desc, v.number desc))[1], ''),
          'standing', max(v.state) filter (where v.state in ('published', 'withdrawn')), 'work', max(v.state) filter (where v.state = any(${[...inWork]}::text[])),
          'publishAt', max(v.publish_at), 'changedAt', max(v.changed_at)) as e
        from article_version v where v.article_id = a.id and v.state <> 'replaced' group by v.language) x) as editions
    from article a join person o on o.id = a.owner_id left join promise p on p.id = a.review_id and p.ended_at is null
    where ${which}
      ${asked.categoryId ? sql`and a.category_id in ${below(asked.categoryId)}` : sql``}
      ${asked.ownerId ? sql`and a.owner_id = ${asked.ownerId}::uuid` : sql``}
      ${like ? sql`and exists (select from article_version v where v.article_id = a.id and v.state <> 'replaced' and folded(v.title || ' ' || v.summary) like ${like})` : sql``}
      ${cursor ? sql`and (a.changed_at, a.id) < (${new Date(Number(cursor[1]))}::timestamptz, ${cursor[2]}::uuid)` : sql``}
    order by date_trunc('milliseconds', a.changed_at) desc, a.id desc limit ${page + 1}`.execute(db)
  const shown = rows.slice(0, page)
  const last = shown.at(-1)
  return {
    articles: shown.map(rowOf),
    next: rows.length > page && last ? `${last.changedAt.getTime()}.${last.id}` : null,
  }
}

const iso = (at: Date | string | null) => (at === null ? null : new Date(at).toISOString())

function rowOf({ ownerId, ownerName, reviewDueAt, changedAt, editions, ...row }: Listed): contract.ArticleRow {
  return {
    ...row,
    owner: { id: ownerId, name: ownerName },
    reviewDueAt: iso(reviewDueAt),
    changedAt: changedAt.toISOString(),
    editions: (editions ?? []).map(each => ({
      ...each,
      publishAt: iso(each.publishAt),
      changedAt: iso(each.changedAt)!,
    })),
  }
}

type VersionRow = {
  id: string
  language: string
  number: number
  state: contract.VersionState
  title: string
  summary: string
  bodyHtml: string
  bodyText: string
  revision: number
  remark: string
  author: { id: string; name: string } | null
  reviewer: { id: string; name: string } | null
  publishedBy: { id: string; name: string } | null
  publishAt: Date | null
  publishedAt: Date | null
  changedAt: Date
}
const person = (alias: string) =>
  sql`case when ${sql.ref(`${alias}.id`)} is null then null else jsonb_build_object('id', ${sql.ref(`${alias}.id`)}, 'name', ${sql.ref(`${alias}.name`)}) end`
const versionColumns = sql`v.id, v.language, v.number, v.state, v.title, v.summary, v.body_html, v.body_text, v.revision, v.remark, v.publish_at, v.published_at, v.changed_at,
  ${person('au')} as author, ${person('re')} as reviewer, ${person('pu')} as published_by`
const versionJoins = sql`left join person au on au.id = v.author_id left join person re on re.id = v.reviewer_id left join person pu on pu.id = v.published_by`

function versionOf(row: VersionRow): contract.ArticleVersion {
  const { bodyHtml, bodyText: _, language: __, publishAt, publishedAt, changedAt, ...rest } = row
  return {
    ...rest,
    body: forEditing(bodyHtml),
    publishAt: iso(publishAt),
    publishedAt: iso(publishedAt),
    changedAt: changedAt.toISOString(),
  }
}

type Head = {
  id: string
  categoryId: string
  audience: contract.Audience
  ownerId: string
  ownerName: string
  reviewEveryDays: number | null
  reviewDueAt: Date | null
  checkedAt: Date | null
  held: number
  failed: number
  used: number
  changedAt: Date
  organisations: { id: string; name: string }[]
  slugs: { slug: string; language: string }[]
  category: string
  ratings: contract.ArticleView['ratings']
  from: { id: string; number: number; subject: string; teamId: string; ownerId: string | null } | null
}

export async function articleView(db: Db, actor: Member, id: string): Promise<contract.ArticleView> {
  const { rows } = await sql<Head>`
    select a.id, a.category_id, a.audience, a.owner_id, o.name as owner_name, a.review_every_days, p.due_at as review_due_at, a.checked_at, a.held, a.failed, a.changed_at, cs.slug as category,
      (select count(*)::int from article_use u join message m on m.id = u.message_id and m.taken_back_at is null where u.article_id = a.id) as used,
      (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name) order by lower(g.name)), '[]') from article_organisation ao join organisation g on g.id = ao.organisation_id where ao.article_id = a.id) as organisations,
      (select coalesce(jsonb_agg(jsonb_build_object('slug', l.slug, 'language', l.language)), '[]') from article_slug l where l.article_id = a.id and l.current) as slugs,
      (select jsonb_build_object('yes', count(*) filter (where answer = 'yes'), 'partly', count(*) filter (where answer = 'partly'), 'no', count(*) filter (where answer = 'no')) from article_rating g where g.article_id = a.id) as ratings,
      (select jsonb_build_object('id', c.id, 'number', c.number, 'subject', c.subject, 'teamId', c.team_id, 'ownerId', c.owner_id) from conversation c where c.id = a.from_conversation_id) as "from"
    from article a join person o on o.id = a.owner_id join article_category_slug cs on cs.category_id = a.category_id and cs.current
      left join promise p on p.id = a.review_id and p.ended_at is null where a.id = ${id}::uuid`.execute(db)
  const head = rows[0]
  if (!head) throw absent()
  const [versions, flags, words] = await Promise.all([atHand(db, id), flagsOf(db, actor, id), ratingsOf(db, id)])
  const languages = [...new Set(versions.map(each => each.language))].sort()
  const editions = languages.map(language => {
    const its = versions.filter(each => each.language === language)
    const stands = its.find(each => each.state === 'published' || each.state === 'withdrawn')
    const work = its.find(each => inWork.includes(each.state))
    const slug = head.slugs.find(each => each.language === language)?.slug
    return {
      language,
      standing: stands ? versionOf(stands) : null,
      work: work ? versionOf(work) : null,
      path: slug ? pathOf(head.category, slug) : null,
    }
  })
  const first = editions.find(each => each.standing) ?? editions[0]
  const title = first?.standing?.title ?? first?.work?.title ?? ''
  const { ownerId, ownerName, reviewDueAt, checkedAt, changedAt, slugs: _, category: __, from, ...rest } = head
  const related = await relatedTo(
    db,
    { is: 'inside' },
    { id, language: first?.language ?? 'en', title, categoryId: head.categoryId },
  )
  return {
    ...rest,
    owner: { id: ownerId, name: ownerName },
    reviewDueAt: iso(reviewDueAt),
    checkedAt: iso(checkedAt),
    changedAt: changedAt.toISOString(),
    editions,
    flags,
    words,
    related: related.map(each => ({ id: each.id, title: each.title })),
    from: from && mayRead(actor, from) ? { id: from.id, number: from.number, subject: from.subject } : null,
    may: mayOf(actor, { ownerId, published: editions.some(each => each.standing) }),
  }
}

async function atHand(db: Db, id: string): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`select ${versionColumns} from article_version v ${versionJoins}
    where v.article_id = ${id}::uuid and v.state <> 'replaced' order by v.language, v.number`.execute(db)
  return rows
}

/** Who may not read the conversation learns that it did not hold, and no more. */
async function flagsOf(db: Db, actor: Member, id: string): Promise<contract.ArticleView['flags']> {
  type Row = { id: string; at: Date; verdict: 'incomplete' | 'wrong'; said: string; number: number | null }
  const { rows } = await sql<Row>`
    select f.id, f.made_at as at, u.verdict, case when ${inSightOf(actor, 'c')} then u.said else '' end as said, case when ${inSightOf(actor, 'c')} then c.number end as number
    from article_flag f join follow_up u on u.id = f.follow_up_id left join message m on m.id = u.message_id
    join conversation c on c.id = coalesce(m.conversation_id, u.conversation_id)
    where f.article_id = ${id}::uuid and f.settled_at is null order by f.made_at desc limit 50`.execute(db)
  return rows.map(row => ({ ...row, at: row.at.toISOString() }))
}

async function ratingsOf(db: Db, id: string): Promise<contract.ArticleView['words']> {
  const { rows } = await sql<{ id: string; at: Date; answer: 'yes' | 'partly' | 'no'; said: string }>`
    select id, at, answer, said from article_rating where article_id = ${id}::uuid and settled_at is null and (said <> '' or answer <> 'yes')
    order by at desc, id limit 50`.execute(db)
  return rows.map(row => ({ ...row, at: row.at.toISOString() }))
}

async function needArticle(on: Db | Tx, id: string) {
  const { rows } = await sql`select from article where id = ${id}::uuid`.execute(on)
  if (rows.length === 0) throw absent()
}

export async function versionsOf(db: Db, articleId: string, language: string) {
  await needArticle(db, articleId)
  const { rows } = await sql<VersionRow>`select ${versionColumns} from article_version v ${versionJoins}
    where v.article_id = ${articleId}::uuid and v.language = ${language} order by v.number desc limit 200`.execute(db)
  return { versions: rows.map(row => ({ ...versionOf({ ...row, bodyHtml: '' }) })) }
}

export async function differenceIn(db: Db, it: { articleId: string; language: string; versionId: string }) {
  const { rows } = await sql<VersionRow>`select ${versionColumns} from article_version v ${versionJoins}
    where v.article_id = ${it.articleId}::uuid and v.language = ${it.language} and v.number <= (select number from article_version where id = ${it.versionId}::uuid and article_id = ${it.articleId}::uuid and language = ${it.language})
    order by v.number desc limit 2`.execute(db)
  const [version, before] = rows
  if (!version) throw absent()
  const text = (row: VersionRow) => [row.title, row.summary, row.bodyText].filter(Boolean).join('\n\n')
  return {
    version: versionOf(version),
    before: before?.number ?? null,
    parts: differenceOf(before ? text(before) : '', text(version)),
  }
}
