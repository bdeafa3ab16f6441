/** Tells a member by mail that their way of signing in has changed: who did not do it themselves learns of it. */
import type { Tx } from '../../../platform/db/index.ts'
import { addressOf } from '../../people/index.ts'
import type { AccessParts, AccountMail } from '../parts.ts'
import type { Account } from '../tables/members.ts'

export async function tellOfFactor(
  parts: AccessParts,
  tx: Tx,
  account: Account,
  about: Extract<AccountMail['about'], 'factor-added' | 'factor-removed' | 'factors-reset'>,
  by: string | null,
  now: Date,
): Promise<void> {
  const { personId, name, language, zone } = account
  const address = await addressOf(tx, personId)
  if (!address) return
  const link = `${parts.baseUrl.origin}/settings/security`
  await parts.mailLink(tx, { personId, name, language, zone, address, about, link, until: null, invitedBy: by, now })
}
