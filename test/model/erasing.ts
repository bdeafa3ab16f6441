/**
 * Somebody is erased on a random day: their conversations go whole, they stand nowhere any more, and what others have is as it
 * was. Whoever does not lead every team that talked with them may not, nor who types another name.
 */
import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Member } from '../../src/domain/access/index.ts'
import { erase } from '../../src/domain/erasing/commands.ts'
import { type Day, desk, type Known, members } from './day.ts'
import { figuresHold } from './insight.ts'
import { forgetAsked } from './outside.ts'
import { forgetBelonging } from './relations.ts'
import { forgetStructure } from './structure.ts'

export const erasing = ['erase'] as const
export const isErasing = (kind: string): kind is (typeof erasing)[number] => erasing.some(each => each === kind)

export async function eraseStep(day: Day, it: Known, by: Member) {
  const now = desk.clock.now
  const { rows } = await sql<{ personId: string; name: string }>`
    select p.id as person_id, p.name from conversation c join person p on p.id = c.customer_id where c.id = ${it.id}::uuid`.execute(
    desk.db,
  )
  const { personId, name } = rows[0]!
  if (by !== members[0])
    return expect(erase(desk.db, by, { personId, name }, now)).rejects.toMatchObject({ code: 'not-yours' })
  if (day.chance.flip(0.2))
    return expect(erase(desk.db, by, { personId, name: `${name}s` }, now)).rejects.toMatchObject({
      code: 'not-the-name',
    })
  const gone = new Set([...day.known.values()].filter(each => each.customer === it.customer).map(each => each.id))
  expect(new Set(await conversationsOf(personId))).toEqual(gone)
  const others = await withOthers(gone)
  // What was counted of them stays counted: from here on figures are compared anew.
  expect(await figuresHold(desk.db)).toEqual([])
  await erase(desk.db, by, { personId, name }, now)
  await figuresHold(desk.db)
  expect(await standingWith(personId, it.customer)).toEqual([])
  expect(await withOthers(gone)).toEqual(others)
  await expect(erase(desk.db, by, { personId, name }, now)).rejects.toMatchObject({ code: 'absent' })
  for (const id of gone) {
    day.known.delete(id)
    day.cached.delete(id)
  }
  forgetStructure(day, gone)
  forgetAsked(day, it.customer)
  await forgetBelonging(day, personId)
  if (day.held && gone.has(day.held.id)) day.held = null
}

async function conversationsOf(personId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from conversation where customer_id = ${personId}::uuid`.execute(
    desk.db,
  )
  return rows.map(row => row.id)
}

/** How the conversations of everybody else stand: what was said there, and what is owed. */
async function withOthers(gone: ReadonlySet<string>) {
  const { rows } = await sql`
    select c.id, c.state, c.version, c.owner_id, c.due_at, c.merged_into, (select count(*)::int from message m where m.conversation_id = c.id) as messages,
      (select count(*)::int from promise p where p.conversation_id = c.id and p.ended_at is null) as promises
    from conversation c where c.id <> all(${[...gone]}::uuid[]) order by c.id`.execute(desk.db)
  return rows
}

/** Where somebody who was erased would still be found. */
async function standingWith(personId: string, address: string): Promise<string[]> {
  const { rows } = await sql<{ what: string }>`
    select 'person' as what from person where id = ${personId}::uuid or name = ${address}
    union all select 'address' from address where person_id = ${personId}::uuid or normal = ${address}
    union all select 'conversation' from conversation where customer_id = ${personId}::uuid
    union all select 'message' from message where author_id = ${personId}::uuid or author_raw ilike ${`%${address}%`}
    union all select 'promise' from promise where ${personId}::uuid in (by_person_id, to_person_id)
    union all select 'mail' from outbox where recipient_normal = ${address} or content::text ilike ${`%${address}%`}
    union all select 'delivery' from delivery where convert_from(raw, 'UTF8') ilike ${`%${address}%`}
    union all select 'goodwill' from goodwill where person_id = ${personId}::uuid
    union all select 'post' from post where author_id = ${personId}::uuid`.execute(desk.db)
  return rows.map(row => row.what)
}
