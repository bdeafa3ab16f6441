/** The table of how a conversation goes: whatever happens, nothing is open, pending or solved without its promise. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { OpenPromise } from '../promises/index.ts'
import { stateOf } from '../promises/index.ts'
import {
  afterCustomerFinishes,
  afterCustomerWrites,
  afterFollowUpSent,
  afterHardBounce,
  afterPutAway,
  afterQuietClose,
  afterReply,
  afterSilence,
  afterTakenBack,
  afterVerdict,
} from './rules.ts'
import type { Change, Standing, Step, Times } from './standing.ts'

const now = new Date('2026-11-24T09:00:00Z')
const times: Times = { now, replyDue: new Date('2026-11-24T13:00:00Z'), reopenDays: 30 }
const later = '2026-11-26T08:00:00.000Z'
const ana = '00000000-0000-7000-8000-00000000000a'

const promise = (kind: OpenPromise['kind'], more: Partial<OpenPromise> = {}): OpenPromise => ({
  id: crypto.randomUUID(),
  kind,
  direction: 'ours',
  byPersonId: null,
  dueAt: new Date('2026-11-24T11:00:00Z'),
  automatic: false,
  toldAt: null,
  ...more,
})

const anyPromise = fc
  .record({ automatic: fc.boolean(), told: fc.boolean(), minutes: fc.integer({ min: -5000, max: 5000 }) })
  .map(each => ({
    automatic: each.automatic,
    toldAt: each.told ? now : null,
    dueAt: new Date(now.getTime() + each.minutes * 60_000),
  }))

/** Standings that can occur: with what the state owes, and perhaps more. */
const standing: fc.Arbitrary<Standing> = fc
  .record({
    state: fc.constantFrom('open', 'pending', 'solved', 'closed', 'aside') as fc.Arbitrary<Standing['state']>,
    owed: anyPromise,
    more: fc.array(anyPromise, { maxLength: 3 }),
    theirs: fc.boolean(),
    owner: fc.boolean(),
    action: fc.boolean(),
  })
  .map(each => {
    const kind =
      each.state === 'pending' ? 'ask-again' : each.state === 'solved' ? 'follow-up' : each.action ? 'action' : 'reply'
    const owes = each.state === 'open' || each.state === 'pending' || each.state === 'solved'
    const open = owes ? [promise(kind, each.owed), ...each.more.map(more => promise('action', more))] : []
    if (each.theirs && owes) open.push(promise('action', { direction: 'theirs' }))
    return {
      id: 'c',
      state: each.state,
      ownerId: each.owner ? ana : null,
      teamId: 't',
      customerId: 'p',
      closedAt: each.state === 'closed' ? now : null,
      open,
    }
  })

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constantFrom('reply', 'action').map(kind => ({ is: 'we-get-back', words: 'we call', dueAt: later, kind }) as Step),
  fc.boolean().map(
    theirs =>
      ({
        is: 'your-turn',
        askAgainAt: later,
        ...(theirs ? { theirs: { words: 'the log', dueAt: later } } : {}),
      }) as Step,
  ),
  fc.constant<Step>({ is: 'answered', followUpAt: later }),
  fc.constant<Step>({
    is: 'we-cannot',
    personalWord: 'sorry',
    alternative: { is: 'none', because: 'sold out' },
    followUpAt: later,
  }),
  fc.constant<Step>({ is: 'nothing-owed', because: 'thanks' }),
)

function left(before: Standing, change: Change) {
  const ended = new Set(change.moves.ends.map(each => each.id))
  return [...before.open.filter(each => !ended.has(each.id)), ...change.moves.makes].filter(
    each => each.direction === 'ours',
  )
}

function owed(before: Standing, change: Change) {
  const open = left(before, change)
  if (change.state === 'open') expect(open.some(each => each.kind === 'reply' || each.kind === 'action')).toBe(true)
  if (change.state === 'pending') expect(open.some(each => each.kind === 'ask-again')).toBe(true)
  if (change.state === 'solved') expect(open.some(each => each.kind === 'follow-up')).toBe(true)
  if (change.state === 'closed') {
    expect(change.closedBecause).not.toBeNull()
    expect(open).toEqual([])
  }
  for (const end of change.moves.ends) expect(end.replacedBy === undefined).toBe(end.how !== 'replaced')
}

test('after any reply an open conversation is owed something, a pending one is asked again, a solved one followed up', () => {
  fc.assert(fc.property(standing, step, (before, next) => owed(before, afterReply(before, next, ana))))
})

