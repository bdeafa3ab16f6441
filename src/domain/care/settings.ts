/** The settings of keeping in touch: how often unasked, and how often at all. */
import type { CareSettings } from '../../contract/care.ts'
import type { Tx } from '../../platform/db/index.ts'
import { changeSetting, type Member } from '../access/index.ts'

export async function setCareSettings(tx: Tx, actor: Member, settings: CareSettings, now: Date): Promise<CareSettings> {
  await changeSetting(tx, actor, { key: 'care', settings }, now)
  return settings
}
