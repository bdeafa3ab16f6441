/** What routes of chat are called with; see rows.ts. The widget's are anybody's with a token: A's opens nothing of B's, tried in src/domain/chat. */
import { randomBytes, randomUUIDv7 } from 'node:crypto'
import { hashOf } from '../../src/domain/chat/tables.ts'
import { aConversation } from '../people.ts'
import type { Matter } from './rights.ts'
import { aForm, type Call, later, type Row } from './rows.ts'
import type { World } from './world.ts'

const site = 'https://shop.example'
const headers = { origin: site }

async function aChannel(world: World) {
  const { pool } = world.desk.database
  const id = randomUUIDv7()
  const key = [...randomBytes(20)].map(byte => (byte % 10).toString()).join('')
  await pool.query(
    'insert into chat_channel (id, key, name, team_id, origins, created_at) values ($1, $2, $3, $4, $5, $6)',
    [id, key, 'Shop', world.team.id, [site], world.desk.clock.now],
  )
  return { id, key }
}

/** A conversation whose customer is in the chat, and the token of their browser. */
async function aChat(world: World, matter: Matter = 'owned by nobody') {
  const { pool } = world.desk.database
  const { now } = world.desk.clock
  const channel = await aChannel(world)
  const owner = matter === 'owned by the colleague' ? world.people.colleague : null
  const conversation = await aConversation(world.desk, { team: world.team, owner, mailboxId: world.mailboxId })
  const [sessionId, token] = [randomUUIDv7(), randomBytes(32).toString('base64url')]
  await pool.query(
    `insert into chat_session (id, channel_id, token_hash, person_id, known, origin, begun_at, seen_at) values ($1, $2, $3, $4, false, $5, $6, $6)`,
    [sessionId, channel.id, hashOf(token), conversation.customerId, site, now],
  )
  await pool.query('insert into chat (conversation_id, came_at) values ($1, $2)', [conversation.id, now])
  await pool.query('insert into chat_seat (session_id, conversation_id, since) values ($1, $2, $3)', [
    sessionId,
    conversation.id,
    now,
  ])
  return { channel, conversation, sessionId, token }
}

const asked = (say: (it: Awaited<ReturnType<typeof aChat>>) => Record<string, unknown>): Row => ({
  call: async (world): Promise<Call> => {
    const it = await aChat(world)
    return { path: { key: it.channel.key }, say: say(it), headers }
  },
  missing: { key: '0'.repeat(20) },
  freeIds: true,
})
const ofChat = (say: (world: World) => Record<string, unknown>): Row => ({
  call: async (world, _, matter) => ({
    path: { conversationId: (await aChat(world, matter)).conversation.id },
    say: say(world),
  }),
})
const ofChannel = (say: (world: World) => Record<string, unknown>): Row => ({
  call: async world => ({ path: { channelId: (await aChannel(world)).id }, say: say(world) }),
})
const about = (world: World) => ({ name: 'Shop', teamId: world.team.id, origins: [site] })

export const chatRows: Record<string, Row> = {
  'POST /api/v1/conversations/:conversationId/chat': {
    ...ofChat(() => ({ messageId: randomUUIDv7(), text: 'Here I am.' })),
    freeIds: true,
  },
  'GET /api/v1/conversations/:conversationId/chat': ofChat(() => ({})),
  'POST /api/v1/conversations/:conversationId/chat/settle': {
    ...ofChat(world => ({ nextStep: { is: 'answered', followUpAt: later(world, 24) } })),
    // Their customer is there: nothing is settled yet.
    status: () => 409,
  },
  'GET /api/v1/chat-channels': { call: () => ({}) },
  'POST /api/v1/chat-channels': { call: world => ({ say: about(world) }) },
  'PUT /api/v1/chat-channels/:channelId': ofChannel(about),
  'DELETE /api/v1/chat-channels/:channelId': ofChannel(() => ({})),
  'POST /api/v1/chat-channels/:channelId/secret': ofChannel(() => ({})),

  'GET /widget.js': { call: () => ({}), status: () => 404, raw: true },
  'GET /chat/:key/try': { call: async world => ({ path: { key: (await aChannel(world)).key } }), raw: true },
  'POST /chat/:key/hello': asked(() => ({})),
  'POST /chat/:key/say': asked(({ token, conversation }) => ({
    ...{ token, messageId: randomUUIDv7(), conversationId: conversation.id, text: 'Hello' },
  })),
  'POST /chat/:key/open': {
    ...asked(({ token, conversation }) => ({ token, identity: 'x', conversationId: conversation.id })),
    status: () => 404,
  },
  'POST /chat/:key/forget': asked(({ token }) => ({ token })),
  'POST /chat/:key/address': asked(({ token, conversation }) => ({
    ...{ token, conversationId: conversation.id, address: `${randomUUIDv7()}@example.net` },
  })),
  'POST /chat/:key/here': asked(({ token, conversation }) => ({
    ...{ token, conversationId: conversation.id, doing: 'reading', seen: 0 },
  })),
  'POST /chat/:key/find': asked(() => ({ words: 'burrs' })),
  // What flows in a stream is tried elsewhere: here, that nobody gets one without a token.
  'POST /chat/:key/stream': { ...asked(() => ({})), status: () => 400, raw: true },
  'POST /chat/:key/files': {
    call: async world => {
      const { channel, token } = await aChat(world)
      return { path: { key: channel.key }, form: aForm('x'), headers: { ...headers, 'x-pond-token': token } }
    },
    status: () => 201,
    raw: true,
  },
  'POST /chat/:key/files/:attachmentId': {
    call: async world => {
      const { channel, token } = await aChat(world)
      const path = { key: channel.key, attachmentId: randomUUIDv7() }
      return { path, headers: { ...headers, 'x-pond-token': token } }
    },
    status: () => 404,
    raw: true,
  },
}
