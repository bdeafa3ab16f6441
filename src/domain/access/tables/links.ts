/** One-time links: made, looked at, used. A link is used by one statement, so that of two at once one gets nothing. */
import { randomUUIDv7 } from 'node:crypto'
import type { Db, Tx } from '../../../platform/db/index.ts'
import { linkLivesFor, type Purpose } from '../rules.ts'
import { hashToken, newToken } from '../secrets.ts'

export type MadeLink = { token: string; purpose: Purpose; expiresAt: Date }

/** For a person without account null: the first administrator's. */
export async function makeLink(tx: Tx, personId: string | null, purpose: Purpose, now: Date): Promise<MadeLink> {
  const { token, tokenHash } = newToken()
  const expiresAt = new Date(now.getTime() + linkLivesFor(purpose))
  await tx
    .insertInto('signInLink')
    .values({ id: randomUUIDv7(), tokenHash, personId, purpose, createdAt: now, expiresAt })
    .execute()
  return { token, purpose, expiresAt }
}

/** Links not used yet stop working: when a newer one replaces them, when the password changes, when an account is closed. */
export async function dropLinks(
  tx: Tx,
  which: { personId: string } | { purpose: 'first-administrator' },
): Promise<void> {
  const query = tx.deleteFrom('signInLink').where('usedAt', 'is', null)
  await ('personId' in which
    ? query.where('personId', '=', which.personId)
    : query.where('purpose', '=', which.purpose)
  ).execute()
}

export type Link = { purpose: Purpose; personId: string | null }

export async function linkBehind(on: Db | Tx, token: string, now: Date): Promise<Link | null> {
  const row = await on
    .selectFrom('signInLink')
    .select(['purpose', 'personId'])
    .where('tokenHash', '=', hashToken(token))
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .executeTakeFirst()
  return (row as Link | undefined) ?? null
}

/** Null when it is unknown, over or used; also when somebody else is using it right now. */
export async function takeLink(tx: Tx, token: string, now: Date): Promise<Link | null> {
  const row = await tx
    .updateTable('signInLink')
    .set({ usedAt: now })
    .where('tokenHash', '=', hashToken(token))
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .returning(['purpose', 'personId'])
    .executeTakeFirst()
  return (row as Link | undefined) ?? null
}
