/** What a mailbox signs in with: its password, or an access token renewed ahead of its end. A lost grant is trouble at once (R21). */
import { KeyProblem, type Keys } from '../../../platform/config/keys.ts'
import type { Db } from '../../../platform/db/index.ts'
import type { Secret } from '../../../platform/mail/imap/session.ts'
import { type Grant, type OauthClients, type Provider, refreshGrant } from '../../../platform/mail/oauth.ts'
import { MailTrouble } from '../../../platform/mail/trouble.ts'
import { type MailboxRow, type Secrets, sealSecrets, secretsOf } from './tables.ts'

export type SecretFor = (mailbox: MailboxRow, side: 'imap' | 'smtp') => Promise<Secret>

const renewAheadMs = 5 * 60_000

export function secretsFrom(parts: { db: Db; keys: Keys; oauth: OauthClients; clock: () => Date }): SecretFor {
  const renewing = new Map<string, Promise<Grant>>()
  return async (mailbox, side) => {
    const provider = mailbox[side]?.oauth ?? null
    const secrets = await fresh(parts, mailbox)
    if (provider === null)
      return { password: (side === 'smtp' ? secrets.smtpPassword : undefined) ?? secrets.password ?? '' }
    if (!secrets.grant) throw new MailTrouble('grant-missing', provider)
    if (secrets.grant.expiresAt - renewAheadMs > parts.clock().getTime())
      return { accessToken: secrets.grant.accessToken }
    // Fetching and sending need it at the same moment: one asks.
    const running = renewing.get(mailbox.id) ?? renew(parts, mailbox.id, provider, secrets)
    renewing.set(mailbox.id, running)
    try {
      return { accessToken: (await running).accessToken }
    } finally {
      renewing.delete(mailbox.id)
    }
  }
}

type Parts = { db: Db; keys: Keys; oauth: OauthClients; clock: () => Date }

/** The row in hand may be older than the last renewal. */
async function fresh({ db, keys }: Parts, mailbox: MailboxRow): Promise<Secrets> {
  const row = await db.selectFrom('mailbox').select(['id', 'sealed']).where('id', '=', mailbox.id).executeTakeFirst()
  try {
    return secretsOf(row ?? mailbox, keys)
  } catch (error) {
    if (error instanceof KeyProblem) throw new MailTrouble('key-changed', error.message, { cause: error })
    throw error
  }
}

async function renew({ db, keys, oauth, clock }: Parts, mailboxId: string, provider: Provider, secrets: Secrets) {
  const client = oauth[provider]
  if (!client) throw new MailTrouble('grant-missing', provider)
  const grant = await refreshGrant(provider, client, secrets.grant!, clock())
  await db
    .updateTable('mailbox')
    .set({ sealed: sealSecrets(mailboxId, { ...secrets, grant }, keys) })
    .where('id', '=', mailboxId)
    .execute()
  return grant
}
