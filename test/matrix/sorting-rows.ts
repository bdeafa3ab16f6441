/** What routes of rules, spam, absences and load are called with; see rows.ts. */
import { randomUUIDv7 } from 'node:crypto'
import { aConversation, aMember } from '../people.ts'
import type { Matter } from './rights.ts'
import { later, nothing, type Row } from './rows.ts'
import type { World } from './world.ts'

const conditions = { words: ['kettle'] }
const actions = { priority: 1 }

async function aRule(world: World, deleted = false) {
  const ruleId = randomUUIDv7()
  await world.desk.database.pool.query(
    `insert into rule (id, team_id, name, position, conditions, actions, created_at, deleted_at)
      values ($1, $2, 'Kettles', 1, $3, $4, now(), $5)`,
    [
      ...[ruleId, world.team.id],
      { mailboxIds: [], to: [], from: [], wordsIn: 'both', language: null, hasAttachment: null, ...conditions },
      { teamId: null, ownerId: null, tagIds: [], aside: false, ...actions },
      deleted ? world.desk.clock.now : null,
    ],
  )
  return { ruleId }
}

/** Those of other teams do not know it: a lead and an administrator settle it. */
const ofTheTeam = { as: 'rule:settle' }

async function aBlocked(world: World) {
  const blockedId = randomUUIDv7()
  await world.desk.database.pool.query(
    `insert into blocked_sender (id, kind, normal, team_id, at) values ($1, 'address', $2, $3, now())`,
    [blockedId, `${blockedId}@spam.example`, world.team.id],
  )
  return { blockedId }
}

async function anAbsence(world: World) {
  const { personId } = await aMember(world.desk, { teams: { [world.team.id]: 'teammate' } })
  const absenceId = randomUUIDv7()
  await world.desk.database.pool.query(
    'insert into absence (id, person_id, during, created_at) values ($1, $2, tstzrange($3, $4), now())',
    [absenceId, personId, later(world, 1), later(world, 5)],
  )
  return { absenceId }
}

const matterOf = async (world: World, matter: Matter) => ({
  conversationId: (
    await aConversation(world.desk, {
      team: world.team,
      owner: matter === 'owned by the colleague' ? world.people.colleague : null,
    })
  ).id,
})

export const sortingRows: Record<string, Row> = {
  // --- rules
  'GET /api/v1/rules': nothing,
  'GET /api/v1/rules/choices': nothing,
  'POST /api/v1/rules': {
    call: world => ({ say: { teamId: world.team.id, name: 'Kettles', conditions, actions } }),
  },
  'PUT /api/v1/rules/:ruleId': {
    call: async world => ({ path: await aRule(world), say: { name: 'Pots' } }),
    ...ofTheTeam,
  },
  'DELETE /api/v1/rules/:ruleId': { call: async world => ({ path: await aRule(world) }), ...ofTheTeam },
  'POST /api/v1/rules/:ruleId/restore': {
    call: async world => ({ path: await aRule(world, true), say: {} }),
    ...ofTheTeam,
  },
  'POST /api/v1/rules/:ruleId/move': {
    call: async world => ({ path: await aRule(world), say: { to: 'up' } }),
    ...ofTheTeam,
  },
  'POST /api/v1/rules/try': { call: world => ({ say: { teamId: world.team.id, conditions, actions, last: 10 } }) },

  // --- spam
  'GET /api/v1/spam': nothing,
  'PUT /api/v1/spam': { call: () => ({ say: { above: 'usual' } }) },
  'POST /api/v1/spam/forget': { call: () => ({ say: {} }) },
  'GET /api/v1/blocked-senders': nothing,
  'POST /api/v1/blocked-senders': {
    call: world => ({ say: { sender: `${randomUUIDv7()}@spam.example`, teamId: world.team.id } }),
    as: 'team:sort',
  },
  'DELETE /api/v1/blocked-senders/:blockedId': {
    call: async world => ({ path: await aBlocked(world) }),
    as: 'team:sort',
  },
  'POST /api/v1/conversations/:conversationId/block': {
    call: async (world, _, matter) => ({ path: await matterOf(world, matter), say: { as: 'address' } }),
  },

  // --- absence and load
  'GET /api/v1/absences': nothing,
  'GET /api/v1/absences/covering': nothing,
  'POST /api/v1/absences': {
    call: async world => {
      const { personId } = await aMember(world.desk, { teams: { [world.team.id]: 'teammate' } })
      return { say: { memberId: personId, from: later(world, 1), to: later(world, 5), deputyId: null } }
    },
    as: 'absence:settle',
  },
  'DELETE /api/v1/absences/:absenceId': {
    call: async world => ({ path: await anAbsence(world) }),
    as: 'absence:settle',
  },
  'GET /api/v1/teams/:teamId/load': { call: world => ({ path: { teamId: world.team.id } }) },
  'PUT /api/v1/teams/:teamId/assigns': {
    call: world => ({ path: { teamId: world.team.id }, say: { assigns: 'off' } }),
  },
  'PUT /api/v1/teams/:teamId/members/:memberId/load': {
    call: world => ({
      path: { teamId: world.team.id, memberId: world.people.teammate.personId },
      say: { limit: 9 },
    }),
  },
}
