/** What the community's pages under /help are called with; see rows.ts. What customers read of each other there is tried in src/domain/community. */
import { randomUUIDv7 } from 'node:crypto'
import type { Row } from './rows.ts'
import type { World } from './world.ts'

/** There is one, of which nobody outside reads anything. */
async function aCommunity({ desk }: World): Promise<void> {
  await desk.database.pool.query("insert into community_category (id, audience, made_at) values ($1, 'inside', $2)", [
    randomUUIDv7(),
    desk.clock.now,
  ])
}

const page = (status: number, path: Record<string, string> = {}): Row => ({
  ...{ raw: true, makes: true, status: () => status },
  call: async world => {
    await aCommunity(world)
    return Object.keys(path).length > 0 ? { path } : {}
  },
})
const topic = { topic: '999999-nothing' }
const onPost = page(404, { ...topic, post: '1' })

export const communityPagesRows: Record<string, Row> = {
  'GET /help/community': page(200),
  'GET /help/community/newest': page(200),
  'GET /help/community/unanswered': page(200),
  'GET /help/practices': page(200),
  'GET /help/community/feed.xml': page(200),
  'GET /help/community/sign-in': page(200),
  'GET /help/community/new': page(200),
  'POST /help/community/new': page(415),
  'GET /help/community/c/:slug': page(404, { slug: 'nothing' }),
  'POST /help/community/c/:slug': page(415, { slug: 'nothing' }),
  'GET /help/community/t/:topic': page(404, topic),
  'POST /help/community/t/:topic': page(404, topic),
  'GET /help/community/t/:topic/tries': page(404, topic),
  ...Object.fromEntries(
    ['flag', 'edit', 'remove'].flatMap(act =>
      ['GET', 'POST'].map(method => [`${method} /help/community/t/:topic/${act}/:post`, onPost]),
    ),
  ),
  'POST /help/me/community': page(401),
}
