/**
 * Who a site says its visitor is: a JSON Web Token (RFC 7519) signed with HMAC-SHA256 (RFC 7515). Pure. Refuses every other
 * algorithm, one without an end, and one that ends later than a week from now: what is stolen shall not speak for ever.
 */
import { readAddress } from '../people/rules.ts'

export type Signed = { address: string; name: string; until: Date }
export type IdentityTrouble = 'identity-altered' | 'identity-old' | 'identity-broken'

const longestMs = 8 * 86_400_000
const json = (part: string): Record<string, unknown> | null => {
  try {
    const read: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return read && typeof read === 'object' && !Array.isArray(read) ? (read as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** `holds` says whether the signature is right for `header.payload`; asked once, before anything of it is believed. */
export function readIdentity(
  token: string,
  holds: (signed: string, signature: Buffer) => boolean,
  now: Date,
): Signed | IdentityTrouble {
  const [header, payload, signature, more] = token.split('.')
  if (!header || !payload || !signature || more !== undefined) return 'identity-broken'
  if (json(header)?.alg !== 'HS256') return 'identity-broken'
  if (!holds(`${header}.${payload}`, Buffer.from(signature, 'base64url'))) return 'identity-altered'
  const { email, name, exp } = json(payload) ?? {}
  const address = typeof email === 'string' ? readAddress(email) : null
  if (!address || typeof exp !== 'number' || !Number.isFinite(exp)) return 'identity-broken'
  const until = exp * 1000
  if (until <= now.getTime()) return 'identity-old'
  if (until > now.getTime() + longestMs) return 'identity-broken'
  return { address: address.written, name: typeof name === 'string' ? name.slice(0, 300) : '', until: new Date(until) }
}
