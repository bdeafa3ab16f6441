/** Topics on a real database: answered, accepted, tried, merged, moved, tied to conversations and articles, and read by place and by words. */
import { randomUUIDv7 } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { communityDesk } from '../../../test/community-desk.ts'
import { aConversation } from '../../../test/people.ts'
import {
  acceptAnswer,
  changePost,
  findTopics,
  likePost,
  readyPost,
  removePost,
  thanksOf,
  topicsFor,
  triesFor,
  tryPractice,
} from './index.ts'

const world = await communityDesk()
const { db, pool, act, say, ids, person, as, category, topic, post, shown, pass } = world
const now = () => world.now()
afterAll(() => world.desk.close())

const everybody = await category()
const nobody = await as(null)
const minute = 60_000
const one = async (who: Awaited<ReturnType<typeof as>>, number: number) => {
  const found = await shown(who, number)
  if (found?.is !== 'topic') throw new Error(`no topic: ${JSON.stringify(found)}`)
  return found
}

test('answers are liked, accepted, changed with what they said before, and taken away with a stone left', async () => {
  const [asks, answers] = [await as(await person('Inês Carvalho')), await as(await person('Tomasz W'))]
  const it = await topic(asks, everybody, 'Steam wand drips')
  const answer = await post(answers, it.topicId, 'Change the **seal**. @Inês Carvalho see above')
  expect((await act(tx => likePost(tx, asks, { postId: answer.postId, on: true }, now()))).likes).toBe(1)
  expect((await act(tx => likePost(tx, asks, { postId: answer.postId, on: true }, now()))).likes).toBe(1)
  await expect(act(tx => likePost(tx, answers, { postId: answer.postId, on: true }, now()))).rejects.toMatchObject({
    code: 'own-post',
  })
  const accept = (who: typeof asks, postId: string | null) =>
    act(tx => acceptAnswer(tx, who, { topicId: it.topicId, postId }, now()))
  await expect(accept(answers, answer.postId)).rejects.toMatchObject({ code: 'not-an-answer' })
  await accept(asks, answer.postId)
  const seen = await one(asks, it.number)
  expect(seen.topic).toMatchObject({ acceptedNumber: 2, answers: 1 })
  expect(seen.page.posts[0]).toMatchObject({
    liked: true,
    likes: 1,
    accepted: true,
    may: { accept: true, edit: false },
  })
  expect(seen.page.posts[0]!.html).toContain('<strong>seal</strong>')
  expect((await pool.query('select 1 from post_mention where post_id = $1', [answer.postId])).rowCount).toBe(1)
  const other = await readyPost({ body: 'Change the seal and the spring' })
  await expect(act(tx => changePost(tx, asks, { postId: answer.postId, post: other }, now()))).rejects.toMatchObject({
    code: 'not-yours',
  })
  pass(minute)
  await act(tx => changePost(tx, answers, { postId: answer.postId, post: other }, now()))
  const history = (await say('teammate', 'GET', `/community/posts/${answer.postId}/history`)).body
  expect(history.versions.map((each: { html: string }) => /spring/.test(each.html))).toEqual([true, false])
  expect(await findTopics(db, nobody, { q: 'spring', language: 'en' })).toHaveLength(1)
  // A link that comes in later is looked at like one that was there from the beginning.
  await act(async tx =>
    changePost(
      tx,
      answers,
      { postId: answer.postId, post: await readyPost({ body: 'See https://spam.example/' }) },
      now(),
    ),
  )
  expect((await one(nobody, it.number)).page.posts).toEqual([])
  expect((await one(nobody, it.number)).topic.acceptedNumber).toBeNull()
  await say('lead', 'POST', `/community/posts/${answer.postId}/settle`, { as: 'stand' })
  await act(tx => removePost(tx, answers, { postId: answer.postId }, now()))
  expect((await one(nobody, it.number)).page.posts[0]).toMatchObject({
    state: 'removed',
    removedBy: 'author',
    html: '',
  })
  expect(JSON.stringify((await pool.query('select * from post where id = $1', [answer.postId])).rows)).not.toContain(
    'spam',
  )
  await expect(act(tx => removePost(tx, answers, { postId: answer.postId }, now()))).rejects.toMatchObject({
    code: 'absent',
  })
  // Nothing but what was taken away is left below the question: without it the topic is gone.
  await act(tx => removePost(tx, asks, { postId: it.postId }, now()))
  expect(await shown(nobody, it.number)).toEqual({ is: 'removed', by: 'author' })
  expect((await say('lead', 'GET', `/community/topics/${it.topicId}`)).status).toBe(410)
})

