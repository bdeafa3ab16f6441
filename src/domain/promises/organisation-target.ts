/** The reply target of the organisations somebody belongs to, as part of a query. A mail domain only suggests one: that sets no target. */
import { type RawBuilder, sql } from 'kysely'

/** The shortest of them in working minutes, else null. `person` names the column as it stands in the query. */
export function organisationTarget(person: string): RawBuilder<number | null> {
  return sql`(select min(o.reply_within) from membership ms join organisation o on o.id = ms.organisation_id
    where ms.person_id = ${sql.ref(person)} and ms.suggested_at is null and ms.left_at is null and o.archived_at is null)`
}
