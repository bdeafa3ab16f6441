/**
 * Merging, splitting, putting off, sending later, moving and acting on many, on a random day. The model knows the states and
 * counts; after undoing a merge in which something happened meanwhile it says the states and that no action was lost, and
 * takes the rest from the ledger, which the invariants watch.
 */
import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Member } from '../../src/domain/access/index.ts'
import { sendDue, sendLater, takeBackLater } from '../../src/domain/conversations/commands/later.ts'
import { merge, undoMerge } from '../../src/domain/conversations/commands/merge.ts'
import { moveToTeam } from '../../src/domain/conversations/commands/move.ts'
import { snooze, wake } from '../../src/domain/conversations/commands/snooze.ts'
import { split, undoSplit } from '../../src/domain/conversations/commands/split.ts'
import { noNudges } from '../desk.ts'
import { act, type Day, desk, hours, type Known, stepOf } from './day.ts'
import { type Expected, fresh, merged, replied, type Step } from './expected.ts'
import { isAway, many } from './many.ts'
import { joinMarks, partMarks } from './marks.ts'

export const structuring = [
  'merge',
  'unmerge',
  'split',
  'unsplit',
  'snooze',
  'later',
  'take-later',
  'move',
  'bulk',
] as const
export const isStructuring = (kind: string): kind is (typeof structuring)[number] =>
  structuring.some(each => each === kind)

type Merged = {
  id: string
  survivor: string
  absorbed: string
  was: [Expected, Expected]
  left: Expected
  marks: ReturnType<typeof joinMarks>
}
type Waiting = { id: string; by: Member; is: Step; sendAt: number; earliest: number }
type Extra = { merges: Merged[]; parts: Map<string, string>; later: Map<string, Waiting> }
const extras = new WeakMap<Day, Extra>()
const extraOf = (day: Day): Extra => {
  const known = extras.get(day) ?? { merges: [], parts: new Map(), later: new Map() }
  extras.set(day, known)
  return known
}

const code = (code: string) => ({ code })
export async function structureStep(day: Day, kind: (typeof structuring)[number], it: Known, by: Member) {
  const onMany = () => many(day, by, id => stopsLater(day, id))
  const steps = {
    merge: join,
    unmerge: part,
    split: cut,
    unsplit: mend,
    snooze: later,
    later: wait,
    move,
    bulk: onMany,
  }
  if (kind === 'take-later') await takeLater(day)
  else await steps[kind](day, it, by)
}

/** Stops what waits there: somebody wrote, or the matter went another way. */
export function stopsLater(day: Day, id: string) {
  extraOf(day).later.delete(id)
}

/** They are gone for good: nothing that was joined or parted there can be undone. */
export function forgetStructure(day: Day, ids: ReadonlySet<string>) {
  const extra = extraOf(day)
  extra.merges = extra.merges.filter(each => !ids.has(each.survivor) && !ids.has(each.absorbed))
  for (const [id, from] of extra.parts) if (ids.has(id) || ids.has(from)) extra.parts.delete(id)
  for (const id of ids) stopsLater(day, id)
}

async function join(day: Day, it: Known, by: Member) {
  const now = desk.clock.now
  const others = [...day.known.values()].filter(each => each !== it && each.expected.state !== 'merged')
  if (others.length === 0) return
  const same = others.filter(each => each.customer === it.customer)
  const other = day.chance.pick(same.length > 0 ? same : others)
  const merging = act(tx => merge(tx, by, { conversationId: it.id, intoId: other.id }, now))
  if (other.customer !== it.customer) return expect(merging).rejects.toMatchObject(code('other-customer'))
  if (isAway(it.expected) || isAway(other.expected)) return expect(merging).rejects.toMatchObject(code('put-away'))
  const { mergeId } = await merging
  joined(day, mergeId, it, other)
}

function joined(day: Day, id: string, it: Known, other: Known, drops = false) {
  const was: [Expected, Expected] = [other.expected, it.expected]
  other.expected = merged(
    other.expected,
    drops ? { ...it.expected, state: 'aside', reply: 0 } : it.expected,
    desk.clock.now.getTime(),
  )
  it.expected = {
    ...it.expected,
    state: 'merged',
    reply: 0,
    action: 0,
    again: 0,
    followUp: 0,
    closedAt: null,
    version: it.expected.version + 1,
  }
  stopsLater(day, it.id)
  stopsLater(day, other.id)
  const marks = joinMarks(day, it.id, other.id)
  extraOf(day).merges.push({ id, survivor: other.id, absorbed: it.id, was, left: other.expected, marks })
}

