/** The settings of keeping in touch: how often unasked, and how often at all. */
import type { CareSettings } from '../../contract/care.ts'
import type { Tx } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { type Member, putSetting } from '../access/index.ts'

export async function setCareSettings(tx: Tx, actor: Member, settings: CareSettings, now: Date): Promise<CareSettings> {
  await putSetting(tx, 'care', () => settings, now)
  const facts = { setting: 'care', ...settings }
  await record(tx, {
    kind: 'installation.changed',
    subjectId: null,
    actorId: actor.personId,
    scopes: [],
    facts,
    at: now,
  })
  return settings
}
