/** What routes of conversations, promises and files are called with; see rows.ts. */
import { randomUUIDv7 } from 'node:crypto'
import { aConversation, aMember, ask, type TestConversation } from '../people.ts'
import type { Matter } from './rights.ts'
import { aForm, later, nothing, type Row } from './rows.ts'
import { type Kind, password, type World } from './world.ts'

const a = (world: World, matter: Matter): Promise<TestConversation> =>
  aConversation(world.desk, {
    team: world.team,
    owner: matter === 'owned by the colleague' ? world.people.colleague : null,
    mailboxId: world.mailboxId,
  })
const about = async (world: World, matter: Matter) => ({ conversationId: (await a(world, matter)).id })
/** A route that needs nothing but the conversation and a body. */
const on = (say?: (world: World) => Record<string, unknown>, more: Partial<Row> = {}): Row => ({
  call: async (world, _, matter) => ({ path: await about(world, matter), ...(say ? { say: say(world) } : {}) }),
  ...more,
})
const answered = (world: World) => ({ is: 'answered', followUpAt: later(world, 100) })
const aReply = (world: World) => ({
  seenVersion: 1,
  body: '<p>Here you are.</p>',
  recipients: { to: ['customer@example.net'], cc: [] },
  nextStep: answered(world),
})
const newest = { seenVersion: 1 }
const unowned = (matter: Matter) => (matter === 'owned by nobody' ? 200 : 409)

/** Who may reply, replies; for all others somebody else has. */
async function aSentReply(world: World, as: Kind, matter: Matter) {
  const conversation = await a(world, matter)
  const author = as === 'lead' || (as === 'colleague' && matter === 'owned by the colleague') ? as : 'teammate'
  const path = `/api/v1/conversations/${conversation.id}/replies`
  const sent = await ask(world.desk, 'POST', path, aReply(world), { cookie: world.cookies[author] })
  return { conversationId: conversation.id, messageId: sent.body.messageId as string }
}

async function aPromise(world: World, matter: Matter, kind: string) {
  const conversation = await a(world, matter)
  const promiseId = randomUUIDv7()
  await world.desk.database.pool.query(
    `insert into promise (id, conversation_id, kind, direction, by_team_id, to_person_id, words, made_at, due_at)
      values ($1, $2, $3, 'ours', $4, $5, 'Words', $6, $7)`,
    [promiseId, conversation.id, kind, world.team.id, conversation.customerId, world.desk.clock.now, later(world, 5)],
  )
  return promiseId
}

const begun = (world: World, customer: Record<string, unknown>) => ({
  is: 'written',
  teamId: world.team.id,
  mailboxId: world.mailboxId,
  customer,
  subject: 'About your machine',
  body: '<p>We looked at it.</p>',
  nextStep: answered(world),
})

