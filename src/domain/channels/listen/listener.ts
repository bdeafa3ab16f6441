/** Accepts mail by SMTP for our own addresses and says 250 only once intake has committed it. Relays nothing, answers nothing, and tells the sender to try later when it cannot keep a mail. */
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { type Db, gather } from '../../../platform/db/index.ts'
import type { Nudges } from '../../../platform/events/index.ts'
import type { Log } from '../../../platform/log/log.ts'
import { ownCertificate } from '../../../platform/mail/smtp/own-certificate.ts'
import type { Arrived, TakeIn, Taken } from '../arrived.ts'
import { liveMailboxes } from '../mailboxes/tables.ts'
import { normalOf, type OwnAddresses, ownerOf } from './recipients.ts'

export type ListenerOptions = {
  host: string
  port: number
  /** The name we greet with. */
  name: string
  certificate?: { key: string; cert: string } | undefined
  db: Db
  log: Log
  nudges: Nudges
  clock: () => Date
  takeIn: TakeIn
  noRoom?: (() => Promise<{ code: string; detail: string } | null>) | undefined
  sizeLimit?: number
  /** Bytes of mail held in memory for all lines together; beyond, senders come again. */
  holdAtMost?: number
}

export type Listener = { port: number; stop: () => Promise<void> }

const defaultLimit = 25 * 1024 * 1024
/** Above the limit a mail is kept by its head; above this many limits it is refused. */
const refusedAtLimits = 4
const headOfOversize = 64 * 1024
const defaultHold = 256 * 1024 * 1024
const linesPerClient = 20
const wrongRecipientsPerLine = 10
/** Intake reads one batch while it writes another. */
const together = { withinMs: 3, atMost: 50, atOnce: 2 }

type Line = { recipients: Map<string, { mailboxId: string; written: string }>; wrong: number }

