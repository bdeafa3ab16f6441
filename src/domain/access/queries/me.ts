/** What a member sees of themselves, and of their sessions. */
import { sql } from 'kysely'
import type { z } from 'zod'
import { GrantNames } from '../../../contract/rights.ts'
import type { Me, Role, SessionView } from '../../../contract/session.ts'
import type { Db, Tx } from '../../../platform/db/index.ts'
import type { Member } from '../actor.ts'
import { grantedAnywhere } from '../policy.ts'
import { sessionLimits } from '../rules.ts'
import { installation, lookOf, settingsOfInstallation } from '../tables/installation.ts'

type MeRow = {
  id: string
  name: string
  address: string | null
  administrator: boolean
  language: string | null
  zone: string | null
  undoSeconds: number
  settings: Record<string, unknown>
  teams: { id: string; name: string; role: Role; onDuty: boolean }[]
  sample: boolean
  secondFactor: boolean
}

export async function meOf(
  on: Db | Tx,
  { personId, mustSetUp = false }: { personId: string; mustSetUp?: boolean },
  plainHttp: boolean,
  now: Date,
): Promise<Me> {
  const { rows } = await sql<MeRow>`
    select p.id, p.name, p.language, p.zone, m.administrator, m.undo_seconds, m.settings,
      (select a.written from address a where a.person_id = p.id and a.kind = 'mail'
        order by a.verified_at is null, a.number limit 1) as address,
      coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'role', tm.role, 'onDuty', exists (
            select from duty d where d.team_id = t.id and d.person_id = p.id and d.during @> ${now}::timestamptz))
          order by lower(t.name), t.id)
        from team_member tm join team t on t.id = tm.team_id
        where tm.person_id = p.id and t.archived_at is null), '[]') as teams,
      (exists (select from authenticator a where a.person_id = p.id and a.confirmed_at is not null)
        or exists (select from passkey k where k.person_id = p.id)) as second_factor,
      exists (select from team where sample) as sample
    from member m join person p on p.id = m.person_id where m.person_id = ${personId}`.execute(on)
  const { sample, address, ...me } = rows[0]!
  const about = await installation(on)
  const { grants = {} } = await settingsOfInstallation(on)
  const roles = new Map(me.teams.map(({ id, role }) => [id, role] as const))
  const who: Member = {
    is: 'member',
    personId,
    name: me.name,
    administrator: me.administrator,
    sessionId: '',
    roles,
    grants,
  }
  const may = GrantNames.filter(name => grantedAnywhere(who, name))
  return {
    ...me,
    may,
    mustSetUp,
    address: address ?? '',
    installation: { ...about, ...(await lookOf(on)), sample, plainHttp },
  }
}

export async function sessionsOf(
  db: Db,
  who: { personId: string; sessionId: string },
  now: Date,
): Promise<z.input<typeof SessionView>[]> {
  const rows = await db
    .selectFrom('session')
    .select(['id', 'agent', 'network', 'createdAt', 'lastSeenAt'])
    .where('personId', '=', who.personId)
    .where('endedAt', 'is', null)
    .where('expiresAt', '>', now)
    .where('lastSeenAt', '>', new Date(now.getTime() - sessionLimits.idle))
    .orderBy('lastSeenAt', 'desc')
    .limit(200)
    .execute()
  return rows.map(row => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    current: row.id === who.sessionId,
  }))
}
