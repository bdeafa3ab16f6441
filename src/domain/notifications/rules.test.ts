/** When notifications may go out: examples around nights and clock changes, and what must hold for any quiet hours. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NotificationKinds } from '../../contract/notifications.ts'
import { newsOf, settledBy } from './news.ts'
import { afterAnswer } from './push/rules.ts'
import { afterQuiet, choicesOver, differing, goesOut, isQuiet, nextDigest, usual } from './rules.ts'

const nights = { quiet: { from: 18 * 60, to: 8 * 60 }, reachedOn: [1, 2, 3, 4, 5], pausedUntil: null }

test('what happens on Friday evening waits for Monday morning', () => {
  const friday = new Date('2026-11-20T19:00:00Z')
  expect(isQuiet(nights, 'Europe/Amsterdam', friday)).toBe(true)
  expect(afterQuiet(nights, 'Europe/Amsterdam', friday)).toEqual(new Date('2026-11-23T07:00:00Z'))
})

test('a pause ends no earlier than it says, and not in the night', () => {
  const paused = { ...nights, pausedUntil: '2026-11-25T20:00:00Z' }
  expect(afterQuiet(paused, 'UTC', new Date('2026-11-24T10:00:00Z'))).toEqual(new Date('2026-11-26T08:00:00Z'))
})

const zone = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'America/Santiago',
)
const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
const minute = fc.integer({ min: 0, max: 1439 })
const hours = fc.record({
  quiet: fc.option(fc.record({ from: minute, to: minute })),
  reachedOn: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  pausedUntil: fc.option(moment.map(each => each.toISOString())),
})

test('whatever is quiet ends: at a moment that is not quiet, and everything before it is', () => {
  fc.assert(
    fc.property(hours, zone, moment, fc.double({ min: 0, max: 1, noNaN: true }), (it, name, at, share) => {
      const ends = afterQuiet(it, name, at)
      expect(ends.getTime()).toBeGreaterThanOrEqual(at.getTime())
      expect(isQuiet(it, name, ends)).toBe(false)
      if (!isQuiet(it, name, at)) expect(ends).toEqual(at)
      const between = new Date(at.getTime() + Math.floor((ends.getTime() - at.getTime() - 1) * share))
      if (between >= at && between < ends) expect(isQuiet(it, name, between)).toBe(true)
    }),
    { numRuns: 200 },
  )
})

test('nothing goes out in quiet hours, whatever somebody chose, and never before it happened', () => {
  fc.assert(
    fc.property(
      hours,
      zone,
      moment,
      fc.constantFrom(...NotificationKinds),
      fc.constantFrom('at-once', 'digest', 'no'),
      (it, name, at, kind, mail) => {
        const choices = choicesOver({ ...it, kinds: { ...usual.kinds, [kind]: { app: false, mail, push: true } } })
        const { inApp, mailAt, pushAt } = goesOut(choices, kind, name, at)
        expect(inApp).toBe(false)
        expect(mailAt === null).toBe(mail === 'no')
        for (const goes of [mailAt, pushAt]) {
          if (!goes) continue
          expect(goes.getTime()).toBeGreaterThan(at.getTime())
          expect(isQuiet(choices, name, goes)).toBe(false)
        }
      },
    ),
    { numRuns: 120 },
  )
})

test('a digest comes at its minute of the day, also in the nights in which clocks change', () => {
  const eight = { every: 'day' as const, minute: 480 }
  expect(nextDigest(eight, 'Europe/Berlin', new Date('2026-10-24T12:00:00Z'))).toEqual(new Date('2026-10-25T07:00:00Z'))
  expect(nextDigest(eight, 'Europe/Berlin', new Date('2026-10-25T07:00:00Z'))).toEqual(new Date('2026-10-26T07:00:00Z'))
  expect(nextDigest({ every: 'hour', minute: 0 }, 'Asia/Kathmandu', new Date('2026-11-24T10:20:00Z'))).toEqual(
    new Date('2026-11-24T11:15:00Z'),
  )
})

test('only what differs from the usual is kept', () => {
  expect(differing(usual.kinds)).toEqual({})
  const quiet = { ...usual.kinds, message: { app: true, mail: 'no' as const, push: true } }
  expect(differing(quiet)).toEqual({ message: quiet.message })
})

test('what is no news tells nobody, whatever its facts hold', () => {
  const bare = { seq: 1, subjectId: 'c', actorId: null, at: new Date() }
  for (const facts of [{}, { messageId: 7, state: [], ended: 'x', promiseId: {} }, { ended: [null, 3, { id: 4 }] }])
    for (const kind of [
      'presence.changed',
      'message.received',
      'promise.fell-due',
      'conversation.owned',
      'notification.made',
      'mailbox.changed',
    ]) {
      expect(newsOf({ ...bare, kind, facts })).toEqual([])
      expect(settledBy({ ...bare, kind, facts })).toEqual([])
    }
})

test('a push is tried again a few times, later each time, and as late as its service asks', () => {
  expect(afterAnswer({ status: 201, retryAfter: undefined }, 1)).toEqual({ is: 'done' })
  for (const status of [404, 410]) expect(afterAnswer({ status, retryAfter: undefined }, 1)).toEqual({ is: 'gone' })
  expect(afterAnswer({ status: 413, retryAfter: undefined }, 1)).toEqual({ is: 'dropped' })
  expect(afterAnswer({ status: 429, retryAfter: '90' }, 1)).toEqual({ is: 'again', afterMs: 90_000 })
  expect(afterAnswer({ status: 429, retryAfter: '999999' }, 1)).toEqual({ is: 'again', afterMs: 3_600_000 })
  let tries = 1
  while (afterAnswer({ status: null }, tries).is === 'again') tries++
  expect(tries).toBe(5)
})
