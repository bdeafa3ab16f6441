/** What routes of goodwill are called with: something a member of the team asked a lead for; see rows.ts. */
import { randomUUIDv7 } from 'node:crypto'
import { nothing, type Row } from './rows.ts'
import type { World } from './world.ts'

/** In a conversation of the team: what is there for who may read that. */
async function anAsked({ desk, team, people }: World, state: 'asked' | 'granted' = 'asked'): Promise<string> {
  const { pool } = desk.database
  const [id, personId, conversationId] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()]
  const { now } = desk.clock
  await pool.query('insert into person (id, name) values ($1, $2)', [personId, 'Inês Carvalho'])
  await pool.query(
    `insert into conversation (id, customer_id, team_id, channel, subject, state, closed_because, last_at, opened_at) values ($1, $2, $3, 'mail', 'The Faro', 'closed', 'thanks', $4, $4)`,
    [conversationId, personId, team.id, now],
  )
  await pool.query(
    `insert into goodwill (id, kind, state, minor, currency, person_id, conversation_id, by_id, what, reason, asked_at, granted_at)
      values ($1, 'credit', $6, 9900000, 'EUR', $2, $3, $4, 'A new machine', 'It broke twice', $5, $7)`,
    [id, personId, conversationId, people.teammate.personId, now, state, state === 'granted' ? now : null],
  )
  return id
}
async function aCustomer({ desk }: World): Promise<string> {
  const id = randomUUIDv7()
  await desk.database.pool.query('insert into person (id, name) values ($1, $2)', [id, 'Inês Carvalho'])
  return id
}
const limits = { currency: 'EUR', period: 'month', lead: 20_000, teammate: 5000, oftenTimes: 3, oftenDays: 90 }

export const goodwillRows: Record<string, Row> = {
  'GET /api/v1/goodwill': nothing,
  'GET /api/v1/goodwill/allowance': nothing,
  'GET /api/v1/goodwill/often': nothing,
  'POST /api/v1/goodwill': {
    call: async world => ({
      say: { kind: 'exception', minor: 0, what: 'Later return', reason: 'Travels', personId: await aCustomer(world) },
    }),
  },
  'POST /api/v1/goodwill/:goodwillId/decide': {
    call: async world => ({ path: { goodwillId: await anAsked(world) }, say: { yes: true } }),
    // Leads decide; for who serves elsewhere the conversation is not there.
    except: { teammate: 'not yours', outsider: 'absent' },
  },
  'POST /api/v1/goodwill/:goodwillId/withdraw': {
    call: async world => ({ path: { goodwillId: await anAsked(world, 'granted') }, say: { words: 'A mistake' } }),
    // Whoever gave it, and leads; for who serves elsewhere the conversation is not there.
    except: { outsider: 'absent' },
  },
  'GET /api/v1/goodwill/to-decide': nothing,
  'GET /api/v1/goodwill/settings': nothing,
  'PUT /api/v1/goodwill/settings': { call: () => ({ say: { ...limits, people: [] } }) },
  'GET /api/v1/goodwill/export': {
    call: () => ({}),
    raw: true,
    except: { teammate: 'not yours', outsider: 'not yours' },
  },
}
