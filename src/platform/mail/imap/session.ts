/** One IMAP connection to one folder, with a deadline on every command (R20). Moves and deletes nothing; sets a flag only when told. */
import { ImapFlow, type ImapFlowOptions } from 'imapflow'
import { MailTrouble, troubleOf, withDeadline } from '../trouble.ts'

export type ImapPlace = {
  host: string
  port: number
  security: 'tls' | 'starttls' | 'none'
  user: string
  folder: string
}
export type Secret = { password: string } | { accessToken: string }

export type MailHead = { uid: number; bytes: number; internalDate: Date }
export type MailOnServer = MailHead & { raw: Buffer; cut: boolean }

export type ImapOptions = {
  /** For one command; also the longest silence within a running fetch. */
  deadlineMs?: number
  /** Certificates to trust beside the system's. */
  ca?: string
  /** Otherwise the folder is opened for reading alone (EXAMINE). */
  writable?: boolean
}

export type ImapSession = {
  readonly uidvalidity: number
  /** The UID that the next mail gets, as of opening. */
  readonly uidNext: number
  /** How many mails lie there, as of opening. */
  readonly exists: number
  readonly folders: () => Promise<string[]>
  /** All UIDs from `first` on (to `last`), ascending. */
  readonly uidsFrom: (first: number, last?: number) => Promise<number[]>
  readonly heads: (uids: readonly number[]) => Promise<MailHead[]>
  /** In the order the server gives them; a mail that vanished is missing. `atMost` bytes of each. Asks for nothing the heads say. */
  readonly fetch: (heads: readonly MailHead[], atMost?: number) => Promise<MailOnServer[]>
  readonly markSeen: (uids: readonly number[]) => Promise<void>
  /** Resolves when the server tells of something new, or after `ms`; rejects when the line is dead. */
  readonly rest: (ms: number) => Promise<void>
  readonly wake: () => void
  readonly close: () => void
}

