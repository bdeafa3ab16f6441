/** What routes of mailboxes, quarantine, deliveries in trouble, the sample and health are called with; see rows.ts. */
import { randomUUIDv7 } from 'node:crypto'
import { aConversation, aMailbox } from '../people.ts'
import { withJobs } from './installation-rows.ts'
import { aForm, later, nothing, type Row } from './rows.ts'
import { type Kind, kinds, type World } from './world.ts'

const settings = (world: World) => ({
  address: `desk-${randomUUIDv7()}@desk.example`,
  fromName: 'Service',
  teamId: world.team.id,
  aliases: [],
  receiveBy: 'listener',
})
const ofMailbox = async (world: World) => ({ mailboxId: (await aMailbox(world.desk, world.team)).id })

async function aQuarantined(world: World) {
  const deliveryId = randomUUIDv7()
  await world.desk.database.pool.query(
    `insert into delivery (id, mailbox_id, source, mail_id, body_hash, arrived_at, bytes, raw, became, reason)
      values ($1, $2, 'import', $4, '\\x00', $3, 5, 'Raw!!', 'quarantined', 'too-slow')`,
    [deliveryId, world.mailboxId, later(world, 0), deliveryId],
  )
  return { deliveryId }
}

async function aSample(world: World) {
  const { id } = await aMailbox(world.desk, world.team)
  await world.desk.database.pool.query('update mailbox set sample = true where id = $1', [id])
  return {}
}

const everybody = (outcome: 'absent') =>
  Object.fromEntries(kinds.map(kind => [kind, outcome])) as Record<Kind, 'absent'>

export const mailboxRows: Record<string, Row> = {
  'GET /api/v1/mailboxes': nothing,
  'GET /api/v1/mailboxes/preset': { call: () => ({ say: { address: 'ana@gmail.com' } }) },
  'POST /api/v1/mailboxes/check': { call: world => ({ say: settings(world) }), freeIds: true },
  'POST /api/v1/mailboxes': { call: world => ({ say: settings(world) }) },
  'PUT /api/v1/mailboxes/:mailboxId': {
    call: async world => ({ path: await ofMailbox(world), say: settings(world) }),
  },
  'POST /api/v1/mailboxes/:mailboxId/pause': {
    call: async world => ({ path: await ofMailbox(world), say: { paused: true } }),
  },
  'DELETE /api/v1/mailboxes/:mailboxId': { call: async world => ({ path: await ofMailbox(world) }) },
  // Theirs is a mailbox with a password: there is nothing to grant.
  'POST /api/v1/mailboxes/:mailboxId/grant': {
    call: async world => ({ path: await ofMailbox(world) }),
    status: () => 409,
  },
  'POST /api/v1/mailboxes/:mailboxId/import': {
    call: async world => {
      await withJobs(world)
      return { path: await ofMailbox(world), form: aForm('From: a@example.net\r\n\r\nHello') }
    },
    status: () => 202,
    raw: true,
  },
  'GET /api/v1/imports': nothing,
  'GET /oauth/return': { call: () => ({ say: { state: 'made-up', code: 'x' } }), status: () => 400, raw: true },

  'GET /api/v1/quarantine': nothing,
  'POST /api/v1/quarantine/:deliveryId/retry': { call: async world => ({ path: await aQuarantined(world) }) },
  'GET /raw/quarantine/:deliveryId': { call: async world => ({ path: await aQuarantined(world) }), raw: true },
  'DELETE /api/v1/quarantine/:deliveryId': { call: async world => ({ path: await aQuarantined(world) }) },

  'GET /api/v1/deliveries/trouble': nothing,
  'POST /api/v1/deliveries/:outboxId/settle': {
    call: async (world, _, matter) => {
      const owner = matter === 'owned by the colleague' ? world.people.colleague : null
      const { id, addressId } = await aConversation(world.desk, { team: world.team, owner })
      const outboxId = randomUUIDv7()
      await world.desk.database.pool.query(
        `insert into outbox (id, mailbox_id, conversation_id, purpose, automatic, recipient, recipient_normal, address_id, rfc_id, content, created_at, not_before, state)
          values ($1, $2, $3, 'reply', false, 'c@example.net', 'c@example.net', $4, $6, '{}', $5, $5, 'uncertain')`,
        [outboxId, world.mailboxId, id, addressId, later(world, 0), outboxId],
      )
      return { path: { outboxId }, say: { as: 'arrived' } }
    },
    as: 'conversation:write',
  },

  // One is there already: telling its whole story takes a test of its own.
  'POST /api/v1/sample': { call: aSample, status: () => 409 },
  'DELETE /api/v1/sample': { call: aSample },

  'GET /livez': { call: () => ({}), raw: true },
  'GET /readyz': { call: () => ({}), raw: true },
  // Figures are for this machine itself; everybody here comes from elsewhere.
  'GET /metrics': { call: () => ({}), raw: true, except: everybody('absent') },
}
