/** What routes of keeping in touch are called with: a relationship kept by the teammate, and what was written down of it; see rows.ts. */
import { randomUUIDv7 } from 'node:crypto'
import { later, nothing, type Row } from './rows.ts'
import type { Kind, World } from './world.ts'

async function aPerson({ desk }: World): Promise<string> {
  const id = randomUUIDv7()
  await desk.database.pool.query('insert into person (id, name) values ($1, $2)', [id, 'Inês Carvalho'])
  return id
}

/** A relationship with a person, kept by the teammate, and the promise to be in touch. */
async function aCheckIn(world: World): Promise<string> {
  const [id, checkInId, personId] = [randomUUIDv7(), randomUUIDv7(), await aPerson(world)]
  const { pool } = world.desk.database
  const [keeper, now] = [world.people.teammate.personId, world.desk.clock.now]
  await pool.query(
    'insert into relationship (id, person_id, keeper_id, rhythm_days, last_contact_at, since, check_in_from) values ($1, $2, $3, 30, $4, $4, $4)',
    [id, personId, keeper, now],
  )
  await pool.query(
    `insert into promise (id, relationship_id, kind, direction, by_person_id, words, automatic, made_at, due_at) values ($1, $2, 'check-in', 'inside', $3, '', true, $4, $5)`,
    [checkInId, id, keeper, now, later(world, 24)],
  )
  return checkInId
}
async function aTouch(world: World, as: Kind): Promise<string> {
  const id = randomUUIDv7()
  const by = as === 'nobody' || as === 'customer' ? world.people.teammate : world.people[as]
  await world.desk.database.pool.query(
    `insert into touch (id, person_id, by_id, kind, at, made_at) values ($1, $2, $3, 'call', $4, $4)`,
    [id, await aPerson(world), by.personId, world.desk.clock.now],
  )
  return id
}
const ofCheckIn = (say?: (world: World) => Record<string, unknown>): Row => ({
  call: async world => ({ path: { checkInId: await aCheckIn(world) }, ...(say ? { say: say(world) } : {}) }),
  // Theirs who keeps it, and of those who lead.
  except: { outsider: 'not yours' },
})
const limits = { days: 14, pulseDays: 180, rhythmDays: 90 }

export const careRows: Record<string, Row> = {
  'GET /api/v1/care-settings': nothing,
  'PUT /api/v1/care-settings': { call: () => ({ say: limits }) },
  'GET /api/v1/care/keepers': nothing,
  'GET /api/v1/care/:is/:id': { call: async world => ({ path: { is: 'person', id: await aPerson(world) } }) },
  'PUT /api/v1/care': {
    call: async world => ({
      say: {
        parties: [{ is: 'person', id: await aPerson(world) }],
        keeperId: world.people.teammate.personId,
        rhythmDays: 30,
      },
    }),
  },
  'GET /api/v1/check-ins': nothing,
  'GET /api/v1/check-ins/:checkInId': { call: async world => ({ path: { checkInId: await aCheckIn(world) } }) },
  'POST /api/v1/check-ins/:checkInId/skip': ofCheckIn(() => ({ reason: 'On holiday.' })),
  'POST /api/v1/check-ins/:checkInId/later': ofCheckIn(world => ({ dueAt: later(world, 48) })),
  'POST /api/v1/touches': {
    call: async world => ({ say: { personId: await aPerson(world), kind: 'call', at: later(world, 0) } }),
  },
  'DELETE /api/v1/touches/:touchId': { call: async (world, as) => ({ path: { touchId: await aTouch(world, as) } }) },
  'GET /api/v1/parties': { call: () => ({ say: { like: 'in' } }) },
}
