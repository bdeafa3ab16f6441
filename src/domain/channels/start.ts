/** All of channels that runs beside requests, and its routes: fetchers, the sender, the listener. Wires and decides nothing. */
import type { FastifyInstance } from 'fastify'
import type { Keys } from '../../platform/config/keys.ts'
import type { Db, Pool } from '../../platform/db/index.ts'
import type { Nudges } from '../../platform/events/index.ts'
import type { Files } from '../../platform/files/index.ts'
import type { Log } from '../../platform/log/log.ts'
import type { OauthClients } from '../../platform/mail/oauth.ts'
import type { Rights } from '../access/index.ts'
import type { TakeIn, Taken } from './arrived.ts'
import { startFetchers } from './fetch/fetchers.ts'
import { certificateFrom, type Listener, startListener } from './listen/listener.ts'
import { mailboxRoutes } from './mailboxes/routes.ts'
import { secretsFrom } from './mailboxes/secrets.ts'
import { roomOn } from './room.ts'
import { startSender } from './send/sender.ts'

export type ChannelsParts = {
  db: Db
  pool: Pool
  /** A direct connection: fetching holds session locks. */
  url: string
  files: Files
  keys: Keys
  nudges: Nudges
  log: Log
  clock: () => Date
  /** Links in mails point there. */
  baseUrl: URL
  oauth: OauthClients
  /** Null: no listener. */
  smtp: { host: string; port: number; name: string; certificate: { cert: string; key: string } | undefined } | null
  takeIn: TakeIn
  retry: (deliveryId: string) => Promise<Taken>
  /** A named moment in fetching or sending, for tests that end the process there. */
  at?: (point: string) => Promise<void>
}

export type Channels = {
  routes: (app: FastifyInstance, web: { rights: Rights; baseUrl: URL }) => void
  /** Where the listener accepts mail; null without one. */
  smtpPort: number | null
  stop: () => Promise<void>
}

export async function startChannels(parts: ChannelsParts): Promise<Channels> {
  const secretFor = secretsFrom(parts)
  const noRoom = roomOn(parts.files)
  let listener: Listener | null = null
  if (parts.smtp) {
    const certificate = parts.smtp.certificate ? certificateFrom(parts.smtp.certificate) : undefined
    listener = await startListener({ ...parts, ...parts.smtp, certificate, noRoom })
  }
  const { smtp: _, ...rest } = parts
  const fetchers = startFetchers({ ...rest, secretFor, noRoom })
  const sender = startSender({ ...rest, secretFor })
  return {
    routes: (app, web) => mailboxRoutes(app, { ...parts, ...web }),
    smtpPort: listener?.port ?? null,
    async stop() {
      await Promise.all([listener?.stop(), fetchers.stop()])
      await sender.stop()
    },
  }
}
