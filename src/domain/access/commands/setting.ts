/** One setting of the installation, put as a whole by an administrator, and told with what it is now. Who may is the route's. */
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import type { Member } from '../actor.ts'
import { putSetting } from '../tables/installation.ts'

/** `more`: figures that stand beside it, for who reads the audit. */
export async function changeSetting(
  tx: Tx,
  actor: Member,
  it: { key: string; settings: object; more?: Record<string, unknown> },
  now: Date,
): Promise<void> {
  await putSetting(tx, it.key, () => it.settings, now)
  const told = { subjectId: null, actorId: actor.personId, scopes: [], at: now }
  await record(tx, {
    ...{ kind: 'installation.changed', ...told },
    facts: { setting: it.key, ...it.settings, ...it.more },
  })
}
