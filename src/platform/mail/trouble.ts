/** Names what went wrong with a mail server, so that an alert can say it precisely. Holds no sentence for people: those stand in the catalogue under the code. */

export type TroubleCode =
  | 'name-not-found'
  | 'port-closed'
  | 'no-answer'
  | 'cut'
  | 'tls-expired'
  | 'tls-early'
  | 'tls-name'
  | 'tls-untrusted'
  | 'tls-missing'
  | 'tls-wrong'
  | 'sign-in-refused'
  | 'grant-lost'
  | 'grant-missing'
  | 'key-changed'
  | 'folder-missing'
  | 'not-mail'
  | 'server-refused'

/** May pass by itself: a person is told only when it lasts. */
const passing = new Set<TroubleCode>([
  'name-not-found',
  'port-closed',
  'no-answer',
  'cut',
  'not-mail',
  'server-refused',
])

export class MailTrouble extends Error {
  override readonly name = 'MailTrouble'
  readonly code: TroubleCode
  /** The far side's own words, or the system's: one line, never a secret. */
  readonly detail: string
  readonly passing: boolean

  constructor(code: TroubleCode, detail: string, options: { cause?: unknown; passing?: boolean } = {}) {
    super(`${code}: ${detail}`, { cause: options.cause })
    this.code = code
    this.detail = detail.replace(/\s+/g, ' ').trim().slice(0, 500)
    this.passing = options.passing ?? passing.has(code)
  }
}

const byCode: Record<string, TroubleCode> = {
  ENOTFOUND: 'name-not-found',
  EAI_AGAIN: 'name-not-found',
  EDNS: 'name-not-found',
  ECONNREFUSED: 'port-closed',
  ETIMEDOUT: 'no-answer',
  ETIMEOUT: 'no-answer',
  EHOSTUNREACH: 'no-answer',
  ENETUNREACH: 'no-answer',
  CONNECT_TIMEOUT: 'no-answer',
  GREETING_TIMEOUT: 'no-answer',
  UPGRADE_TIMEOUT: 'no-answer',
  LockTimeout: 'no-answer',
  ECONNRESET: 'cut',
  EPIPE: 'cut',
  NoConnection: 'cut',
  EConnectionClosed: 'cut',
  ClosedAfterConnectText: 'cut',
  ClosedAfterConnectTLS: 'cut',
  StateLogout: 'cut',
  CERT_HAS_EXPIRED: 'tls-expired',
  CERT_NOT_YET_VALID: 'tls-early',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls-name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls-untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls-untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls-untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'tls-untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls-untrusted',
  CERT_UNTRUSTED: 'tls-untrusted',
  CERT_SIGNATURE_FAILURE: 'tls-untrusted',
  EPROTO: 'tls-wrong',
  ERR_SSL_WRONG_VERSION_NUMBER: 'tls-wrong',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'tls-wrong',
  InvalidResponse: 'not-mail',
  EAUTH: 'sign-in-refused',
}

type Told = Error & {
  code?: string
  authenticationFailed?: boolean
  mailboxMissing?: boolean
  responseText?: string
  response?: string
  cause?: unknown
}

/** What an error of a socket, of TLS or of a mail library means. */
export function troubleOf(error: unknown): MailTrouble {
  if (error instanceof MailTrouble) return error
  const told = error as Told
  const words = told.responseText || told.response || told.message || String(error)
  if (told.authenticationFailed) return new MailTrouble('sign-in-refused', words, { cause: error })
  if (told.mailboxMissing) return new MailTrouble('folder-missing', words, { cause: error })
  const inner = told.cause as Told | undefined
  const code = byCode[told.code ?? ''] ?? byCode[inner?.code ?? ''] ?? bySentence(told.message ?? '')
  return new MailTrouble(code ?? 'server-refused', words, { cause: error })
}

/** Libraries that wrap a TLS error keep its sentence only. */
function bySentence(message: string): TroubleCode | undefined {
  if (/certificate has expired/i.test(message)) return 'tls-expired'
  if (/certificate is not yet valid/i.test(message)) return 'tls-early'
  if (/does not match certificate/i.test(message)) return 'tls-name'
  if (/self.signed certificate|unable to (verify|get)/i.test(message)) return 'tls-untrusted'
  if (/wrong version number|packet length too long/i.test(message)) return 'tls-wrong'
  if (/STARTTLS/i.test(message)) return 'tls-missing'
  if (/timed? ?out/i.test(message)) return 'no-answer'
  if (/closed|disconnected/i.test(message)) return 'cut'
  return undefined
}

/** Rejects with `no-answer` when `act` takes longer; `giveUp` then breaks the connection so that nothing hangs behind it. */
export async function withDeadline<T>(act: Promise<T>, ms: number, what: string, giveUp: () => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  act.catch(() => {})
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new MailTrouble('no-answer', `${what} took longer than ${Math.round(ms / 1000)} s`))
      giveUp()
    }, ms)
  })
  try {
    return await Promise.race([act, late])
  } finally {
    clearTimeout(timer)
  }
}
