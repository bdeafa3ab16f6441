/** The allowances as their settings page shows them. */
import { sql } from 'kysely'
import type { GoodwillSettingsView } from '../../contract/goodwill.ts'
import type { Db } from '../../platform/db/index.ts'
import { goodwillSettingsOf } from './tables.ts'

export async function goodwillSettingsPage(db: Db, now: Date): Promise<GoodwillSettingsView> {
  const { rows } = await sql<{ id: string; name: string; minor: string | null }>`
    select p.id, p.name, a.minor::text as minor from member m join person p on p.id = m.person_id left join goodwill_allowance a on a.member_id = m.person_id
    where a.member_id is not null or (m.disabled_at is null and (m.expires_at is null or m.expires_at > ${now})
      and exists (select from team_member r where r.person_id = m.person_id and r.role in ('lead', 'teammate')))
    order by lower(p.name), p.id limit 1000`.execute(db)
  return {
    ...(await goodwillSettingsOf(db)),
    people: rows.flatMap(row =>
      row.minor === null ? [] : [{ member: { id: row.id, name: row.name }, minor: Number(row.minor) }],
    ),
    members: rows.map(({ id, name }) => ({ id, name })),
  }
}
