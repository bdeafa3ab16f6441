/** Whoever looks around takes Ana's seat: they lead the team, and what she owes is theirs to do. Nobody is written to about it. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { colleagues } from './story/cast.ts'

/** The first administrator who is not of the sample; null while there is none. */
export async function firstVisitor(tx: Tx): Promise<string | null> {
  const { rows } = await sql<{ personId: string }>`
    select m.person_id from member m join person p on p.id = m.person_id
    where m.administrator and m.disabled_at is null and not p.sample order by m.created_at limit 1`.execute(tx)
  return rows[0]?.personId ?? null
}

/** Somebody real serves in the sample's team already, or there is no sample. */
export async function isVisited(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ waits: boolean }>`
    select exists (select from team where sample) and not exists (
      select from team_member tm join team t on t.id = tm.team_id and t.sample join person p on p.id = tm.person_id and not p.sample) as waits`.execute(
    tx,
  )
  return !rows[0]!.waits
}

export async function welcome(tx: Tx, visitorId: string, now: Date): Promise<void> {
  const { rows } = await sql<{ teamId: string; anaId: string | null }>`
    select t.id as team_id, (select a.person_id from address a join person p on p.id = a.person_id and p.sample
      where a.kind = 'mail' and a.normal = ${colleagues.ana.address}) as ana_id from team t where t.sample limit 1`.execute(
    tx,
  )
  const place = rows[0]
  if (!place) return
  const { teamId, anaId } = place
  await sql`insert into team_member (team_id, person_id, role, since) values (${teamId}, ${visitorId}::uuid, 'lead', ${now})
    on conflict (team_id, person_id) do update set role = 'lead'`.execute(tx)
  await sql`update conversation set owner_id = ${visitorId}::uuid where sample and owner_id = ${anaId}::uuid`.execute(
    tx,
  )
  await sql`update promise set by_person_id = ${visitorId}::uuid where by_person_id = ${anaId}::uuid and ended_at is null
    and conversation_id in (select id from conversation where sample)`.execute(tx)
  await sql`update duty set person_id = ${visitorId}::uuid where person_id = ${anaId}::uuid and team_id = ${teamId}`.execute(
    tx,
  )
  await sql`update article set owner_id = ${visitorId}::uuid where sample and owner_id = ${anaId}::uuid`.execute(tx)
  await sql`update article_version set reviewer_id = ${visitorId}::uuid where reviewer_id = ${anaId}::uuid`.execute(tx)
  // They have read all but what came in last.
  await sql`insert into sighting (person_id, conversation_id, version) select ${visitorId}::uuid, id, version from conversation
    where sample and (last_ours or state <> 'open' or last_at < ${new Date(now.getTime() - 5 * 3_600_000)}) on conflict do nothing`.execute(
    tx,
  )
  await record(tx, {
    kind: 'team.changed',
    subjectId: teamId,
    actorId: visitorId,
    scopes: [visitorId, teamId],
    facts: { role: 'lead', memberId: visitorId },
    at: now,
  })
}
