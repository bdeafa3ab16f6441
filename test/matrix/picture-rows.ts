/** What routes of pictures and originals are called with; see rows.ts. */
import { randomUUIDv7 } from 'node:crypto'
import { aConversation } from '../people.ts'
import type { Matter } from './rights.ts'
import type { Row } from './rows.ts'
import type { World } from './world.ts'

const a = (world: World, matter: Matter) =>
  aConversation(world.desk, {
    team: world.team,
    owner: matter === 'owned by the colleague' ? world.people.colleague : null,
    mailboxId: world.mailboxId,
  })
const onePixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
/** Nothing answers there, and Pond would not ask: whoever may is told that it can't be had. */
const elsewhere = 'http://127.0.0.1:9/p.gif'

export const pictureRows: Record<string, Row> = {
  'GET /files/:attachmentId/small': {
    call: async (world, _, matter) => {
      const { messageId } = await a(world, matter)
      const { pool } = world.desk.database
      const [sha256] = await world.desk.files.put([onePixel])
      await pool.query('insert into file (sha256, bytes) values ($1, $2) on conflict do nothing', [
        sha256,
        onePixel.length,
      ])
      const attachmentId = randomUUIDv7()
      await pool.query(
        `insert into attachment (id, message_id, sha256, name, media_type, bytes, position) values ($1, $2, $3, 'a.gif', 'image/gif', $4, 0)`,
        [attachmentId, messageId, sha256, onePixel.length],
      )
      return { path: { attachmentId } }
    },
    as: 'conversation:read',
    raw: true,
  },
  'GET /pictures/:messageId': {
    call: async (world, _, matter) => {
      const { messageId } = await a(world, matter)
      await world.desk.database.pool.query('update message set body_html = $2 where id = $1', [
        messageId,
        `<p>Hello<img data-remote-src="${elsewhere}" /></p>`,
      ])
      return { path: { messageId }, say: { address: elsewhere } }
    },
    as: 'conversation:read',
    status: () => 502,
    raw: true,
  },
  'GET /api/v1/messages/:messageId/original': {
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
  },
}
