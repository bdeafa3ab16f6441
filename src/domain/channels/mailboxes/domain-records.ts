/** Looks up what a domain publishes about who may send for it: SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 7489). Every question has a deadline; without an answer nothing is concluded. */
import { Resolver } from 'node:dns/promises'
import { spfIncludes, usualSelectors } from './domain-signs.ts'

export type DomainRecords = {
  spf: { is: 'good' | 'unknown' | 'missing' | 'two' | 'unasked' } | { is: 'other'; include: string }
  dkim: { is: 'good'; selector: string } | { is: 'unknown' } | { is: 'unasked' }
  dmarc: { is: 'good'; policy: string } | { is: 'missing' } | { is: 'unasked' }
  /** Put into a TXT record, it would let the server send. */
  wanted: string
}

const deadlineMs = 3000
/** RFC 7208, 4.6.4 */
const mostLookups = 10

export type Ask = Pick<Resolver, 'resolveTxt' | 'resolveMx' | 'resolve4' | 'resolve6'>

export function resolver(): Ask {
  return new Resolver({ timeout: deadlineMs, tries: 1 })
}

/** The names of a domain's mail servers; none when nobody answers. */
export async function mxOf(domain: string, ask: Ask = resolver()): Promise<string[]> {
  const records = await within(ask.resolveMx(domain)).catch(() => [])
  return records.sort((a, b) => a.priority - b.priority).map(record => record.exchange)
}

export async function domainRecords(domain: string, smtpHost: string, ask: Ask = resolver()): Promise<DomainRecords> {
  const [spf, dkim, dmarc] = await Promise.all([
    spfOf(domain, smtpHost, ask),
    dkimOf(domain, ask),
    dmarcOf(domain, ask),
  ])
  const include = includeFor(smtpHost)
  return { spf, dkim, dmarc, wanted: include ? `v=spf1 include:${include} ~all` : `v=spf1 a:${smtpHost} ~all` }
}

async function spfOf(domain: string, smtpHost: string, ask: Ask): Promise<DomainRecords['spf']> {
  const found = await texts(domain, ask)
  if (found === null) return { is: 'unasked' }
  const records = found.filter(text => /^v=spf1(\s|$)/i.test(text))
  if (records.length > 1) return { is: 'two' }
  if (records.length === 0) return { is: 'missing' }
  const include = includeFor(smtpHost)
  const addresses = await addressesOf(smtpHost, ask)
  const walk = { left: mostLookups, unknown: false }
  if (await names(records[0]!, domain, { include, addresses, host: smtpHost }, walk, ask)) return { is: 'good' }
  return include && !walk.unknown ? { is: 'other', include } : { is: 'unknown' }
}

type Wanted = { include: string | null; addresses: string[]; host: string }

/** Does this record, or one that it includes, let the server send? Providers often send from other machines than they take mail on. */
async function names(
  record: string,
  domain: string,
  wanted: Wanted,
  walk: { left: number; unknown: boolean },
  ask: Ask,
): Promise<boolean> {
  for (const term of record.toLowerCase().split(/\s+/).slice(1)) {
    const mechanism = term.replace(/^\+/, '')
    const target = /^(?:include:|redirect=)(.+)$/.exec(mechanism)?.[1]
    if (target !== undefined) {
      if (target === wanted.include) return true
      if (--walk.left < 0) {
        walk.unknown = true
        return false
      }
      const inner = await texts(target, ask)
      const next = inner?.find(text => /^v=spf1(\s|$)/i.test(text))
      if (inner === null) walk.unknown = true
      if (next && (await names(next, target, wanted, walk, ask))) return true
      continue
    }
    const address = /^ip[46]:([0-9a-f.:]+)/.exec(mechanism)?.[1]
    if (address !== undefined && wanted.addresses.includes(address)) return true
    const host = /^a(?::([^/]+))?(?:\/|$)/.exec(mechanism)
    if (host && (host[1] ?? domain) === wanted.host.toLowerCase()) return true
    if (/^(mx|ptr|exists|ip[46]:.*\/)/.test(mechanism)) walk.unknown = true
    if (mechanism === 'all') return true
  }
  return false
}

async function dkimOf(domain: string, ask: Ask): Promise<DomainRecords['dkim']> {
  const found = await Promise.all(
    usualSelectors.map(async selector => ({ selector, texts: await texts(`${selector}._domainkey.${domain}`, ask) })),
  )
  if (found.every(each => each.texts === null)) return { is: 'unasked' }
  const good = found.find(each => each.texts?.some(text => /(^|;)\s*p=[A-Za-z0-9+/]/.test(text)))
  return good ? { is: 'good', selector: good.selector } : { is: 'unknown' }
}

/** The organisation's record counts for names below it, too. */
async function dmarcOf(domain: string, ask: Ask): Promise<DomainRecords['dmarc']> {
  const labels = domain.split('.')
  let asked = false
  for (let start = 0; start <= Math.max(0, labels.length - 2); start++) {
    const found = await texts(`_dmarc.${labels.slice(start).join('.')}`, ask)
    if (found === null) continue
    asked = true
    const record = found.find(text => /^v=DMARC1/i.test(text))
    if (record) return { is: 'good', policy: /(?:^|;)\s*p=([a-z]+)/i.exec(record)?.[1]?.toLowerCase() ?? 'none' }
  }
  return asked ? { is: 'missing' } : { is: 'unasked' }
}

/** Null when nobody answered; none when the answer is that there are none. */
async function texts(name: string, ask: Ask): Promise<string[] | null> {
  try {
    return (await within(ask.resolveTxt(name))).map(parts => parts.join(''))
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    return code === 'ENOTFOUND' || code === 'ENODATA' ? [] : null
  }
}

async function addressesOf(host: string, ask: Ask): Promise<string[]> {
  const found = await Promise.all([
    within(ask.resolve4(host)).catch(() => []),
    within(ask.resolve6(host)).catch(() => []),
  ])
  return found.flat()
}

function includeFor(smtpHost: string): string | null {
  return spfIncludes.find(([end]) => end.test(smtpHost.toLowerCase()))?.[1] ?? null
}

async function within<T>(act: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('no answer in time'), { code: 'ETIMEOUT' })), deadlineMs)
  })
  try {
    return await Promise.race([act, late])
  } finally {
    clearTimeout(timer)
  }
}
