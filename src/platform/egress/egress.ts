/**
 * The one way out to addresses that somebody else named: pictures in mails, push services, webhooks. It resolves the name
 * once, refuses unless every answer is public, and connects to exactly what was checked, so that a name which answers
 * otherwise a moment later gains nothing. Follows no redirect unasked, and checks each one it follows like the first.
 */
import { promises as dns, type LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector, errors, request } from 'undici'
import { mayConnectTo, readRanges } from './public-address.ts'

export type EgressFault = 'bad-address' | 'not-public' | 'too-many-redirects' | 'too-large' | 'too-slow' | 'unreachable'

/** Nothing was answered, or what was answered is not to be had. `detail` is for the log, never for who named the address. */
export class EgressProblem extends Error {
  override readonly name = 'EgressProblem'
  readonly fault: EgressFault
  readonly detail: string
  constructor(fault: EgressFault, detail: string) {
    super(`${fault}: ${detail}`)
    this.fault = fault
    this.detail = detail
  }
}

export type EgressAsk = {
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: string | Buffer
  /** An answer that is larger is not had at all. */
  atMostBytes: number
  /** For all of it, name to last byte. */
  timeoutMs?: number
  /** How many may be followed; without a body only. */
  redirects?: number
  httpsOnly?: boolean
}
export type EgressAnswer = {
  status: number
  /** Names in lower case; of several with one name the first. */
  headers: Record<string, string>
  body: Buffer
  /** Where it came from in the end. */
  url: string
}

export type Resolve = (name: string) => Promise<LookupAddress[]>
export type Egress = {
  /** Throws EgressProblem. Any status is an answer. */
  ask: (url: string, ask: EgressAsk) => Promise<EgressAnswer>
  /** Whether it could be asked now: to tell somebody at once, not to rely on later. */
  mayReach: (url: string, options?: { httpsOnly?: boolean }) => Promise<boolean>
  stop: () => Promise<void>
}

const patienceMs = 10_000
const connectMs = 5_000
const redirecting = new Set([301, 302, 303, 307, 308])

/** `allow`: addresses or ranges inside our network that may be reached all the same. `authority`: who vouches for certificates, in place of those the system knows. */
export function openEgress(options: { allow?: readonly string[]; authority?: string; resolve?: Resolve } = {}): Egress {
  const allowed = readRanges(options.allow ?? [])
  const resolve = options.resolve ?? (name => dns.lookup(name, { all: true, verbatim: true }))

  async function addressesOf(name: string): Promise<LookupAddress[]> {
    const literal = name.replace(/^\[|\]$/g, '')
    const family = isIP(literal)
    const found = family ? [{ address: literal, family }] : await resolve(name)
    if (found.length === 0) throw new EgressProblem('unreachable', `${name} has no address`)
    for (const { address } of found)
      if (!mayConnectTo(address, allowed)) throw new EgressProblem('not-public', `${name} is ${address}`)
    return found
  }

  const vouched = options.authority ? { ca: options.authority } : {}
  const agent = new Agent({
    connections: 8,
    keepAliveTimeout: 4_000,
    keepAliveMaxTimeout: 10_000,
    maxHeaderSize: 32 * 1024,
    connect: (target, done) => {
      addressesOf(target.hostname).then(
        found => {
          const connect = buildConnector({
            lookup: alwaysTo(found),
            timeout: connectMs,
            maxCachedSessions: 0,
            ...vouched,
          })
          connect(target, (error, socket) => {
            if (error || !socket) return done(error ?? new Error('no connection'), null)
            const peer = socket.remoteAddress
            if (peer && mayConnectTo(peer, allowed)) return done(null, socket)
            socket.destroy()
            done(new EgressProblem('not-public', `connected to ${peer}`), null)
          })
        },
        error => done(error, null),
      )
    },
  })

  function readUrl(text: string, httpsOnly = false): URL {
    const url = URL.canParse(text) ? new URL(text) : null
    if (!url || text.length > 4096) throw new EgressProblem('bad-address', 'is no address')
    if (url.protocol !== 'https:' && (httpsOnly || url.protocol !== 'http:'))
      throw new EgressProblem('bad-address', url.protocol)
    if (url.username || url.password || !url.hostname)
      throw new EgressProblem('bad-address', 'names a user, or no host')
    return url
  }

  async function askOnce(url: URL, ask: EgressAsk, signal: AbortSignal) {
    const { statusCode, headers, body } = await request(url, {
      dispatcher: agent,
      method: ask.method ?? 'GET',
      headers: { ...ask.headers, host: url.host },
      body: ask.body ?? null,
      signal,
    })
    const parts: Buffer[] = []
    let bytes = 0
    for await (const part of body) {
      bytes += part.length
      // Leaving the loop tears the connection down: the rest is never read.
      if (bytes > ask.atMostBytes) throw new EgressProblem('too-large', `over ${ask.atMostBytes} bytes`)
      parts.push(part)
    }
    const plain = Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value[0] : value,
    ])
    return {
      status: statusCode,
      headers: Object.fromEntries(plain.filter(([, value]) => value !== undefined)),
      body: Buffer.concat(parts),
    }
  }

  return {
    async ask(text, ask) {
      const signal = AbortSignal.timeout(ask.timeoutMs ?? patienceMs)
      let url = readUrl(text, ask.httpsOnly)
      try {
        for (let followed = 0; ; followed++) {
          const answer = await askOnce(url, ask, signal)
          const next = redirecting.has(answer.status) ? answer.headers.location : undefined
          if (next === undefined || ask.redirects === undefined || ask.body !== undefined)
            return { ...answer, url: url.href }
          if (followed >= ask.redirects) throw new EgressProblem('too-many-redirects', url.host)
          if (!URL.canParse(next, url.href)) throw new EgressProblem('bad-address', 'a redirect leads nowhere')
          url = readUrl(new URL(next, url.href).href, ask.httpsOnly)
        }
      } catch (error) {
        throw problemOf(error, signal)
      }
    },
    async mayReach(text, wishes = {}) {
      try {
        await addressesOf(readUrl(text, wishes.httpsOnly).hostname)
        return true
      } catch {
        return false
      }
    },
    stop: () => agent.destroy(),
  }
}

/** The name is not asked about again: these addresses were checked. */
function alwaysTo(found: readonly LookupAddress[]): LookupFunction {
  return (_, wishes, answer) => {
    if (wishes.all) return answer(null, [...found])
    const { address, family } = found.find(each => each.family === wishes.family) ?? found[0]!
    answer(null, address, family)
  }
}

function problemOf(error: unknown, signal: AbortSignal): EgressProblem {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof EgressProblem) return cause
  const detail = error instanceof Error ? error.message : String(error)
  const slow =
    signal.aborted || error instanceof errors.ConnectTimeoutError || error instanceof errors.HeadersTimeoutError
  return new EgressProblem(slow ? 'too-slow' : 'unreachable', detail)
}
