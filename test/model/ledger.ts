/** The ledger on a random day: promises in both directions are made, kept, broken, let go and brought up, and nothing is left owing nothing. */
import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Member } from '../../src/domain/access/index.ts'
import {
  breakPromise,
  explainPromise,
  keepPromise,
  makePromise,
  releasePromise,
  remind,
  replyTo,
} from '../../src/domain/conversations/index.ts'
import { act, type Day, desk, hours, type Known, stepOf } from './day.ts'
import { closedQuietly, replied } from './expected.ts'
import { stopsLater } from './structure.ts'

export const ledger = ['promises', 'promises-beside', 'keeps', 'breaks', 'lets-go', 'brings-up', 'explains'] as const
type Kind = (typeof ledger)[number]
export const isLedger = (kind: string): kind is Kind => ledger.some(each => each === kind)

export async function ledgerStep(day: Day, kind: Kind, it: Known, by: Member) {
  if (kind === 'promises') await promises(day, it, by)
  else if (kind === 'promises-beside') await promisesBeside(day, it, by)
  else if (kind === 'keeps') await keeps(day, it, by)
  else if (kind === 'breaks') await breaks(day, it, by)
  else if (kind === 'lets-go') await letsGo(day, it, by)
  else if (kind === 'explains') await explains(it, by)
  else await bringsUp(day, it, by)
}

const isAway = (it: Known) => ['spam', 'trash', 'merged'].includes(it.expected.state)
const isLive = (it: Known) => ['open', 'pending', 'solved'].includes(it.expected.state)

function changed(it: Known, more: Partial<Known['expected']> = {}) {
  it.expected = { ...it.expected, version: it.expected.version + 1, ledger: it.expected.ledger + 1, ...more }
}

async function promises(day: Day, it: Known, by: Member) {
  const direction = day.chance.pick(['ours', 'theirs'] as const)
  const input = { conversationId: it.id, direction, words: 'the invoice', dueAt: hours(30) }
  const making = act(tx => makePromise(tx, by, input, desk.clock.now))
  if (isAway(it)) return expect(making).rejects.toMatchObject({ code: 'put-away' })
  if (direction === 'ours' && !isLive(it)) return expect(making).rejects.toMatchObject({ code: 'nothing-open-here' })
  await making
  changed(it, direction === 'ours' ? { action: it.expected.action + 1 } : {})
}

/** Answered, and the invoice comes by Friday: both stand. */
async function promisesBeside(day: Day, it: Known, by: Member) {
  const before = it.expected
  if (isAway(it) || before.state === 'aside') return
  const input = {
    ...{ conversationId: it.id, seenVersion: before.version, body: '<p>an answer</p>', attachments: [] },
    recipients: { to: [it.customer], cc: [] },
    nextStep: stepOf('answered', 'reply'),
    promised: [{ direction: 'ours' as const, words: 'the invoice', dueAt: hours(30) }],
  }
  const done = await act(tx => replyTo(tx, by, input, desk.clock.now))
  const after = replied(before, 'answered', 'reply', by.personId, desk.clock.now.getTime())
  it.expected = { ...after, action: 1 }
  day.held = { messageId: done.messageId, by, before, id: it.id }
  stopsLater(day, it.id)
}

type Open = { id: string; kind: string; direction: string; automatic: boolean; toldAt: Date | null }

async function openOne(day: Day, it: Known): Promise<Open | null> {
  const { rows } = await sql<Open>`
    select id, kind, direction, automatic, told_at from promise where conversation_id = ${it.id}::uuid and ended_at is null and kind <> 'reminder' order by made_at, id`.execute(
    desk.db,
  )
  return rows.length > 0 ? day.chance.pick(rows) : null
}

/** What the table of product.md demands of a conversation in this state, beside this one. */
function isLast(it: Known, one: Open): boolean {
  const { state, reply, action, again, followUp } = it.expected
  if (one.direction !== 'ours') return false
  if (state === 'open') return (one.kind === 'reply' || one.kind === 'action') && reply + action === 1
  if (state === 'pending') return one.kind === 'ask-again' && again === 1
  return state === 'solved' && one.kind === 'follow-up' && followUp === 1
}

const without = (it: Known, one: Open): Partial<Known['expected']> => {
  const { reply, action, again, followUp, autoAction } = it.expected
  if (one.direction !== 'ours') return {}
  if (one.kind === 'reply') return { reply: reply - 1 }
  if (one.kind === 'action') return { action: action - 1, autoAction: one.automatic ? false : autoAction }
  return one.kind === 'ask-again' ? { again: again - 1 } : { followUp: followUp - 1 }
}