async function part(day: Day, _: Known, by: Member) {
  const { merges } = extraOf(day)
  if (merges.length === 0) return
  const one = day.chance.pick(merges)
  const [survivor, absorbed] = [day.known.get(one.survivor)!, day.known.get(one.absorbed)!]
  const undoing = act(tx => undoMerge(tx, by, one.id, desk.clock.now))
  const { state } = survivor.expected
  if (state === 'merged' || state === 'spam' || state === 'trash')
    return expect(undoing).rejects.toMatchObject(code('undo-later-first'))
  const before = await actionsIn([one.survivor, one.absorbed])
  await undoing
  merges.splice(merges.indexOf(one), 1)
  partMarks(day, one.absorbed, one.survivor, one.marks)
  const untouched = survivor.expected.ledger === one.left.ledger && state === one.left.state
  const [was, gone] = one.was
  absorbed.expected = { ...gone, version: absorbed.expected.version + 1, ledger: gone.ledger + 1 }
  const stays = { version: survivor.expected.version + 1, owner: survivor.expected.owner }
  survivor.expected = untouched
    ? { ...was, ...stays }
    : { ...survivor.expected, ...stays, ledger: survivor.expected.ledger + 1 }
  if (untouched) return
  for (const each of [survivor, absorbed]) each.expected = { ...each.expected, ...(await countsOf(each.id)) }
  expect(await actionsIn([one.survivor, one.absorbed])).toBe(before)
}