export const conversationRows: Record<string, Row> = {
  'GET /api/v1/conversations': { call: () => ({ say: { view: 'open', limit: '10' } }) },
  'GET /api/v1/conversations/counts': nothing,
  'GET /api/v1/conversations/number/:number': {
    call: async (world, _, matter) => {
      const { id } = await a(world, matter)
      const { rows } = await world.desk.database.pool.query('select number from conversation where id = $1', [id])
      return { path: { number: String(rows[0].number) } }
    },
    as: 'conversation:read',
    missing: { number: '2147483647' },
  },
  'GET /api/v1/conversations/:conversationId': on(),
  'GET /api/v1/conversations/:conversationId/messages': on(() => ({ before: `1.${randomUUIDv7()}` })),
  'POST /api/v1/conversations': {
    call: async world => ({ say: begun(world, { personId: (await aMember(world.desk)).personId }) }),
  },
  'POST /api/v1/conversations/:conversationId/replies': on(aReply),
  'POST /api/v1/conversations/:conversationId/close': on(() => ({ ...newest, because: 'thanks' })),
  'POST /api/v1/messages/:messageId/undo': {
    call: async (world, as, matter) => ({ path: { messageId: (await aSentReply(world, as, matter)).messageId } }),
    as: 'conversation:write',
  },
  'POST /api/v1/conversations/:conversationId/notes': on(() => ({ body: '<p>Said inside.</p>' })),
  'POST /api/v1/conversations/:conversationId/own': on(undefined, { status: unowned }),
  'POST /api/v1/conversations/:conversationId/assign': on(world => ({ memberId: world.people.teammate.personId }), {
    status: unowned,
  }),
  'POST /api/v1/conversations/:conversationId/handover': on(world => ({
    ...newest,
    toMemberId: world.people.outsider.personId,
    toTeamId: world.elsewhere.id,
    reason: 'They know it',
    introduction: 'Bram will help you from here.',
  })),
  'PUT /api/v1/conversations/:conversationId/needed-by': on(world => ({ neededBy: later(world, 9) })),
  'POST /api/v1/conversations/:conversationId/put-away': on(() => ({ as: 'spam' })),
  'POST /api/v1/conversations/:conversationId/take-back': on(),
  'POST /api/v1/conversations/:conversationId/participants/:addressId': {
    call: async (world, _, matter) => {
      const { id } = await a(world, matter)
      const { addressId, personId } = await aMember(world.desk)
      await world.desk.database.pool.query(
        `insert into participant (conversation_id, address_id, person_id, role, since) values ($1, $2, $3, 'suggested', now())`,
        [id, addressId, personId],
      )
      return { path: { conversationId: id, addressId }, say: { as: 'copied' } }
    },
  },
  'POST /api/v1/conversations/:conversationId/undo-forward': {
    call: async (world, _, matter) => {
      const { id, customerId } = await a(world, matter)
      const facts = { fromId: world.people.partner.personId, toId: customerId }
      await world.desk.database.pool.query(
        `insert into event (kind, subject_id, facts, at) values ('conversation.customer-changed', $1, $2, now())`,
        [id, facts],
      )
      return { path: { conversationId: id } }
    },
  },
  'GET /api/v1/conversations/:conversationId/follow-up': on(),
  'POST /api/v1/conversations/:conversationId/follow-up': {
    call: async (world, as, matter) => ({
      path: { conversationId: (await aSentReply(world, as, matter)).conversationId },
      say: { seenVersion: 2, body: '<p>Did it help?</p>' },
    }),
  },
  'POST /api/v1/conversations/:conversationId/verdict': {
    call: async (world, as, matter) => ({
      path: { conversationId: (await aSentReply(world, as, matter)).conversationId },
      say: { verdict: 'worked', said: 'All is well.' },
    }),
  },
  'PUT /api/v1/conversations/:conversationId/drafts/:kind': {
    call: async (world, _, matter) => ({
      path: { ...(await about(world, matter)), kind: 'note' },
      say: { body: 'So far', choices: {}, seenVersion: 1 },
    }),
  },
  'DELETE /api/v1/conversations/:conversationId/drafts/:kind': {
    call: async (world, _, matter) => ({ path: { ...(await about(world, matter)), kind: 'note' } }),
  },
  'POST /api/v1/conversations/:conversationId/presence': on(() => ({ doing: 'reading' })),
  'POST /api/v1/conversations/:conversationId/seen': on(() => ({ version: 1 })),

  'GET /api/v1/promises/mine': nothing,
  'POST /api/v1/promises/:promiseId/renegotiate': {
    call: async (world, _, matter) => ({
      path: { promiseId: await aPromise(world, matter, 'action') },
      say: { dueAt: later(world, 30), words: 'A little later', tell: 'It takes a little longer.' },
    }),
  },
  'POST /api/v1/promises/:promiseId/keep': {
    call: async (world, _, matter) => ({ path: { promiseId: await aPromise(world, matter, 'action') } }),
  },

  // --- files
  'POST /api/v1/uploads': {
    call: () => ({ form: aForm(password) }),
    status: () => 201,
    raw: true,
  },
  'GET /files/:attachmentId': {
    call: async (world, _, matter) => {
      const { messageId } = await a(world, matter)
      const { pool } = world.desk.database
      const content = Buffer.from(`The contents of ${messageId}`)
      const [sha256] = await world.desk.files.put([content])
      await pool.query('insert into file (sha256, bytes) values ($1, $2) on conflict do nothing', [
        sha256,
        content.length,
      ])
      const attachmentId = randomUUIDv7()
      await pool.query(
        `insert into attachment (id, message_id, sha256, name, media_type, bytes, position) values ($1, $2, $3, 'a.svg', 'image/svg+xml', $4, 0)`,
        [attachmentId, messageId, sha256, content.length],
      )
      return { path: { attachmentId } }
    },
    as: 'conversation:read',
    raw: true,
  },
  'GET /raw/:messageId': {
    call: async (world, _, matter) => {
      const { messageId } = await a(world, matter)
      await world.desk.database.pool.query(
        `insert into delivery (id, mailbox_id, source, mail_id, body_hash, arrived_at, bytes, raw, became, message_id)
          values ($1, $2, 'import', $3, '\\x00', now(), 5, 'Raw!!', 'message', $4)`,
        [randomUUIDv7(), world.mailboxId, messageId, messageId],
      )
      return { path: { messageId } }
    },
    as: 'conversation:read',
    raw: true,
  },
  'GET /api/v1/live': { call: () => ({}), raw: true },
  'GET /*': { call: () => ({ headers: { accept: 'text/html' } }), raw: true },
}
