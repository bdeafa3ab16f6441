/** Who sees a conversation, as parts of a query: the counterparts of `mayRead` for somebody who is not asking, and for many conversations at once. */
import { type RawBuilder, sql } from 'kysely'
import type { Member } from './actor.ts'
import { ownedOnlyTeams, visibleTeams } from './policy.ts'

/** Ids of the members with an open account who may read what lies there: they serve in its team, or are its colleague who owns it. */
export function readersOf(
  columns: { owner: RawBuilder<unknown>; team: RawBuilder<unknown> },
  now: Date,
): RawBuilder<string> {
  return sql`(select r.person_id from team_member r join member m using (person_id) join team rt on rt.id = r.team_id
    where r.team_id = ${columns.team} and rt.archived_at is null
      and (r.role in ('lead', 'teammate') or (r.role = 'colleague' and r.person_id = ${columns.owner}))
      and m.disabled_at is null and (m.expires_at is null or m.expires_at > ${now}))`
}

/** Whether this actor may read the conversation of that name in the query. Says no more than it must: an index is walked by what stands here. */
export function inSightOf(actor: Member, conversation: string): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${conversation}.${name}`)
  const owned = ownedOnlyTeams(actor)
  const served = sql<boolean>`${column('teamId')} = any(${visibleTeams(actor)}::uuid[])`
  if (owned.length === 0) return served
  return sql`(${served} or (${column('ownerId')} = ${actor.personId}::uuid and ${column('teamId')} = any(${owned}::uuid[])))`
}

/** Ids of the members with an open account who read what is written for inside: the counterpart of `readsKnowledge`. */
export function readersInside(now: Date): RawBuilder<string> {
  return sql`(select m.person_id from member m where m.disabled_at is null and (m.expires_at is null or m.expires_at > ${now})
    and (m.administrator or exists (select from team_member r join team rt on rt.id = r.team_id
      where r.person_id = m.person_id and r.role <> 'partner' and rt.archived_at is null)))`
}

/** Ids of those who look after a mailbox of that team: administrators of the installation, and who leads the team. */
export function keepersOfMailbox(team: RawBuilder<unknown>, now: Date): RawBuilder<string> {
  return sql`(select m.person_id from member m where m.disabled_at is null and (m.expires_at is null or m.expires_at > ${now})
    and (m.administrator or exists (select from team_member r where r.person_id = m.person_id and r.team_id = ${team} and r.role = 'lead')))`
}