/** Throws `MailTrouble`. Every reading command leaves the mails as they are (PEEK). */
export async function openImap(place: ImapPlace, secret: Secret, options: ImapOptions = {}): Promise<ImapSession> {
  const deadline = options.deadlineMs ?? 15_000
  const client = new ImapFlow(settingsFor(place, secret, deadline, options.ca))
  let wake = () => {}
  let told = false
  const tell = () => {
    told = true
    wake()
  }
  client.on('error', () => tell())
  client.on('close', tell)
  client.on('exists', tell)
  const cut = () => client.close()
  const command = async <T>(what: string, act: () => Promise<T>): Promise<T> => {
    try {
      return await withDeadline(act(), deadline, what, cut)
    } catch (error) {
      throw troubleOf(error)
    }
  }
  try {
    // Name, TCP, TLS, greeting, capabilities and sign-in are several commands.
    await withDeadline(client.connect(), deadline * 2, 'signing in', cut)
  } catch (error) {
    cut()
    throw troubleOf(error)
  }
  const folders = () => command('listing folders', async () => (await client.list()).map(folder => folder.path))
  const mailbox = await command('opening the folder', () =>
    client.mailboxOpen(place.folder, { readOnly: !options.writable }),
  ).catch(error => {
    cut()
    throw error
  })

  return {
    uidvalidity: Number(mailbox.uidValidity),
    uidNext: mailbox.uidNext,
    exists: mailbox.exists,
    folders,
    async uidsFrom(first, last) {
      const found = await command('looking for mail', () =>
        client.search({ uid: `${first}:${last ?? '*'}` }, { uid: true }),
      )
      // "n:*" names the last mail even when its UID is below n (RFC 3501, 6.4.8).
      return (found || []).filter(uid => uid >= first && (last === undefined || uid <= last)).sort((a, b) => a - b)
    },
    async heads(uids) {
      const heads: MailHead[] = []
      for await (const mail of watched(client, cut, deadline, () =>
        client.fetch(ranges(uids), { uid: true, size: true, internalDate: true }, { uid: true }),
      ))
        heads.push({ uid: mail.uid, bytes: mail.size ?? 0, internalDate: dateOf(mail.internalDate) })
      return heads
    },
    async fetch(wanted, atMost) {
      const mails: MailOnServer[] = []
      const heads = new Map(wanted.map(head => [head.uid, head]))
      const source = atMost === undefined ? true : { start: 0, maxLength: atMost }
      for await (const mail of watched(client, cut, deadline, () =>
        client.fetch(ranges([...heads.keys()]), { uid: true, source }, { uid: true }),
      )) {
        const head = heads.get(mail.uid)
        if (!mail.source || !head) continue
        const cutShort = atMost !== undefined && mail.source.length >= atMost && head.bytes > mail.source.length
        mails.push({ ...head, bytes: head.bytes || mail.source.length, raw: mail.source, cut: cutShort })
      }
      return mails
    },
    async markSeen(uids) {
      if (uids.length === 0) return
      await command('marking as seen', () =>
        client.messageFlagsAdd(ranges(uids), ['\\Seen'], { uid: true, silent: true } as never),
      )
    },
    async rest(ms) {
      if (!client.usable) throw new MailTrouble('cut', 'the server closed the connection')
      // What came since the last look is told now: a server may say nothing of it once IDLE has begun.
      if (!told) await command('looking once more', () => client.noop())
      const idling = client.idle().catch(() => false)
      if (!told) {
        await new Promise<void>(resolve => {
          const timer = setTimeout(resolve, ms)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
        wake = () => {}
      }
      told = false
      // Ends IDLE and proves that somebody is still there.
      await command('a sign of life', () => client.noop())
      await command('ending IDLE', () => idling)
      if (!client.usable) throw new MailTrouble('cut', 'the server closed the connection')
    },
    wake: tell,
    close: cut,
  }
}

function settingsFor(place: ImapPlace, secret: Secret, deadline: number, ca: string | undefined): ImapFlowOptions {
  return {
    host: place.host,
    port: place.port,
    secure: place.security === 'tls',
    doSTARTTLS: place.security === 'starttls',
    auth: { user: place.user, ...('password' in secret ? { pass: secret.password } : secret) },
    tls: { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) },
    logger: false,
    connectionTimeout: deadline,
    greetingTimeout: deadline,
    // Ours are stricter and per command; this one only catches what we forgot.
    socketTimeout: 5 * 60_000,
    disableAutoIdle: true,
    clientInfo: { name: 'Pond' },
  }
}

/** A long fetch may take its time as long as something keeps coming. */
async function* watched<T>(client: ImapFlow, cut: () => void, ms: number, start: () => AsyncIterable<T>) {
  if (!client.usable) throw new MailTrouble('cut', 'the server closed the connection')
  let late: MailTrouble | null = null
  let received = client.stats().received
  const giveUp = () => {
    // A large mail on a slow line is not silence.
    const now = client.stats().received
    if (now > received) {
      received = now
      timer = setTimeout(giveUp, ms)
      return
    }
    late = new MailTrouble('no-answer', `nothing came for ${Math.round(ms / 1000)} s while fetching`)
    cut()
  }
  let timer = setTimeout(giveUp, ms)
  try {
    for await (const item of start()) {
      clearTimeout(timer)
      timer = setTimeout(giveUp, ms)
      yield item
    }
  } catch (error) {
    throw late ?? troubleOf(error)
  } finally {
    clearTimeout(timer)
  }
  if (late) throw late
  // The library ends a fetch quietly when the line is cut.
  if (!client.usable) throw new MailTrouble('cut', 'the server closed the connection')
}

/** `1,2,3,7` → `1:3,7` */
export function ranges(uids: readonly number[]): string {
  const parts: string[] = []
  for (let place = 0; place < uids.length; place++) {
    const first = uids[place]!
    while (uids[place + 1] === uids[place]! + 1) place++
    parts.push(uids[place] === first ? `${first}` : `${first}:${uids[place]}`)
  }
  return parts.join(',')
}

function dateOf(value: Date | string | undefined): Date {
  const date = new Date(value ?? Number.NaN)
  return Number.isNaN(date.getTime()) ? new Date() : date
}
