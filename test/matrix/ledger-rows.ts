/** What routes of the ledger are called with; see rows.ts. */
import { randomUUIDv7 } from 'node:crypto'
import { aConversation } from '../people.ts'
import type { Matter } from './rights.ts'
import { later, nothing, type Row } from './rows.ts'
import type { World } from './world.ts'

const about = (world: World, matter: Matter) =>
  aConversation(world.desk, {
    team: world.team,
    owner: matter === 'owned by the colleague' ? world.people.colleague : null,
    mailboxId: world.mailboxId,
  })

async function aPromise(world: World, matter: Matter, direction: 'ours' | 'theirs') {
  const conversation = await about(world, matter)
  const promiseId = randomUUIDv7()
  const [by, to] = [conversation.customerId, world.team.id]
  await world.desk.database.pool.query(
    `insert into promise (id, conversation_id, kind, direction, by_person_id, by_team_id, to_person_id, to_team_id, words, made_at, due_at)
      values ($1, $2, 'action', $3, $4, $5, $6, $7, 'Send the log.', $8, $9)`,
    [
      ...[promiseId, conversation.id, direction],
      ...(direction === 'ours' ? [null, to, by, null] : [by, null, null, to]),
      ...[world.desk.clock.now, later(world, 5)],
    ],
  )
  return { promiseId }
}
const one = (direction: 'ours' | 'theirs', say?: (world: World) => Record<string, unknown>): Row => ({
  call: async (world, _, matter) => ({
    path: await aPromise(world, matter, direction),
    ...(say ? { say: say(world) } : {}),
  }),
})

export const ledgerRows: Record<string, Row> = {
  'GET /api/v1/promises': nothing,
  'GET /api/v1/promises/:promiseId': one('ours'),
  'POST /api/v1/conversations/:conversationId/promises': {
    call: async (world, _, matter) => ({
      path: { conversationId: (await about(world, matter)).id },
      say: { direction: 'theirs', words: 'Sends the log.', dueAt: later(world, 9) },
    }),
  },
  'POST /api/v1/promises/:promiseId/break': one('ours', () => ({ because: 'came-between', tell: 'It took longer.' })),
  'POST /api/v1/promises/:promiseId/release': one('ours', () => ({ because: 'not-needed' })),
  'POST /api/v1/promises/:promiseId/why': {
    call: async (world, _, matter) => {
      const path = await aPromise(world, matter, 'ours')
      await world.desk.database.pool.query(
        `update promise set made_at = $2, due_at = $3, ended_at = $4, ended_how = 'kept' where id = $1`,
        [path.promiseId, later(world, -9), later(world, -5), later(world, -2)],
      )
      return { path, say: { because: 'took-longer' } }
    },
  },
  'GET /api/v1/promises/:promiseId/reminder': one('theirs'),
  'POST /api/v1/promises/:promiseId/reminder': one('theirs', () => ({ body: '<p>Is Friday still right?</p>' })),
}
