/** Who is away, whom one covers, and what the members of a team have open, as screens show them. */
import { sql } from 'kysely'
import type { z } from 'zod'
import type { AbsenceView, TeamLoad } from '../../../contract/absences.ts'
import type { Db, Tx } from '../../../platform/db/index.ts'
import type { Member } from '../actor.ts'
import { coveredBy } from '../answering.ts'
import { mayOwn, maySettle, visibleTeams } from '../policy.ts'

type Row = {
  id: string
  memberId: string
  memberName: string
  deputyId: string | null
  deputyName: string | null
  from: Date
  to: Date
  teams: string[]
}

const most = 500

/** Running and coming ones: one's own, those of people in one's teams (a partner sees nobody's), or one by its id. */
export async function absenceViews(
  on: Db | Tx,
  actor: Member,
  now: Date,
  absenceId: string | null = null,
): Promise<z.input<typeof AbsenceView>[]> {
  const teams = [...actor.roles].filter(([, role]) => mayOwn(role)).map(([teamId]) => teamId)
  const { rows } = await sql<Row>`
    select a.id, a.person_id as member_id, p.name as member_name, a.deputy_id, d.name as deputy_name,
      lower(a.during) as "from", upper(a.during) as "to",
      array(select r.team_id from team_member r where r.person_id = a.person_id) as teams
    from absence a join person p on p.id = a.person_id left join person d on d.id = a.deputy_id
    where upper(a.during) > ${now} and (${absenceId}::uuid is null or a.id = ${absenceId}::uuid)
      and (${actor.administrator} or a.person_id = ${actor.personId}::uuid or a.deputy_id = ${actor.personId}::uuid
        or exists (select from team_member r where r.person_id = a.person_id and r.team_id = any(${teams}::uuid[])))
    order by lower(a.during), a.id limit ${most}`.execute(on)
  return rows.map(row => ({
    id: row.id,
    member: { id: row.memberId, name: row.memberName },
    deputy: row.deputyId ? { id: row.deputyId, name: row.deputyName ?? '' } : null,
    from: row.from.toISOString(),
    to: row.to.toISOString(),
    mine: row.memberId === actor.personId || row.teams.some(teamId => maySettle(actor, teamId)) || actor.administrator,
  }))
}

/** Those who are away and for whom this member answers, in whichever of their teams. */
export async function coveringOf(db: Db, actor: Member, now: Date) {
  const { rows } = await sql<{ id: string; name: string; until: Date }>`
    select p.id, p.name, max(upper(a.during)) as until
    from ${coveredBy(actor.personId, visibleTeams(actor), now)} c join absence a on a.person_id = c.person_id and a.during @> ${now}::timestamptz
    join person p on p.id = c.person_id group by p.id order by lower(p.name), p.id`.execute(db)
  return rows.map(({ id, name, until }) => ({ member: { id, name }, until: until.toISOString() }))
}

export async function loadOf(db: Db, teamId: string, now: Date): Promise<z.input<typeof TeamLoad>> {
  const { rows } = await sql<{
    assigns: z.infer<typeof TeamLoad>['assigns']
    members: z.infer<typeof TeamLoad>['members']
  }>`
    select t.assigns, coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'limit', r.load_limit,
        'open', (select count(*) from conversation c where c.owner_id = p.id and c.team_id = t.id and c.state = 'open')) order by lower(p.name), p.id)
      from team_member r join person p on p.id = r.person_id join member m on m.person_id = p.id
      where r.team_id = t.id and r.role in ('lead', 'teammate') and m.disabled_at is null and (m.expires_at is null or m.expires_at > ${now})), '[]') as members
    from team t where t.id = ${teamId}::uuid`.execute(db)
  return rows[0]!
}
