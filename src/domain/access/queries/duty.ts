/** Who is on duty for a team right now: whom one may name to somebody outside. Names nobody who is away or whose account is closed. */
import { sql } from 'kysely'
import type { Db } from '../../../platform/db/index.ts'

export type OnDuty = { id: string; name: string; until: Date }

export async function onDutyNow(db: Db, teamId: string, now: Date): Promise<OnDuty[]> {
  const { rows } = await sql<OnDuty>`
    select p.id, p.name, max(upper(d.during)) as until
    from duty d join member m using (person_id) join person p on p.id = d.person_id
    where d.team_id = ${teamId}::uuid and d.during @> ${now}::timestamptz and m.disabled_at is null and (m.expires_at is null or m.expires_at > ${now})
      and not exists (select from absence a where a.person_id = d.person_id and a.during @> ${now}::timestamptz)
    group by p.id order by max(upper(d.during)), p.id limit 20`.execute(db)
  return rows
}
