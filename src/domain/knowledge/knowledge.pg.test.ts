/** Articles over HTTP and in the database: written, looked at, published, found by those who may, learned from, brought and taken along. */
import { randomUUIDv7 } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import yazl from 'yazl'
import {
  aConversation,
  aDesk,
  aMember,
  ask,
  aTeam,
  cookieOf,
  type TestDesk,
  type TestTeam,
} from '../../../test/people.ts'
import { audiences } from '../../contract/knowledge.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { readOnce, record } from '../../platform/events/index.ts'
import { openZip, whole } from './import/zip.ts'
import {
  anybody,
  articleAt,
  findArticles,
  knowledgeReader,
  knowledgeRoutes,
  mostHelpful,
  newest,
  publicCategories,
  publishDue,
  type ReadingAs,
  rateArticle,
  rememberMiss,
  sitemapOf,
} from './index.ts'
import { readableBy } from './reading.ts'
import { readsArticle } from './rules.ts'

const silence = { send: () => {} }
let desk: TestDesk
let team: TestTeam
const cookies: Record<string, string> = {}
const ids: Record<string, string> = {}
beforeAll(async () => {
  desk = await aDesk({
    more: ({ app, database, access, files, baseUrl }) =>
      knowledgeRoutes(app, { db: database.db, rights: access.rights, nudges: silence, files, baseUrl }),
  })
  team = await aTeam(desk)
  const people = {
    lead: { teams: { [team.id]: 'lead' } },
    teammate: { teams: { [team.id]: 'teammate' } },
    colleague: { teams: { [team.id]: 'colleague' } },
    partner: { teams: { [team.id]: 'partner' } },
  } as const
  for (const [kind, wishes] of Object.entries(people)) {
    const member = await aMember(desk, wishes)
    ids[kind] = member.personId
    cookies[kind] = await cookieOf(desk, member)
  }
})
afterAll(() => desk.close())

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
const say = (kind: string, method: Method, path: string, body?: unknown) =>
  ask(desk, method, `/api/v1${path}`, body, { cookie: cookies[kind]! })
const db = () => desk.database.db

async function made(title: string, body = '<p>Words.</p>', more: object = {}, kind = 'lead') {
  const { status, body: answer, text } = await say(kind, 'POST', '/articles', { language: 'en', title, body, ...more })
  expect(status, text).toBe(200)
  return answer.article.id as string
}
async function published(title: string, body?: string, more: object = {}) {
  const id = await made(title, body, more)
  const { status, text, body: answer } = await say('lead', 'POST', `/articles/${id}/texts/en/publish`, {})
  expect(status, text).toBe(200)
  return {
    id,
    path: answer.article.editions[0].path as string,
    slug: decodeURIComponent(answer.article.editions[0].path.split('/').at(-1)),
  }
}
const settle = async (id: string, more: object) => {
  const { article } = (await say('lead', 'GET', `/articles/${id}`)).body
  const { status, text } = await say('lead', 'PUT', `/articles/${id}`, {
    ...{ categoryId: article.categoryId, audience: article.audience, organisationIds: [] },
    ...{ ownerId: article.owner.id, reviewEveryDays: null, reviewDueAt: null, ...more },
  })
  expect(status, text).toBe(200)
}

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
  expect((await sitemapOf(db())).filter(each => each.slug.startsWith(word)).map(each => each.slug)).toEqual([
    `${word}-public`,
  ])
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

test('an answer with an article counts for it when it held, and flags it when it did not', async () => {
  const { id, slug } = await published('Seal of the group')
  const conversation = await aConversation(desk, { team })
  const [messageId, followUpId] = [randomUUIDv7(), randomUUIDv7()]
  await sql`insert into message (id, conversation_id, kind, author_id, at, body_text) values (${messageId}, ${conversation.id}, 'reply', ${ids.lead}, ${desk.clock.now}, 'x')`.execute(
    db(),
  )
  await sql`insert into follow_up (id, conversation_id, person_id, asked_at, until, verdict, said, way, answered_at)
    values (${followUpId}, ${conversation.id}, ${conversation.customerId}, ${desk.clock.now}, ${desk.clock.now}, 'wrong', 'It still drips', 'hand', ${desk.clock.now})`.execute(
    db(),
  )
  const happen = (kind: 'message.replied' | 'follow-up.judged', facts: Record<string, unknown>) =>
    inTransaction(db(), tx =>
      record(tx, { kind, subjectId: conversation.id, actorId: null, scopes: [team.id], facts, at: desk.clock.now }),
    )
  await happen('message.replied', { messageId, used: [id, randomUUIDv7()] })
  await happen('follow-up.judged', { verdict: 'worked', followUpId, messages: [messageId] })
  await happen('follow-up.judged', { verdict: 'wrong', followUpId, messages: [messageId] })
  const reader = knowledgeReader(() => desk.clock.now)
  while ((await readOnce(desk.database.pool, reader)) > 0);
  const view = (await say('lead', 'GET', `/articles/${id}`)).body.article
  expect(view).toMatchObject({ held: 1, failed: 1, used: 1, flags: [{ verdict: 'wrong', said: 'It still drips' }] })
  expect(
    (await say('lead', 'GET', '/articles', { state: 'failed' })).body.articles.map((each: { id: string }) => each.id),
  ).toContain(id)
  // Whoever may not read the conversation learns that it did not hold, and no more.
  expect((await say('colleague', 'GET', `/articles/${id}`)).body.article.flags[0]).toMatchObject({
    said: '',
    number: null,
  })
  const ratingId = randomUUIDv7()
  const rate = () =>
    inTransaction(db(), tx =>
      rateArticle(tx, anybody, { id: ratingId, slug, answer: 'partly', said: 'Which seal?' }, desk.clock.now),
    )
  await rate()
  await rate()
  expect((await say('lead', 'GET', `/articles/${id}`)).body.article).toMatchObject({
    ratings: { yes: 0, partly: 1, no: 0 },
    words: [{ said: 'Which seal?' }],
  })
  expect((await say('lead', 'POST', `/articles/${id}/lessons/settle`, {})).body.article).toMatchObject({
    flags: [],
    words: [],
  })
})

