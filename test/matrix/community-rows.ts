/** What routes of the community are called with: a topic in a category of its own, somebody's post in it, a practice, what ties it; see rows.ts. */
import { randomUUIDv7 } from 'node:crypto'
import { aConversation } from '../people.ts'
import type { Matter } from './rights.ts'
import { later, nothing, type Row } from './rows.ts'
import type { Kind, World } from './world.ts'

async function aCategory({ desk }: World): Promise<string> {
  const id = randomUUIDv7()
  const { pool } = desk.database
  await pool.query("insert into community_category (id, audience, made_at) values ($1, 'inside', $2)", [
    id,
    desk.clock.now,
  ])
  await pool.query("insert into community_category_name (category_id, language, name) values ($1, 'en', 'Bars')", [id])
  await pool.query('insert into community_category_slug (slug, category_id, current) values ($2, $1, true)', [
    id,
    `c-${id}`,
  ])
  return id
}

type Wish = { by?: Kind; kind?: 'question' | 'practice'; state?: 'standing' | 'waiting' }
/** With a first post of whoever calls, and an answer of somebody outside. */
async function aTopic(world: World, { by, kind = 'question', state = 'standing' }: Wish = {}) {
  const { pool } = world.desk.database
  const { now } = world.desk.clock
  const [topicId, firstId, postId, authorId] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7(), randomUUIDv7()]
  const categoryId = await aCategory(world)
  const caller = by && by in world.people ? world.people[by as keyof World['people']] : null
  await pool.query("insert into person (id, name) values ($1, 'Mere')", [authorId])
  await pool.query("insert into address (id, person_id, kind, written, normal) values ($1, $2, 'mail', $3, $3)", [
    randomUUIDv7(),
    authorId,
    `${authorId}@cafe.example`,
  ])
  const { rows } = await pool.query(
    `insert into topic (id, category_id, kind, title, slug, likeness, language, state, last_number, answers, begun_at, last_at)
      values ($1, $2, $3, 'Drips', 'drips', 'drips', 'en', 'standing', 2, 1, $4, $4) returning number`,
    [topicId, categoryId, kind, now],
  )
  await pool.query(
    `insert into post (id, topic_id, number, author_id, by_us, source, html, words, steps, state, waits_for, alike, came_by, at)
      select id, $1, n, author, us, 'x', '<p>x</p>', 'x', '[]', state, case when state = 'waiting' then 'links' end, '', 'page', $2
      from (values ($3::uuid, 1, $5::uuid, $7::boolean, 'standing'), ($4::uuid, 2, $6::uuid, false, $8)) v(id, n, author, us, state)`,
    [topicId, now, firstId, postId, caller?.personId ?? world.people.lead.personId, authorId, true, state],
  )
  return { topicId, postId, firstId, categoryId, authorId, number: String(rows[0].number) }
}

const onTopic = (say?: (world: World) => object | Promise<object>, wish: Omit<Wish, 'by'> = {}): Row => ({
  call: async (world, by) => {
    const { topicId } = await aTopic(world, { by, ...wish })
    return { path: { topicId }, ...(say ? { say: { ...(await say(world)) } } : {}) }
  },
})
const onPost = (say?: object, wish: Omit<Wish, 'by'> = {}): Row => ({
  call: async (world, by) => {
    const { postId } = await aTopic(world, { by, ...wish })
    return { path: { postId }, ...(say ? { say: { ...say } } : {}) }
  },
})
/** Their own: the first of the topic. */
const onOwn = (say?: object): Row => ({
  call: async (world, by) => {
    const { firstId } = await aTopic(world, { by })
    return { path: { postId: firstId }, ...(say ? { say: { ...say } } : {}) }
  },
})
const names = { names: [{ language: 'en', name: 'Machines' }] }

async function conversationOf(world: World, matter: Matter) {
  const owner = matter === 'owned by the colleague' ? world.people.colleague : null
  return (await aConversation(world.desk, { team: world.team, owner, mailboxId: world.mailboxId })).id
}
const onConversation: Row = {
  call: async (world, _, matter) => ({ path: { conversationId: await conversationOf(world, matter) } }),
}

async function anArticle(world: World): Promise<string> {
  const { pool } = world.desk.database
  const [articleId, categoryId] = [randomUUIDv7(), randomUUIDv7()]
  await pool.query('insert into article_category (id, made_at) values ($1, now())', [categoryId])
  await pool.query(
    "insert into article (id, category_id, audience, owner_id, made_at, changed_at) values ($1, $2, 'inside', $3, now(), now())",
    [articleId, categoryId, world.people.lead.personId],
  )
  return articleId
}

