/** Switches what a role may, for the whole installation. Refuses switches that are not offered. */
import type { GrantName, GrantRole, Grants } from '../../../contract/rights.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import type { Member } from '../actor.ts'
import { isGranted, isOffered } from '../grants.ts'
import { putSetting } from '../tables/installation.ts'

export async function setGrant(
  tx: Tx,
  actor: Member,
  input: { grant: GrantName; role: GrantRole; on: boolean },
  now: Date,
): Promise<Grants> {
  const { grant, role, on } = input
  if (!isOffered(grant, role)) throw new Refusal('no-such-switch', 400)
  let before: Grants = {}
  let after: Grants = {}
  await putSetting(
    tx,
    'grants',
    was => {
      before = was ?? {}
      after = { ...before, [grant]: { ...before[grant], [role]: on } }
      return after
    },
    now,
  )
  if (isGranted(before, grant, role) === on) return after
  const told = { subjectId: null, actorId: actor.personId, scopes: [], at: now }
  await record(tx, { kind: 'permission.changed', ...told, facts: { grant, role, on } })
  return after
}
