/** Working time: examples around nights, holidays and clock changes, and what must hold for any calendar. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  afterDays,
  afterWorkingMinutes,
  closesAt,
  daysToMonday,
  isWorking,
  nextWorkingMoment,
  opensAfter,
  type WorkingCalendar,
} from './working-time.ts'

const week = (zone: string, holidays: string[] = []): WorkingCalendar => ({
  id: zone,
  zone,
  hours: [1, 2, 3, 4, 5].map(weekday => ({ weekday, from: 9 * 60, to: 17 * 60 })),
  holidays: new Set(holidays),
})

test('four working hours from Friday afternoon end on Monday morning', () => {
  expect(afterWorkingMinutes(week('Europe/Amsterdam'), new Date('2026-11-20T14:30:00Z'), 240)).toEqual(
    new Date('2026-11-23T10:30:00Z'),
  )
})

test('mail at night waits for the morning, mail on a holiday for the day after', () => {
  expect(afterWorkingMinutes(week('Europe/Berlin'), new Date('2026-11-24T02:00:00Z'), 60)).toEqual(
    new Date('2026-11-24T09:00:00Z'),
  )
  expect(afterWorkingMinutes(week('Europe/Berlin', ['2026-12-25']), new Date('2026-12-25T10:00:00Z'), 60)).toEqual(
    new Date('2026-12-28T09:00:00Z'),
  )
})

test('it says until when somebody is there, and nothing outside hours, on holidays or where work never stops', () => {
  const at = (day: string, calendar = week('Europe/Berlin', ['2026-12-25'])) => closesAt(calendar, new Date(day))
  expect(at('2026-11-24T08:00:00Z')).toEqual(new Date('2026-11-24T16:00:00Z'))
  expect([at('2026-11-24T16:00:00Z'), at('2026-11-22T10:00:00Z'), at('2026-12-25T10:00:00Z')]).toEqual([
    null,
    null,
    null,
  ])
  const always = { ...week('UTC'), hours: [1, 2, 3, 4, 5, 6, 7].map(weekday => ({ weekday, from: 0, to: 1440 })) }
  expect(at('2026-11-24T08:00:00Z', always)).toBeNull()
})

test('the night in which clocks go back keeps office hours at nine', () => {
  expect(afterWorkingMinutes(week('Europe/Berlin'), new Date('2026-10-23T15:00:00Z'), 30)).toEqual(
    new Date('2026-10-26T08:30:00Z'),
  )
})

test('a calendar without any hours still gives every promise a time', () => {
  const none: WorkingCalendar = { id: 'none', zone: 'UTC', hours: [], holidays: new Set() }
  expect(afterWorkingMinutes(none, new Date('2026-11-24T02:00:00Z'), 60)).toEqual(new Date('2026-11-24T03:00:00Z'))
})

const zone = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
)
const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
const hours = fc.uniqueArray(
  fc.record({
    weekday: fc.integer({ min: 1, max: 7 }),
    from: fc.integer({ min: 0, max: 700 }),
    to: fc.integer({ min: 701, max: 1440 }),
  }),
  { selector: each => each.weekday, minLength: 1 },
)

test('the due moment never lies before the message, grows with the target, and adds up', () => {
  fc.assert(
    fc.property(
      zone,
      hours,
      moment,
      fc.integer({ min: 1, max: 3000 }),
      fc.integer({ min: 1, max: 3000 }),
      (name, open, from, first, more) => {
        const calendar: WorkingCalendar = { id: 'any', zone: name, hours: open, holidays: new Set() }
        const half = afterWorkingMinutes(calendar, from, first)
        const whole = afterWorkingMinutes(calendar, from, first + more)
        expect(half.getTime()).toBeGreaterThan(from.getTime())
        expect(whole.getTime()).toBeGreaterThan(half.getTime())
        expect(afterWorkingMinutes(calendar, half, more)).toEqual(whole)
        // the last minute before it is due lies inside working hours
        expect(isWorking(calendar, new Date(half.getTime() - 60_000))).toBe(true)
      },
    ),
    { numRuns: 200 },
  )
})

test('a follow-up falls on a working moment, never before its day', () => {
  fc.assert(
    fc.property(zone, hours, moment, fc.integer({ min: 1, max: 30 }), (name, open, from, days) => {
      const calendar: WorkingCalendar = { id: 'any', zone: name, hours: open, holidays: new Set() }
      const due = afterDays(calendar, from, days)
      expect(isWorking(calendar, due)).toBe(true)
      expect(due.getTime()).toBeGreaterThan(from.getTime() + (days - 1) * 86_400_000)
      expect(nextWorkingMoment(calendar, due)).toEqual(due)
    }),
    { numRuns: 200 },
  )
})

test('the next morning is when the team begins to work, or eight where it never stops', () => {
  const friday = new Date('2026-11-20T14:30:00Z')
  expect(opensAfter(week('Europe/Amsterdam'), friday, 1)).toEqual(new Date('2026-11-23T08:00:00Z'))
  expect(opensAfter(week('Europe/Amsterdam', ['2026-11-23']), friday, 3)).toEqual(new Date('2026-11-24T08:00:00Z'))
  const always = {
    ...week('Europe/Amsterdam'),
    hours: [1, 2, 3, 4, 5, 6, 7].map(weekday => ({ weekday, from: 0, to: 1440 })),
  }
  expect(opensAfter(always, friday, 1)).toEqual(new Date('2026-11-21T07:00:00Z'))
  expect([daysToMonday(always, friday), daysToMonday(always, new Date('2026-11-23T09:00:00Z'))]).toEqual([3, 7])
})
