/** What the reader of the log has counted equals a count by hand of everything that lies in the database, whatever happened and how often it was read. */
import { randomUUIDv7 } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { at, countedByHand, dayIn, type Promised, type Told } from '../../../test/insight-by-hand.ts'
import {
  aConversation,
  aDesk,
  aMember,
  aTeam,
  type TestDesk,
  type TestMember,
  type TestTeam,
} from '../../../test/people.ts'
import { readToTheEnd } from '../../../test/reading.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { countAllAnew, countDue } from './index.ts'
import { insightReader } from './reader.ts'

let desk: TestDesk
let teams: TestTeam[]
let ana: TestMember
const day = 86_400_000
const begin = +at(0)

beforeAll(async () => {
  desk = await aDesk()
  // Days begin at midnight there, also in the week in which clocks go back.
  await desk.database.pool.query(
    `insert into installation (id, name, zone) values (gen_random_uuid(), 'Lindqvist', 'Europe/Berlin')`,
  )
  teams = [await aTeam(desk, { name: 'Workshop' }), await aTeam(desk, { name: 'Roastery' })]
  ana = await aMember(desk, { name: 'Ana' })
})
afterAll(() => desk.close())

const run = (text: string, values: unknown[]) => desk.database.pool.query(text, values)

type Step =
  | { is: 'promise'; of: Promised }
  | { is: 'answer'; at: number }
  | { is: 'customer'; at: number }
  | { is: 'verdict'; at: number; verdict: 'worked' | 'wrong' | 'incomplete' | 'silent' }
  | { is: 'handover'; at: number; to: number }
  | { is: 'move'; team: number }
  | { is: 'state'; state: 'spam' | 'closed' }
  | { is: 'take-back' }

const hours = fc.integer({ min: 1, max: 24 * 9 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    is: fc.constant('promise' as const),
    of: fc.record({
      kind: fc.constantFrom('reply', 'action', 'follow-up', 'reminder'),
      direction: fc.constantFrom('ours', 'theirs', 'inside'),
      due: hours,
      end: fc.option(hours),
      how: fc.constantFrom('kept', 'given-up', 'released'),
      why: fc.constantFrom(null, 'we-cannot', 'lost-sight', 'told in no word we know'),
    }),
  }),
  fc.record({ is: fc.constant('answer' as const), at: hours }),
  fc.record({ is: fc.constant('customer' as const), at: hours }),
  fc.record({
    is: fc.constant('verdict' as const),
    at: hours,
    verdict: fc.constantFrom('worked', 'wrong', 'incomplete', 'silent'),
  }),
  fc.record({ is: fc.constant('handover' as const), at: hours, to: fc.integer({ min: 0, max: 2 }) }),
  fc.record({ is: fc.constant('move' as const), team: fc.integer({ min: 0, max: 1 }) }),
  fc.record({ is: fc.constant('state' as const), state: fc.constantFrom('spam', 'closed') }),
  fc.record({ is: fc.constant('take-back' as const) }),
)

async function act(id: string, told: Told, one: Step, people: string[]) {
  if (one.is === 'promise') {
    const { kind, direction, due, end, how, why } = one.of
    told.promises.push(one.of)
    await run(
      `insert into promise (id, conversation_id, kind, direction, by_person_id, words, made_at, due_at, ended_at, ended_how, ended_why)
        values ($1, $2, $3, $4, $5, '', $6, $7, $8, $9, $10)`,
      [
        randomUUIDv7(),
        id,
        kind,
        direction,
        ana.personId,
        at(0),
        at(due),
        end === null ? null : at(end),
        end === null ? null : how,
        end === null ? null : why,
      ],
    )
  } else if (one.is === 'answer' || one.is === 'customer') {
    const reply = one.is === 'answer'
    told.said.push({ at: at(one.at), is: reply ? 'reply' : 'customer' })
    await run(
      `insert into message (id, conversation_id, kind, author_id, at, body_text, next_step) values ($1, $2, $3, $4, $5, '', $6)`,
      [
        randomUUIDv7(),
        id,
        reply ? 'reply' : 'message',
        reply ? ana.personId : null,
        at(one.at),
        reply ? '{"is": "answered"}' : null,
      ],
    )
  } else if (one.is === 'verdict') {
    told.verdicts.push({ at: at(one.at), verdict: one.verdict })
  } else if (one.is === 'handover') {
    const from = told.handovers.at(-1)?.to ?? people[0]!
    const [to, when] = [people[one.to]!, new Date(at(one.at).getTime() + told.handovers.length)]
    told.handovers.push({ at: when, from, to })
    const { rows } = await run('select id from message where conversation_id = $1 limit 1', [id])
    await run(
      `insert into handover (id, conversation_id, from_id, to_id, to_team_id, by_id, reason, introduction_id, at) values ($1, $2, $3, $4, $5, $3, 'x', $6, $7)`,
      [randomUUIDv7(), id, from, to, told.team, rows[0].id, when],
    )
  } else if (one.is === 'move') {
    told.team = teams[one.team]!.id
    await run('update conversation set team_id = $2 where id = $1', [id, told.team])
  } else if (one.is === 'state') {
    told.state = one.state
    await run(`update conversation set state = $2, closed_because = $3 where id = $1`, [
      id,
      one.state,
      one.state === 'closed' ? 'thanks' : null,
    ])
  } else {
    const last = told.said.findLast(each => each.is === 'reply' && !each.takenBack)
    if (last) last.takenBack = true
    await run(
      `update message set taken_back_at = at where id = (select id from message where conversation_id = $1 and kind = 'reply' and taken_back_at is null order by id desc limit 1)`,
      [id],
    )
  }
  const verdict = one.is === 'verdict' ? one.verdict : null
  await inTransaction(desk.database.db, tx =>
    record(tx, {
      kind: verdict === 'silent' ? 'follow-up.silent' : verdict ? 'follow-up.judged' : 'promise.kept',
      subjectId: id,
      actorId: null,
      scopes: [],
      at: verdict && one.is === 'verdict' ? at(one.at) : at(0),
      facts: verdict ? { verdict } : {},
    }),
  )
}

