/** A place with so many conversations, their relationships, and all of it counted for Insight. It stays: the next run finds it, whichever bench made it. */

import type { Pool } from '../../src/platform/db/index.ts'
import { fillSearch } from './calm.ts'
import { progress } from './figures.ts'
import { keptPlace, type Place } from './place.ts'
import { countEverything, seedRelationships } from './pondSeed.ts'
import { seed } from './seed.ts'

export async function conversationsPlace(size: number): Promise<Place> {
  const place = await keptPlace(`conversations-${size}`, async ({ pool }) => {
    progress(`seeding ${size} conversations: once, they are kept for the next run`)
    await seed(pool, size)
    await seedRelationships(pool)
    progress('counting for Insight')
    await countEverything(pool, left => progress(`${left} left to count`))
  })
  await fillSearch(place.pool, 200_000)
  await renewSessions(place.pool)
  return place
}

/** Those of an earlier run may be over. */
export async function renewSessions(pool: Pool) {
  await pool.query(
    `update session set expires_at = now() + interval '1 day', last_seen_at = now(), created_at = now(), ended_at = null`,
  )
}
