/** Articles over HTTP: written, looked at, published, found by those who may and by nobody else. */
import { randomUUIDv7 } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { knowledgeDesk } from '../../../test/knowledge-desk.ts'
import { audiences } from '../../contract/knowledge.ts'
import {
  anybody,
  articleAt,
  findArticles,
  mostHelpful,
  newest,
  publicCategories,
  publishDue,
  type ReadingAs,
  sitemapOf,
  sitemapParts,
} from './index.ts'
import { readableBy } from './reading.ts'
import { readsArticle } from './rules.ts'

const silence = { send: () => {} }
const { desk, ids, say, made, published, settle, db } = await knowledgeDesk()
afterAll(() => desk.close())

test('a draft is kept as it is written, by whoever serves, and a second writer is told', async () => {
  const id = await made('Boil')
  const save = (kind: string, seenRevision: number, body: string) =>
    say(kind, 'PUT', `/articles/${id}/texts/en`, { title: 'Boil', body, seenRevision })
  expect((await save('teammate', 1, '<p>one</p>')).body.revision).toBe(2)
  expect((await save('lead', 1, '<p>other</p>')).body.code).toBe('stale-article')
  // The answer was lost on the way: the same words again are no other words.
  expect((await save('teammate', 1, '<p>one</p>')).body.revision).toBe(2)
  expect((await save('colleague', 2, '<p>x</p>')).status).toBe(403)
  expect((await say('colleague', 'GET', `/articles/${id}`)).body.article.may).toEqual({ write: false, publish: false })
  expect((await say('partner', 'GET', `/articles/${id}`)).status).toBe(403)
  expect((await say('teammate', 'POST', `/articles/${id}/texts/en/publish`, {})).status).toBe(403)
  expect(
    (await say('teammate', 'POST', `/articles/${id}/texts/en/review`, { reviewerId: ids.lead })).body.article
      .editions[0].work,
  ).toMatchObject({ state: 'in-review', reviewer: { id: ids.lead } })
  expect(
    (await say('lead', 'POST', `/articles/${id}/texts/en/send-back`, { remark: 'Say how long' })).body.article
      .editions[0].work,
  ).toMatchObject({ state: 'draft', remark: 'Say how long' })
  expect((await say('teammate', 'DELETE', `/articles/${id}`)).status).toBe(200)
  expect((await say('lead', 'GET', `/articles/${id}`)).status).toBe(404)
})

test('what is published stands under its address; a change is a draft beside it until it is published, too', async () => {
  const it = await published(
    'Descale the Faro',
    '<h2>First</h2><p>Open it. <script>alert(1)</script><img src="https://x.example/a.png"><span style="color:red" onclick="x()">Red</span></p><div data-aside="warning"><p>Hot</p></div>',
  )
  const stands = await articleAt(db(), anybody, it.slug)
  expect(stands?.bodyHtml).not.toMatch(/script|x\.example|style|onclick/)
  expect(stands?.bodyHtml).toContain('data-aside="warning"')
  await say('lead', 'PUT', `/articles/${it.id}/texts/en`, {
    title: 'Descale a Faro',
    body: '<p>New words</p>',
    seenRevision: 0,
  })
  expect((await articleAt(db(), anybody, it.slug))?.title).toBe('Descale the Faro')
  await say('lead', 'POST', `/articles/${it.id}/texts/en/publish`, { slug: 'descale' })
  // The old address still leads there.
  expect((await articleAt(db(), anybody, it.slug))?.slug).toBe('descale')
  expect((await articleAt(db(), anybody, 'descale'))?.title).toBe('Descale a Faro')
  const { versions } = (await say('lead', 'GET', `/articles/${it.id}/texts/en/versions`)).body
  expect(versions.map((each: { state: string }) => each.state)).toEqual(['published', 'replaced'])
  const { parts, before } = (await say('lead', 'GET', `/articles/${it.id}/texts/en/versions/${versions[0].id}`)).body
  expect(before).toBe(1)
  expect(parts.some((each: { is: string; text: string }) => each.is === 'added' && each.text.includes('New'))).toBe(
    true,
  )
  const back = await say('lead', 'POST', `/articles/${it.id}/texts/en/versions/${versions[1].id}/restore`, {})
  expect(back.body.article.editions[0].work.title).toBe('Descale the Faro')
  expect((await say('lead', 'DELETE', `/articles/${it.id}`)).body.code).toBe('article-stood')
  expect((await say('lead', 'POST', `/articles/${it.id}/texts/en/withdraw`, {})).status).toBe(200)
  expect(await articleAt(db(), anybody, 'descale')).toBeNull()
})

