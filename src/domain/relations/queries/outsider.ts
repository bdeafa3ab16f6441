/** Which conversations somebody outside may see, as part of a query (I9): their own, those of an organisation in which they see everything, and what was shared with them or with an organisation they belong to. Nobody's, once it was put away. */
import { type RawBuilder, sql } from 'kysely'
import { belongs } from '../subject.ts'

/** `c` names the conversation as it stands in the query. */
export function isOwn(personId: string): RawBuilder<boolean> {
  return sql`(c.customer_id = ${personId}::uuid or exists (select from participant op where op.conversation_id = c.id and op.person_id = ${personId}::uuid and op.role in ('customer', 'taking-part')))`
}

export function isInSight(personId: string): RawBuilder<boolean> {
  return sql`(c.state in ('open', 'pending', 'solved', 'closed') and (${isOwn(personId)}
    or exists (select from membership sm join organisation so on so.id = sm.organisation_id join membership st on st.organisation_id = so.id
      where sm.person_id = ${personId}::uuid and sm.sees_all and ${belongs('sm')} and so.archived_at is null and st.person_id = c.customer_id and ${belongs('st')})
    or exists (select from conversation_share sh where sh.conversation_id = c.id and (sh.person_id = ${personId}::uuid
      or sh.organisation_id in (select hm.organisation_id from membership hm join organisation ho on ho.id = hm.organisation_id where hm.person_id = ${personId}::uuid and ${belongs('hm')} and ho.archived_at is null)))))`
}
