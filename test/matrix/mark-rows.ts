/** What routes of tags, fields, priority, following and mentions are called with; see rows.ts. */
import { randomUUIDv7 } from 'node:crypto'
import { aConversation } from '../people.ts'
import type { Matter } from './rights.ts'
import type { Row } from './rows.ts'
import { nothing } from './rows.ts'
import type { World } from './world.ts'

async function aTag(world: World): Promise<string> {
  const id = randomUUIDv7()
  await world.desk.database.pool.query('insert into tag (id, name, normal) values ($1, $2, $2)', [id, `tag ${id}`])
  return id
}

async function aField(world: World, kind = 'yes-no'): Promise<string> {
  const id = randomUUIDv7()
  await world.desk.database.pool.query(
    `insert into custom_field (id, name, kind, team_id, position) values ($1, $2, $3, $4, 1)`,
    [id, `field ${id}`, kind, world.team.id],
  )
  return id
}

const about = async (world: World, matter: Matter) => ({
  conversationId: (
    await aConversation(world.desk, {
      team: world.team,
      owner: matter === 'owned by the colleague' ? world.people.colleague : null,
    })
  ).id,
})

export const markRows: Record<string, Row> = {
  'GET /api/v1/tags': { call: () => ({ say: { like: 'ta', counted: 'true' } }) },
  'POST /api/v1/tags': { call: () => ({ say: { name: `tag ${randomUUIDv7()}`, tint: 'leaf' } }) },
  'PUT /api/v1/tags/:tagId': {
    call: async world => ({
      path: { tagId: await aTag(world) },
      say: { name: `tag ${randomUUIDv7()}`, tint: 'rose', archived: false },
    }),
  },
  'POST /api/v1/tags/:tagId/merge': {
    call: async world => ({ path: { tagId: await aTag(world) }, say: { intoId: await aTag(world) } }),
  },
  'GET /api/v1/fields': nothing,
  'POST /api/v1/fields': {
    call: world => ({
      say: { name: 'Machine', kind: 'choice', choices: [{ words: 'Faro' }, { words: 'Linea' }], teamId: world.team.id },
    }),
  },
  'PUT /api/v1/fields/:fieldId': {
    call: async world => ({ path: { fieldId: await aField(world) }, say: { name: 'Warranty', archived: false } }),
  },
  'POST /api/v1/fields/:fieldId/move': {
    call: async world => ({ path: { fieldId: await aField(world) }, say: { beforeId: await aField(world) } }),
  },
  'POST /api/v1/conversations/:conversationId/tags': {
    call: async (world, _, matter) => ({
      path: await about(world, matter),
      say: { add: [await aTag(world)], remove: [await aTag(world)] },
    }),
  },
  'PUT /api/v1/conversations/:conversationId/fields/:fieldId': {
    call: async (world, _, matter) => ({
      path: { ...(await about(world, matter)), fieldId: await aField(world) },
      say: { value: true },
    }),
  },
  'PUT /api/v1/conversations/:conversationId/priority': {
    call: async (world, _, matter) => ({ path: await about(world, matter), say: { priority: 2 } }),
  },
  'PUT /api/v1/conversations/:conversationId/follow': {
    call: async (world, _, matter) => ({ path: await about(world, matter), say: { following: true } }),
  },
  'GET /api/v1/conversations/:conversationId/mentionable': {
    call: async (world, _, matter) => ({ path: await about(world, matter), say: { like: 'm' } }),
  },
  'GET /api/v1/mentions': nothing,
}
