/** What routes of the pond and of Insight are called with; see rows.ts. */
import { randomUUIDv7 } from 'node:crypto'
import { nothing, type Row } from './rows.ts'
import type { World } from './world.ts'

async function aRelationship(world: World): Promise<string> {
  const [personId, { now }] = [randomUUIDv7(), world.desk.clock]
  const { pool } = world.desk.database
  await pool.query(`insert into person (id, name, created_at) values ($1, 'Kahvila Lumi', $2)`, [personId, now])
  await pool.query('insert into relationship (id, person_id, last_contact_at, since) values ($1, $2, $3, $3)', [
    randomUUIDv7(),
    personId,
    now,
  ])
  return personId
}

export const insightRows: Record<string, Row> = {
  'GET /api/v1/pond': nothing,
  'GET /api/v1/pond/:aboutId': { call: async world => ({ path: { aboutId: await aRelationship(world) } }) },
  'GET /api/v1/insight/:page': { call: () => ({ path: { page: 'promises' }, say: { days: '7' } }) },
  'GET /api/v1/insight/:page/export': {
    call: () => ({ path: { page: 'promises' }, say: { days: '7' } }),
    raw: true,
  },
}
