/**
 * Articles on a random day: begun, written, published, taken back, for others than before, drafted from a conversation. Afterwards
 * search knows exactly what stands, each language stands once, and a look that is owed is owed by the owner.
 */
import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Member } from '../../src/domain/access/index.ts'
import { makeArticle, safely, saveArticle, settleArticle } from '../../src/domain/knowledge/commands.ts'
import { anybody, findArticles, publishDue } from '../../src/domain/knowledge/index.ts'
import { publishArticle, withdrawArticle } from '../../src/domain/knowledge/turning.ts'
import { act, type Day, desk, hours, type Known, members } from './day.ts'

export const knowing = ['article', 'article', 'publish-article', 'settle-article', 'withdraw-article'] as const
export const isKnowing = (kind: string): kind is (typeof knowing)[number] => knowing.some(each => each === kind)

const begun = new WeakSet<Day>()
const words = ['boiler', 'gasket', 'grinder', 'descale']
type Standing = {
  id: string
  categoryId: string
  ownerId: string
  work: string | null
  stands: string | null
  revision: number
}

export async function knowledgeStep(day: Day, kind: (typeof knowing)[number], it: Known, by: Member) {
  if (!begun.has(day)) {
    await sql`truncate article cascade`.execute(desk.db)
    begun.add(day)
  }
  const steps = { article: write, 'publish-article': publish, 'settle-article': settle, 'withdraw-article': withdraw }
  await steps[kind](day, it, by)
  await publishDue({ db: desk.db, nudges: { send: () => {} } }, desk.clock.now)
  await standsAsItShould()
}

async function any(day: Day): Promise<Standing | null> {
  const { rows } =
    await sql<Standing>`select a.id, a.category_id, a.owner_id, w.state as work, s.state as stands, coalesce(w.revision, 0) as revision from article a
    left join article_version w on w.article_id = a.id and w.language = 'en' and w.state in ('draft', 'in-review', 'scheduled')
    left join article_version s on s.article_id = a.id and s.language = 'en' and s.state in ('published', 'withdrawn') order by a.id`.execute(
      desk.db,
    )
  return rows.length > 0 ? day.chance.pick(rows) : null
}

async function write(day: Day, it: Known, by: Member) {
  const one = day.chance.pick([true, false]) ? await any(day) : null
  const title = `${day.chance.pick(words)} ${day.chance.pick(words)}`
  const ready = await safely({ title, summary: '', body: `<p>${day.chance.pick(words)}</p>` })
  if (one) {
    const saving = { articleId: one.id, language: 'en', ...ready, seenRevision: one.revision }
    await act(tx => saveArticle(tx, by, saving, desk.clock.now))
    return
  }
  const from = day.chance.pick([true, false]) ? { fromConversationId: it.id } : {}
  await act(tx => makeArticle(tx, by, { language: 'en', audience: 'public', ...ready, ...from }, desk.clock.now))
}

const leads = (by: Member) => by === members[0]

async function publish(day: Day, _: Known, by: Member) {
  const one = await any(day)
  if (!one) return
  const at = day.chance.pick([null, hours(5)])
  const publishing = act(tx => publishArticle(tx, by, { articleId: one.id, language: 'en', at }, desk.clock.now))
  if (!one.work && one.stands !== 'withdrawn') await expect(publishing).rejects.toMatchObject({ code: 'not-now' })
  else if (!leads(by) && !(one.stands && one.ownerId === by.personId))
    await expect(publishing).rejects.toMatchObject({ code: 'not-yours' })
  else if (at && !one.work) await expect(publishing).rejects.toMatchObject({ code: 'not-now' })
  else await publishing
}

async function settle(day: Day, _: Known, by: Member) {
  const one = await any(day)
  if (!one) return
  const audience = day.chance.pick(['public', 'signed-in', 'inside'] as const)
  const ownerId = day.chance.pick(members).personId
  const reviewDueAt = day.chance.pick([null, hours(50)])
  const { rows } = await sql<{ audience: string }>`select audience from article where id = ${one.id}::uuid`.execute(
    desk.db,
  )
  const input = {
    articleId: one.id,
    categoryId: one.categoryId,
    audience,
    organisationIds: [],
    ownerId,
    reviewEveryDays: null,
    reviewDueAt,
  }
  const settling = act(tx => settleArticle(tx, by, input, desk.clock.now))
  const may = leads(by) || one.stands !== 'published' || rows[0]!.audience === audience || one.ownerId === by.personId
  if (may) await settling
  else await expect(settling).rejects.toMatchObject({ code: 'not-yours' })
}

async function withdraw(day: Day, _: Known, by: Member) {
  const one = await any(day)
  if (!one) return
  const withdrawing = act(tx => withdrawArticle(tx, by, { articleId: one.id, language: 'en' }, desk.clock.now))
  if (!one.stands) await expect(withdrawing).rejects.toMatchObject({ code: 'absent' })
  else if (one.stands === 'withdrawn') await expect(withdrawing).rejects.toMatchObject({ code: 'not-now' })
  else if (!leads(by) && one.ownerId !== by.personId)
    await expect(withdrawing).rejects.toMatchObject({ code: 'not-yours' })
  else await withdrawing
}

async function standsAsItShould() {
  const { rows } = await sql<{ wrong: string }>`
    select 'search knows other than stands' as wrong where (select coalesce(array_agg(article_id || language order by article_id, language), '{}') from article_search)
      <> (select coalesce(array_agg(article_id || language order by article_id, language), '{}') from article_version where state = 'published')
    union all select 'it stands without an address' where exists (select from article_version v where state in ('published', 'withdrawn')
      and not exists (select from article_slug l where l.article_id = v.article_id and l.language = v.language and l.current))
    union all select 'a look is owed by somebody else' where exists (select from article a join promise p on p.id = a.review_id and p.ended_at is null where p.by_person_id <> a.owner_id or p.kind <> 'reminder')
    union all select 'what is scheduled has passed' where exists (select from article_version where state = 'scheduled' and publish_at <= ${desk.clock.now})`.execute(
    desk.db,
  )
  expect(rows.map(row => row.wrong)).toEqual([])
  // What is inside is found by nobody outside.
  const found = await findArticles(desk.db, anybody, { q: words[0]!, language: 'en' })
  const { rows: inside } =
    await sql`select from article where audience <> 'public' and id = any(${found.map(each => each.id)}::uuid[])`.execute(
      desk.db,
    )
  expect(inside).toHaveLength(0)
}
