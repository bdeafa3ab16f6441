/** Whatever is merged, taken apart, put off or moved: what a state owes is owed, and no promise is lost. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { NewPromise, OpenPromise } from '../promises/index.ts'
import { afterMerge, afterUnmerge, moveAsks, type Stood } from './joining-rules.ts'
import { afterCustomerWrites, afterReply } from './rules.ts'
import { afterSnooze, afterWake, remindersOf } from './snooze-rules.ts'

const now = new Date('2026-11-24T09:00:00Z')
const [ana, bram] = ['00000000-0000-7000-8000-00000000000a', '00000000-0000-7000-8000-00000000000b']
const times = {
  replyDue: new Date(now.getTime() + 4e6),
  askAgainAt: new Date(now.getTime() + 3e8),
  followUpAt: new Date(now.getTime() + 6e8),
}
let made = 0
const promise = (kind: OpenPromise['kind'], minutes: number, more: Partial<OpenPromise> = {}): OpenPromise => ({
  ...{ id: `p${++made}`, kind, direction: 'ours', byPersonId: null, dueAt: new Date(now.getTime() + minutes * 60_000) },
  ...{ automatic: false, toldAt: null, ...more },
})

const owed = { open: ['reply', 'action'], pending: ['ask-again'], solved: ['follow-up'] } as Record<string, string[]>
const owes = (state: string, open: readonly { kind: string; direction: string }[]) =>
  !owed[state] || open.some(each => each.direction === 'ours' && owed[state]!.includes(each.kind))

/** As conversations stand: with what their state owes, and perhaps more. */
const stood: fc.Arbitrary<Stood> = fc
  .record({
    state: fc.constantFrom('open', 'pending', 'solved', 'closed', 'aside') as fc.Arbitrary<Stood['state']>,
    minutes: fc.array(fc.integer({ min: -5000, max: 5000 }), { minLength: 6, maxLength: 6 }),
    has: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
  })
  .map(({ state, minutes, has }) => {
    const live = state in owed
    const open: OpenPromise[] = []
    const add = (at: number, kind: OpenPromise['kind'], more: Partial<OpenPromise> = {}) =>
      open.push(promise(kind, minutes[at]!, more))
    if (live) add(0, state === 'open' ? (has[0] ? 'reply' : 'action') : state === 'pending' ? 'ask-again' : 'follow-up')
    if (live && has[1]) add(1, 'action')
    if (live && has[2]) add(2, 'action', { direction: 'theirs' })
    if (has[3]) add(3, 'reminder', { direction: 'inside', byPersonId: ana })
    if (has[4]) add(4, 'reminder', { direction: 'inside', byPersonId: bram })
    const closedBecause = state === 'closed' ? 'thanks' : null
    return {
      id: `c${++made}`,
      state,
      ownerId: has[5] ? ana : null,
      teamId: 't',
      customerId: 'p',
      closedAt: null,
      open,
      closedBecause,
      outcome: null,
    }
  })

const oursOf = (open: readonly OpenPromise[]) => open.filter(each => each.direction === 'ours').map(each => each.id)
const left = (a: Stood, b: Stood) => {
  const joined = afterMerge(a, b)
  return { joined, open: [...a.open, ...b.open].filter(each => !joined.ends.includes(each.id)) }
}

test('a merged conversation owes what its state owes, and only the earliest of each kind', () => {
  fc.assert(
    fc.property(stood, stood, (a, b) => {
      const { joined, open } = left(a, b)
      expect(owes(joined.state, open)).toBe(true)
      expect(joined.closedBecause !== null).toBe(joined.state === 'closed')
      for (const kind of ['reply', 'ask-again', 'follow-up'] as const)
        expect(open.filter(each => each.kind === kind).length).toBeLessThanOrEqual(1)
      const replies = [...a.open, ...b.open].filter(each => each.kind === 'reply')
      const stands = open.find(each => each.kind === 'reply')
      if (replies.length > 0)
        expect(stands!.dueAt.getTime()).toBe(Math.min(...replies.map(each => each.dueAt.getTime())))
      for (const kept of ['action', 'theirs']) {
        const of = (all: readonly OpenPromise[]) => all.filter(each => each.kind === kept || each.direction === kept)
        expect(of(open)).toEqual(of([...a.open, ...b.open]))
      }
      for (const person of [ana, bram]) expect(remindersOf(open, person).length).toBeLessThanOrEqual(1)
      // Which one survives makes no difference to what is owed.
      expect([...afterMerge(b, a).ends].sort()).toEqual([...joined.ends].sort())
    }),
  )
})

