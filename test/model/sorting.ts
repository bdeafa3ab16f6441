/** Sorting on a random day: a rule gives what comes in an owner, a blocked sender's mail begins in spam, and members are away. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { RuleActions, RuleConditions } from '../../src/contract/rules.ts'
import { answering, type Member } from '../../src/domain/access/index.ts'
import { makeRule } from '../../src/domain/automation/commands.ts'
import { blockSender, unblockSender } from '../../src/domain/spam/commands.ts'
import { mail } from '../desk.ts'
import { act, type Day, desk, members } from './day.ts'
import { type Expected, fresh } from './expected.ts'

export const sorting = ['ruled', 'blocked', 'away'] as const
export const isSorting = (kind: string): kind is (typeof sorting)[number] => sorting.some(each => each === kind)

export async function sortingStep(day: Day, kind: (typeof sorting)[number]) {
  if (kind === 'ruled') await ruled(day)
  else if (kind === 'blocked') await blocked(day)
  else await away(day)
}

const marked = 'for whom it may concern'

async function ruled(day: Day) {
  const owner = members[1].personId
  const { rows } = await sql`select from rule`.execute(desk.db)
  if (rows.length === 0)
    await act(tx =>
      makeRule(
        tx,
        members[0],
        {
          ...{ teamId: desk.world.team, name: 'Concerns', enabled: true, stops: false },
          conditions: RuleConditions.parse({ words: [marked], wordsIn: 'subject' }),
          actions: RuleActions.parse({ ownerId: owner }),
        },
        desk.clock.now,
      ),
    )
  await begins(day, `c${day.chance.below(12)}@saudade.example`, { ...fresh(), owner }, marked)
}

/** Taken back it is as any mail would have been; later mail of theirs is nobody's matter here. */
async function blocked(day: Day) {
  const sender = `b${day.chance.below(6)}@noise.example`
  const by: Member = members[0]
  const id = await act(tx => blockSender(tx, by, { sender, teamId: desk.world.team }, desk.clock.now))
  const sent = await outboxes()
  await begins(day, sender, { ...fresh(), state: 'spam', reply: 0, before: fresh() }, 'Buy now')
  expect(await outboxes()).toBe(sent)
  await act(tx => unblockSender(tx, by, id, desk.clock.now))
}

const outboxes = async () =>
  (await sql<{ n: number }>`select count(*)::int as n from outbox`.execute(desk.db)).rows[0]!.n

async function begins(day: Day, customer: string, expected: Expected, subject: string) {
  const mailId = `s${day.mails++}-${day.chance.below(1e9)}`
  const [taken] = await desk.take(mail({ from: customer, id: mailId, subject }))
  const id = taken!.conversationId!
  day.known.set(id, { expected, customer, id, mailId: `${mailId}@saudade.example` })
}

/** Some are away, with a deputy or without: who answers is what the table of product.md says (I1). */
async function away(day: Day) {
  await sql`delete from absence`.execute(desk.db)
  const ids = members.map(each => each.personId)
  const gone = new Map<string, string | null>()
  for (const [at, id] of ids.entries()) if (day.chance.flip()) gone.set(id, day.chance.flip() ? ids[1 - at]! : null)
  for (const [id, deputy] of gone)
    await sql`insert into absence (id, person_id, deputy_id, during, created_at)
      values (${randomUUIDv7()}, ${id}, ${deputy}, tstzrange(${desk.clock.now}, ${new Date(desk.clock.now.getTime() + 1000)}), ${desk.clock.now})`.execute(
      desk.db,
    )
  const standsIn = (id: string) => {
    const deputy = gone.get(id)
    return deputy && !gone.has(deputy) ? deputy : null
  }
  const fallback = desk.world.ana
  const answers = (owner: string | null) =>
    (owner && !gone.has(owner) ? owner : owner && standsIn(owner)) || standsIn(fallback) || fallback
  const { rows } = await sql<{ ownerId: string | null; answers: string }>`
    select c.owner_id, ${answering({ owner: 'c.ownerId', team: 't.id', fallback: 't.fallbackId' }, desk.clock.now)} as answers
    from conversation c join team t on t.id = c.team_id`.execute(desk.db)
  expect(rows.filter(row => row.answers !== answers(row.ownerId))).toEqual([])
}
