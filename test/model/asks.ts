/**
 * Asking a colleague on a random day: questions, answers in the desk and by mail, times named, what is not needed any more,
 * relaying, and handovers in which promises get new times. None of it changes what the customer is owed, but for those times.
 */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Member } from '../../src/domain/access/index.ts'
import { makeAsk } from '../../src/domain/asks/commands/ask.ts'
import { relay } from '../../src/domain/asks/commands/relay.ts'
import { closeAsk, nameTime, writeInAsk } from '../../src/domain/asks/commands/write.ts'
import { askReader } from '../../src/domain/asks/reactions.ts'
import { tokenAddress } from '../../src/domain/channels/index.ts'
import { handOver } from '../../src/domain/conversations/commands/ownership.ts'
import { keys, mail } from '../desk.ts'
import { readToTheEnd } from '../reading.ts'
import { act, type Day, desk, hours, type Known, members, noted } from './day.ts'
import { stopsLater } from './structure.ts'

export const asking = [
  'ask',
  'ask',
  'ask-answer',
  'ask-mail',
  'ask-time',
  'ask-on',
  'ask-close',
  'ask-relay',
  'warm',
] as const
export const isAsking = (kind: string): kind is (typeof asking)[number] => asking.some(each => each === kind)

const baseUrl = new URL('https://pond.example')
const words = (text: string) => ({ html: `<p>${text}</p>`, text, preview: text })
type Ask = {
  id: string
  number: number
  answered: boolean
  closed: boolean
  expertId: string
  address: string
  addressNumber: number
}

/** Of the conversation and what was merged into it. */
async function asksIn(it: Known): Promise<Ask[]> {
  const { rows } = await sql<Ask>`
    with recursive here(id) as (select ${it.id}::uuid union select c.id from conversation c join here on c.merged_into = here.id)
    select a.id, a.number, a.answered_at is not null as answered, a.closed_at is not null as closed, a.expert_id, d.normal as address, d.number as address_number
    from ask a join address d on d.id = a.address_id where a.conversation_id in (select id from here) order by a.id`.execute(
    desk.db,
  )
  return rows
}

const away = (it: Known) => it.expected.state === 'spam' || it.expected.state === 'trash'

export async function askStep(day: Day, kind: (typeof asking)[number], it: Known, by: Member) {
  const now = desk.clock.now
  if (kind === 'ask') return question(day, it, by)
  if (kind === 'warm') return warm(day, it, by)
  // What was promised again after trash is found again by the reader.
  await readToTheEnd(
    desk,
    askReader(baseUrl, () => now),
  )
  const asks = await asksIn(it)
  const one = asks.length > 0 ? day.chance.pick(asks) : null
  if (!one) return
  const expert: Member = { ...by, personId: one.expertId, roles: new Map() }
  switch (kind) {
    case 'ask-answer': {
      const is = day.chance.pick(['answer', 'answer', 'back'] as const)
      await act(tx => writeInAsk(tx, baseUrl, expert, { askId: one.id, body: words('the slow one'), is }, now))
      return noted(day, it)
    }
    case 'ask-mail':
      return byMail(day, it, one)
    case 'ask-time': {
      const naming = act(tx => nameTime(tx, day.chance.flip() ? expert : by, { askId: one.id, dueAt: hours(60) }, now))
      if (one.answered || one.closed) return expect(naming).rejects.toMatchObject({ code: 'ask-over' })
      await naming
      return noted(day, it)
    }
    case 'ask-on':
      await act(tx =>
        writeInAsk(tx, baseUrl, by, { askId: one.id, body: words('and the other?'), is: 'question' }, now),
      )
      return noted(day, it)
    case 'ask-close':
      await act(tx => closeAsk(tx, baseUrl, by, one.id, now))
      // One that is closed and was never answered stays as it is.
      if (one.answered || !one.closed) noted(day, it)
      return
    case 'ask-relay': {
      const relaying = act(tx => relay(tx, by, { askId: one.id, introduce: day.chance.flip() }))
      if (!one.answered) return expect(relaying).rejects.toMatchObject({ code: 'not-answered' })
      expect((await relaying).body).toContain('I asked')
    }
  }
}

async function question(day: Day, it: Known, by: Member) {
  const now = desk.clock.now
  const address = `expert${day.chance.below(4)}@partner.example`
  const { rows } = await sql<{
    id: string
  }>`select id from message where conversation_id = ${it.id}::uuid and kind = 'message' and taken_back_at is null limit 1`.execute(
    desk.db,
  )
  const context = day.chance.flip() ? rows.map(row => row.id) : []
  const asking = act(tx =>
    makeAsk(
      tx,
      baseUrl,
      by,
      { conversationId: it.id, address, body: words(`which fuse ${randomUUIDv7()}`), context, dueAt: hours(9) },
      now,
    ),
  )
  if (away(it)) return expect(asking).rejects.toMatchObject({ code: 'put-away' })
  await asking
  noted(day, it)
}

async function byMail(day: Day, it: Known, one: Ask) {
  const subject = {
    conversationId: one.id,
    conversationNumber: one.number,
    recipient: one.address,
    addressNumber: one.addressNumber,
  }
  const to = tokenAddress('service@lindqvist.example', { purpose: 'ask', ...subject }, keys)!
  const automatic = day.chance.flip(0.3)
  const from = day.chance.pick([one.address, 'somebody@else.example'])
  const [taken] = await desk.take(
    mail({ from, to, text: 'the slow one', more: automatic ? ['Auto-Submitted: auto-replied'] : [] }),
  )
  day.mails++
  expect(taken).toMatchObject({ became: 'message', conversationId: it.id })
  if (!automatic) noted(day, it)
}

/** Some promises get a new time with the handover; the counts of what is owed stay. */
async function warm(day: Day, it: Known, by: Member) {
  if (away(it)) return
  const to = members[by === members[0] ? 1 : 0].personId
  const { rows } = await sql<{ id: string }>`
    select id from promise where conversation_id = ${it.id}::uuid and ended_at is null and direction = 'ours' and not (kind = 'follow-up' and told_at is not null) order by id`.execute(
    desk.db,
  )
  const promises = rows
    .filter(() => day.chance.flip())
    .map(({ id }) => ({ promiseId: id, dueAt: hours(80), words: 'a little later' }))
  const seenVersion = it.expected.version
  const handed = {
    toMemberId: to,
    toTeamId: desk.world.team,
    reason: 'knows it',
    introduction: 'Bram knows it.',
    summary: 'All is said.',
  }
  await act(tx => handOver(tx, by, { conversationId: it.id, seenVersion, ...handed, promises }, desk.clock.now))
  const { rows: automatic } =
    await sql`select from promise where conversation_id = ${it.id}::uuid and ended_at is null and kind = 'action' and automatic`.execute(
      desk.db,
    )
  it.expected = {
    ...it.expected,
    owner: to,
    version: it.expected.version + 1,
    ledger: it.expected.ledger + promises.length,
    autoAction: automatic.length > 0,
  }
  stopsLater(day, it.id)
}