test('a practice says where it works and what one does; others say once each whether it did for them', async () => {
  const [wrote, tried] = [await as(await person('Mere')), await as(await person('Aino'))]
  const it = await topic(wrote, everybody, 'Close the bar in 20 minutes', 'Two groups, two people.', 'practice')
  const attempt = (who: typeof wrote, worked: boolean, words = '') =>
    act(tx => tryPractice(tx, who, { topicId: it.topicId, worked, words }, now()))
  await expect(attempt(wrote, true)).rejects.toMatchObject({ code: 'own-post' })
  await expect(attempt(tried, true, 'https://spam.example')).rejects.toMatchObject({ code: 'no-links-yet' })
  await attempt(tried, false, 'Not on Saturdays')
  await attempt(tried, true, 'Three groups here, so we start at four.')
  const { topic: seen } = await one(tried, it.number)
  expect(seen).toMatchObject({
    worked: 1,
    practice: { worked: 1, notWorked: 0, mine: { worked: true } },
    may: { try: true },
  })
  expect(seen.first.steps).toHaveLength(2)
  expect(seen.practice!.reviewDueAt).not.toBeNull()
  expect((await triesFor(db, nobody, it.topicId)).tries).toMatchObject([
    { words: 'Three groups here, so we start at four.', author: { name: 'Aino', personId: null } },
  ])
  expect((await say('teammate', 'DELETE', `/community/tries/${seen.practice!.mine!.id}`)).status).toBe(200)
  expect((await one(nobody, it.number)).topic.practice).toMatchObject({ worked: 0, tries: [] })
  await expect(attempt(tried, true)).rejects.toMatchObject({ code: 'try-removed' })
  expect(
    (await say('teammate', 'PUT', `/community/topics/${it.topicId}`, { checked: true, reviewDueAt: null })).body.topic
      .practice.reviewDueAt,
  ).toBeNull()
})

test('merged topics go on as one; old addresses lead there, also over two merges; moved ones obey their new place', async () => {
  const who = [await as(await person('A')), await as(await person('B')), await as(await person('C'))]
  const [a, b, c] = [
    await topic(who[0]!, everybody, 'First'),
    await topic(who[1]!, everybody, 'Second'),
    await topic(who[2]!, everybody, 'Third'),
  ]
  await post(who[1]!, a.topicId, 'In the first')
  const merge = (from: { topicId: string }, into: { topicId: string }) =>
    say('teammate', 'POST', `/community/topics/${from.topicId}/merge`, { intoId: into.topicId })
  expect((await merge(a, b)).status).toBe(200)
  expect((await merge(b, c)).status).toBe(200)
  expect(await shown(nobody, a.number)).toMatchObject({ is: 'moved', number: c.number, post: 3 })
  expect(await shown(nobody, b.number)).toMatchObject({ is: 'moved', number: c.number, post: 2 })
  const all = await one(nobody, c.number)
  expect(all.page.posts.map(each => each.author.name)).toEqual(['B', 'A', 'B'])
  expect(all.topic.answers).toBe(3)
  // What is written to the old one goes on, too.
  expect(await post(who[0]!, a.topicId, 'Late to the first')).toMatchObject({ topicId: c.topicId, post: 5 })
  expect((await merge(c, c)).body.code).toBe('same-topic')
  const hidden = await category('inside')
  await say('lead', 'PUT', `/community/topics/${c.topicId}`, { categoryId: hidden })
  for (const { number } of [a, b, c]) expect(await shown(who[0]!, number)).toBeNull()
  expect(await findTopics(db, nobody, { q: 'late', language: 'en' })).toEqual([])
  await say('lead', 'PUT', `/community/topics/${c.topicId}`, { categoryId: everybody, locked: true, pinned: true })
  await expect(post(who[0]!, c.topicId, 'Hello?')).rejects.toMatchObject({ code: 'topic-locked' })
  expect(
    (await say('colleague', 'POST', `/community/topics/${c.topicId}/posts`, { press: randomUUIDv7(), body: 'x' })).body
      .code,
  ).toBe('topic-locked')
  expect((await topicsFor(db, nobody, 'en', { categoryId: everybody })).topics[0]!.id).toBe(c.topicId)
})

