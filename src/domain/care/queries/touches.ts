/** Touches with a person or an organisation, the newest first. */
import { type RawBuilder, sql } from 'kysely'
import type { TouchView } from '../../../contract/care.ts'
import type { Db } from '../../../platform/db/index.ts'
import type { Member } from '../../access/index.ts'

type Row = {
  id: string
  kind: TouchView['kind']
  at: Date
  minutes: number | null
  words: string
  byId: string
  byName: string
  personId: string | null
  personName: string | null
  organisationId: string | null
  organisationName: string | null
}

/** Of an organisation also those with its people. */
export async function touchesOf(
  db: Db,
  actor: Member,
  party: { is: 'person' | 'organisation'; id: string },
  limit: number,
): Promise<TouchView[]> {
  const which: RawBuilder<unknown> =
    party.is === 'person'
      ? sql`t.person_id = ${party.id}::uuid`
      : sql`(t.organisation_id = ${party.id}::uuid or t.person_id in (select person_id from membership where organisation_id = ${party.id}::uuid and left_at is null and suggested_at is null))`
  const { rows } = await sql<Row>`
    select t.id, t.kind, t.at, t.minutes, t.words, t.by_id, b.name as by_name, t.person_id, p.name as person_name, t.organisation_id, o.name as organisation_name
    from touch t join person b on b.id = t.by_id left join person p on p.id = t.person_id left join organisation o on o.id = t.organisation_id
    where ${which} order by t.at desc, t.id desc limit ${limit}`.execute(db)
  return rows.map(row => ({
    ...{ id: row.id, kind: row.kind, at: row.at.toISOString(), minutes: row.minutes, words: row.words },
    by: { id: row.byId, name: row.byName },
    person: row.personId ? { id: row.personId, name: row.personName ?? '' } : null,
    organisation: row.organisationId ? { id: row.organisationId, name: row.organisationName ?? '' } : null,
    mine: row.byId === actor.personId,
  }))
}
