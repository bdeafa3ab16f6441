/** What routes about asks are called with: a partner of the team is the expert, who sees the ask and nothing else; see rows.ts. */
import { randomUUIDv7 } from 'node:crypto'
import { aConversation, ask } from '../people.ts'
import type { Matter } from './rights.ts'
import { later, nothing, type Row } from './rows.ts'
import type { World } from './world.ts'

const a = (world: World, matter: Matter) =>
  aConversation(world.desk, {
    team: world.team,
    owner: matter === 'owned by the colleague' ? world.people.colleague : null,
    mailboxId: world.mailboxId,
  })
const question = (world: World, more: object = {}) => ({
  ...{ memberId: world.people.partner.personId, body: 'Which fuse?', dueAt: later(world, 5) },
  ...more,
})

/** `answered`: by the expert, with a file. */
async function anAsk(world: World, matter: Matter, answered = false) {
  const { id } = await a(world, matter)
  const path = `/api/v1/conversations/${id}/asks`
  const { body } = await ask(world.desk, 'POST', path, question(world), { cookie: world.cookies.lead })
  const { pool } = world.desk.database
  const [askId, messageId, fileId] = [body.askId as string, randomUUIDv7(), randomUUIDv7()]
  if (answered) {
    const [sha256] = await world.desk.files.put([Buffer.from(`for ${askId}`)])
    await pool.query('insert into file (sha256, bytes) values ($1, 40) on conflict do nothing', [sha256])
    await pool.query('update ask set answered_at = $2 where id = $1', [askId, world.desk.clock.now])
    await pool.query(
      `insert into ask_message (id, ask_id, kind, author_id, at, body_text) values ($1, $2, 'answer', $3, $4, 'The slow one.')`,
      [messageId, askId, world.people.partner.personId, world.desk.clock.now],
    )
    await pool.query(
      `insert into ask_file (id, ask_message_id, sha256, name, media_type, bytes, position) values ($1, $2, $3, 'a.txt', 'text/plain', 40, 0)`,
      [fileId, messageId, sha256],
    )
  }
  return { askId, fileId }
}
const on = (as: string, say?: (world: World) => Record<string, unknown>, answered = false): Row => ({
  call: async (world, _, matter) => ({
    path: { askId: (await anAsk(world, matter, answered)).askId },
    ...(say ? { say: say(world) } : {}),
  }),
  as,
})

export const askRows: Record<string, Row> = {
  'POST /api/v1/conversations/:conversationId/asks': {
    call: async (world, _, matter) => {
      const { id, messageId } = await a(world, matter)
      return { path: { conversationId: id }, say: question(world, { context: [messageId] }) }
    },
  },
  'GET /api/v1/conversations/:conversationId/asks': {
    call: async (world, _, matter) => ({ path: { conversationId: (await a(world, matter)).id } }),
  },
  'GET /api/v1/conversations/:conversationId/experts': {
    call: async (world, _, matter) => ({ path: { conversationId: (await a(world, matter)).id }, say: { like: 'a' } }),
  },
  'GET /api/v1/asks/mine': nothing,
  'GET /api/v1/asks/answered': nothing,
  'GET /api/v1/asks/:askId': on('ask:read'),
  'POST /api/v1/asks/:askId/messages': on('ask:answer', () => ({ body: 'The slow one.', is: 'answer' })),
  'POST /api/v1/asks/:askId/time': on('ask:read', world => ({ dueAt: later(world, 30) })),
  'POST /api/v1/asks/:askId/relay': on('ask:tend', () => ({ introduce: true }), true),
  'POST /api/v1/asks/:askId/close': on('ask:tend', () => ({})),
  'POST /api/v1/asks/:askId/thanks': on('ask:tend', () => ({ words: 'Thank you.' }), true),
  'GET /ask-files/:fileId': {
    call: async (world, _, matter) => ({ path: { fileId: (await anAsk(world, matter, true)).fileId } }),
    as: 'ask:read',
    raw: true,
  },
}