test('a merge that nobody touched is undone to the letter', () => {
  fc.assert(
    fc.property(stood, stood, (survivor, absorbed) => {
      const { joined, open } = left(survivor, absorbed)
      const moved = new Set(absorbed.open.map(each => each.id))
      const ended = [...survivor.open, ...absorbed.open].filter(each => joined.ends.includes(each.id))
      const apart = afterUnmerge({
        ...{ was: { survivor, absorbed }, moved, ended, times },
        ...{
          now: { ...survivor, state: joined.state, open },
          left: { state: joined.state, open: oursOf(open) },
        },
      })
      expect(apart.untouched).toBe(true)
      for (const [part, was, goes] of [
        [apart.survivor, survivor, false],
        [apart.absorbed, absorbed, true],
      ] as const) {
        expect([part.state, part.closedBecause, part.makes]).toEqual([was.state, was.closedBecause, []])
        const again = [...open.filter(each => moved.has(each.id) === goes).map(each => each.id), ...part.reopens]
        expect(again.sort()).toEqual(was.open.map(each => each.id).sort())
      }
    }),
  )
})

test('whatever happened since, both owe what they owe after the merge is undone', () => {
  const after = fc.record({
    a: stood,
    b: stood,
    since: stood,
    keeps: fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
  })
  fc.assert(
    fc.property(after, ({ a, b, since, keeps }) => {
      const { joined, open } = left(a, b)
      const moved = new Set(b.open.map(each => each.id))
      const nowOpen = [...open.filter((_, at) => keeps[at]), ...since.open]
      fc.pre(owes(since.state, nowOpen))
      const ended = [...a.open, ...b.open].filter((each, at) => joined.ends.includes(each.id) && keeps[19 - at])
      const apart = afterUnmerge({
        ...{
          was: { survivor: a, absorbed: b },
          now: { ...since, open: nowOpen },
          left: { state: joined.state, open: oursOf(open) },
        },
        ...{ moved, ended, times },
      })
      const whole = (part: { reopens: string[]; makes: NewPromise[] }, goes: boolean) => [
        ...nowOpen.filter(each => moved.has(each.id) === goes),
        ...ended.filter(each => part.reopens.includes(each.id)),
        ...part.makes,
      ]
      expect(owes(apart.survivor.state, whole(apart.survivor, false))).toBe(true)
      expect(owes(apart.absorbed.state, whole(apart.absorbed, true))).toBe(true)
      expect(apart.absorbed.state).toBe(b.state)
    }),
  )
})

test('putting off changes nothing that is owed, and a word of the customer or one’s own answer ends it', () => {
  fc.assert(
    fc.property(stood, it => {
      const moves = afterSnooze(it, ana, times.askAgainAt)
      expect(moves.ends.every(each => remindersOf(it.open, ana).some(one => one.id === each.id))).toBe(true)
      expect(moves.makes.map(each => [each.kind, each.direction, each.byPersonId])).toEqual([
        ['reminder', 'inside', ana],
      ])
      expect(afterWake(it, ana).ends.map(each => each.id)).toEqual(remindersOf(it.open, ana).map(each => each.id))
      const replied = afterReply(it, { is: 'answered', followUpAt: times.followUpAt.toISOString() }, ana)
      const over = new Set(replied.moves.ends.map(each => each.id))
      expect(replied.moves.ends.length).toBe(over.size)
      expect(remindersOf(it.open, ana).every(each => over.has(each.id))).toBe(true)
      expect(remindersOf(it.open, bram).some(each => over.has(each.id))).toBe(false)
      const wrote = afterCustomerWrites({ ...it, closedAt: now }, { now, replyDue: times.replyDue, reopenDays: 30 })
      const woken = new Set(wrote.moves.ends.map(each => each.id))
      expect(it.open.filter(each => each.kind === 'reminder').every(each => woken.has(each.id))).toBe(true)
    }),
  )
})

test('a move introduces somebody exactly where somebody the customer was told of stops answering', () => {
  fc.assert(
    fc.property(stood, fc.boolean(), fc.boolean(), (it, ownerStays, told) => {
      const open = it.open.map(each => ({ ...each, toldAt: told && each.direction === 'ours' ? now : null }))
      const asks = moveAsks({ ...it, open }, ownerStays)
      if (it.state === 'closed' || it.state === 'aside') expect(asks).toBe('reason')
      else if (it.ownerId) expect(asks).toBe(ownerStays ? 'reason' : 'introduction')
      else expect(asks).toBe(told ? 'introduction' : 'reason')
    }),
  )
})