test('teammates are marked; a topic comes of a conversation without what is the customer’s, and leads back to one and to an article', async () => {
  const customer = await person('Oluwaseun Adeyemi')
  const { id: conversationId } = await aConversation(world.desk, { team: world.team })
  const draft = (await say('teammate', 'GET', `/conversations/${conversationId}/topic-draft`)).body
  expect(Object.keys(draft).sort()).toEqual(['answer', 'body', 'heldBack', 'language', 'title'])
  const begin = {
    press: randomUUIDv7(),
    categoryId: everybody,
    kind: 'question',
    title: 'Why does the scale jump?',
    body: 'It jumps.',
    answer: 'Level it.',
    fromConversationId: conversationId,
  }
  const made = await say('teammate', 'POST', '/community/topics', begin)
  expect(made.body.topic, made.text).toMatchObject({
    acceptedNumber: 2,
    author: { is: 'us' },
    ties: [{ is: 'from-conversation', conversation: { id: conversationId } }],
  })
  expect((await say('teammate', 'POST', '/community/topics', begin)).body.page.posts).toHaveLength(1)
  expect((await one(nobody, made.body.topic.number)).topic).toMatchObject({
    ties: [],
    author: { is: 'us', personId: null },
  })
  expect((await say('teammate', 'GET', `/conversations/${conversationId}/topics`)).body.topics).toHaveLength(1)
  const helped = await post(await as(customer), made.body.topic.id, 'Put it on stone, that helped us.')
  const asked = (await say('teammate', 'GET', `/community/posts/${helped.postId}/conversation-draft`)).body
  expect(asked).toMatchObject({ customer: { id: customer }, hasAddress: true })
  expect(
    (await say('teammate', 'GET', `/community/posts/${made.body.topic.first.id}/conversation-draft`)).body.code,
  ).toBe('nobody-to-answer')
  const articleId = randomUUIDv7()
  const categoryId = randomUUIDv7()
  await pool.query('insert into article_category (id, made_at) values ($1, now())', [categoryId])
  await pool.query(`insert into article_category_slug (slug, category_id, current) values ('scales', $1, true)`, [
    categoryId,
  ])
  await pool.query(
    `insert into article (id, category_id, audience, owner_id, made_at, changed_at) values ($1, $2, 'public', $3, now(), now())`,
    [articleId, categoryId, ids.lead],
  )
  await pool.query(
    `insert into article_version (id, article_id, language, number, state, title, body_html, body_text, published_at, made_at, changed_at) values ($1, $2, 'en', 1, 'published', 'Level a scale', '', '', now(), now(), now())`,
    [randomUUIDv7(), articleId],
  )
  await pool.query(
    `insert into article_slug (slug, article_id, language, current) values ('level-a-scale', $1, 'en', true)`,
    [articleId],
  )
  const tied = await say('teammate', 'POST', `/community/topics/${made.body.topic.id}/articles`, {
    articleId,
    is: 'article',
    postId: helped.postId,
  })
  expect(tied.body.ties.at(-1), tied.text).toMatchObject({
    is: 'article',
    postNumber: 3,
    credits: { name: 'Oluwaseun Adeyemi' },
  })
  expect((await one(nobody, made.body.topic.number)).page.posts.at(-1)!.ties).toMatchObject([
    { article: { path: '/help/articles/scales/level-a-scale' } },
  ])
  expect(await thanksOf(db, nobody, articleId, 'en')).toMatchObject([
    { credits: { name: 'Oluwaseun Adeyemi' }, topic: { number: made.body.topic.number } },
  ])
  // Where the topic can't be read nobody learns who said it.
  await say('lead', 'PUT', `/community/topics/${made.body.topic.id}`, { categoryId: await category('inside') })
  expect(await thanksOf(db, nobody, articleId, 'en')).toEqual([])
  await pool.query('update article set audience = $1 where id = $2', ['inside', articleId])
  expect((await say('teammate', 'GET', `/articles/${articleId}/topics`)).body.topics).toHaveLength(1)
})

