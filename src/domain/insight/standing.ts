/**
 * Which relationships stand in the pond, and when each was last in touch. An organisation stands for those who belong to it,
 * and for their contacts, unless one of them has a keeper of their own; who was merged into somebody else stands nowhere.
 * Each part is one pass, however many there are: who was merged and what was archived are few, and looked up as sets.
 */
import { type RawBuilder, sql } from 'kysely'

/** A membership as long as it lasts; one that a mail domain suggests is none yet. */
const current = sql`m.left_at is null and m.suggested_at is null`

/** Rows of (id, person_id, organisation_id, keeper_id, rhythm_days, since, last_at). */
export const standing: RawBuilder<unknown> = sql`
  select r.id, r.person_id, r.organisation_id, r.keeper_id, r.rhythm_days, r.since, greatest(r.last_contact_at, t.last_at) as last_at
  from relationship r
    left join (
      select m.organisation_id, max(theirs.last_contact_at) as last_at
      from membership m join relationship theirs on theirs.person_id = m.person_id where ${current} group by 1) t on t.organisation_id = r.organisation_id
    left join (
      select distinct m.person_id from membership m join relationship o on o.organisation_id = m.organisation_id
        join organisation oo on oo.id = m.organisation_id
      where oo.archived_at is null and ${current}) belongs on belongs.person_id = r.person_id
  where (belongs.person_id is null or r.keeper_id is not null)
    and (r.person_id is null or r.person_id not in (select id from person where merged_into is not null))
    and (r.organisation_id is null or r.organisation_id not in (select id from organisation where archived_at is not null))`

/** Pairs of (about_id, person_id): whom what stands there is about. */
export const standsFor: RawBuilder<unknown> = sql`
  select r.person_id as about_id, r.person_id from relationship r where r.person_id is not null
  union all select m.organisation_id, m.person_id from membership m where ${current}`
