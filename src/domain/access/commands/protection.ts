/** What administrators ask of everybody who signs in. Open sessions go on; the next sign-in asks. */
import type { Protection } from '../../../contract/security.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import type { Member } from '../actor.ts'
import { putSetting } from '../tables/installation.ts'

export async function setProtection(tx: Tx, actor: Member, input: Protection, now: Date): Promise<void> {
  let before: Protection['secondFactor'] = 'nobody'
  await putSetting(
    tx,
    'secondFactor',
    was => {
      before = was ?? 'nobody'
      return input.secondFactor
    },
    now,
  )
  if (before === input.secondFactor) return
  const facts = { setting: 'second-factor', from: before, to: input.secondFactor }
  const told = { subjectId: null, actorId: actor.personId, scopes: [], at: now }
  await record(tx, { kind: 'installation.changed', ...told, facts })
}