test('looking again is a promise of the owner, passed on with the article, and kept makes the next one', async () => {
  const { id } = await published('Reviewed article')
  const open = async () =>
    (
      await sql<{
        byPersonId: string
        kind: string
        dueAt: Date
        id: string
      }>`select p.id, p.by_person_id, p.kind, p.due_at from article a join promise p on p.id = a.review_id and p.ended_at is null where a.id = ${id}::uuid`.execute(
        db(),
      )
    ).rows[0]
  const dueAt = new Date(desk.clock.now.getTime() + 86_400_000)
  await settle(id, { reviewEveryDays: 30, reviewDueAt: dueAt.toISOString() })
  expect(await open()).toMatchObject({ byPersonId: ids.lead, kind: 'reminder', dueAt })
  await settle(id, { ownerId: ids.teammate, reviewEveryDays: 30, reviewDueAt: dueAt.toISOString() })
  expect(await open()).toMatchObject({ byPersonId: ids.teammate })
  expect((await say('teammate', 'POST', `/articles/${id}/checked`, {})).body.article.checkedAt).not.toBeNull()
  const next = (await open())!
  expect(next.dueAt.getTime() - desk.clock.now.getTime()).toBe(30 * 86_400_000)
  // Kept in the ledger it comes to the same.
  await sql`update promise set ended_at = ${desk.clock.now}, ended_how = 'kept' where id = ${next.id}::uuid`.execute(
    db(),
  )
  await inTransaction(db(), tx =>
    record(tx, {
      kind: 'promise.kept',
      subjectId: null,
      actorId: ids.teammate!,
      scopes: [],
      facts: { promiseId: next.id },
      at: desk.clock.now,
    }),
  )
  while (
    (await readOnce(
      desk.database.pool,
      knowledgeReader(() => desk.clock.now),
    )) > 0
  );
  expect((await open())?.id).not.toBe(next.id)
})

test('a draft from a conversation holds back what is theirs, and names it', async () => {
  const conversation = await aConversation(desk, { team, words: 'Code for order AB-20931' })
  await sql`update person set name = 'Inês Carvalho' where id = ${conversation.customerId}::uuid`.execute(db())
  await sql`update message set body_text = ${'Hello,\n\nI am Inês, call +31 10 555 0175 or write to ines@saudade.example. Which code opens the door?\n\nKind regards\nInês'} where id = ${conversation.messageId}::uuid`.execute(
    db(),
  )
  const { status, body } = await say('lead', 'GET', `/conversations/${conversation.id}/article-draft`)
  expect(status).toBe(200)
  expect(body.body).toContain('Which code opens the door?')
  expect(`${body.body} ${body.title}`).not.toMatch(/Inês|555|saudade|20931/)
  expect(body.heldBack.map((each: { is: string }) => each.is)).toEqual(
    expect.arrayContaining(['name', 'phone', 'address', 'greeting', 'number']),
  )
  expect((await say('colleague', 'GET', `/conversations/${conversation.id}/article-draft`)).status).toBe(404)
})

test('for an answer only that is offered which the customer may read', async () => {
  const conversation = await aConversation(desk, { team, words: 'quixotic gasket' })
  await published('quixotic gasket, for all', '<p>Press it in.</p>')
  const inside = await published('quixotic gasket, for us', '<p>Secret</p>')
  await settle(inside.id, { audience: 'inside' })
  const { articles } = (await say('lead', 'GET', `/conversations/${conversation.id}/articles`, { q: 'quixotic' })).body
  expect(articles.map((each: { title: { text: string } }) => each.title.text)).toEqual(['quixotic gasket, for all'])
  expect(
    (await say('lead', 'GET', `/conversations/${conversation.id}/articles/${articles[0].id}`)).body.html,
  ).toContain('Press it in.')
  expect((await say('lead', 'GET', `/conversations/${conversation.id}/articles/${inside.id}`)).status).toBe(404)
})

