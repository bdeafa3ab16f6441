/** What routes of notifications and Today are called with; see rows.ts. All of them are about oneself: whoever asks gets their own, and nobody else's. */
import { randomUUIDv7 } from 'node:crypto'
import { choicesOver } from '../../src/domain/notifications/rules.ts'
import { nothing, type Row } from './rows.ts'
import type { Kind, World } from './world.ts'

const members = (world: World, as: Kind) => (world.people as Partial<Record<Kind, { personId: string }>>)[as]?.personId

/** Their own device, under the session they ask with; for strangers one of nobody. */
async function aDevice(world: World, as: Kind) {
  const deviceId = randomUUIDv7()
  const personId = members(world, as)
  const { rows } = await world.desk.database.pool.query('select id from session where person_id = $1 limit 1', [
    personId,
  ])
  if (!rows[0]) return { deviceId }
  await world.desk.database.pool.query(
    `insert into push_device (id, person_id, session_id, endpoint, p256dh, auth, created_at) values ($1, $2, $3, $4, 'x', 'y', now())`,
    [deviceId, personId, rows[0].id, `https://push.example/${deviceId}`],
  )
  return { deviceId }
}

export const notificationRows: Record<string, Row> = {
  'GET /api/v1/notifications': nothing,
  'GET /api/v1/notifications/unread': nothing,
  'POST /api/v1/notifications/read': { call: () => ({ say: { all: true } }) },
  'POST /api/v1/notifications/unread': { call: () => ({ say: { ids: [randomUUIDv7()] } }), freeIds: true },
  'GET /api/v1/me/notifications': nothing,
  'PUT /api/v1/me/notifications': { call: () => ({ say: choicesOver({}) }) },
  'POST /api/v1/me/notifications/test': { call: () => ({ say: { way: 'app' } }) },
  'GET /api/v1/me/push': nothing,
  // No address inside our network may be reached, and names are not asked about here: a push service there is refused.
  'POST /api/v1/me/push': {
    call: () => ({
      say: {
        endpoint: 'https://127.0.0.1/push',
        keys: { p256dh: Buffer.alloc(65, 4).toString('base64url'), auth: Buffer.alloc(16).toString('base64url') },
      },
    }),
    status: () => 422,
  },
  'DELETE /api/v1/me/push/:deviceId': { call: async (world, as) => ({ path: await aDevice(world, as) }) },
  'GET /api/v1/today': nothing,
}