async function counted(): Promise<Record<string, number>> {
  const { rows } = await run(
    `select team_id, to_char(day, 'YYYY-MM-DD') as day, measure, n::int from insight_day where n <> 0`,
    [],
  )
  return Object.fromEntries(rows.map(row => [`${row.team_id} ${row.day} ${row.measure}`, row.n]))
}

const readAll = () => readToTheEnd(desk.database, insightReader)

test('the days say what a count by hand says, also after conversations moved, were put away and taken back, and after counting all anew', async () => {
  const people = [ana.personId, (await aMember(desk)).personId, (await aMember(desk)).personId]
  const all = new Map<string, Told>()
  for (const steps of fc.sample(fc.array(step, { minLength: 3, maxLength: 14 }), { numRuns: 45, seed: 20261124 })) {
    desk.clock.now = at(0)
    const { id } = await aConversation(desk, { team: teams[0]!, owner: ana })
    await run('update message set at = $2 where conversation_id = $1', [id, new Date(+at(0) - 1000)])
    const told: Told = {
      team: teams[0]!.id,
      state: 'open',
      opened: at(0),
      promises: [],
      said: [],
      verdicts: [],
      handovers: [],
    }
    all.set(id, told)
    // The first one's own message is what it was begun by; the reply it is owed stays open.
    for (const [n, one] of steps.entries()) {
      await act(id, told, one, people)
      if (n % 5 === 4) await readAll()
    }
  }
  await readAll()
  const byHand = countedByHand(all.values())
  expect(await counted()).toEqual(byHand)
  expect(Object.keys(byHand).length).toBeGreaterThan(40)

  await inTransaction(desk.database.db, tx => countAllAnew(tx))
  while ((await inTransaction(desk.database.db, countDue)) > 0);
  expect(await counted()).toEqual(byHand)
})

test('when the house moves to another zone, days are counted anew', async () => {
  desk.clock.now = new Date(begin + 40 * day)
  while ((await inTransaction(desk.database.db, countDue)) > 0);
  // Half past eleven at night in Berlin in winter is the day after in Tokyo.
  desk.clock.now = new Date('2026-12-10T22:30:00Z')
  const { id } = await aConversation(desk, { team: teams[1]! })
  await inTransaction(desk.database.db, tx =>
    record(tx, { kind: 'conversation.begun', subjectId: id, actorId: null, scopes: [], at: desk.clock.now, facts: {} }),
  )
  await readAll()
  const begunOn = async (on: string) => (await counted())[`${teams[1]!.id} ${on} begun`]
  expect([await begunOn('2026-12-10'), await begunOn('2026-12-11')]).toEqual([1, undefined])
  await run(`update installation set zone = 'Asia/Tokyo'`, [])
  while ((await inTransaction(desk.database.db, countDue)) > 0);
  expect([await begunOn('2026-12-10'), await begunOn('2026-12-11')]).toEqual([undefined, 1])
  await run(`update installation set zone = 'Europe/Berlin'`, [])
  while ((await inTransaction(desk.database.db, countDue)) > 0);
})

test('what retention removed stays counted; what was of the sample goes with it', async () => {
  desk.clock.now = new Date(begin + 20 * day)
  const [real, sample] = [
    await aConversation(desk, { team: teams[0]! }),
    await aConversation(desk, { team: teams[0]! }),
  ]
  await run('update conversation set sample = true where id = $1', [sample.id])
  const told = (kind: 'conversation.begun' | 'sample.removed', subjectId: string | null) =>
    inTransaction(desk.database.db, tx =>
      record(tx, { kind, subjectId, actorId: null, scopes: [], at: desk.clock.now, facts: {} }),
    )
  for (const each of [real, sample]) await told('conversation.begun', each.id)
  await readAll()
  const begun = async () => (await counted())[`${teams[0]!.id} ${dayIn(desk.clock.now)} begun`] ?? 0
  expect(await begun()).toBe(2)
  await run('delete from conversation where id = any($1)', [[real.id, sample.id]])
  await told('sample.removed', null)
  await readAll()
  while ((await inTransaction(desk.database.db, countDue)) > 0);
  expect(await begun()).toBe(1)
})
