/** What customers do by themselves on a random day: they say that it is solved, that they need it no more, or yes to what they promised. */
import { sql } from 'kysely'
import { expect } from 'vitest'
import { finishAsCustomer, promiseAsCustomer } from '../../src/domain/conversations/index.ts'
import { act, type Day, desk, hours, type Known } from './day.ts'
import { closedQuietly } from './expected.ts'
import { stopsLater } from './structure.ts'

export const visiting = ['finish', 'says-yes'] as const
export const isVisiting = (kind: string): kind is (typeof visiting)[number] => visiting.some(each => each === kind)

export async function visitStep(day: Day, kind: (typeof visiting)[number], it: Known) {
  if (kind === 'says-yes') return saysYes(day, it)
  const now = desk.clock.now
  const how = day.chance.pick(['solved', 'withdrawn'] as const)
  const { rows } = await sql<{
    customerId: string
  }>`select customer_id from conversation where id = ${it.id}::uuid`.execute(desk.db)
  const said = day.chance.flip() ? 'it runs again, thank you' : ''
  const before = it.expected
  const finishing = act(tx =>
    finishAsCustomer(tx, { conversationId: it.id, personId: rows[0]!.customerId, how, said }, now),
  )
  if (['spam', 'trash', 'merged', 'aside'].includes(before.state))
    return expect(finishing).rejects.toMatchObject({ code: 'absent' })
  if (before.state === 'closed') return expect(finishing).rejects.toMatchObject({ code: 'answered-already' })
  await finishing
  stopsLater(day, it.id)
  const words = before.action - (before.autoAction ? 1 : 0)
  it.expected =
    how === 'withdrawn' || words === 0
      ? closedQuietly(before, now.getTime())
      : {
          ...before,
          ...{ state: 'open', reply: 0, again: 0, followUp: 0, action: words, autoAction: false, closedAt: null },
          ...{ version: before.version + 1, ledger: before.ledger + 1 },
        }
}

type Said = { id: string; customerId: string; theirs: boolean; noted: number }

/** To words of their own alone, where something is open; said twice it stands once, and nothing else changes by it. */
async function saysYes(day: Day, it: Known) {
  const now = desk.clock.now
  const words = day.chance.pick(['the log', 'a photo of the jug'])
  const { rows } = await sql<Said>`
    select m.id, c.customer_id, m.kind = 'message' and m.author_id = c.customer_id and m.taken_back_at is null as theirs,
      (select count(*)::int from promise p where p.told_by = m.id and p.direction = 'theirs' and p.words = ${words}) as noted
    from message m join conversation c on c.id = m.conversation_id where c.id = ${it.id}::uuid order by m.at desc, m.id limit 6`.execute(
    desk.db,
  )
  if (rows.length === 0) return
  const { id: messageId, customerId: personId, theirs, noted } = day.chance.pick(rows)
  const dueAt = new Date(hours(day.chance.pick([-1, 30, 90])))
  const say = () => act(tx => promiseAsCustomer(tx, { conversationId: it.id, messageId, personId, words, dueAt }, now))
  if (dueAt <= now) return expect(say()).rejects.toMatchObject({ code: 'time-passed' })
  if (!['open', 'pending', 'solved'].includes(it.expected.state))
    return expect(say()).rejects.toMatchObject({ code: 'nothing-open-here' })
  if (!theirs) return expect(say()).rejects.toMatchObject({ code: 'absent' })
  await say()
  await say()
  if (noted === 0) it.expected = { ...it.expected, version: it.expected.version + 1, ledger: it.expected.ledger + 1 }
  const { rows: there } = await sql<{ by: string; told: boolean; ours: boolean }>`
    select by_person_id as by, told_at is not null as told, direction = 'ours' as ours from promise
    where told_by = ${messageId}::uuid and words = ${words} and direction = 'theirs'`.execute(desk.db)
  expect(there).toEqual([{ by: personId, told: true, ours: false }])
}
