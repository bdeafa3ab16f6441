/** What routes that erase a person, or take their data out, are called with; see rows.ts. What goes and what stays is tried in src/domain/erasing/erasing.pg.test.ts. */
import { randomUUIDv7 } from 'node:crypto'
import type { Row } from './rows.ts'
import type { World } from './world.ts'

/** Somebody nobody has talked with yet. */
async function somebody(world: World) {
  const personId = randomUUIDv7()
  await world.desk.database.pool.query("insert into person (id, name) values ($1, 'Pia Gone')", [personId])
  return { personId }
}

export const erasingRows: Record<string, Row> = {
  'GET /api/v1/people/:personId/erasure': { call: async world => ({ path: await somebody(world) }) },
  'POST /api/v1/people/:personId/erasure': {
    call: async world => ({ path: await somebody(world), say: { name: 'pia  gone' } }),
  },
  'GET /api/v1/people/:personId/export': { call: async world => ({ path: await somebody(world) }), raw: true },
}
