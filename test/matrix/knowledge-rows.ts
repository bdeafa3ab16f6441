/** What routes of articles are called with: one of the lead's in a category of its own, written, asked about, or standing; see rows.ts. */
import { randomUUIDv7 } from 'node:crypto'
import { aConversation } from '../people.ts'
import type { Matter } from './rights.ts'
import { aForm, later, nothing, type Row } from './rows.ts'
import type { World } from './world.ts'

type State = 'draft' | 'in-review' | 'published'

async function aCategory({ desk }: World): Promise<string> {
  const id = randomUUIDv7()
  const { pool } = desk.database
  await pool.query('insert into article_category (id, made_at) values ($1, $2)', [id, desk.clock.now])
  await pool.query("insert into article_category_name (category_id, language, name) values ($1, 'en', 'Machines')", [
    id,
  ])
  await pool.query('insert into article_category_slug (slug, category_id, current) values ($2, $1, true)', [
    id,
    `c-${id}`,
  ])
  return id
}

async function anArticle(world: World, state: State = 'draft') {
  const { pool } = world.desk.database
  const { now } = world.desk.clock
  const [articleId, versionId] = [randomUUIDv7(), randomUUIDv7()]
  const categoryId = await aCategory(world)
  await pool.query(
    "insert into article (id, category_id, audience, owner_id, made_at, changed_at) values ($1, $2, 'public', $3, $4, $4)",
    [articleId, categoryId, world.people.lead.personId, now],
  )
  await pool.query(
    `insert into article_version (id, article_id, language, number, state, title, body_html, body_text, published_at, made_at, changed_at)
      values ($1, $2, 'en', 1, $3, 'Boil', '<p>x</p>', 'x', $4, $5, $5)`,
    [versionId, articleId, state, state === 'published' ? now : null, now],
  )
  await pool.query("insert into article_slug (slug, article_id, language, current) values ($2, $1, 'en', true)", [
    articleId,
    `a-${articleId}`,
  ])
  return { articleId, versionId, categoryId }
}

const of = (state: State, say?: Record<string, unknown>): Row => ({
  call: async world => {
    const { articleId } = await anArticle(world, state)
    return { path: { articleId, language: 'en' }, ...(say ? { say } : {}) }
  },
})
const one = (state: State = 'draft', say?: Record<string, unknown>): Row => ({
  call: async world => {
    const { articleId } = await anArticle(world, state)
    return { path: { articleId }, ...(say ? { say } : {}) }
  },
})
const version: Row = {
  call: async world => {
    const { articleId, versionId } = await anArticle(world, 'published')
    return { path: { articleId, versionId, language: 'en' } }
  },
}

async function conversationOf(world: World, matter: Matter) {
  const owner = matter === 'owned by the colleague' ? world.people.colleague : null
  return (await aConversation(world.desk, { team: world.team, owner, mailboxId: world.mailboxId })).id
}

/** Found and marked for search. */
async function found(world: World) {
  const { articleId, categoryId } = await anArticle(world, 'published')
  await world.desk.database.pool.query(
    "insert into article_search (article_id, language, words, likeness, published_at) values ($1, 'en', 'boil', 'boil', $2)",
    [articleId, world.desk.clock.now],
  )
  return { articleId, categoryId }
}

const page = (status: number): Row => ({
  call: () => ({ path: { category: 'none', slug: 'none', picture: randomUUIDv7() } }),
  raw: true,
  status: () => status,
})

