/** One relationship as the pond's side panel tells of it. What lies in conversations is told only of those that who asks may read. */
import { sql } from 'kysely'
import type { PondOne } from '../../contract/pond.ts'
import type { Db } from '../../platform/db/index.ts'
import { absent } from '../../platform/http/index.ts'
import { inSightOf, type Member } from '../access/index.ts'
import { type PromiseRow, promiseColumns, promiseJoins, viewOfPromise } from '../promises/index.ts'
import { owedKinds } from './measures.ts'
import { standing, standsFor } from './standing.ts'

type Standing = {
  relationshipId: string
  organisationId: string | null
  name: string
  about: string
  lastAt: Date | null
  rhythmDays: number | null
  keeperId: string | null
  keeper: string | null
  checkInId: string | null
}
type Person = { id: string; name: string }
type Contact = {
  at: Date
  kind: NonNullable<PondOne['lastKind']>
  byId: string | null
  by: string | null
  withId: string | null
  with: string | null
}

/** So many of an organisation are named, and so many are looked at for when we were last in touch. */
const [named, looked] = [5, 200]

export async function onePondView(db: Db, actor: Member, aboutId: string, now: Date): Promise<PondOne> {
  const { rows } = await sql<Standing>`
    select s.id as relationship_id, s.organisation_id, coalesce(o.name, p.name) as name, coalesce(o.about, p.about) as about, s.last_at, s.rhythm_days, s.keeper_id, k.name as keeper,
      (select c.id from promise c where c.relationship_id = s.id and c.kind = 'check-in' and c.ended_at is null limit 1) as check_in_id
    from (${standing}) s left join person p on p.id = s.person_id left join organisation o on o.id = s.organisation_id left join person k on k.id = s.keeper_id
    where ${aboutId}::uuid in (s.person_id, s.organisation_id)`.execute(db)
  const [found] = rows
  if (!found) throw absent()
  const { rows: people } = await sql<Person>`
    select p.id, p.name from (${standsFor}) s join person p on p.id = s.person_id left join relationship r on r.person_id = p.id
    where s.about_id = ${aboutId}::uuid order by r.last_contact_at desc nulls last, p.id limit ${looked}`.execute(db)
  const ids = people.map(({ id }) => id)
  const [contact, owed] = await Promise.all([
    latest(db, actor, aboutId, ids),
    owedTo(db, actor, found.relationshipId, ids),
  ])
  const { keeperId, organisationId, lastAt } = found
  // Somebody may have been in touch where this member can't look: then it is said when, and not with whom.
  const known = contact && lastAt && contact.at.getTime() >= lastAt.getTime() - 60_000 ? contact : null
  return {
    id: aboutId,
    is: organisationId ? 'organisation' : 'person',
    name: found.name,
    about: found.about,
    people: organisationId ? people.slice(0, named) : [],
    lastAt: lastAt?.toISOString() ?? null,
    lastKind: known?.kind ?? null,
    lastBy: known?.byId ? { id: known.byId, name: known.by ?? '' } : null,
    lastWith: organisationId && known?.withId ? { id: known.withId, name: known.with ?? '' } : null,
    rhythmDays: found.rhythmDays,
    keeper: keeperId ? { id: keeperId, name: found.keeper ?? '' } : null,
    checkInId: found.checkInId,
    owed: owed.map(row => viewOfPromise(row, now)),
  }
}

async function latest(db: Db, actor: Member, aboutId: string, ids: readonly string[]): Promise<Contact | null> {
  const { rows } = await sql<Contact>`
    select l.at, l.kind, l.by_id, b.name as by, l.with_id, w.name as with from (
      (select t.at, t.kind, t.by_id, t.person_id as with_id from touch t
        where (t.person_id = any(${ids}::uuid[]) or t.organisation_id = ${aboutId}::uuid) order by t.at desc limit 1)
      union all
      (select m.at, m.kind, case when m.kind = 'message' then null else m.author_id end, c.customer_id
        from (select id, customer_id, last_at from conversation c where c.customer_id = any(${ids}::uuid[]) and ${inSightOf(actor, 'c')}
          and c.state not in ('spam', 'trash', 'aside') order by c.last_at desc limit 20) c
        join message m on m.conversation_id = c.id
        where m.kind in ('message', 'reply', 'call') and m.taken_back_at is null order by m.at desc limit 1)) l
    left join person b on b.id = l.by_id left join person w on w.id = l.with_id order by l.at desc limit 1`.execute(db)
  return rows[0] ?? null
}

async function owedTo(db: Db, actor: Member, relationshipId: string, ids: readonly string[]): Promise<PromiseRow[]> {
  const { rows } = await sql<PromiseRow>`
    select ${promiseColumns} from promise p ${promiseJoins}
    where p.ended_at is null and p.kind in ${owedKinds} and p.direction in ('ours', 'theirs') and p.id in (
      select o.id from promise o join conversation c on c.id = o.conversation_id
        where o.ended_at is null and c.customer_id = any(${ids}::uuid[]) and c.state in ('open', 'pending', 'solved') and ${inSightOf(actor, 'c')}
      union all select o.id from promise o where o.ended_at is null and o.conversation_id is null and (o.relationship_id = ${relationshipId}::uuid
        or o.relationship_id in (select r.id from relationship r where r.person_id = any(${ids}::uuid[]))))
    order by p.due_at, p.id limit 5`.execute(db)
  return rows
}