test('what was looked for in vain is kept as words, and set aside', async () => {
  await inTransaction(db(), tx => rememberMiss(tx, 'Borrow a grinder 0612345678', 'en', desk.clock.now))
  await inTransaction(db(), tx => rememberMiss(tx, 'borrow a grinder', 'en', desk.clock.now))
  expect((await say('lead', 'GET', '/article-searches')).body.misses).toMatchObject([
    { words: 'borrow a grinder', times: 2 },
  ])
  expect(
    (await say('lead', 'POST', '/article-searches/settle', { words: 'borrow a grinder', language: 'en' })).status,
  ).toBe(200)
  expect((await say('lead', 'GET', '/article-searches')).body.misses).toEqual([])
})

test('categories make a tree that never runs in a circle, and go only when empty', async () => {
  const make = async (name: string, parentId: string | null) =>
    (
      await say('lead', 'POST', '/article-categories', { names: [{ language: 'en', name }], parentId })
    ).body.categories.find((each: { names: { name: string }[] }) => each.names[0]!.name === name)
  const above = await make('Above', null)
  const below = await make('Below it', above.id)
  const circle = await say('lead', 'PUT', `/article-categories/${above.id}`, {
    names: [{ language: 'en', name: 'Above' }],
    parentId: below.id,
  })
  expect(circle.body.code).toBe('category-in-itself')
  expect((await say('lead', 'DELETE', `/article-categories/${above.id}`)).body.code).toBe('category-not-empty')
  expect((await say('lead', 'DELETE', `/article-categories/${below.id}`)).status).toBe(200)
})

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
async function zipOf(files: Record<string, string | Buffer>): Promise<Buffer> {
  const zip = new yazl.ZipFile()
  for (const [path, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content as string), path)
  zip.end()
  return whole(zip.outputStream)
}
async function bring(content: Buffer) {
  const head =
    '------x\r\ncontent-disposition: form-data; name="file"; filename="a.zip"\r\ncontent-type: application/zip\r\n\r\n'
  const response = await desk.app.inject({
    ...{
      method: 'POST',
      url: '/api/v1/articles/import',
      payload: Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n------x--\r\n')]),
    },
    headers: { cookie: cookies.lead!, 'content-type': 'multipart/form-data; boundary=----x' },
  })
  return { status: response.statusCode, body: response.json() }
}

test('a zip of pages becomes drafts with their pictures and links, once; what is hostile is left out or refused', async () => {
  const files = {
    'water/hardness.md':
      '# Hardness\n\nSee [filters](filters.md) ![scale](img/a.png) ![out](../../../etc/passwd.png) <script>x</script>',
    'water/hardness.de.md': '# Härte\n\nText',
    'water/filters.html': '<body><h1>Filters</h1><p onclick="x()">Change them.</p></body>',
    'water/img/a.png': pixel,
    'run.sh': 'rm -rf /',
  }
  const first = await bring(await zipOf(files))
  expect(first.body).toMatchObject({ made: 3, changed: 0, pictures: 1 })
  expect(first.body.left.map((each: { because: string }) => each.because).sort()).toEqual(['kind', 'path'])
  expect((await bring(await zipOf(files))).body).toMatchObject({ made: 0, changed: 0, pictures: 0 })
  const { articles } = (await say('lead', 'GET', '/articles', { q: 'hardness' })).body
  expect(articles[0].editions.map((each: { language: string }) => each.language)).toEqual(['de', 'en'])
  const { article } = (await say('lead', 'GET', `/articles/${articles[0].id}`)).body
  const english = article.editions.find((each: { language: string }) => each.language === 'en').work.body
  expect(english).toMatch(/href="\/help\/articles\/water\/filters"/)
  expect(english).toMatch(/<img[^>]*src="\/articles\/pictures\//)
  expect(english).not.toContain('<script')
  expect((await bring(Buffer.from('PK no zip'))).body.code).toBe('bad-zip')
  expect((await bring(await zipOf({ 'a.txt': 'x' }))).body.code).toBe('zip-without-pages')
  const out = await desk.app.inject({ url: '/api/v1/articles/export', headers: { cookie: cookies.lead! } })
  const paths = (await openZip(out.rawPayload)).files.map(each => each.path)
  expect(paths).toContain('water/hardness.en.html')
  expect(paths.some(path => path.startsWith('pictures/') && path.endsWith('.png'))).toBe(true)
})
