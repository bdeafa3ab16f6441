/** Passwords and tokens: how they are made, hashed and compared. Refuses to keep either in a form that opens anything. */
import { createHash, randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

// OWASP password storage cheat sheet: Argon2id with 19 MiB, two passes, one lane. 2 is the library's Argon2id.
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function hashPassword(password: string): Promise<string> {
  return hash(plain(password), cost)
}

let nobodys: Promise<string> | undefined

/** Takes as long for an account that does not exist, or has no password, as for one that has (S11). */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  nobodys ??= hashPassword(randomBytes(24).toString('base64url'))
  const good = await verify(passwordHash ?? (await nobodys), plain(password))
  return good && passwordHash !== null
}

/** Keyboards differ in how they spell the same signs. */
function plain(password: string): string {
  return password.normalize('NFKC')
}

/** 256 random bits as text. Only its hash is stored. */
export function newToken(): { token: string; tokenHash: Buffer } {
  const token = randomBytes(32).toString('base64url')
  return { token, tokenHash: hashToken(token) }
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