test('long lists and long topics are read by place, and lose and double nothing', async () => {
  const place = await category()
  const writer = await person('Many')
  const topicId = randomUUIDv7()
  await pool.query(
    `insert into topic (id, category_id, kind, title, slug, likeness, language, state, last_number, answers, begun_at, last_at) select case when n = 1 then $1::uuid else gen_random_uuid() end, $2, 'discussion', 'T' || n, 't', 't', 'en', 'standing', 100, 99, now(), date_trunc('milliseconds', now()) - (n / 2) * interval '1 minute' from generate_series(1, 75) n`,
    [topicId, place],
  )
  await pool.query(
    `insert into post (id, topic_id, number, author_id, source, html, words, state, alike, came_by, at) select gen_random_uuid(), t.id, n, $1, 'x', 'x', 'x', 'standing', '', 'page', now() from topic t, generate_series(1, case when t.id = $3 then 100 else 1 end) n where t.category_id = $2`,
    [writer, place, topicId],
  )
  const titles: string[] = []
  for (let after: string | null | undefined; after !== null; ) {
    const page = await topicsFor(db, nobody, 'en', { categoryId: place, ...(after ? { after } : {}) })
    titles.push(...page.topics.map(each => each.title))
    after = page.next
  }
  expect(new Set(titles).size).toBe(75)
  expect(titles).toHaveLength(75)
  const { rows } = await pool.query('select number from topic where id = $1', [topicId])
  const { topicAt } = await import('./index.ts')
  const walk = async (turn: 'after' | 'before', from: string | null) => {
    const numbers: number[] = []
    for (let at = from; ; ) {
      const found = await topicAt(db, nobody, 'en', Number(rows[0].number), at ? { [turn]: at } : {})
      if (found?.is !== 'topic') throw new Error('gone')
      numbers.push(...found.page.posts.map(each => each.number))
      at = found.page[turn]
      if (!at) return numbers
    }
  }
  const all = Array.from({ length: 99 }, (_, n) => n + 2)
  expect(await walk('after', null)).toEqual(all)
  expect((await walk('before', '101')).sort((a, b) => a - b)).toEqual(all)
})

test('titles that are nearly right are found, and words of any alphabet', async () => {
  const who = await as(await person('Finder'))
  await topic(who, everybody, 'Descaling a Faro three', 'أين أجد صمام البخار؟')
  const q = async (text: string) =>
    (await findTopics(db, nobody, { q: text, language: 'en', typing: true })).map(each => each.title.text)
  expect(await q('descalling faro')).toEqual(['Descaling a Faro three'])
  expect(await q('صمام')).toEqual(['Descaling a Faro three'])
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 40, unit: 'binary' }), async text => {
      await findTopics(db, nobody, { q: text.replaceAll('\0', ''), language: 'en', typing: true })
    }),
    { numRuns: 25 },
  )
})
