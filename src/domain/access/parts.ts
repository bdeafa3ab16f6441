/** What the commands of access are given from outside. */
import type { Keys } from '../../platform/config/keys.ts'
import type { Db, Pool, Tx } from '../../platform/db/index.ts'
import type { Address } from '../people/index.ts'

/** A link or a word for somebody, to be put into the outbox in the same transaction. Does nothing when no mailbox can send. */
export type AccountMail = {
  personId: string
  name: string
  address: Address
  language: string | null
  zone: string | null
  about: 'invitation' | 'sign-in' | 'new-password' | 'factor-added' | 'factor-removed' | 'factors-reset'
  link: string
  /** null: the link is no one-time link */
  until: Date | null
  invitedBy: string | null
  now: Date
}
export type MailLink = (tx: Tx, mail: AccountMail) => Promise<void>

export type AccessParts = {
  pool: Pool
  db: Db
  baseUrl: URL
  mailLink: MailLink
  /** secrets of authenticators lie sealed */
  keys: Pick<Keys, 'seal' | 'unseal'>
}

/** The token stands behind "#": no server, log or referrer gets to see it. */
export function linkTo(baseUrl: URL, token: string): string {
  return `${baseUrl.origin}/link#token=${token}`
}
