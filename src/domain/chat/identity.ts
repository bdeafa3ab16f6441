/** Reads who a site says its visitor is. What is wrong or old makes an unnamed visitor, and a line in the channel's settings that says why. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Keys } from '../../platform/config/keys.ts'
import type { Db } from '../../platform/db/index.ts'
import { secretOf } from './channels.ts'
import { readIdentity, type Signed } from './identity-rules.ts'
import { type Channel, noteTrouble } from './tables.ts'

type Parts = { db: Db; keys: Pick<Keys, 'unseal'> }

export async function identityFrom(
  { db, keys }: Parts,
  channel: Channel,
  token: string | undefined,
  origin: string,
  now: Date,
): Promise<Signed | null> {
  if (!token) return null
  const secret = secretOf(keys, channel)
  const read = secret === null ? ('no-secret' as const) : readIdentity(token, holding(secret), now)
  if (typeof read !== 'string') return read
  await noteTrouble(db, channel.id, read, origin, now)
  return null
}

/** Whether a signature is right, in the same time whatever is wrong with it. */
const holding = (secret: string) => (signed: string, signature: Buffer) => {
  const right = createHmac('sha256', secret).update(signed).digest()
  return signature.length === right.length && timingSafeEqual(signature, right)
}
