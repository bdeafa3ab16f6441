/** Marks on a random day: tags, fields, priority, following, mentions. What a conversation carries is as the model says; what is owed never changes by them. */
import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Member } from '../../src/domain/access/index.ts'
import { follow, prioritise, setField, tagConversation } from '../../src/domain/conversations/commands/marks.ts'
import { note } from '../../src/domain/conversations/commands/note.ts'
import { act, type Day, desk, type Known, members, noted } from './day.ts'

type Marks = { tags: Set<string>; value: number | null; priority: number; followers: Set<string>; mentions: number }
const carried = new WeakMap<Day, Map<string, Marks>>()
const names = ['Refund', 'Machine', 'Wholesale', 'Market']
const field = '01a202bf-0000-7000-8000-0000000000f1'

export const marking = ['tag', 'field', 'priority', 'follow', 'mention'] as const
export const isMarking = (kind: string): kind is (typeof marking)[number] => marking.some(each => each === kind)

function marksOf(day: Day, id: string): Marks {
  const all = carried.get(day) ?? new Map<string, Marks>()
  carried.set(day, all)
  const known = all.get(id) ?? { tags: new Set(), value: null, priority: 0, followers: new Set(), mentions: 0 }
  all.set(id, known)
  return known
}

export async function mark(day: Day, kind: (typeof marking)[number], it: Known, by: Member, now: Date) {
  const marks = marksOf(day, it.id)
  const one = { conversationId: it.id }
  if (kind === 'tag') {
    const [on, off] = [day.chance.pick(names), day.chance.pick(names)]
    const { rows } = await sql<{ id: string }>`select id from tag where normal = ${off.toLowerCase()}`.execute(desk.db)
    await act(tx =>
      tagConversation(tx, by, { ...one, make: [on, on.toUpperCase()], remove: rows.map(({ id }) => id) }, now),
    )
    if (rows.length > 0) marks.tags.delete(off)
    marks.tags.add(on)
  } else if (kind === 'field') {
    await sql`insert into custom_field (id, name, kind, position) values (${field}, 'Machines', 'number', 1) on conflict do nothing`.execute(
      desk.db,
    )
    const value = day.chance.flip(0.3) ? null : day.chance.below(5)
    await act(tx => setField(tx, by, { ...one, fieldId: field, value }, now))
    marks.value = value
  } else if (kind === 'priority') {
    const priority = day.chance.pick([-1, 0, 1, 2] as const)
    await act(tx => prioritise(tx, by, { ...one, priority }, now))
    marks.priority = priority
  } else if (kind === 'follow') {
    const following = day.chance.flip()
    await act(tx => follow(tx, by, { ...one, following }, now))
    if (following) marks.followers.add(by.personId)
    else marks.followers.delete(by.personId)
  } else {
    const whom = day.chance.pick(members)
    const body = `<p>look, <span data-mention="${whom.personId}">@you</span></p>`
    await act(tx => note(tx, by, { ...one, body, attachments: [] }, now))
    noted(day, it)
    if (whom !== by) {
      marks.followers.add(whom.personId)
      marks.mentions++
    }
  }
  const { rows } = await sql<{
    tags: string[]
    value: number | null
    priority: number
    followers: string[]
    mentions: number
  }>`
    select array(select t.name from conversation_tag x join tag t on t.id = x.tag_id where x.conversation_id = c.id order by 1) as tags,
      (select value from conversation_field where conversation_id = c.id) as value, c.priority,
      array(select person_id::text from follower where conversation_id = c.id order by 1) as followers,
      (select count(*)::int from mention where conversation_id = c.id) as mentions
    from conversation c where id = ${it.id}::uuid`.execute(desk.db)
  expect(rows[0], kind).toEqual({ ...marks, tags: [...marks.tags].sort(), followers: [...marks.followers].sort() })
}

/** What one carries goes along into the other; answers what the other had not before. */
export function joinMarks(day: Day, fromId: string, toId: string) {
  const [from, to] = [marksOf(day, fromId), marksOf(day, toId)]
  const added = {
    tags: [...from.tags].filter(tag => !to.tags.has(tag)),
    followers: [...from.followers].filter(person => !to.followers.has(person)),
    value: to.value === null ? from.value : null,
    mentions: from.mentions,
  }
  for (const tag of added.tags) to.tags.add(tag)
  for (const person of added.followers) to.followers.add(person)
  to.value ??= from.value
  to.mentions += from.mentions
  from.mentions = 0
  return added
}

export function partMarks(day: Day, fromId: string, toId: string, added: ReturnType<typeof joinMarks>) {
  const [from, to] = [marksOf(day, fromId), marksOf(day, toId)]
  for (const tag of added.tags) to.tags.delete(tag)
  for (const person of added.followers) to.followers.delete(person)
  if (added.value !== null) to.value = null
  to.mentions -= added.mentions
  from.mentions += added.mentions
}
