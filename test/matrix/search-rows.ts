/** What routes of search are called with; see rows.ts. What is found by whom is tried beside the slice. */
import { randomUUIDv7 } from 'node:crypto'
import { nothing, type Row } from './rows.ts'
import type { Kind, World } from './world.ts'

/** One's own: nobody reaches somebody else's. */
async function aSearch(world: World, as: Kind): Promise<string> {
  const id = randomUUIDv7()
  const own = (world.people as Record<string, { personId: string } | undefined>)[as]
  const personId = own?.personId ?? world.team.fallbackId
  await world.desk.database.pool.query('insert into recent_search (id, person_id, text, at) values ($1, $2, $3, $4)', [
    id,
    personId,
    `search ${id}`,
    world.desk.clock.now,
  ])
  return id
}

export const searchRows: Record<string, Row> = {
  'GET /api/v1/search': { call: () => ({ say: { q: 'matter is:open', sort: 'newest' } }) },
  'GET /api/v1/search/recent': nothing,
  'POST /api/v1/search/recent': { call: () => ({ say: { text: 'matter' } }) },
  'DELETE /api/v1/search/recent': nothing,
  'DELETE /api/v1/search/recent/:searchId': {
    call: async (world, as) => ({ path: { searchId: await aSearch(world, as) } }),
  },
}
