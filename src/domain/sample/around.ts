/** What lies around the story: whom its people belong to, who keeps those relationships, and houses nobody has heard from for a while. All of it marked. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { refreshRelationships } from '../care/index.ts'
import { findOrMakePeople, readAddress } from '../people/index.ts'
import type { Stage } from './setting.ts'
import { customers } from './story/cast.ts'
import { type Known, known, type Quiet, quieter } from './story/houses.ts'

const day = 86_400_000

export async function setAround(tx: Tx, stage: Stage, now: Date): Promise<void> {
  const organisationIds: string[] = []
  for (const house of known) {
    const people = await peopleOf(
      tx,
      house.people.map(key => customers[key].address),
    )
    organisationIds.push(await aHouse(tx, stage, house, people, now))
  }
  for (const house of quieter) {
    const made = await findOrMakePeople(tx, [house.person], now)
    const people = [...made.values()].map(each => each.personId)
    await sql`update person set sample = true where id = any(${people}::uuid[]) and created_at >= ${now}`.execute(tx)
    organisationIds.push(await aHouse(tx, stage, house, people, now))
    await aTouch(tx, stage, house, people[0]!, new Date(now.getTime() - house.days * day))
  }
  const { rows } = await sql<{ personId: string }>`
    select person_id from membership where organisation_id = any(${organisationIds}::uuid[])`.execute(tx)
  await refreshRelationships(tx, { personIds: rows.map(each => each.personId), organisationIds }, now)
}

async function peopleOf(tx: Tx, addresses: string[]): Promise<string[]> {
  const normal = addresses.map(each => readAddress(each)!.normal)
  const { rows } = await sql<{ personId: string }>`
    select person_id from address where kind = 'mail' and normal = any(${normal})`.execute(tx)
  return rows.map(each => each.personId)
}

async function aHouse(tx: Tx, stage: Stage, house: Known | Quiet, people: string[], now: Date): Promise<string> {
  const id = randomUUIDv7()
  const since = new Date(now.getTime() - 900 * day)
  await sql`insert into organisation (id, name, about, sample, created_at) values (${id}, ${house.name}, ${house.about}, true, ${since})`.execute(
    tx,
  )
  await sql`insert into membership (person_id, organisation_id, since) select unnest(${people}::uuid[]), ${id}, ${since}`.execute(
    tx,
  )
  const keeper = house.keeper === null ? null : stage.colleagues[house.keeper].personId
  const every = house.keeper === null ? null : house.every
  await sql`insert into relationship (id, organisation_id, keeper_id, rhythm_days, since, sample)
    values (${randomUUIDv7()}, ${id}, ${keeper}, ${every}, ${since}, true)`.execute(tx)
  return id
}

async function aTouch(tx: Tx, stage: Stage, house: Quiet, personId: string, at: Date) {
  const byId = stage.colleagues[house.keeper ?? 'bram'].personId
  await sql`insert into touch (id, person_id, by_id, kind, at, minutes, made_at, sample)
    values (${randomUUIDv7()}, ${personId}, ${byId}, ${house.kind}, ${at}, ${house.kind === 'call' ? 15 : 60}, ${at}, true)`.execute(
    tx,
  )
}

/** What somebody real was given in it stays, and is kept by nobody. */
export async function takeAround(tx: Tx): Promise<void> {
  const people = sql`(select id from person where sample)`
  await sql`delete from touch where sample`.execute(tx)
  await sql`delete from goodwill where sample`.execute(tx)
  await sql`delete from goodwill_allowance where member_id in ${people}`.execute(tx)
  await sql`delete from organisation where sample`.execute(tx)
  await sql`update relationship set keeper_id = null, rhythm_days = null where keeper_id in ${people}`.execute(tx)
}
