/** Brings relationships up to date after contacts or memberships changed: the last contact first, then what is owed. */
import type { Tx } from '../../platform/db/index.ts'
import { type Settled, settleCheckIns } from './check-ins.ts'
import { refreshOrganisations, refreshPeople } from './contact.ts'

export async function refresh(
  tx: Tx,
  of: { personIds?: readonly string[]; organisationIds?: readonly string[] },
  now: Date,
  settled: Settled = {},
): Promise<void> {
  const people = await refreshPeople(tx, of.personIds ?? [], now)
  const organisations = await refreshOrganisations(tx, of.organisationIds ?? [], now)
  await settleCheckIns(tx, [...people, ...organisations, ...(settled.kept ?? [])], now, settled)
}