test('two articles of one title have two addresses, and a title in Arabic has one of its own letters', async () => {
  const [one, two] = [await published('Same title'), await published('Same title')]
  expect(two.slug).toBe(`${one.slug}-2`)
  const id = await made('مقالة')
  const done = await say('lead', 'POST', `/articles/${id}/texts/en/publish`, {})
  expect(decodeURIComponent(done.body.article.editions[0].path)).toContain('/مقالة')
})

test('a time to come publishes by itself, once, however many clocks look', async () => {
  const id = await made('Later article')
  const at = new Date(desk.clock.now.getTime() + 3_600_000)
  expect(
    (await say('lead', 'POST', `/articles/${id}/texts/en/publish`, { at: desk.clock.now.toISOString() })).body.code,
  ).toBe('time-passed')
  expect(
    (await say('lead', 'POST', `/articles/${id}/texts/en/publish`, { at: at.toISOString() })).body.article.editions[0]
      .work.state,
  ).toBe('scheduled')
  await publishDue({ db: db(), nudges: silence }, desk.clock.now)
  expect(await articleAt(db(), anybody, 'later-article')).toBeNull()
  await Promise.all([1, 2, 3].map(() => publishDue({ db: db(), nudges: silence }, at)))
  expect((await articleAt(db(), anybody, 'later-article'))?.title).toBe('Later article')
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from event where subject_id = ${id}::uuid and kind = 'article.published'`.execute(db())
  expect(rows[0]!.n).toBe(1)
})

test('what one may not read is in no list, search, count, feed or map; rule and database say the same of it', async () => {
  const organisation = randomUUIDv7()
  await sql`insert into organisation (id, name, created_at) values (${organisation}, 'Saudade', ${desk.clock.now})`.execute(
    db(),
  )
  const word = 'zymurgy'
  const all = new Map<string, string>()
  for (const audience of audiences) {
    const category = (
      await say('lead', 'POST', '/article-categories', { names: [{ language: 'en', name: `Only ${audience}` }] })
    ).body.categories.find((each: { names: { name: string }[] }) => each.names[0]!.name === `Only ${audience}`).id
    const { id } = await published(`${word} ${audience}`, '<p>x</p>', { categoryId: category })
    await settle(id, {
      categoryId: category,
      audience,
      organisationIds: audience === 'organisation' ? [organisation] : [],
    })
    all.set(audience, id)
  }
  const person = (organisations: string[]): ReadingAs => ({ is: 'person', personId: ids.partner!, organisations })
  const readers: [ReadingAs, number][] = [
    [anybody, 1],
    [person([]), 2],
    [person([organisation]), 3],
    [{ is: 'inside' }, 4],
  ]
  for (const [as, seen] of readers) {
    const found = await findArticles(db(), as, { q: word, language: 'en' })
    expect(found).toHaveLength(seen)
    expect(found[0]!.title.marks[0]).toEqual([0, word.length])
    expect(await findArticles(db(), as, { q: 'zymurgi', language: 'en' })).toHaveLength(seen)
    expect((await newest(db(), as, 'en')).filter(each => each.title.startsWith(word))).toHaveLength(seen)
    expect((await mostHelpful(db(), as, 'en', 50)).filter(each => each.title.startsWith(word))).toHaveLength(seen)
    expect((await publicCategories(db(), as, 'en')).filter(each => each.name.startsWith('Only'))).toHaveLength(seen)
  }
  const listed = await Promise.all((await sitemapParts(db())).map(from => sitemapOf(db(), from)))
  expect(
    listed
      .flat()
      .filter(each => each.slug.startsWith(word))
      .map(each => each.slug),
  ).toEqual([`${word}-public`])
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...audiences),
      fc.boolean(),
      fc.constantFrom(...readers.map(each => each[0])),
      async (audience, ours, as) => {
        const organisationIds = ours ? [organisation] : []
        const { rows } = await sql<{
          sees: boolean
        }>`with a as (select ${all.get(audience)}::uuid as id, ${audience}::text as audience),
        article_organisation as (select ${all.get(audience)}::uuid as article_id, unnest(${organisationIds}::uuid[]) as organisation_id) select ${readableBy(as)} as sees from a`.execute(
          db(),
        )
        expect(rows[0]!.sees).toBe(readsArticle(as, { audience, organisationIds }))
      },
    ),
    { numRuns: 30 },
  )
})