async function keeps(day: Day, it: Known, by: Member) {
  const one = await openOne(day, it)
  if (!one) return
  const { rows } = await sql<{
    outcome: string | null
  }>`select outcome from conversation where id = ${it.id}::uuid`.execute(desk.db)
  const settled = rows[0]?.outcome === 'verified' || rows[0]?.outcome === 'unverified'
  const keeping = act(tx => keepPromise(tx, by, one.id, desk.clock.now))
  const action = one.direction !== 'ours' || one.kind === 'action'
  if (!action || (isLast(it, one) && !settled)) return expect(keeping).rejects.toMatchObject({ code: 'cannot-keep' })
  await keeping
  // The last word kept after the answer held: nothing is owed any more.
  if (isLast(it, one)) it.expected = closedQuietly(it.expected, desk.clock.now.getTime())
  else changed(it, without(it, one))
}

async function breaks(day: Day, it: Known, by: Member) {
  const one = await openOne(day, it)
  if (!one) return
  const instead = day.chance.flip() ? { words: 'the invoice, later', dueAt: hours(60) } : undefined
  const tell = day.chance.flip() ? 'I lost sight of it.' : undefined
  const input = { promiseId: one.id, because: 'lost-sight' as const, instead, tell }
  const breaking = act(tx => breakPromise(tx, by, input, desk.clock.now))
  if (one.direction === 'theirs') return expect(breaking).rejects.toMatchObject({ code: 'not-ours-to-break' })
  if (!instead && isLast(it, one)) return expect(breaking).rejects.toMatchObject({ code: 'promise-needed' })
  if (one.toldAt && !tell) return expect(breaking).rejects.toMatchObject({ code: 'say-it' })
  await breaking
  if (!instead) changed(it, without(it, one))
  else changed(it, one.kind === 'action' && one.automatic ? { autoAction: await hasAutomatic(it) } : {})
}

/** Why it was late: said of what was kept late, and of nothing else; the conversation stands as it stood. */
async function explains(it: Known, by: Member) {
  const { rows } = await sql<{ id: string; late: boolean }>`
    select id, ended_how = 'kept' and ended_at > due_at and direction <> 'theirs' as late from promise
    where conversation_id = ${it.id}::uuid and ended_at is not null and kind <> 'reminder' order by ended_at desc, id limit 1`.execute(
    desk.db,
  )
  const one = rows[0]
  if (!one) return
  const input = { promiseId: one.id, because: 'took-longer' as const, words: '' }
  const explaining = act(tx => explainPromise(tx, by, input, desk.clock.now))
  if (!one.late) return expect(explaining).rejects.toMatchObject({ code: 'not-kept-late' })
  expect((await explaining).promise).toMatchObject({ state: 'kept-late', endedWhy: 'took-longer' })
}

async function hasAutomatic(it: Known): Promise<boolean> {
  const { rows } =
    await sql`select from promise where conversation_id = ${it.id}::uuid and ended_at is null and kind = 'action' and automatic`.execute(
      desk.db,
    )
  return rows.length > 0
}

async function letsGo(day: Day, it: Known, by: Member) {
  const one = await openOne(day, it)
  if (!one) return
  const input = { promiseId: one.id, because: 'not-needed' as const, words: '' }
  const releasing = act(tx => releasePromise(tx, by, input, desk.clock.now))
  if (isLast(it, one)) return expect(releasing).rejects.toMatchObject({ code: 'promise-needed' })
  await releasing
  changed(it, { ...without(it, one), ...(one.automatic ? { autoAction: await hasAutomatic(it) } : {}) })
}

/** Once in two days at most, and only by somebody's hand. */
async function bringsUp(day: Day, it: Known, by: Member) {
  const one = await openOne(day, it)
  if (!one) return
  const { rows } = await sql<{
    at: Date | null
  }>`select reminded_at as at from promise where id = ${one.id}::uuid`.execute(desk.db)
  const lately = rows[0]?.at && desk.clock.now.getTime() - rows[0].at.getTime() < 2 * 86_400_000
  const reminding = act(tx => remind(tx, by, { promiseId: one.id, body: '<p>Is it still right?</p>' }, desk.clock.now))
  if (one.direction !== 'theirs') return expect(reminding).rejects.toMatchObject({ code: 'not-theirs' })
  if (isAway(it)) return expect(reminding).rejects.toMatchObject({ code: 'put-away' })
  if (lately) return expect(reminding).rejects.toMatchObject({ code: 'reminded-lately' })
  await reminding
  it.expected = { ...it.expected, version: it.expected.version + 1 }
}
