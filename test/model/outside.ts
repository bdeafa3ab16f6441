/** What customers answer outside on a random day: follow-ups asked and judged by a link, options offered, picked, refused and withdrawn. Each stands as the table of product.md says. */
import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Member } from '../../src/domain/access/index.ts'
import { preparedFollowUp, sendFollowUp } from '../../src/domain/conversations/commands/follow-up.ts'
import { choose, withdrawOffer } from '../../src/domain/conversations/commands/offer.ts'
import { replyTo } from '../../src/domain/conversations/commands/reply.ts'
import { answerFollowUp } from '../../src/domain/conversations/commands/verdict.ts'
import { act, type Day, desk, hours, type Known, stepOf } from './day.ts'
import { judged, replied, settled } from './expected.ts'
import { stopsLater } from './structure.ts'

export const outside = ['answer', 'answer', 'offer', 'choose', 'choose', 'withdraw'] as const
export const isOutside = (kind: string): kind is (typeof outside)[number] => outside.some(each => each === kind)

const limitMs = 14 * 86_400_000
/** When each customer was asked something unasked. */
const asked = new WeakMap<Day, Map<string, number>>()
const askedOf = (day: Day) => {
  const all = asked.get(day) ?? new Map<string, number>()
  asked.set(day, all)
  return all
}
/** Whoever is erased was asked nothing. */
export const forgetAsked = (day: Day, customer: string) => void askedOf(day).delete(customer)
const again = (it: Known, more: Partial<Known['expected']> = {}) => {
  it.expected = { ...it.expected, version: it.expected.version + 1, ...more }
}
const isAway = (it: Known) => ['spam', 'trash', 'merged', 'aside'].includes(it.expected.state)

/** Solved: one mail asks, alone or about several; whoever was asked lately is not, and it closes. */
export async function askWhether(day: Day, it: Known, by: Member) {
  const now = desk.clock.now
  const wished = await latestVerdict(it.id)
  const last = askedOf(day).get(it.customer)
  const refused = wished !== 'later' && last !== undefined && now.getTime() - last < limitMs
  const { also, refused: told } = await act(tx => preparedFollowUp(tx, by, it.id, now))
  expect(told?.because ?? null).toBe(refused ? 'limit' : null)
  const together = day.chance.flip() ? also.map(({ id }) => id) : []
  const input = { conversationId: it.id, seenVersion: it.expected.version, body: 'did it hold?', also: together }
  const done = await act(tx => sendFollowUp(tx, by, input, now))
  expect(done.notAsked).toBe(refused ? 'limit' : null)
  stopsLater(day, it.id)
  if (refused) {
    it.expected = settled(it.expected, now.getTime())
    return
  }
  if (wished !== 'later') askedOf(day).set(it.customer, now.getTime())
  for (const id of [it.id, ...together]) {
    const one = day.known.get(id)!
    again(one, { ledger: one.expected.ledger + 1 })
    stopsLater(day, id)
  }
}

async function latestVerdict(conversationId: string): Promise<string | null> {
  const { rows } = await sql<{ verdict: string | null }>`
    select verdict from follow_up where conversation_id = ${conversationId}::uuid order by asked_at desc limit 1`.execute(
    desk.db,
  )
  return rows[0]?.verdict ?? null
}

export async function outsideStep(day: Day, kind: (typeof outside)[number], it: Known, by: Member) {
  if (kind === 'answer') return answer(day)
  if (kind === 'offer') return offer(day, it, by)
  if (kind === 'choose') return pick(day, by)
  return withdraw(day, by)
}

/** A link of a follow-up is opened and its button pressed, however long ago it was sent. */
async function answer(day: Day) {
  const now = desk.clock.now
  const { rows } = await sql<{ id: string; conversationId: string; verdict: string | null }>`
    select f.id, m.conversation_id, f.verdict from follow_up f join message m on m.id = f.message_id order by f.asked_at desc, f.id limit 12`.execute(
    desk.db,
  )
  if (rows.length === 0) return
  const one = day.chance.pick(rows)
  const it = day.known.get(one.conversationId)
  if (!it) return
  const verdict = day.chance.pick(['worked', 'incomplete', 'wrong', 'later'] as const)
  const said = day.chance.flip() ? 'it dripped until it was warm' : ''
  const before = it.expected
  // What begins anew after a long time is tried by itself.
  const long =
    before.state === 'closed' && before.closedAt !== null && now.getTime() - before.closedAt > 30 * 86_400_000
  if (long && verdict !== 'worked' && verdict !== 'later') return
  const answering = act(tx => answerFollowUp(tx, { followUpId: one.id, verdict, said }, now))
  if (isAway(it)) return expect(answering).rejects.toMatchObject({ code: 'absent' })
  if (one.verdict !== null) return expect(answering).rejects.toMatchObject({ code: 'answered-already' })
  await answering
  if (verdict === 'later') {
    const waits = before.state === 'solved' || before.state === 'closed'
    const asks = { state: 'solved', followUp: 1, closedAt: null, ledger: before.ledger + 1 }
    return again(it, waits ? asks : {})
  }
  stopsLater(day, it.id)
  if (before.state === 'solved') {
    it.expected = judged(before, verdict, now.getTime())
    return
  }
  if (verdict === 'worked') return again(it)
  const owed = before.reply > 0
  again(it, {
    ...{ state: 'open', again: 0, followUp: 0, closedAt: null, reply: owed ? before.reply : 1 },
    ledger: before.ledger + (owed && before.again === 0 && before.followUp === 0 ? 0 : 1),
  })
}

