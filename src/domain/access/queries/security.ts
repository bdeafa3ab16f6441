/** How safely a member signs in, as they and administrators see it, and who is asked for a second factor. */
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Protection, protection, SecurityView } from '../../../contract/security.ts'
import type { Db, Tx } from '../../../platform/db/index.ts'
import type { Member } from '../actor.ts'
import { isProved, proofLastsFor } from '../rules.ts'
import { settingsOfInstallation } from '../tables/installation.ts'
import { provedAt } from '../tables/sessions.ts'

export async function protectionOf(on: Db | Tx): Promise<Protection['secondFactor']> {
  return (await settingsOfInstallation(on)).secondFactor ?? 'nobody'
}

export async function isFactorAsked(on: Db | Tx, personId: string): Promise<boolean> {
  const asked = await protectionOf(on)
  if (asked !== 'administrators') return asked === 'everyone'
  const row = await on.selectFrom('member').select('administrator').where('personId', '=', personId).executeTakeFirst()
  return row?.administrator === true
}

export async function securityOf(
  on: Db | Tx,
  actor: Member,
  passkeysWork: boolean,
  now: Date,
): Promise<z.input<typeof SecurityView>> {
  const { rows } = await sql<{ since: Date | null; passkeys: z.input<typeof SecurityView>['passkeys']; left: number }>`
    select (select confirmed_at from authenticator where person_id = ${actor.personId}) as since,
      coalesce((select jsonb_agg(jsonb_build_object('id', id, 'name', name,
          'createdAt', to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'lastUsedAt', to_char(last_used_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by id)
        from passkey where person_id = ${actor.personId}), '[]') as passkeys,
      (select count(*)::int from recovery_code where person_id = ${actor.personId} and used_at is null) as left`.execute(
    on,
  )
  const { since, passkeys, left } = rows[0]!
  const proved = await provedAt(on, actor.sessionId)
  return {
    authenticator: since ? { since: since.toISOString() } : null,
    passkeys,
    codesLeft: left,
    provedUntil: proved && isProved(proved, now) ? new Date(proved.getTime() + proofLastsFor).toISOString() : null,
    passkeysWork,
    required: await isFactorAsked(on, actor.personId),
  }
}

const has = sql`(exists (select from authenticator a where a.person_id = m.person_id and a.confirmed_at is not null)
  or exists (select from passkey k where k.person_id = m.person_id))`

export async function protectionView(on: Db | Tx, now: Date): Promise<z.input<typeof protection.output>> {
  const { rows } = await sql<{ all: number; with: number; administrators: number; administratorsWith: number }>`
    select count(*)::int as all, count(*) filter (where ${has})::int as with,
      count(*) filter (where administrator)::int as administrators,
      count(*) filter (where administrator and ${has})::int as administrators_with
    from member m join person p on p.id = m.person_id
    where not p.sample and m.disabled_at is null and (m.expires_at is null or m.expires_at > ${now})`.execute(on)
  const found = rows[0]!
  return {
    secondFactor: await protectionOf(on),
    members: { with: found.with, all: found.all },
    administrators: { with: found.administratorsWith, all: found.administrators },
  }
}
