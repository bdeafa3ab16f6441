/** A mailbox of a real Dovecot, connected to an installation: empty when it is met, so that everything that comes later is new mail. */
import { sealSecrets } from '../../src/domain/channels/mailboxes/tables.ts'
import { openKeys } from '../../src/platform/config/keys.ts'
import type { Pool } from '../../src/platform/db/index.ts'
import { type Dovecot, mailPassword } from '../../test/mail-servers.ts'
import { mailboxId, organisation } from './seed.ts'

export const user = 'bench'
export const deskAddress = 'team0@lindqvist.example'

export async function connect(parts: { pool: Pool; dataDir: string; dovecot: Dovecot; smtpPort: number }) {
  const { pool, dataDir, dovecot, smtpPort } = parts
  await organisation(pool)
  const id = mailboxId(0)
  const keys = openKeys({ dataDir, key: undefined })
  await pool.query(
    "update mailbox set receive_by = 'imap', imap = $2, smtp = $3, sealed = $4, created_at = now() - interval '1 hour' where id = $1",
    [
      id,
      { host: '127.0.0.1', port: dovecot.port, security: 'none', user, folder: 'INBOX' },
      { host: '127.0.0.1', port: smtpPort, security: 'none', user: '' },
      sealSecrets(id, { password: mailPassword }, keys),
    ],
  )
  dovecot.drop(user, [])
  const until = async (what: string, words: string, patience = 30_000) => {
    for (const began = Date.now(); ; ) {
      if ((await pool.query(what)).rows[0]) return
      if (Date.now() - began > patience) throw new Error(`${words} did not happen`)
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }
  return {
    id,
    /** The folder was met while it was empty. */
    met: () => until('select from mailbox_folder', 'meeting the folder'),
    async pause() {
      await pool.query('update mailbox set paused_at = now() where id = $1', [id])
      await pool.query('notify mailbox')
      // The fetcher hears of it at once, and leaves when its command is answered.
      await new Promise(resolve => setTimeout(resolve, 1500))
    },
    async goOn() {
      await pool.query('update mailbox set paused_at = null where id = $1', [id])
      await pool.query('notify mailbox')
    },
  }
}