async function offer(day: Day, it: Known, by: Member) {
  const now = desk.clock.now
  const is = day.chance.pick(['we-get-back', 'your-turn'] as const)
  const promise = { words: 'Tomasz fits it', dueAt: hours(300) }
  const options = [
    { words: 'Thursday', consequence: 'no coffee for an hour', cost: '', promise: day.chance.flip() ? promise : null },
    { words: 'Friday', consequence: 'two machines', cost: '€60', promise: null },
  ]
  const input = {
    ...{ conversationId: it.id, seenVersion: it.expected.version, body: '<p>take one</p>', attachments: [] },
    ...{ recipients: { to: [it.customer], cc: [] }, nextStep: stepOf(is, 'reply') },
    options: { until: hours(200), options },
  }
  const replying = act(tx => replyTo(tx, by, input, now))
  if (isAway(it)) return expect(replying).rejects.toMatchObject({ code: 'put-away' })
  const before = it.expected
  const { messageId } = await replying
  it.expected = replied(before, is, 'reply', by.personId, now.getTime())
  day.held = { messageId, by, before, id: it.id }
  stopsLater(day, it.id)
}

type Row = {
  id: string
  conversationId: string
  until: Date
  settledHow: string | null
  pickedId: string | null
  turns: number
  customerId: string
  standing: boolean
  options: { id: string; promises: boolean }[]
}

async function someOffer(day: Day): Promise<{ row: Row; it: Known } | null> {
  const { rows } = await sql<Row>`
    select o.id, m.conversation_id, o.until, o.settled_how, o.picked_id, o.turns, c.customer_id,
      exists (select from promise p where p.id = o.promise_id and p.ended_at is null and p.conversation_id = c.id) as standing,
      (select jsonb_agg(jsonb_build_object('id', x.id, 'promises', x.promise_words is not null) order by x.position) from offer_option x where x.offer_id = o.id) as options
    from offer o join message m on m.id = o.message_id join conversation c on c.id = m.conversation_id where m.taken_back_at is null order by o.made_at desc, o.id limit 8`.execute(
    desk.db,
  )
  if (rows.length === 0) return null
  const row = day.chance.pick(rows)
  const it = day.known.get(row.conversationId)
  return it ? { row, it } : null
}

/** By the customer's link, or written down for them; a second choice takes back what the first one promised. */
async function pick(day: Day, by: Member) {
  const found = await someOffer(day)
  if (!found) return
  const { row, it } = found
  const now = desk.clock.now
  const option = day.chance.pick([...row.options, null])
  const customer = day.chance.flip() ? { personId: row.customerId, seenTurns: row.turns } : null
  const input = {
    offerId: row.id,
    optionId: option?.id ?? null,
    said: day.chance.flip() ? 'Sunday is fine' : '',
    customer,
  }
  const choosing = act(tx => choose(tx, customer ? null : by, input, now))
  if (isAway(it)) return expect(choosing).rejects.toMatchObject({ code: 'absent' })
  const over = row.settledHow === 'withdrawn' || row.settledHow === 'replaced' || row.until <= now
  if (over) return expect(choosing).rejects.toMatchObject({ code: 'options-over' })
  await choosing
  if (row.settledHow === 'picked' && row.pickedId === (option?.id ?? null)) return
  const before = it.expected
  const makes = option?.promises || before.reply === 0
  const ends = row.standing || before.again > 0 || before.followUp > 0
  again(it, {
    ...{ state: 'open', again: 0, followUp: 0, closedAt: null },
    reply: option?.promises ? before.reply : Math.max(1, before.reply),
    action: before.action - (row.standing ? 1 : 0) + (option?.promises ? 1 : 0),
    ledger: before.ledger + (makes || ends ? 1 : 0),
  })
  stopsLater(day, it.id)
}

async function withdraw(day: Day, by: Member) {
  const found = await someOffer(day)
  if (!found) return
  const { row, it } = found
  const withdrawing = act(tx => withdrawOffer(tx, by, row.id, desk.clock.now))
  if (row.settledHow !== null) return expect(withdrawing).rejects.toMatchObject({ code: 'options-over' })
  await withdrawing
  again(it)
}
