/** A member who acts without being there: what they asked for earlier is done in their name. Null for an account that is over. */
import { sql } from 'kysely'
import type { Grants } from '../../../contract/rights.ts'
import type { Role } from '../../../contract/session.ts'
import type { Tx } from '../../../platform/db/index.ts'
import type { Member } from '../actor.ts'

export async function actingMember(tx: Tx, personId: string, now: Date): Promise<Member | null> {
  const { rows } = await sql<{
    name: string
    administrator: boolean
    grants: Grants | null
    roles: [string, Role][]
  }>`
    select p.name, m.administrator, (select i.settings->'grants' from installation i) as grants,
      coalesce((select jsonb_agg(jsonb_build_array(tm.team_id, tm.role)) from team_member tm join team t on t.id = tm.team_id
        where tm.person_id = m.person_id and t.archived_at is null), '[]') as roles
    from member m join person p on p.id = m.person_id
    where m.person_id = ${personId}::uuid and m.disabled_at is null and (m.expires_at is null or m.expires_at > ${now})`.execute(
    tx,
  )
  const row = rows[0]
  if (!row) return null
  const { name, administrator, grants, roles } = row
  // No session: nothing may be hung on one.
  return {
    is: 'member',
    personId,
    name,
    administrator,
    sessionId: personId,
    roles: new Map(roles),
    grants: grants ?? {},
  }
}
