/** Reads who a site says its visitor is. What is wrong or old makes an unnamed visitor, and a line in the channel's settings that says why. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Keys } from '../../platform/config/keys.ts'
import type { Db } from '../../platform/db/index.ts'
import { secretOf } from './channels.ts'
import { type IdentityTrouble, readIdentity, type Signed } from './identity-rules.ts'
import { type Channel, noteTrouble } from './tables.ts'

type Opens = Pick<Keys, 'unseal'>
type Read = Signed | IdentityTrouble | 'no-secret' | null

/** What a page says, or what is wrong with it; null: it says nothing. Writes nothing down. */
export function identityIn({ keys }: { keys: Opens }, channel: Channel, token: string | undefined, now: Date): Read {
  if (!token) return null
  const secret = secretOf(keys, channel)
  return secret === null ? 'no-secret' : readIdentity(token, holding(secret), now)
}

export const isSigned = (read: Read): read is Signed => read !== null && typeof read !== 'string'

export async function identityFrom(
  parts: { db: Db; keys: Opens },
  channel: Channel,
  token: string | undefined,
  origin: string,
  now: Date,
): Promise<Signed | null> {
  const read = identityIn(parts, channel, token, now)
  if (typeof read === 'string') await noteTrouble(parts.db, channel.id, read, origin, now)
  return isSigned(read) ? read : null
}

/** Whether a signature is right, in the same time whatever is wrong with it. */
const holding = (secret: string) => (signed: string, signature: Buffer) => {
  const right = createHmac('sha256', secret).update(signed).digest()
  return signature.length === right.length && timingSafeEqual(signature, right)
}
