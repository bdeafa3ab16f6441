/** The least that keeps mail: one delivery per mail and its UID, in one transaction. For tests of transport, which must not depend on what a mail becomes. */
import { createHash, randomUUID } from 'node:crypto'
import type { TakeIn, Taken } from '../../src/domain/channels/arrived.ts'
import type { Pool } from '../../src/platform/db/index.ts'

export type PlainIntake = {
  takeIn: TakeIn
  calls: { mails: number; backlog: boolean }[]
  failOn: (raw: string) => boolean
}

export function plainIntake(pool: Pool): PlainIntake {
  const intake: PlainIntake = {
    calls: [],
    failOn: () => false,
    async takeIn(arrived) {
      const client = await pool.connect()
      try {
        await client.query('begin')
        const taken: Taken[] = []
        for (const mail of arrived) {
          const text = mail.raw.toString('latin1')
          if (intake.failOn(text)) throw new Error('this mail cannot be taken')
          const mailId = /^message-id:\s*(\S+)/im.exec(text)?.[1] ?? createHash('sha256').update(mail.raw).digest('hex')
          const bodyHash = createHash('sha256')
            .update(text.slice(text.search(/\r?\n\r?\n/)), 'latin1')
            .digest()
          const id = randomUUID()
          const made = await client.query(
            `insert into delivery (id, mailbox_id, source, mail_id, body_hash, arrived_at, bytes, raw, became, reading)
              values ($1, $2, $3, $4, $5, $6, $7, $8, 'message', $9) on conflict do nothing returning id`,
            [
              id,
              mail.mailboxId,
              mail.source,
              mailId,
              bodyHash,
              mail.arrivedAt,
              mail.oversizeBytes ?? mail.raw.length,
              mail.raw,
              { backlog: mail.backlog },
            ],
          )
          const known = made.rowCount === 0
          const deliveryId = known
            ? (
                await client.query(
                  'select id from delivery where mailbox_id = $1 and mail_id = $2 and body_hash = $3',
                  [mail.mailboxId, mailId, bodyHash],
                )
              ).rows[0].id
            : id
          if (mail.at)
            await client.query('insert into delivery_uid values ($1, $2, $3, $4, $5) on conflict do nothing', [
              mail.mailboxId,
              mail.at.folder,
              mail.at.uidvalidity,
              mail.at.uid,
              deliveryId,
            ])
          taken.push({ deliveryId, became: known ? 'known' : 'message', conversationId: null, reason: null })
        }
        await client.query('commit')
        intake.calls.push({ mails: arrived.length, backlog: arrived.every(mail => mail.backlog) })
        return taken
      } catch (error) {
        await client.query('rollback')
        throw error
      } finally {
        client.release()
      }
    },
  }
  return intake
}