export async function startListener(options: ListenerOptions): Promise<Listener> {
  const limit = options.sizeLimit ?? defaultLimit
  const addresses = ownAddresses(options)
  const take = gather<Arrived, Taken>(options.takeIn, together)
  const lines = new Map<string, Line>()
  const perClient = new Map<string, number>()
  const held: Held = { bytes: 0, atMost: options.holdAtMost ?? defaultHold }
  const lineOf = (session: SMTPServerSession) => {
    const line = lines.get(session.id) ?? { recipients: new Map(), wrong: 0 }
    lines.set(session.id, line)
    return line
  }

  const server = new SMTPServer({
    name: options.name,
    banner: 'Pond',
    size: limit * refusedAtLimits,
    ...(options.certificate ?? ownCertificate(options.name, options.clock())),
    authOptional: true,
    disabledCommands: ['AUTH'],
    disableReverseLookup: true,
    logger: false,
    maxClients: 200,
    socketTimeout: 60_000,
    closeTimeout: 5000,
    onConnect(session, done) {
      const open = (perClient.get(session.remoteAddress) ?? 0) + 1
      perClient.set(session.remoteAddress, open)
      done(open > linesPerClient ? answer(421, '4.7.0 too many connections from you, try again later') : null)
    },
    onClose(session) {
      const open = (perClient.get(session.remoteAddress) ?? 1) - 1
      if (open > 0) perClient.set(session.remoteAddress, open)
      else perClient.delete(session.remoteAddress)
      lines.delete(session.id)
    },
    onMailFrom(_from, session, done) {
      const line = lineOf(session)
      line.recipients = new Map()
      ready(options).then(
        refusal => done(refusal),
        () => done(answer(451, '4.3.0 try again later')),
      )
    },
    onRcptTo(to, session, done) {
      const line = lineOf(session)
      addresses.look().then(
        own => {
          const mailboxId = ownerOf(to.address, own)
          if (mailboxId !== null) {
            line.recipients.set(normalOf(to.address), { mailboxId, written: to.address })
            return done()
          }
          line.wrong++
          if (line.wrong > wrongRecipientsPerLine) return done(answer(421, '4.7.0 too many wrong recipients'))
          done(answer(550, '5.1.1 no mailbox of ours; we relay nothing'))
        },
        () => done(answer(451, '4.3.0 try again later')),
      )
    },
    onData(stream, session, done) {
      const mine = { bytes: 0 }
      receive(stream, limit, held, mine)
        .then(async read => {
          if (read === null) return done(answer(552, '5.3.4 larger than we take'))
          if (read === 'no-room') return done(answer(452, '4.3.1 too much mail at once, try again later'))
          await Promise.all(arrivals(read, session, lineOf(session), options.clock()).map(take))
          done(null)
        })
        .catch(error => {
          options.log.warn({ err: error }, 'a mail could not be kept; the sender tries again')
          done(answer(error?.code === 'ENOSPC' ? 452 : 451, '4.3.0 it could not be kept, try again later'))
        })
        .finally(() => {
          held.bytes -= mine.bytes
        })
    },
  })
  server.on('error', error => options.log.debug({ err: error }, 'a line to the SMTP listener broke'))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    async stop() {
      addresses.close()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

async function ready(options: ListenerOptions) {
  const why = await options.noRoom?.()
  return why ? answer(452, '4.3.1 no room now, try again later') : null
}

/** One per mailbox: a mail to two of ours is kept in both (R4). */
function arrivals(
  read: { raw: Buffer; oversizeBytes: number | null },
  session: SMTPServerSession,
  line: Line,
  now: Date,
): Arrived[] {
  const byMailbox = Map.groupBy(line.recipients.values(), each => each.mailboxId)
  const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address
  return [...byMailbox].map(([mailboxId, to]) => ({
    mailboxId,
    source: 'listener' as const,
    raw: read.raw,
    arrivedAt: now,
    backlog: false,
    envelope: { from: from === '' ? null : from, to: to.map(each => each.written) },
    ...(read.oversizeBytes === null ? {} : { oversizeBytes: read.oversizeBytes }),
  }))
}

type Held = { bytes: number; atMost: number }

/** Null when it was refused for its size. Of an oversize mail only the head is held in memory; `mine` is what this one holds. */
async function receive(stream: SMTPServerDataStream, limit: number, held: Held, mine: { bytes: number }) {
  const pieces: Buffer[] = []
  let bytes = 0
  let noRoom = false
  for await (const piece of stream as AsyncIterable<Buffer>) {
    bytes += piece.length
    noRoom ||= bytes <= limit && held.bytes + piece.length > held.atMost
    if (noRoom) pieces.length = 0
    else if (bytes <= limit) {
      pieces.push(piece)
      mine.bytes += piece.length
      held.bytes += piece.length
    } else if (pieces.length > 0) pieces.splice(0, pieces.length, Buffer.concat(pieces).subarray(0, headOfOversize))
  }
  if (stream.sizeExceeded) return null
  if (noRoom) return 'no-room' as const
  const raw = Buffer.concat(pieces)
  return bytes > limit ? { raw: raw.subarray(0, headOfOversize), oversizeBytes: bytes } : { raw, oversizeBytes: null }
}

/** Read again when a mailbox changes, and every few seconds in case the word was lost. */
function ownAddresses(options: Pick<ListenerOptions, 'db' | 'nudges'>) {
  const holdsMs = 5000
  let known: { addresses: OwnAddresses; until: number } | null = null
  let closed = false
  const bell = options.nudges.listen('mailbox')
  void (async () => {
    while (!closed) {
      await bell.ring(holdsMs)
      known = null
    }
  })()
  return {
    async look(): Promise<OwnAddresses> {
      if (known && known.until > Date.now()) return known.addresses
      const rows = (await liveMailboxes(options.db)).filter(row => !row.sample)
      const addresses: OwnAddresses = new Map(
        rows.flatMap(row => [row.normal, ...row.aliases.map(normalOf)].map(address => [address, row.id] as const)),
      )
      known = { addresses, until: Date.now() + holdsMs }
      return addresses
    },
    close() {
      closed = true
      bell.close()
    },
  }
}

/** For POND_SMTP_CERT and POND_SMTP_KEY. */
export function certificateFrom(files: { cert: string; key: string }): { key: string; cert: string } {
  return { cert: readFileSync(files.cert, 'utf8'), key: readFileSync(files.key, 'utf8') }
}

function answer(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode })
}
