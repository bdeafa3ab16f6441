/** All SQL that changes keepers and touches, and the doors to them. Relationships and their last contact are kept by contact.ts. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { PartyName } from '../../contract/care.ts'
import type { Tx } from '../../platform/db/index.ts'
import { absent } from '../../platform/http/index.ts'

/** The relationships of people and organisations, made where there is none yet. What does not exist is absent. */
export async function relationshipsOf(
  tx: Tx,
  parties: readonly Pick<PartyName, 'is' | 'id'>[],
  now: Date,
): Promise<string[]> {
  const ids = (is: PartyName['is']) => [...new Set(parties.filter(each => each.is === is).map(each => each.id))].sort()
  const [people, organisations] = [ids('person'), ids('organisation')]
  const fresh = (of: string[]) => of.map(() => randomUUIDv7())
  await sql`insert into relationship (id, person_id, since, sample) select w.fresh, w.id, ${now}, p.sample
    from unnest(${people}::uuid[], ${fresh(people)}::uuid[]) w(id, fresh) join person p on p.id = w.id and p.merged_into is null
    on conflict (person_id) do nothing`.execute(tx)
  await sql`insert into relationship (id, organisation_id, since, sample) select w.fresh, w.id, ${now}, o.sample
    from unnest(${organisations}::uuid[], ${fresh(organisations)}::uuid[]) w(id, fresh) join organisation o on o.id = w.id
    on conflict (organisation_id) do nothing`.execute(tx)
  const { rows } = await sql<{ id: string }>`select id from relationship
    where person_id = any(${people}::uuid[]) or organisation_id = any(${organisations}::uuid[]) order by id`.execute(tx)
  if (rows.length !== people.length + organisations.length) throw absent()
  return rows.map(row => row.id)
}

/** `undefined` leaves as it is. Answers the ids that differ now. */
export async function setKeeping(
  tx: Tx,
  ids: readonly string[],
  to: { keeperId?: string | null | undefined; rhythmDays?: number | null | undefined },
): Promise<string[]> {
  const keeper = to.keeperId === undefined ? sql`keeper_id` : sql`${to.keeperId}::uuid`
  const rhythm =
    to.keeperId === null
      ? sql`null::integer`
      : to.rhythmDays === undefined
        ? sql`rhythm_days`
        : sql`${to.rhythmDays}::integer`
  const { rows } = await sql<{ id: string }>`update relationship set keeper_id = ${keeper}, rhythm_days = ${rhythm}
    where id = any(${ids}::uuid[]) and (keeper_id is distinct from ${keeper} or rhythm_days is distinct from ${rhythm}) returning id`.execute(
    tx,
  )
  return rows.map(row => row.id)
}

type NewTouch = {
  personId: string | null
  organisationId: string | null
  byId: string
  kind: string
  at: Date
  minutes: number | null
  words: string
  checkInId: string | null
}

export async function addTouch(tx: Tx, it: NewTouch, now: Date): Promise<string> {
  const id = randomUUIDv7()
  await sql`insert into touch (id, person_id, organisation_id, by_id, kind, at, minutes, words, check_in_id, made_at, sample)
    values (${id}, ${it.personId}, ${it.organisationId}, ${it.byId}, ${it.kind}, ${it.at}, ${it.minutes}, ${it.words}, ${it.checkInId}, ${now},
      exists (select from person where id = ${it.personId}::uuid and sample) or exists (select from organisation where id = ${it.organisationId}::uuid and sample))`.execute(
    tx,
  )
  return id
}

type TouchRow = { id: string; personId: string | null; organisationId: string | null; byId: string; at: Date }

/** The door to a touch for writing: whoever wrote it down. */
export async function openTouch(tx: Tx, actor: { personId: string }, id: string): Promise<TouchRow> {
  const { rows } =
    await sql<TouchRow>`select id, person_id, organisation_id, by_id, at from touch where id = ${id}::uuid for update`.execute(
      tx,
    )
  const row = rows[0]
  if (!row || row.byId !== actor.personId) throw absent()
  return row
}

export async function dropTouch(tx: Tx, id: string): Promise<void> {
  await sql`delete from touch where id = ${id}::uuid`.execute(tx)
}
