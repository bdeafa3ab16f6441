/** A way back in for an administrator who has neither password nor mail, or lost the second factor: a link printed on the machine's own command line. For administrators only. */
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { readAddress } from '../../people/index.ts'
import { linkTo } from '../parts.ts'
import { isOpen } from '../rules.ts'
import { dropLinks, makeLink } from '../tables/links.ts'
import { accountByAddress } from '../tables/members.ts'

export async function issueLinkForLockedOut(tx: Tx, address: string, baseUrl: URL, now: Date): Promise<string> {
  const normal = readAddress(address)?.normal
  const account = normal ? await accountByAddress(tx, normal) : null
  if (!account?.administrator) throw absent()
  if (!isOpen(account, now)) throw new Refusal('account-closed', 409)
  const { personId } = account
  await dropLinks(tx, { personId })
  const link = await makeLink(tx, personId, 'recovery', now)
  const told = { subjectId: personId, actorId: null, scopes: [personId], at: now }
  await record(tx, { kind: 'member.changed', ...told, facts: { link: true } })
  return linkTo(baseUrl, link.token)
}
