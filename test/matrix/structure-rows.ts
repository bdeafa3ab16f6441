/** What routes about how conversations hang together, about "later" and about many at once are called with; see rows.ts. */
import { randomUUIDv7 } from 'node:crypto'
import { aConversation, ask } from '../people.ts'
import type { Matter } from './rights.ts'
import { later, type Row } from './rows.ts'
import type { Kind, World } from './world.ts'

const a = (world: World, matter: Matter, customer?: string) =>
  aConversation(world.desk, {
    ...(customer ? { customer } : {}),
    team: world.team,
    owner: matter === 'owned by the colleague' ? world.people.colleague : null,
    mailboxId: world.mailboxId,
  })
const two = async (world: World, matter: Matter) => {
  const customer = `pair-${randomUUIDv7()}@example.net`
  return [await a(world, matter, customer), await a(world, matter, customer)] as const
}
const about = async (world: World, matter: Matter) => ({ conversationId: (await a(world, matter)).id })
const write = (as: Kind, matter: Matter) =>
  as === 'lead' || (as === 'colleague' && matter === 'owned by the colleague') ? as : ('teammate' as const)
const asLead = (world: World, path: string, say: object) =>
  ask(world.desk, 'POST', `/api/v1${path}`, say as never, { cookie: world.cookies.lead })

async function withTwoMessages(world: World, matter: Matter) {
  const { id, messageId } = await a(world, matter)
  await world.desk.database.pool.query(
    `insert into message (id, conversation_id, kind, at, body_text) values ($1, $2, 'call', now(), 'And more.')`,
    [randomUUIDv7(), id],
  )
  return { conversationId: id, messageId }
}

/** Who may write wrote it; for all others somebody else did. */
async function aWaitingReply(world: World, as: Kind, matter: Matter) {
  const [id, laterId] = [(await a(world, matter)).id, randomUUIDv7()]
  const author = world.people[write(as, matter)].personId
  const step = { is: 'answered', followUpAt: later(world, 100) }
  await world.desk.database.pool.query(
    `insert into later_reply (id, conversation_id, person_id, body, recipients, next_step, send_at, made_at)
      values ($1, $2, $3, '<p>Later.</p>', '{"to": ["customer@example.net"], "cc": []}', $4, $5, $6)`,
    [laterId, id, author, step, later(world, 20), world.desk.clock.now],
  )
  return { laterId }
}
const waiting = (say?: (world: World) => Record<string, unknown>): Row => ({
  call: async (world, as, matter) => ({
    path: await aWaitingReply(world, as, matter),
    ...(say ? { say: say(world) } : {}),
  }),
  as: 'conversation:write',
})
const on = (say?: (world: World) => Record<string, unknown>): Row => ({
  call: async (world, _, matter) => ({ path: await about(world, matter), ...(say ? { say: say(world) } : {}) }),
})

export const structureRows: Record<string, Row> = {
  'GET /api/v1/conversations/:conversationId/structure': on(),
  'GET /api/v1/conversations/:conversationId/others': on(() => ({ like: 'fuse' })),
  'POST /api/v1/conversations/:conversationId/merge': {
    call: async (world, _, matter) => {
      const [one, other] = await two(world, matter)
      return { path: { conversationId: one.id }, say: { intoId: other.id } }
    },
  },
  'POST /api/v1/merges/:mergeId/undo': {
    call: async (world, _, matter) => {
      const [one, other] = await two(world, matter)
      const { body } = await asLead(world, `/conversations/${one.id}/merge`, { intoId: other.id })
      return { path: { mergeId: body.mergeId } }
    },
  },
  'POST /api/v1/conversations/:conversationId/split': {
    call: async (world, _, matter) => {
      const { conversationId, messageId } = await withTwoMessages(world, matter)
      return { path: { conversationId }, say: { messageIds: [messageId] } }
    },
  },
  'POST /api/v1/conversations/:conversationId/undo-split': {
    call: async (world, _, matter) => {
      const { conversationId, messageId } = await withTwoMessages(world, matter)
      const { body } = await asLead(world, `/conversations/${conversationId}/split`, { messageIds: [messageId] })
      return { path: { conversationId: body.id } }
    },
  },
  'POST /api/v1/conversations/:conversationId/links': {
    call: async (world, _, matter) => {
      const [one, other] = await two(world, matter)
      return { path: { conversationId: one.id }, say: { toId: other.id, as: 'child' } }
    },
  },
  'DELETE /api/v1/conversations/:conversationId/links/:linkId': {
    call: async (world, _, matter) => {
      const [one, other] = await two(world, matter)
      const linkId = randomUUIDv7()
      await world.desk.database.pool.query(
        `insert into conversation_link (id, kind, from_id, to_id, since) values ($1, 'related', $2, $3, now())`,
        [linkId, one.id, other.id],
      )
      return { path: { conversationId: one.id, linkId } }
    },
  },
  'POST /api/v1/conversations/:conversationId/move': on(world => ({
    seenVersion: 1,
    toTeamId: world.elsewhere.id,
    reason: 'They know it',
    introduction: 'The others will help you from here.',
  })),
  'PUT /api/v1/conversations/:conversationId/snooze': on(world => ({ until: later(world, 20) })),
  'DELETE /api/v1/conversations/:conversationId/snooze': on(),
  'POST /api/v1/conversations/:conversationId/later-replies': on(world => ({
    seenVersion: 1,
    body: '<p>Here you are.</p>',
    recipients: { to: ['customer@example.net'], cc: [] },
    nextStep: { is: 'answered', followUpAt: later(world, 100) },
    sendAt: later(world, 20),
  })),
  'PUT /api/v1/later-replies/:laterId': waiting(world => ({ sendAt: later(world, 30) })),
  'POST /api/v1/later-replies/:laterId/send': waiting(),
  'POST /api/v1/later-replies/:laterId/take-back': waiting(),
  'DELETE /api/v1/later-replies/:laterId': waiting(),
  'POST /api/v1/messages/:messageId/send': {
    call: async (world, as, matter) => {
      const { id } = await a(world, matter)
      const path = `/api/v1/conversations/${id}/replies`
      const say = {
        seenVersion: 1,
        body: '<p>Here you are.</p>',
        recipients: { to: ['customer@example.net'], cc: [] },
        nextStep: { is: 'answered', followUpAt: later(world, 100) },
      }
      const sent = await ask(world.desk, 'POST', path, say, { cookie: world.cookies[write(as, matter)] })
      return { path: { messageId: sent.body.messageId } }
    },
    as: 'conversation:write',
  },
  // Each conversation answers for itself: what one may not see is absent among the results.
  'POST /api/v1/conversations/bulk': {
    call: async (world, _, matter) => ({ say: { ids: [(await a(world, matter)).id], act: { is: 'follow' } } }),
    freeIds: true,
  },
  'POST /api/v1/acts/:undo/undo': {
    call: async (world, as, matter) => {
      const undo = randomUUIDv7()
      const person = world.people[as as keyof World['people']] ?? world.people.lead
      const was = { head: null, promises: [], made: [], ended: [], tags: { added: [], removed: [] } }
      await world.desk.database.pool.query(
        `insert into undoable (token, conversation_id, person_id, act, was, version, at) values ($1, $2, $3, 'follow', $4, 1, now())`,
        [undo, (await a(world, matter)).id, person.personId, { ...was, priority: null, following: null }],
      )
      return { path: { undo } }
    },
  },
}
