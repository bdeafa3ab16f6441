/** What routes of saved replies, signatures, forwards and drafts are called with; see rows.ts. */
import { randomUUIDv7 } from 'node:crypto'
import { aConversation } from '../people.ts'
import type { Matter } from './rights.ts'
import { nothing, type Row } from './rows.ts'
import type { Kind, World } from './world.ts'

const personOf = (world: World, as: Kind) => world.people[as as keyof World['people']]?.personId

/** Their own; for strangers somebody's. */
async function aSavedReply(world: World, as: Kind): Promise<{ savedReplyId: string }> {
  const savedReplyId = randomUUIDv7()
  const { pool } = world.desk.database
  const owner = personOf(world, as) ?? world.people.lead.personId
  await pool.query(`insert into saved_reply (id, name, owner_id, changed_at) values ($1, 'Thanks', $2, $3)`, [
    savedReplyId,
    owner,
    world.desk.clock.now,
  ])
  await pool.query(
    `insert into saved_reply_text (saved_reply_id, language, body, position) values ($1, 'en', '<p>Thanks</p>', 0)`,
    [savedReplyId],
  )
  return { savedReplyId }
}
const aText = {
  name: 'Thanks',
  whose: { is: 'mine' },
  texts: [{ language: 'en', body: '<p>Thank you, {{customer.firstName|and hello}}.</p>' }],
}

async function aMatter(world: World, matter: Matter) {
  const owner = matter === 'owned by the colleague' ? world.people.colleague : null
  return aConversation(world.desk, { team: world.team, owner, mailboxId: world.mailboxId })
}

export const writingRows: Record<string, Row> = {
  'GET /api/v1/saved-replies': nothing,
  'POST /api/v1/saved-replies': { call: () => ({ say: aText }) },
  'PUT /api/v1/saved-replies/:savedReplyId': {
    call: async (world, as) => ({ path: await aSavedReply(world, as), say: aText }),
  },
  'PUT /api/v1/saved-replies/:savedReplyId/archived': {
    call: async (world, as) => ({ path: await aSavedReply(world, as), say: { archived: true } }),
  },
  'POST /api/v1/saved-replies/:savedReplyId/used': {
    call: async (world, as) => ({ path: await aSavedReply(world, as), say: {} }),
  },
  'GET /api/v1/signatures': nothing,
  'PUT /api/v1/me/signature': { call: () => ({ say: { signature: '<p>{{me.name}}</p>' } }) },
  'PUT /api/v1/teams/:teamId/signature': {
    call: world => ({ path: { teamId: world.team.id }, say: { signature: '<p>{{team.name}}</p>' } }),
  },
  'POST /api/v1/conversations/:conversationId/messages/:messageId/forward': {
    call: async (world, _, matter) => {
      const { id, messageId } = await aMatter(world, matter)
      return {
        path: { conversationId: id, messageId },
        say: { to: ['maker@example.net'], body: '<p>Do you know this?</p>' },
      }
    },
  },
  'GET /api/v1/conversations/:conversationId/drafts': {
    call: async (world, _, matter) => ({ path: { conversationId: (await aMatter(world, matter)).id } }),
  },
  'GET /uploads/:uploadId': {
    call: async (world, as) => {
      const uploadId = randomUUIDv7()
      const [sha256] = await world.desk.files.put([Buffer.from('a picture')])
      const { pool } = world.desk.database
      await pool.query(`insert into file (sha256, bytes) values ($1, 9) on conflict do nothing`, [sha256])
      await pool.query(
        `insert into upload (id, person_id, sha256, name, media_type, bytes, created_at) values ($1, $2, $3, 'a.png', 'image/png', 9, $4)`,
        [uploadId, personOf(world, as) ?? world.people.lead.personId, sha256, world.desk.clock.now],
      )
      return { path: { uploadId } }
    },
    raw: true,
  },
}
