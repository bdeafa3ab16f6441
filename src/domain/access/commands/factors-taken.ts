/** Taking second factors away: one's own all at once by the machine's own link, or somebody's by an administrator. Ends their sessions, and is in the log. */
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { absent } from '../../../platform/http/index.ts'
import type { Member } from '../actor.ts'
import type { AccessParts } from '../parts.ts'
import { dropAuthenticator, dropCodes, dropPasskeys } from '../tables/factors.ts'
import { dropLinks } from '../tables/links.ts'
import { openAccount } from '../tables/members.ts'
import { endSessions } from '../tables/sessions.ts'
import { dropSteps } from '../tables/steps.ts'
import { tellOfFactor } from './telling.ts'

/** False: there were none. Sessions end, because whoever sits there may be why. */
export async function takeAllFactors(tx: Tx, personId: string, actorId: string | null, now: Date): Promise<boolean> {
  const authenticator = await dropAuthenticator(tx, personId)
  const passkeys = await dropPasskeys(tx, { personId })
  await dropCodes(tx, personId)
  await dropSteps(tx, personId)
  if (!authenticator && passkeys === 0) return false
  const sessions = await endSessions(tx, { personId }, now)
  const told = { subjectId: personId, actorId, scopes: [personId], at: now }
  await record(tx, { kind: 'member.factors-reset', ...told, facts: { authenticator, passkeys } })
  if (sessions.length > 0) await record(tx, { kind: 'member.session-ended', ...told, facts: { sessions } })
  return true
}

export async function resetFactors(parts: AccessParts, tx: Tx, actor: Member, memberId: string, now: Date) {
  const account = await openAccount(tx, memberId)
  if (!account) throw absent()
  if (!(await takeAllFactors(tx, memberId, actor.personId, now))) return
  // A link that was mailed before might be in the same hands.
  await dropLinks(tx, { personId: memberId })
  await tellOfFactor(parts, tx, account, 'factors-reset', actor.name, now)
}