export const knowledgeRows: Record<string, Row> = {
  'GET /api/v1/articles': nothing,
  'POST /api/v1/articles': { call: () => ({ say: { language: 'en', title: 'Boil', body: '<p>x</p>' } }) },
  'GET /api/v1/articles/:articleId': one(),
  'PUT /api/v1/articles/:articleId': {
    call: async world => {
      const { articleId, categoryId } = await anArticle(world)
      const ownerId = world.people.lead.personId
      const review = { reviewEveryDays: 90, reviewDueAt: later(world, 500) }
      return { path: { articleId }, say: { categoryId, audience: 'inside', ownerId, ...review } }
    },
  },
  'DELETE /api/v1/articles/:articleId': one(),
  'POST /api/v1/articles/:articleId/checked': one('published', {}),
  'POST /api/v1/articles/:articleId/lessons/settle': one('published', {}),
  'PUT /api/v1/articles/:articleId/texts/:language': of('draft', { title: 'Boil', body: '<p>y</p>', seenRevision: 1 }),
  'DELETE /api/v1/articles/:articleId/texts/:language': {
    call: async world => {
      const { articleId } = await anArticle(world, 'published')
      const { now } = world.desk.clock
      await world.desk.database.pool.query(
        `insert into article_version (id, article_id, language, number, state, title, body_html, body_text, made_at, changed_at)
          values ($1, $2, 'en', 2, 'draft', 'Boil', '<p>y</p>', 'y', $3, $3)`,
        [randomUUIDv7(), articleId, now],
      )
      return { path: { articleId, language: 'en' } }
    },
  },
  'POST /api/v1/articles/:articleId/texts/:language/review': {
    call: async world => ({
      path: { articleId: (await anArticle(world)).articleId, language: 'en' },
      say: { reviewerId: world.people.lead.personId },
    }),
  },
  'POST /api/v1/articles/:articleId/texts/:language/send-back': of('in-review', { remark: 'How long?' }),
  'POST /api/v1/articles/:articleId/texts/:language/publish': {
    ...of('draft', { slug: 'boil' }),
    as: 'knowledge:publish',
  },
  'POST /api/v1/articles/:articleId/texts/:language/withdraw': { ...of('published', {}), as: 'knowledge:publish' },
  'GET /api/v1/articles/:articleId/texts/:language/versions': of('published'),
  'GET /api/v1/articles/:articleId/texts/:language/versions/:versionId': version,
  'POST /api/v1/articles/:articleId/texts/:language/versions/:versionId/restore': version,
  'GET /api/v1/article-categories': nothing,
  'POST /api/v1/article-categories': { call: () => ({ say: { names: [{ language: 'en', name: 'Machines' }] } }) },
  'PUT /api/v1/article-categories/:categoryId': {
    call: async world => ({
      path: { categoryId: await aCategory(world) },
      say: { names: [{ language: 'en', name: 'Grinders' }], parentId: await aCategory(world) },
    }),
  },
  'DELETE /api/v1/article-categories/:categoryId': {
    call: async world => ({ path: { categoryId: await aCategory(world) } }),
  },
  'GET /api/v1/article-searches': nothing,
  'POST /api/v1/article-searches/settle': {
    call: async world => {
      const words = `grinder ${randomUUIDv7().replaceAll(/\d/g, 'x')}`
      await world.desk.database.pool.query(
        "insert into article_search_miss (words, language, first_at, last_at) values ($1, 'en', $2, $2)",
        [words, world.desk.clock.now],
      )
      return { say: { words, language: 'en' } }
    },
  },
  'POST /api/v1/articles/import': { call: () => ({ form: aForm('no zip') }), raw: true, status: () => 400 },
  'GET /api/v1/articles/export': { ...nothing, raw: true },
  'GET /articles/pictures/:pictureId': {
    call: () => ({ path: { pictureId: randomUUIDv7() } }),
    raw: true,
    status: () => 404,
  },
  'GET /api/v1/conversations/:conversationId/articles': {
    call: async (world, _, matter) => ({ path: { conversationId: await conversationOf(world, matter) } }),
  },
  'GET /api/v1/conversations/:conversationId/articles/:articleId': {
    call: async (world, _, matter) => ({
      path: { conversationId: await conversationOf(world, matter), articleId: (await found(world)).articleId },
    }),
  },
  'GET /api/v1/conversations/:conversationId/article-draft': {
    call: async (world, _, matter) => ({ path: { conversationId: await conversationOf(world, matter) } }),
  },
  'GET /help/articles/:category': page(404),
  'GET /help/articles/:category/:slug': page(404),
  'POST /help/articles/:category/:slug': page(415),
  'GET /help/pictures/:picture': page(404),
  'GET /help/feed.xml': { ...nothing, raw: true },
}
