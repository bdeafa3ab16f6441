/** What routes of options, of what a verdict teaches, and of the pages that mails lead to are called with; see rows.ts. */
import { randomUUIDv7 } from 'node:crypto'
import { linkToken } from '../../src/domain/channels/index.ts'
import { aConversation } from '../people.ts'
import { linkKeys } from './all-routes.ts'
import type { Matter } from './rights.ts'
import { later, type Row } from './rows.ts'
import type { Kind, World } from './world.ts'

async function anOffer(world: World, matter: Matter) {
  const { pool } = world.desk.database
  const owner = matter === 'owned by the colleague' ? world.people.colleague : null
  const conversation = await aConversation(world.desk, { team: world.team, owner, mailboxId: world.mailboxId })
  const [messageId, offerId, optionId] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()]
  const now = world.desk.clock.now
  await pool.query("insert into message (id, conversation_id, kind, at, body_text) values ($1, $2, 'reply', $3, 'x')", [
    messageId,
    conversation.id,
    now,
  ])
  await pool.query('insert into offer (id, message_id, made_by, made_at, until) values ($1, $2, $3, $4, $5)', [
    offerId,
    messageId,
    world.people.lead.personId,
    now,
    later(world, 10),
  ])
  await pool.query(
    "insert into offer_option (id, offer_id, position, words, consequence) values ($1, $2, 1, 'One', 'This follows')",
    [optionId, offerId],
  )
  return { conversation, offerId, optionId }
}

async function aFlag(world: World, as: Kind) {
  const { pool } = world.desk.database
  const { people, team, desk } = world
  const [savedReplyId, followUpId] = [randomUUIDv7(), randomUUIDv7()]
  const owner = as in people ? people[as as keyof typeof people] : people.lead
  const conversation = await aConversation(desk, { team, mailboxId: world.mailboxId })
  const now = desk.clock.now
  await pool.query("insert into saved_reply (id, name, owner_id, changed_at) values ($1, 'Seal', $2, $3)", [
    savedReplyId,
    owner.personId,
    now,
  ])
  await pool.query(
    "insert into saved_reply_text (saved_reply_id, language, body, position) values ($1, 'en', '<p>x</p>', 0)",
    [savedReplyId],
  )
  await pool.query(
    "insert into follow_up (id, conversation_id, person_id, asked_at, until, verdict, way, answered_at) values ($1, $2, $3, $4, $4, 'wrong', 'hand', $4)",
    [followUpId, conversation.id, conversation.customerId, now],
  )
  await pool.query('insert into saved_reply_flag (id, saved_reply_id, follow_up_id, made_at) values ($1, $2, $3, $4)', [
    randomUUIDv7(),
    savedReplyId,
    followUpId,
    now,
  ])
  return { savedReplyId }
}

/** Whoever has the link: nobody is asked who they are. */
async function aLink(world: World) {
  const { conversation } = await anOffer(world, 'owned by nobody')
  const { rows } = await world.desk.database.pool.query('select number::int, normal from address where id = $1', [
    conversation.addressId,
  ])
  const subject = { purpose: 'conversation' as const, subjectId: conversation.id, until: new Date(later(world, 10)) }
  return linkToken({ ...subject, addressNumber: rows[0].number, recipient: rows[0].normal }, linkKeys)
}
const page: Row = { call: async world => ({ path: { token: await aLink(world), choice: 'x' } }), raw: true }

export const outsideRows: Record<string, Row> = {
  'POST /api/v1/offers/:offerId/choice': {
    call: async (world, _, matter) => {
      const { offerId, optionId } = await anOffer(world, matter)
      return { path: { offerId }, say: { optionId, said: 'On the phone.' } }
    },
  },
  'POST /api/v1/offers/:offerId/withdraw': {
    call: async (world, _, matter) => ({ path: { offerId: (await anOffer(world, matter)).offerId }, say: {} }),
  },
  'POST /api/v1/saved-replies/:savedReplyId/flags/settle': {
    call: async (world, as) => ({ path: await aFlag(world, as), say: {} }),
  },
  'GET /o/style.css': { call: () => ({}), raw: true },
  'GET /o/:token': page,
  'GET /o/:token/:choice': page,
  // On the page of a conversation nothing is pressed: it is shown.
  'POST /o/:token': page,
  'POST /o/:token/:choice': page,
}
