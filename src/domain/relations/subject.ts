/** Whom a page is about: one person, or an organisation with all who belong to it. Parts of queries; asks nothing itself. */
import { type RawBuilder, sql } from 'kysely'

export type Subject = { is: 'person' | 'organisation'; id: string }

/** Belongs to it now, by somebody's word and not by a mail domain alone. */
export const belongs = (alias: string): RawBuilder<boolean> => {
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  return sql`${column('leftAt')} is null and ${column('suggestedAt')} is null`
}

/** A table of one column, `person_id`. */
export function peopleOf(subject: Subject): RawBuilder<unknown> {
  return subject.is === 'person'
    ? sql`(select ${subject.id}::uuid as person_id)`
    : sql`(select b.person_id from membership b join person bp on bp.id = b.person_id
        where b.organisation_id = ${subject.id}::uuid and ${belongs('b')} and bp.merged_into is null)`
}

/** The relationship's own row, where there is one. */
export function relationshipOf(subject: Subject): RawBuilder<unknown> {
  return subject.is === 'person'
    ? sql`(select id from relationship where person_id = ${subject.id}::uuid)`
    : sql`(select id from relationship where organisation_id = ${subject.id}::uuid)`
}
