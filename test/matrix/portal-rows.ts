/** What routes of the pages under /help are called with; see rows.ts. What customers see of each other is tried in src/portal/mine/mine.pg.test.ts. */
import { randomUUIDv7 } from 'node:crypto'
import { nothing, type Row } from './rows.ts'
import type { World } from './world.ts'

const page: Row = { call: () => ({}), raw: true }
const settings = { on: true, host: null, intro: 'We are here.', note: null, foot: '' }

const aToken: Row = { call: () => ({ path: { token: 'x'.repeat(43) } }), raw: true, status: () => 410 }
/** Who is no customer is asked to sign in. */
const mine: Row = { call: () => ({}), raw: true, status: () => 401 }
/** A page, and no problem document, says that there is nothing; src/portal/mine/mine.pg.test.ts compares its bytes. */
const ofConversation: Row = { ...mine, makes: true, call: () => ({ path: { conversationId: randomUUIDv7() } }) }
async function aForm(world: World) {
  const formId = randomUUIDv7()
  await world.desk.database.pool.query(
    "insert into form (id, name, mailbox_id, position, changed_at) values ($1, 'A machine', $2, 1, now())",
    [formId, world.mailboxId],
  )
  return formId
}

async function aPage(world: World) {
  const pageId = randomUUIDv7()
  await world.desk.database.pool.query(
    "insert into help_page (id, place, position, changed_at) values ($1, 'foot', 1, now())",
    [pageId],
  )
  return pageId
}

export const portalRows: Record<string, Row> = {
  'GET /api/v1/portal': nothing,
  'PUT /api/v1/portal': { call: () => ({ say: settings }) },
  'GET /help': page,
  'GET /help/search': page,
  'GET /help/sign-in': page,
  'POST /help/sign-in': { ...page, status: () => 415 },
  'GET /help/sign-in/sent': page,
  'GET /help/sign-in/:token': aToken,
  'POST /help/sign-in/:token': aToken,
  'POST /help/sign-out': mine,
  'GET /help/mine': mine,
  'GET /help/mine/:conversationId': ofConversation,
  'GET /help/mine/:conversationId/files/:fileId': {
    ...mine,
    makes: true,
    call: () => ({ path: { conversationId: randomUUIDv7(), fileId: randomUUIDv7() } }),
  },
  'POST /help/mine/:conversationId/answer': ofConversation,
  'POST /help/mine/:conversationId/verdict': ofConversation,
  'POST /help/mine/:conversationId/choice': ofConversation,
  'POST /help/mine/:conversationId/promise': ofConversation,
  'GET /help/ask': page,
  'POST /help/ask': { ...page, status: () => 415 },
  'GET /help/ask/:formId': { ...page, makes: true, call: async world => ({ path: { formId: await aForm(world) } }) },
  'POST /help/ask/:formId': {
    ...page,
    makes: true,
    call: async world => ({ path: { formId: await aForm(world) } }),
    status: () => 415,
  },
  'POST /help/suggest': { ...page, status: () => 415 },
  'GET /o/script.js': { ...page, status: () => 410 },
  'GET /help/ask/sent/:press': { call: () => ({ path: { press: randomUUIDv7() } }), raw: true },
  'GET /help/me': mine,
  'POST /help/me': mine,
  'POST /help/me/sessions': mine,
  'POST /help/me/export': mine,
  'POST /help/me/erase': mine,
  'GET /help/me/erase/:token': aToken,
  'POST /help/me/erase/:token': aToken,
  'GET /api/v1/forms': nothing,
  'PUT /api/v1/forms/:formId': {
    call: async world => ({
      path: { formId: await aForm(world) },
      say: { name: 'A machine', mailboxId: world.mailboxId, fields: [] },
    }),
    freeIds: true,
    makes: true,
  },
  'DELETE /api/v1/forms/:formId': { call: async world => ({ path: { formId: await aForm(world) } }) },
  'GET /api/v1/help-pages': nothing,
  'PUT /api/v1/help-pages/:pageId': {
    call: () => ({
      path: { pageId: randomUUIDv7() },
      say: {
        ...{ seenRevision: 0, place: 'foot', published: true },
        texts: [{ language: 'en', title: 'Who we are', body: '<p>Us.</p>' }],
      },
    }),
    freeIds: true,
    makes: true,
  },
  'DELETE /api/v1/help-pages/:pageId': { call: async world => ({ path: { pageId: await aPage(world) } }) },
  'GET /help/pages/:slug': { ...page, call: () => ({ path: { slug: 'none' } }), status: () => 404 },
  'GET /help/*': { ...page, status: () => 404 },
  'GET /o/fonts/:name': { call: () => ({ path: { name: 'none.woff2' } }), raw: true, status: () => 410 },
  'GET /robots.txt': page,
  'GET /sitemap.xml': page,
  'GET /help/sitemap/:part': { ...page, call: () => ({ path: { part: 'pages.xml' } }) },
}
