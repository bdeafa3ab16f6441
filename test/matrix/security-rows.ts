/** What routes of second factors, protection and rights are called with; see rows.ts. */
import { randomUUIDv7 } from 'node:crypto'
import { codeAt } from '../../src/domain/access/codes.ts'
import { aPasskey } from '../passkey.ts'
import { aMember, ask, cookieOf } from '../people.ts'
import { nothing, type Row } from './rows.ts'
import { type Kind, password, type World } from './world.ts'

const over = { status: () => 410 }
const ticket = 'x'.repeat(43)
const device = aPasskey('http://localhost:4747')
const answer = device.answer({ challenge: 'x' })
const made = device.make({ challenge: 'x' })

/** Somebody else of each kind would disturb the others: a factor is set up and taken away by a member of its own. */
async function aFreshMember(world: World, as: Kind) {
  const strange = ['nobody', 'customer', 'disabled', 'expired', 'signed out'].includes(as)
  return strange ? world.cookies[as] : await cookieOf(world.desk, await aMember(world.desk, { password }))
}

async function aBegun(world: World, as: Kind, confirmed: boolean) {
  const cookie = await aFreshMember(world, as)
  const call = { cookie }
  const { body } = await ask(world.desk, 'POST', '/api/v1/me/authenticator', {}, call)
  const code = body?.secret ? codeAt(body.secret, world.desk.clock.now) : '123456'
  if (confirmed) await ask(world.desk, 'POST', '/api/v1/me/authenticator/confirm', { code }, call)
  return { ...(cookie ? { cookie } : {}), say: { code } }
}

async function aKeptPasskey(world: World, as: Kind) {
  const passkeyId = randomUUIDv7()
  const of = as in world.people ? world.people[as as keyof World['people']] : await aMember(world.desk)
  await world.desk.database.pool.query(
    `insert into passkey (id, person_id, credential_id, public_key, name, created_at) values ($1, $2, $3, '\\x00', 'Laptop', $4)`,
    [passkeyId, of.personId, passkeyId, world.desk.clock.now],
  )
  return { passkeyId }
}
const dropKept = (world: World) => world.desk.database.pool.query('delete from passkey')

export const securityRows: Record<string, Row> = {
  'POST /api/v1/sign-in/second': { call: () => ({ say: { ticket, code: '123456' } }), ...over },
  'POST /api/v1/sign-in/second/passkey/options': { call: () => ({ say: { ticket } }), ...over },
  'POST /api/v1/sign-in/second/passkey': { call: () => ({ say: { ticket, answer } }), ...over },
  'POST /api/v1/sign-in/passkey/options': nothing,
  'POST /api/v1/sign-in/passkey': { call: () => ({ say: { ticket, answer } }), ...over },

  'GET /api/v1/me/security': nothing,
  'POST /api/v1/me/authenticator': nothing,
  'POST /api/v1/me/authenticator/confirm': { call: (world, as) => aBegun(world, as, false) },
  'DELETE /api/v1/me/authenticator': {
    call: async (world, as) => {
      const { say: _, ...call } = await aBegun(world, as, true)
      return call
    },
  },
  // Nobody here has a second factor: there is nothing to recover.
  'POST /api/v1/me/recovery-codes': { ...nothing, status: () => 409 },
  'POST /api/v1/me/passkeys/options': nothing,
  'POST /api/v1/me/passkeys': { call: () => ({ say: { ticket, name: 'Laptop', made } }), ...over },
  'PUT /api/v1/me/passkeys/:passkeyId': {
    call: async (world, as) => {
      await dropKept(world)
      return { path: await aKeptPasskey(world, as), say: { name: 'Desk' } }
    },
  },
  'DELETE /api/v1/me/passkeys/:passkeyId': {
    call: async (world, as) => {
      await dropKept(world)
      return { path: await aKeptPasskey(world, as) }
    },
  },
  'POST /api/v1/me/prove': { call: () => ({ say: { password } }) },
  'POST /api/v1/me/prove/passkey/options': nothing,
  'POST /api/v1/me/prove/passkey': { call: () => ({ say: { ticket, answer } }), ...over },

  'POST /api/v1/members/:memberId/second-factor/reset': {
    call: async world => ({ path: { memberId: (await aMember(world.desk)).personId } }),
  },
  'GET /api/v1/protection': nothing,
  'PUT /api/v1/protection': { call: () => ({ say: { secondFactor: 'nobody' } }) },

  'GET /api/v1/rights': nothing,
  'PUT /api/v1/rights': { call: () => ({ say: { grant: 'merge', role: 'teammate', on: true } }) },
}
