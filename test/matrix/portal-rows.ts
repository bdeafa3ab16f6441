/** What routes of the pages under /help are called with; see rows.ts. What customers see of each other is tried in src/portal/mine.pg.test.ts. */
import { nothing, type Row } from './rows.ts'

const page: Row = { call: () => ({}), raw: true }
const settings = { on: true, host: null, intro: 'We are here.', note: null, foot: '' }

export const portalRows: Record<string, Row> = {
  'GET /api/v1/portal': nothing,
  'PUT /api/v1/portal': { call: () => ({ say: settings }) },
  'GET /help': page,
  'GET /help/search': page,
  'GET /help/sign-in': page,
  'POST /help/sign-in': { ...page, status: () => 415 },
  'GET /help/sign-in/sent': page,
  'GET /help/sign-in/:token': { call: () => ({ path: { token: 'x'.repeat(43) } }), raw: true, status: () => 410 },
  'POST /help/sign-in/:token': { call: () => ({ path: { token: 'x'.repeat(43) } }), raw: true, status: () => 410 },
  'POST /help/sign-out': page,
  'GET /help/*': { ...page, status: () => 404 },
  'GET /robots.txt': page,
  'GET /sitemap.xml': page,
}
