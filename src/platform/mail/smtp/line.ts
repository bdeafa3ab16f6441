/** One SMTP connection that tells exactly how far a mail got (I5, R19). Before the final dot it asks the caller, who writes that down; it never sends a mail twice. */
import { isAscii } from 'node:buffer'
import { Readable } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { Secret } from '../imap/session.ts'
import { MailTrouble, troubleOf, withDeadline } from '../trouble.ts'

export type SmtpPlace = { host: string; port: number; security: 'tls' | 'starttls' | 'none'; user: string }

export type SmtpOptions = {
  /** For connecting, each command, and silence while the mail is on its way. */
  deadlineMs?: number
  /** How long the answer to the final dot may take (RFC 5321, 4.5.3.2.6 wants patience). */
  endMs?: number
  ca?: string
  /** The name we greet with. */
  name?: string
}

export type SmtpMail = {
  /** '' is the null return path. */
  from: string
  to: string
  raw: Buffer
  /** Called when all but the final dot is sent; false stops here and the server forgets the mail. */
  beforeEnd: () => Promise<boolean>
}

export type SmtpOutcome =
  | { is: 'sent'; response: string }
  /** The server said no, in words; it has not taken the mail. */
  | { is: 'refused'; permanent: boolean; about: 'sender' | 'recipient' | 'mail'; response: string }
  /** The line broke before the final dot: it was not taken. */
  | { is: 'not-sent'; trouble: MailTrouble }
  /** `beforeEnd` said stop. */
  | { is: 'stopped' }
  /** The line broke after the final dot: nobody can know. */
  | { is: 'uncertain'; detail: string }

export type SmtpLine = {
  readonly usable: () => boolean
  readonly send: (mail: SmtpMail) => Promise<SmtpOutcome>
  readonly close: () => void
}

type Told = Error & { code?: string; command?: string; responseCode?: number; response?: string }

const pieceBytes = 32 * 1024

/** Throws `MailTrouble`. Without a user nothing is signed in. */
export async function openSmtp(place: SmtpPlace, secret: Secret | null, options: SmtpOptions = {}): Promise<SmtpLine> {
  const deadline = options.deadlineMs ?? 20_000
  const connection = new SMTPConnection({
    host: place.host,
    port: place.port,
    secure: place.security === 'tls',
    requireTLS: place.security === 'starttls',
    ignoreTLS: place.security === 'none',
    tls: { minVersion: 'TLSv1.2', ...(options.ca === undefined ? {} : { ca: options.ca }) },
    connectionTimeout: deadline,
    greetingTimeout: deadline,
    socketTimeout: options.endMs ?? 5 * 60_000,
    ...(options.name === undefined ? {} : { name: options.name }),
  })
  let dead = false
  connection.on('error', () => {
    dead = true
  })
  connection.on('end', () => {
    dead = true
  })
  const close = () => {
    dead = true
    connection.close()
  }
  try {
    await withDeadline(connected(connection), deadline, 'connecting', close)
    if (place.user !== '' && secret)
      await withDeadline(signedIn(connection, place, secret), deadline, 'signing in', close)
  } catch (error) {
    close()
    throw smtpTrouble(error)
  }
  return {
    usable: () => !dead,
    close() {
      if (!dead) connection.quit()
      close()
    },
    async send(mail) {
      const outcome = await sendOn(connection, mail, deadline, close)
      // After a refusal servers differ in what they still remember of the mail; a new line knows nothing.
      if (outcome.is !== 'sent') close()
      return outcome
    },
  }
}

function connected(connection: SMTPConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.once('error', reject)
    connection.connect(error => {
      connection.off('error', reject)
      if (error) reject(error)
      else resolve()
    })
  })
}

function signedIn(connection: SMTPConnection, place: SmtpPlace, secret: Secret): Promise<void> {
  const auth =
    'password' in secret
      ? { user: place.user, pass: secret.password }
      : {
          type: 'OAUTH2' as const,
          user: place.user,
          oauth2: {
            getToken: (_renew: boolean, done: (error: Error | null, token: string) => void) =>
              done(null, secret.accessToken),
            buildXOAuth2Token: (token: string) =>
              Buffer.from(`user=${place.user}\x01auth=Bearer ${token}\x01\x01`).toString('base64'),
          },
        }
  return new Promise((resolve, reject) => {
    connection.once('error', reject)
    connection.login(auth as never, error => {
      connection.off('error', reject)
      if (error) reject(error)
      else resolve()
    })
  })
}

