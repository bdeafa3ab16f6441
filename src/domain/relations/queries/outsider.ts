/**
 * Which conversations somebody outside may see, as part of a query (I9): their own, those of an organisation in which they see
 * everything, what was shared with them or with an organisation they belong to, and those in which they are copied: of these
 * only what was written to them. Nobody's, once it was put away.
 */
import { type RawBuilder, sql } from 'kysely'
import { belongs } from '../subject.ts'

/** `c` names the conversation as it stands in the query. */
export function isOwn(personId: string): RawBuilder<boolean> {
  return sql`(c.customer_id = ${personId}::uuid or exists (select from participant op where op.conversation_id = c.id and op.person_id = ${personId}::uuid and op.role in ('customer', 'taking-part')))`
}

/** Ids, found from the person: however many conversations there are. */
const whole = (personId: string) => sql`select oc.id from conversation oc where oc.customer_id = ${personId}::uuid
  union all select op.conversation_id from participant op where op.person_id = ${personId}::uuid and op.role in ('customer', 'taking-part')
  union all select mc.id from membership sm join organisation so on so.id = sm.organisation_id join membership st on st.organisation_id = so.id join conversation mc on mc.customer_id = st.person_id
    where sm.person_id = ${personId}::uuid and sm.sees_all and ${belongs('sm')} and so.archived_at is null and ${belongs('st')}
  union all select sh.conversation_id from conversation_share sh where sh.person_id = ${personId}::uuid
  union all select sh.conversation_id from membership hm join organisation ho on ho.id = hm.organisation_id join conversation_share sh on sh.organisation_id = hm.organisation_id
    where hm.person_id = ${personId}::uuid and ${belongs('hm')} and ho.archived_at is null`

/** All that was said between us there, from the beginning. */
export function seesWhole(personId: string): RawBuilder<boolean> {
  return sql`c.id = any(array(${whole(personId)}))`
}

export function isInSight(personId: string): RawBuilder<boolean> {
  // As a list that is made first: else all conversations are walked, the newest first, and each is looked up in it.
  return sql`(c.state in ('open', 'pending', 'solved', 'closed') and c.id = any(array(${whole(personId)}
    union all select cp.conversation_id from participant cp where cp.person_id = ${personId}::uuid and cp.role = 'copied')))`
}

/** For whoever is copied: message `m` of conversation `c` came from them or went to them, since they are. */
export function reached(personId: string): RawBuilder<boolean> {
  return sql`exists (select from participant cp join address ca on ca.id = cp.address_id where cp.conversation_id = c.id and cp.person_id = ${personId}::uuid and cp.role = 'copied'
    and m.at >= cp.since and (m.author_id = cp.person_id or exists (select from jsonb_array_elements(m.recipients) r where lower(r->>'address') = ca.normal)))`
}