test('who ends it is owed nothing any more, but for a word about something else that was given to them', () => {
  fc.assert(
    fc.property(standing, before => {
      const withdrawn = afterCustomerFinishes(before, 'withdrawn')
      owed(before, withdrawn)
      expect([withdrawn.state, withdrawn.moves.makes]).toEqual(['closed', []])
      const solved = afterCustomerFinishes(before, 'solved')
      owed(before, solved)
      expect(left(before, solved).every(each => each.kind === 'action' && !each.automatic)).toBe(true)
      for (const end of solved.moves.ends) expect(end.how).toBe('released')
    }),
  )
})

test('whatever else happens, nothing is left without a promise', () => {
  fc.assert(
    fc.property(standing, fc.constantFrom('worked', 'incomplete', 'wrong'), (before, verdict) => {
      const arrival = afterCustomerWrites(before, times)
      owed(before, arrival)
      if (arrival.startsAnew === false) expect(arrival.state).toBe('open')
      owed(before, afterHardBounce(before, times))
      owed(before, afterVerdict(before, verdict as 'worked', times, false))
      owed(before, afterSilence(before))
      owed(before, afterFollowUpSent(before, new Date(later)))
      owed(before, afterQuietClose(before, 'thanks'))
      expect(left(before, afterPutAway(before, 'spam'))).toEqual([])
    }),
  )
})

test('taken back from spam a conversation is as it was and owed what it was owed', () => {
  fc.assert(
    fc.property(standing, before => {
      const away: Standing = { ...before, state: 'spam', open: [] }
      const promises = before.open.map(each => ({ ...each, byTeamId: 't', toPersonId: 'p', words: '', told: false }))
      const back = afterTakenBack(
        away,
        { state: before.state, closedBecause: before.state === 'closed' ? 'thanks' : null, outcome: null, promises },
        times,
      )
      expect(back.state).toBe(before.state)
      owed(away, back)
    }),
  )
})

test('a reply keeps what was promised, and a later word of a person replaces the automatic time', () => {
  const automatic = promise('reply', { automatic: true })
  const before: Standing = {
    id: 'c',
    state: 'open',
    ownerId: ana,
    teamId: 't',
    customerId: 'p',
    closedAt: null,
    open: [automatic],
  }
  const answered = afterReply(before, { is: 'answered', followUpAt: later }, ana)
  expect(answered.moves.ends).toEqual([{ id: automatic.id, how: 'kept', why: null }])
  const back = afterReply(before, { is: 'we-get-back', words: 'w', dueAt: later, kind: 'reply' }, ana)
  expect(back.moves.ends).toEqual([{ id: automatic.id, how: 'replaced', why: null, replacedBy: 0 }])
})

test('one acknowledgement per new reply promise, none while a told one is open', () => {
  const base = { id: 'c', ownerId: null, teamId: 't', customerId: 'p', closedAt: null }
  expect(afterCustomerWrites({ ...base, state: 'pending', open: [promise('ask-again')] }, times).acknowledge).toBe(true)
  expect(
    afterCustomerWrites({ ...base, state: 'open', open: [promise('reply', { toldAt: now })] }, times).moves.makes,
  ).toEqual([])
  const onlyAction = afterCustomerWrites({ ...base, state: 'open', open: [promise('action', { toldAt: now })] }, times)
  expect(onlyAction.acknowledge).toBe(false)
  expect(onlyAction.moves.makes.map(each => each.kind)).toEqual(['reply'])
})

test('closed longer than the team allows, a mail begins a new conversation', () => {
  const closedAt = new Date(now.getTime() - 31 * 86_400_000)
  const before: Standing = { id: 'c', state: 'closed', ownerId: ana, teamId: 't', customerId: 'p', closedAt, open: [] }
  expect(afterCustomerWrites(before, times).startsAnew).toBe(true)
  expect(afterCustomerWrites({ ...before, closedAt: now }, times).startsAnew).toBe(false)
})

test('replaced before it was due is renegotiated, after it was due is broken', () => {
  const dueAt = now
  expect(stateOf({ dueAt, endedAt: new Date(now.getTime() - 1), endedHow: 'replaced' }, now)).toBe('renegotiated')
  expect(stateOf({ dueAt, endedAt: new Date(now.getTime() + 1), endedHow: 'replaced' }, now)).toBe('broken')
})
