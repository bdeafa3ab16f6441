/** What comes of articles: answers that held or not, looking again, drafts from conversations, words for an answer, and zips of pages. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import yazl from 'yazl'
import { knowledgeDesk } from '../../../test/knowledge-desk.ts'
import { aConversation } from '../../../test/people.ts'
import { readToTheEnd } from '../../../test/reading.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { openZip, whole } from './import/zip.ts'
import { anybody, knowledgeReader, rateArticle, rememberMiss } from './index.ts'

const { desk, team, cookies, ids, say, published, settle, db } = await knowledgeDesk()
afterAll(() => desk.close())
const settled = () =>
  readToTheEnd(
    desk.database,
    knowledgeReader(() => desk.clock.now),
  )

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
  await settled()
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
  await settled()
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
