/** Codes of an authenticator (RFC 6238) and recovery codes: made, read and compared. Pure but for chance; keeps nothing. */
import { createHash, randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'

const period = 30
const form = { digits: 6, period, algorithm: 'SHA1' } as const

export function newSecret(): string {
  return new Secret({ size: 20 }).base32
}

/** What an authenticator reads from the picture. */
export function secretUri(secret: string, about: { issuer: string; label: string }): string {
  // A colon would part the issuer from the label elsewhere than we mean.
  const [issuer, label] = [about.issuer, about.label].map(words => words.replaceAll(':', ' '))
  return new TOTP({ ...form, secret: Secret.fromBase32(secret), issuer: issuer!, label: label! }).toString()
}

/** The time step a code belongs to; one step to each side counts, because clocks differ. Null: it is none of this secret. */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  const delta = new TOTP({ ...form, secret: Secret.fromBase32(secret) }).validate({
    token: code,
    timestamp: now.getTime(),
    window: 1,
  })
  return delta === null ? null : Math.floor(now.getTime() / 1000 / period) + delta
}

export function codeAt(secret: string, at: Date): string {
  return new TOTP({ ...form, secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() })
}

/** As it is typed: in two groups, with spaces around. */
export function asAuthenticatorCode(typed: string): string | null {
  const bare = typed.replace(/\s/g, '')
  return /^\d{6}$/.test(bare) ? bare : null
}

/** Without letters and figures that look alike. */
const signs = 'abcdefghijkmnpqrstuvwxyz23456789'
export const recoveryCodes = 10

/** Eighty bits each: what is stored of them can't be guessed back. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: recoveryCodes }, () => {
    const code = [...randomBytes(16)].map(byte => signs[byte % signs.length]).join('')
    return code.replace(/(.{4})(?=.)/g, '$1-')
  })
}

export function asRecoveryCode(typed: string): string | null {
  const bare = typed.toLowerCase().replace(/[\s-]/g, '')
  return /^[a-z2-9]{16}$/.test(bare) ? bare : null
}

export function hashRecoveryCode(personId: string, bare: string): Buffer {
  return createHash('sha256').update(`${personId} ${bare}`).digest()
}