export const communityRows: Record<string, Row> = {
  'GET /api/v1/community': nothing,
  'GET /api/v1/community/topics': nothing,
  'POST /api/v1/community/topics': {
    call: async world => ({
      say: {
        press: randomUUIDv7(),
        categoryId: await aCategory(world),
        kind: 'question',
        title: 'Drips',
        body: 'It drips.',
      },
    }),
  },
  'GET /api/v1/community/topics/:topicId': onTopic(),
  'GET /api/v1/community/at/:number': {
    call: async world => ({ path: { number: (await aTopic(world)).number } }),
    missing: { number: '900000' },
  },
  'PUT /api/v1/community/topics/:topicId': onTopic(async world => ({
    categoryId: await aCategory(world),
    locked: true,
  })),
  'DELETE /api/v1/community/topics/:topicId': onTopic(),
  'POST /api/v1/community/topics/:topicId/posts': onTopic(() => ({ press: randomUUIDv7(), body: 'Turn it.' })),
  'PUT /api/v1/community/topics/:topicId/accepted': {
    call: async (world, by) => {
      const { topicId, postId } = await aTopic(world, { by })
      return { path: { topicId }, say: { postId } }
    },
  },
  'PUT /api/v1/community/topics/:topicId/following': onTopic(() => ({ mode: 'each' })),
  'GET /api/v1/community/topics/:topicId/tries': onTopic(undefined, { kind: 'practice' }),
  'POST /api/v1/community/topics/:topicId/merge': onTopic(async world => ({ intoId: (await aTopic(world)).topicId })),
  'GET /api/v1/community/topics/:topicId/article-draft': onTopic(),
  'POST /api/v1/community/topics/:topicId/articles': onTopic(async world => ({
    articleId: await anArticle(world),
    is: 'goes-with',
  })),
  'PUT /api/v1/community/posts/:postId': onOwn({ body: 'It dripped.' }),
  'DELETE /api/v1/community/posts/:postId': onOwn(),
  'PUT /api/v1/community/posts/:postId/like': onPost({ on: true }),
  'POST /api/v1/community/posts/:postId/flags': onPost({ reason: 'spam' }),
  'GET /api/v1/community/posts/:postId/history': onPost(),
  'POST /api/v1/community/posts/:postId/settle': onPost({ as: 'stand' }, { state: 'waiting' }),
  'POST /api/v1/community/posts/:postId/unsettle': {
    call: async world => {
      const { postId } = await aTopic(world)
      const { now } = world.desk.clock
      await world.desk.database.pool.query(
        "update post set settled_at = $2, settled_was = 'waiting', settled_waited_for = 'links' where id = $1",
        [postId, now],
      )
      return { path: { postId }, say: { settledAt: now.toISOString() } }
    },
  },
  'GET /api/v1/community/posts/:postId/conversation-draft': onPost(),
  'POST /api/v1/community/posts/:postId/conversation': {
    call: async world => ({
      path: { postId: (await aTopic(world)).postId },
      say: {
        ...{ teamId: world.team.id, subject: 'Your machine', body: '<p>Bring it.</p>' },
        nextStep: { is: 'nothing-owed', because: 'for-information' },
      },
    }),
    as: 'community:answer',
  },
  'POST /api/v1/community/categories': { call: () => ({ say: names }) },
  'PUT /api/v1/community/categories/:categoryId': {
    call: async world => ({ path: { categoryId: await aCategory(world) }, say: { ...names, audience: 'public' } }),
  },
  'DELETE /api/v1/community/categories/:categoryId': {
    call: async world => ({ path: { categoryId: await aCategory(world) } }),
  },
  'PUT /api/v1/community/categories/:categoryId/following': {
    call: async world => ({ path: { categoryId: await aCategory(world) }, say: { mode: 'each' } }),
  },
  'GET /api/v1/community/settings': nothing,
  'PUT /api/v1/community/settings': {
    call: () => ({ say: { off: false, approve: 'when-odd', flagsToHide: 3, guidelines: '' } }),
  },
  'GET /api/v1/community/queue': nothing,
  'GET /api/v1/community/people/:personId': {
    call: async world => ({ path: { personId: (await aTopic(world)).authorId } }),
  },
  'PUT /api/v1/community/people/:personId/stopped': {
    call: async world => ({
      path: { personId: (await aTopic(world)).authorId },
      say: { stopped: { until: later(world, 24), because: 'Advertising' } },
    }),
  },
  'PUT /api/v1/community/people/:personId/trust': {
    call: async world => ({ path: { personId: (await aTopic(world)).authorId }, say: { trust: 'trusted' } }),
  },
  'DELETE /api/v1/community/tries/:tryId': {
    call: async world => {
      const { topicId, authorId } = await aTopic(world, { kind: 'practice' })
      const tryId = randomUUIDv7()
      await world.desk.database.pool.query(
        'insert into practice_try (id, topic_id, person_id, worked, at) values ($1, $2, $3, true, now())',
        [tryId, topicId, authorId],
      )
      return { path: { tryId } }
    },
  },
  'DELETE /api/v1/community/ties/:tieId': {
    call: async world => {
      const { topicId } = await aTopic(world)
      const tieId = randomUUIDv7()
      await world.desk.database.pool.query(
        "insert into topic_tie (id, topic_id, kind, article_id, made_at) values ($1, $2, 'goes-with', $3, now())",
        [tieId, topicId, await anArticle(world)],
      )
      return { path: { tieId } }
    },
  },
  'GET /api/v1/conversations/:conversationId/topic-draft': onConversation,
  'GET /api/v1/conversations/:conversationId/topics': onConversation,
  'GET /api/v1/articles/:articleId/topics': {
    call: async world => ({ path: { articleId: await anArticle(world) } }),
  },
}
