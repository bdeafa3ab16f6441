/** What customers do by themselves on a random day: they say that it is solved, or that they need it no more. */
import { sql } from 'kysely'
import { expect } from 'vitest'
import { finishAsCustomer } from '../../src/domain/conversations/index.ts'
import { act, type Day, desk, type Known } from './day.ts'
import { closedQuietly } from './expected.ts'
import { stopsLater } from './structure.ts'

export const visiting = ['finish'] as const
export const isVisiting = (kind: string): kind is (typeof visiting)[number] => visiting.some(each => each === kind)

export async function visitStep(day: Day, it: Known) {
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