async function sendOn(
  connection: SMTPConnection,
  mail: SmtpMail,
  deadline: number,
  close: () => void,
): Promise<SmtpOutcome> {
  let asked = false
  let stopped = false
  let moved = () => {}
  async function* pieces() {
    for (let start = 0; start < mail.raw.length; start += pieceBytes) {
      moved()
      yield mail.raw.subarray(start, start + pieceBytes)
    }
    moved()
    if (await mail.beforeEnd()) {
      asked = true
      return
    }
    stopped = true
    throw new Error('stopped before the end')
  }
  const sending = new Promise<string>((resolve, reject) => {
    connection.send(
      { from: mail.from as never, to: [mail.to], ...(isAscii(mail.raw) ? {} : { use8BitMime: true }) },
      Readable.from(pieces()) as never,
      (error, info) => (error ? reject(error) : resolve(String(info.response))),
    )
  })
  try {
    return {
      is: 'sent',
      response: await beforeSilence(
        sending,
        deadline,
        close,
        restart => (moved = restart),
        () => asked,
      ),
    }
  } catch (error) {
    if (stopped) return { is: 'stopped' }
    return outcomeOf(error as Told, asked)
  }
}

/** Until the final dot, silence means a dead line; after it only the long deadline of the socket counts. */
async function beforeSilence<T>(
  act: Promise<T>,
  ms: number,
  giveUp: () => void,
  onMove: (restart: () => void) => void,
  ended: () => boolean,
): Promise<T> {
  let fail: (error: Error) => void = () => {}
  const silent = new Promise<never>((_, reject) => {
    fail = reject
  })
  silent.catch(() => {})
  act.catch(() => {})
  const late = () => {
    if (ended()) return
    fail(new MailTrouble('no-answer', `the mail server was silent for ${Math.round(ms / 1000)} s`))
    giveUp()
  }
  let timer = setTimeout(late, ms)
  onMove(() => {
    clearTimeout(timer)
    timer = setTimeout(late, ms)
  })
  try {
    return await Promise.race([act, silent])
  } finally {
    clearTimeout(timer)
  }
}

function outcomeOf(error: Told, ended: boolean): SmtpOutcome {
  const code = error.responseCode ?? 0
  const response = (error.response ?? error.message).replace(/\s+/g, ' ').trim().slice(0, 500)
  if (code >= 400 && code < 600 && (ended || error.command !== 'CONN')) {
    const about = error.command === 'MAIL FROM' ? 'sender' : error.command === 'RCPT TO' ? 'recipient' : 'mail'
    // 421 says that the server closes, not what it thinks of the mail.
    return { is: 'refused', permanent: code >= 500, about, response }
  }
  if (ended) return { is: 'uncertain', detail: response }
  // An impossible address or a mail larger than the server takes: refused by our own side of the conversation.
  if (error.code === 'EENVELOPE' || error.code === 'EMESSAGE')
    return { is: 'refused', permanent: true, about: error.code === 'EENVELOPE' ? 'recipient' : 'mail', response }
  return { is: 'not-sent', trouble: smtpTrouble(error) }
}

function smtpTrouble(error: unknown): MailTrouble {
  const told = error as Told & { originalCode?: string }
  if (error instanceof MailTrouble) return error
  if (told.code === 'EAUTH') {
    // 454 4.7.0: the server cannot check the password now; that is not a wrong password.
    const passing = told.responseCode !== undefined && told.responseCode < 500
    return new MailTrouble(passing ? 'server-refused' : 'sign-in-refused', told.response ?? told.message, {
      cause: error,
    })
  }
  if (told.originalCode) {
    const inner = Object.assign(new Error(told.message), { code: told.originalCode })
    return troubleOf(inner)
  }
  if (told.code === 'ECONNECTION' && told.response === undefined)
    return new MailTrouble('cut', told.message, { cause: error })
  return troubleOf(error)
}
