/** Members as administrators and leads see them, and as colleagues are offered to each other. */
import { sql } from 'kysely'
import type { z } from 'zod'
import type { MemberView } from '../../../contract/teams.ts'
import type { Db, Tx } from '../../../platform/db/index.ts'
import type { Member } from '../actor.ts'
import { ownedOnlyTeams, visibleTeams } from '../policy.ts'

type View = z.input<typeof MemberView>
type Row = Omit<View, 'disabledAt' | 'expiresAt'> & { disabledAt: Date | null; expiresAt: Date | null }

/** All of them, or one. */
export async function memberViews(on: Db | Tx, personId: string | null = null): Promise<View[]> {
  const { rows } = await sql<Row>`
    select p.id, p.name, m.administrator, m.disabled_at, m.expires_at, m.password_hash is null as invited,
      (exists (select from authenticator a where a.person_id = p.id and a.confirmed_at is not null)
        or exists (select from passkey k where k.person_id = p.id)) as second_factor,
      (select count(*)::int from conversation c where c.owner_id = p.id and c.state in ('open', 'pending', 'solved')) as owns,
      coalesce((select a.written from address a where a.person_id = p.id and a.kind = 'mail'
        order by a.verified_at is null, a.number limit 1), '') as address,
      coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'role', tm.role) order by lower(t.name), t.id)
        from team_member tm join team t on t.id = tm.team_id
        where tm.person_id = p.id and t.archived_at is null), '[]') as teams
    from member m join person p on p.id = m.person_id
    where ${personId}::uuid is null or m.person_id = ${personId} order by lower(p.name), p.id`.execute(on)
  return rows.map(({ disabledAt, expiresAt, ...row }) => ({
    ...row,
    disabledAt: disabledAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
  }))
}

/** Those with an open account who own conversations in the teams one is in (a partner sees nobody). */
export async function colleaguesOf(
  db: Db,
  actor: Member,
  now: Date,
): Promise<{ id: string; name: string; teams: string[] }[]> {
  const teams = [...visibleTeams(actor), ...ownedOnlyTeams(actor)]
  const { rows } = await sql<{ id: string; name: string; teams: string[] }>`
    select p.id, p.name, array_agg(tm.team_id order by tm.team_id) as teams
    from team_member tm join person p on p.id = tm.person_id join member m on m.person_id = p.id
    where tm.team_id = any(${teams}::uuid[]) and tm.role <> 'partner'
      and m.disabled_at is null and (m.expires_at is null or m.expires_at > ${now})
    group by p.id order by lower(p.name), p.id`.execute(db)
  return rows
}
