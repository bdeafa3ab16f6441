/** What routes of saved views are called with: a team's view that somebody else made; see rows.ts. */
import { randomUUIDv7 } from 'node:crypto'
import { nothing, type Row } from './rows.ts'
import type { World } from './world.ts'

async function aView(world: World, deleted = false): Promise<string> {
  const id = randomUUIDv7()
  const { now } = world.desk.clock
  await world.desk.database.pool.query(
    `insert into saved_view (id, name, q, sort, team_id, maker_id, position, created_at, deleted_at) values ($1, 'Refunds', 'tag:refund', 'due', $2, $3, 1, $4, $5)`,
    [id, world.team.id, world.team.fallbackId, now, deleted ? now : null],
  )
  return id
}
const said = { name: 'Late ones', q: 'is:overdue', sort: 'due' }

export const viewRows: Record<string, Row> = {
  'GET /api/v1/views': nothing,
  'GET /api/v1/views/counts': nothing,
  'POST /api/v1/views': { call: () => ({ say: said }) },
  'POST /api/v1/views/order': { call: async world => ({ say: { viewIds: [await aView(world)] } }) },
  'PUT /api/v1/views/:viewId': { call: async world => ({ path: { viewId: await aView(world) }, say: said }) },
  'DELETE /api/v1/views/:viewId': { call: async world => ({ path: { viewId: await aView(world) } }) },
  'POST /api/v1/views/:viewId/restore': {
    call: async world => ({ path: { viewId: await aView(world, true) }, say: {} }),
  },
  'POST /api/v1/conversations/next': { call: () => ({ say: {} }) },
}
