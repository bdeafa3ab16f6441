/** The settings of the pages outside. Refuses a host that is the desk's own: there they are already. */
import { PortalSettings, portalUnset } from '../../contract/portal.ts'
import type { Tx } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { Refusal } from '../../platform/http/index.ts'
import { type InstallationSettings, type Member, putSetting } from '../access/index.ts'

/** What was saved by an older Pond is completed. */
export function portalSettingsIn(settings: Partial<InstallationSettings>): PortalSettings {
  const read = PortalSettings.partial().safeParse(settings.portal ?? {})
  return { ...portalUnset, ...(read.success ? (read.data as Partial<PortalSettings>) : {}) }
}

/** Answers what it was before. */
export async function setPortal(
  tx: Tx,
  actor: Member,
  wanted: PortalSettings,
  { baseUrl, now }: { baseUrl: URL; now: Date },
): Promise<PortalSettings> {
  if (wanted.host !== null && wanted.host === baseUrl.host)
    throw new Refusal('portal-host-is-desk', 400, { facts: { host: wanted.host } })
  let before = portalUnset
  await putSetting(
    tx,
    'portal',
    was => {
      before = portalSettingsIn({ portal: was })
      return wanted
    },
    now,
  )
  const changed = (Object.keys(wanted) as (keyof PortalSettings)[]).filter(
    key => JSON.stringify(before[key]) !== JSON.stringify(wanted[key]),
  )
  if (changed.length > 0) {
    const told = { subjectId: null, actorId: actor.personId, scopes: [], at: now }
    await record(tx, { kind: 'installation.changed', ...told, facts: { setting: 'portal', changed } })
  }
  return before
}
