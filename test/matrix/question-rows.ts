/** What routes of questions that come again are called with: one of the team here, and two conversations that began with it. */
import { randomUUIDv7 } from 'node:crypto'
import { noteQuestions } from '../../src/domain/questions/reader.ts'
import { inTransaction } from '../../src/platform/db/index.ts'
import { aConversation } from '../people.ts'
import type { Matter } from './rights.ts'
import { later, nothing, type Row } from './rows.ts'
import type { World } from './world.ts'

const words = 'Which door code do I need for the workshop in the evening?'

async function two(world: World, matter: Matter) {
  const owner = matter === 'owned by the colleague' ? world.people.colleague : null
  const one = await aConversation(world.desk, { team: world.team, owner, words, mailboxId: world.mailboxId })
  const other = await aConversation(world.desk, { team: world.team, owner, words, mailboxId: world.mailboxId })
  const { db, pool } = world.desk.database
  await inTransaction(db, tx => noteQuestions(tx, [one.id, other.id]))
  await pool.query(
    `insert into message (id, conversation_id, kind, author_id, at, body_text) values ($1, $2, 'reply', $3, $4, 'It is on the door.')`,
    [randomUUIDv7(), other.id, world.people.lead.personId, world.desk.clock.now],
  )
  return { conversationId: one.id, earlierId: other.id }
}

/** Asked for once; `promised`: the lead promised to decide. */
async function recurring(world: World, matter: Matter, promised = false): Promise<string> {
  const { pool } = world.desk.database
  const [id, promiseId] = [randomUUIDv7(), randomUUIDv7()]
  const { now } = world.desk.clock
  const { conversationId, earlierId } = await two(world, matter)
  if (promised)
    await pool.query(
      `insert into promise (id, kind, direction, by_person_id, by_team_id, to_person_id, words, made_at, due_at) values ($1, 'decision', 'inside', $2, $3, $4, 'Decide', $5, $6)`,
      [promiseId, world.people.lead.personId, world.team.id, world.people.teammate.personId, now, later(world, 5)],
    )
  await pool.query('insert into recurring_question (id, team_id, made_at, decision_id) values ($1, $2, $3, $4)', [
    id,
    world.team.id,
    now,
    promised ? promiseId : null,
  ])
  await pool.query('update question set recurring_id = $1 where conversation_id = any($2)', [
    id,
    [conversationId, earlierId],
  ])
  return id
}

export const questionRows: Record<string, Row> = {
  'GET /api/v1/conversations/:conversationId/asked-before': {
    call: async (world, _, matter) => ({ path: { conversationId: (await two(world, matter)).conversationId } }),
  },
  'GET /api/v1/conversations/:conversationId/asked-before/:earlierId/answer': {
    call: async (world, _, matter) => ({ path: await two(world, matter) }),
  },
  'PUT /api/v1/conversations/:conversationId/asked-before/:earlierId': {
    call: async (world, _, matter) => ({ path: await two(world, matter), say: { same: false } }),
  },
  'GET /api/v1/recurring-questions': nothing,
  'GET /api/v1/decisions/mine': nothing,
  'GET /api/v1/recurring-questions/:recurringId/deciders': {
    call: async (world, _, matter) => ({ path: { recurringId: await recurring(world, matter) } }),
  },
  'POST /api/v1/recurring-questions/:recurringId/decision': {
    call: async (world, _, matter) => ({
      path: { recurringId: await recurring(world, matter) },
      say: { byId: world.people.lead.personId, words: 'Put it into the mail', dueAt: later(world, 20) },
    }),
    freeIds: true,
  },
  'PUT /api/v1/recurring-questions/:recurringId/decision': {
    call: async (world, _, matter) => ({
      path: { recurringId: await recurring(world, matter, true) },
      say: { outcome: 'fixed', words: 'It stands in the mail now.' },
    }),
    // Whoever promised it decides, or another who leads.
    except: { teammate: 'not yours' },
  },
  'PUT /api/v1/recurring-questions/:recurringId/teaching': {
    call: async (world, _, matter) => ({
      path: { recurringId: await recurring(world, matter) },
      say: { savedReplyId: null },
    }),
  },
}