async function actionsIn(ids: string[]): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from promise where conversation_id = any(${ids}::uuid[]) and ended_at is null and kind = 'action' and direction = 'ours'`.execute(
    desk.db,
  )
  return rows[0]!.n
}

async function countsOf(id: string) {
  const { rows } = await sql<{ reply: number; action: number; again: number; followUp: number; autoAction: boolean }>`
    select count(*) filter (where kind = 'reply')::int as reply, count(*) filter (where kind = 'action')::int as action, count(*) filter (where kind = 'ask-again')::int as again,
      count(*) filter (where kind = 'follow-up')::int as follow_up, coalesce(bool_or(kind = 'action' and automatic), false) as auto_action
    from promise where conversation_id = ${id}::uuid and ended_at is null and direction = 'ours'`.execute(desk.db)
  return rows[0]!
}

async function cut(day: Day, it: Known, by: Member) {
  const named = [...day.known.values()].map(each => each.mailId)
  const { rows } = await sql<{ id: string; rfcId: string }>`
    select id, rfc_id from message where conversation_id = ${it.id}::uuid and kind in ('message', 'reply') and taken_back_at is null and rfc_id is not null
      and rfc_id <> all(${named}::text[]) and coalesce(undo_until <= ${desk.clock.now}, true) order by at desc limit 1`.execute(
    desk.db,
  )
  const [chosen] = rows
  if (!chosen) return
  const splitting = act(tx =>
    split(tx, by, { conversationId: it.id, messageIds: [chosen.id], subject: 'another matter' }, desk.clock.now),
  )
  if (isAway(it.expected)) return expect(splitting).rejects.toMatchObject(code('put-away'))
  const left =
    await sql`select from message where conversation_id = ${it.id}::uuid and id <> ${chosen.id}::uuid and kind <> 'note' and taken_back_at is null limit 1`.execute(
      desk.db,
    )
  const made = await splitting.catch((problem: unknown) => {
    expect(left.rows.length, String(problem)).toBe(0)
    expect(problem).toMatchObject(code('nothing-left'))
  })
  if (!made) return
  it.expected = { ...it.expected, version: it.expected.version + 1 }
  day.known.set(made.id, {
    id: made.id,
    customer: it.customer,
    mailId: chosen.rfcId,
    expected: { ...fresh(), owner: it.expected.owner },
  })
  extraOf(day).parts.set(made.id, it.id)
}

async function mend(day: Day, _: Known, by: Member) {
  const parts = [...extraOf(day).parts].filter(([id]) => day.known.get(id)!.expected.state !== 'merged')
  if (parts.length === 0) return
  const [id, from] = day.chance.pick(parts)
  const [it, whole] = [day.known.get(id)!, day.known.get(from)!]
  const mending = act(tx => undoSplit(tx, by, id, desk.clock.now))
  const bad = isAway(it.expected) || isAway(whole.expected) || whole.expected.state === 'merged'
  if (bad) return expect(mending).rejects.toMatchObject(code('put-away'))
  await mending
  extraOf(day).parts.delete(id)
  const { rows } = await sql<{
    id: string
  }>`select id from merge where absorbed_id = ${id}::uuid and undone_at is null`.execute(desk.db)
  joined(day, rows[0]!.id, it, whole, it.expected.version === 1 && it.expected.state === 'open')
}

async function later(day: Day, it: Known, by: Member) {
  const now = desk.clock.now
  if (day.chance.flip(0.3)) return void (await act(tx => wake(tx, by, it.id, now)))
  const putting = act(tx => snooze(tx, by, { conversationId: it.id, until: hours(day.chance.pick([1, 20, 300])) }, now))
  if (isAway(it.expected)) return expect(putting).rejects.toMatchObject(code('put-away'))
  await putting
}

async function wait(day: Day, it: Known, by: Member) {
  const { later } = extraOf(day)
  const is = day.chance.pick<Step>(['we-get-back', 'your-turn', 'answered', 'we-cannot', 'nothing-owed'])
  const input = {
    ...{
      conversationId: it.id,
      seenVersion: it.expected.version,
      body: '<p>for later</p>',
      choices: {},
      attachments: [],
    },
    ...{ recipients: { to: [it.customer], cc: [] }, nextStep: stepOf(is, 'action'), sendAt: hours(10) },
  }
  const waiting = act(tx => sendLater(tx, by, input, desk.clock.now))
  if (isAway(it.expected)) return expect(waiting).rejects.toMatchObject(code('put-away'))
  const there = later.get(it.id)
  if (there?.by === by) return expect(waiting).rejects.toMatchObject(code('waits-already'))
  // One at a time is enough for the model: what the other wrote is taken back.
  if (there) return void (await waiting.then(done => act(tx => takeBackLater(tx, by, done.laterId, desk.clock.now))))
  const { laterId } = await waiting
  const promised = { 'we-get-back': 20, 'your-turn': 40, answered: 170, 'we-cannot': 170, 'nothing-owed': 1e6 }[is]
  later.set(it.id, {
    id: laterId,
    by,
    is,
    sendAt: Date.parse(hours(10)),
    earliest: Date.parse(hours(0)) + promised * 3_600_000,
  })
}

async function takeLater(day: Day) {
  const { later } = extraOf(day)
  const [first] = later
  if (!first) return
  await act(tx => takeBackLater(tx, first[1].by, first[1].id, desk.clock.now))
  later.delete(first[0])
}

/** What waits goes when its time has come, unless what it promises lies in the past by then. */
export async function laterGoes(day: Day) {
  const now = desk.clock.now.getTime()
  await sendDue({ db: desk.db, nudges: noNudges }, desk.clock.now)
  for (const [id, { by, is, sendAt, earliest }] of [...extraOf(day).later]) {
    if (sendAt > now) continue
    stopsLater(day, id)
    const it = day.known.get(id)!
    if (earliest > now) it.expected = replied(it.expected, is, 'action', by.personId, now)
  }
}

async function move(day: Day, it: Known, by: Member) {
  const { rows } = await sql<{ teamId: string; told: boolean }>`
    select team_id, exists (select from promise p where p.conversation_id = c.id and p.ended_at is null and p.direction = 'ours' and p.told_at is not null) as told from conversation c where id = ${it.id}::uuid`.execute(
    desk.db,
  )
  const { teamId, told } = rows[0]!
  const toTeamId = teamId === desk.world.team ? day.otherTeam : desk.world.team
  const { state, owner } = it.expected
  const introduces = owner === null && told && !['closed', 'aside'].includes(state)
  const input = { conversationId: it.id, seenVersion: it.expected.version, toTeamId, reason: 'theirs' }
  const moving = act(tx =>
    moveToTeam(tx, by, introduces ? { ...input, introduction: 'Sales helps you.' } : input, desk.clock.now),
  )
  if (isAway(it.expected)) return expect(moving).rejects.toMatchObject(code('put-away'))
  // Both serve in both teams, so an owner stays.
  expect((await moving).told).toBe(introduces)
  if (introduces) stopsLater(day, it.id)
  it.expected = { ...it.expected, version: it.expected.version + 1 }
}
