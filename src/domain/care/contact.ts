/**
 * The latest contact with a human on both sides, looked up anew from messages and touches whenever one of them changed:
 * so that it comes out the same however often and in whatever order it is asked. Makes the relationship at the first contact.
 */
import { randomUUIDv7 } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'

/** What is put away was no contact, nor is what a machine sent. Imported mail is history as any other. */
const counts = sql`c.state not in ('spam', 'trash', 'aside') and m.taken_back_at is null`
const looked = 5

/** The newest of each kind of contact of `w.id`; `at` and `kind`. */
function contactsOf(now: Date): RawBuilder<unknown> {
  return sql`(
    (select least(m.at, ${now}) as at, m.kind from (select id, state from conversation where customer_id = w.id and state not in ('spam', 'trash', 'aside')
        order by last_at desc limit ${looked}) c
      cross join lateral (select m.at, m.kind from message m where m.conversation_id = c.id and m.kind in ('message', 'reply', 'call') and ${counts} order by m.at desc limit 1) m)
    union all (select least(m.at, ${now}), 'message' from participant pa join conversation c on c.id = pa.conversation_id
      join lateral (select m.at from message m where m.conversation_id = c.id and m.kind = 'message' and m.author_id = w.id and ${counts} order by m.at desc limit 1) m on true
      where pa.person_id = w.id and pa.role in ('taking-part', 'copied'))
    union all (select least(t.at, ${now}), case when t.check_in_id is null then t.kind else 'check-in' end from touch t where t.person_id = w.id order by t.at desc limit 1))`
}

/** Brings the relationships of these people up to date, and of the organisations they belong to. Answers their ids. */
export async function refreshPeople(tx: Tx, personIds: readonly string[], now: Date): Promise<string[]> {
  const people = [...new Set(personIds)].sort()
  if (people.length === 0) return []
  const fresh = people.map(() => randomUUIDv7())
  const { rows } = await sql<{ id: string }>`
    insert into relationship (id, person_id, last_contact_at, last_contact_kind, since, sample)
    select w.fresh, w.id, l.at, l.kind, least(coalesce(l.at, ${now}), (select min(opened_at) from (select opened_at from conversation where customer_id = w.id
        and state not in ('spam', 'trash', 'aside') order by last_at limit ${looked}) o)), p.sample
    from unnest(${people}::uuid[], ${fresh}::uuid[]) w(id, fresh) join person p on p.id = w.id
      left join lateral (select at, kind from ${contactsOf(now)} k order by at desc limit 1) l on true
    where p.merged_into is null and (l.at is not null or exists (select from relationship r where r.person_id = w.id)) order by w.id
    on conflict (person_id) do update set last_contact_at = excluded.last_contact_at, last_contact_kind = excluded.last_contact_kind,
      since = least(relationship.since, excluded.since)
    returning id`.execute(tx)
  const organisations = await refreshOrganisations(tx, await organisationsOf(tx, people), now)
  return [...rows.map(row => row.id), ...organisations]
}

/** Belonging is what somebody confirmed; a mail domain only suggests. */
const belongs = sql`b.left_at is null and b.suggested_at is null`

async function organisationsOf(tx: Tx, personIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select distinct b.organisation_id as id from membership b
    where b.person_id = any(${personIds}::uuid[]) and ${belongs}`.execute(tx)
  return rows.map(row => row.id)
}

/** An organisation was in touch when somebody of it was, or with all of it in a visit. */
export async function refreshOrganisations(tx: Tx, organisationIds: readonly string[], now: Date): Promise<string[]> {
  const all = [...new Set(organisationIds)].sort()
  if (all.length === 0) return []
  const fresh = all.map(() => randomUUIDv7())
  const { rows } = await sql<{ id: string }>`
    insert into relationship (id, organisation_id, last_contact_at, last_contact_kind, since, sample)
    select w.fresh, w.id, l.at, l.kind, coalesce(l.since, ${now}), o.sample
    from unnest(${all}::uuid[], ${fresh}::uuid[]) w(id, fresh) join organisation o on o.id = w.id
      left join lateral (select k.at, k.kind, min(k.since) over () as since from (
        select r.last_contact_at as at, r.last_contact_kind as kind, r.since from membership b join relationship r on r.person_id = b.person_id
          where b.organisation_id = w.id and ${belongs} and r.last_contact_at is not null
        union all (select least(t.at, ${now}), case when t.check_in_id is null then t.kind else 'check-in' end, t.at from touch t where t.organisation_id = w.id order by t.at desc limit 1)) k
        order by k.at desc limit 1) l on true
    where l.at is not null or exists (select from relationship r where r.organisation_id = w.id) order by w.id
    on conflict (organisation_id) do update set last_contact_at = excluded.last_contact_at, last_contact_kind = excluded.last_contact_kind,
      since = least(relationship.since, excluded.since)
    returning id`.execute(tx)
  return rows.map(row => row.id)
}
