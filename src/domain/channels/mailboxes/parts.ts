/** What the routes of mailboxes are given from outside. */
import type { Keys } from '../../../platform/config/keys.ts'
import type { Db } from '../../../platform/db/index.ts'
import type { Nudges } from '../../../platform/events/index.ts'
import type { Files } from '../../../platform/files/index.ts'
import type { OauthClients } from '../../../platform/mail/oauth.ts'
import type { Rights } from '../../access/index.ts'
import type { Taken } from '../arrived.ts'
import type { Ask } from './domain-records.ts'

export type MailboxRoutesParts = {
  db: Db
  keys: Keys
  nudges: Nudges
  files: Files
  rights: Rights
  baseUrl: URL
  oauth: OauthClients
  clock: () => Date
  /** Intake's: reads a quarantined mail again. */
  retry: (deliveryId: string) => Promise<Taken>
  /** Certificates to trust beside the system's, and another resolver: for tests. */
  ca?: string
  dns?: Ask
}
