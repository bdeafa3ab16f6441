/** Working time equals minutes stepped one by one: a short run of `bench calendars`, and the cases that went wrong once. */
import { expect, test } from 'vitest'
import { aCase, chanceOf, changesOf } from '../bench/lib/calendarCases.ts'
import { layout, stepped, tableOf } from '../bench/lib/wallOracle.ts'
import { afterWorkingMinutes, type WorkingCalendar } from '../src/domain/promises/working-time.ts'

test('around every change of clocks in zones of every sort working time equals minutes stepped one by one', () => {
  const chance = chanceOf(Math.floor(Math.random() * 1e9))
  const zones = ['Europe/Berlin', 'Africa/Casablanca', 'Australia/Lord_Howe', 'America/Santiago', 'Africa/Cairo']
  for (const table of zones.map(tableOf)) {
    for (const at of [...changesOf(table), null, null, null]) {
      const { calendar, from, minutes } = aCase(chance, table, at)
      const mine = afterWorkingMinutes(calendar, new Date(from), minutes).getTime()
      const about = JSON.stringify([calendar.zone, new Date(from), minutes, calendar.hours, [...calendar.holidays]])
      expect(mine, about).toBe(stepped(table, layout(calendar), from, minutes))
    }
  }
})

const nightly: WorkingCalendar = {
  id: 'nightly',
  zone: 'Europe/Berlin',
  hours: [{ weekday: 7, from: 90, to: 210 }],
  holidays: new Set(),
}

test('an hour that clocks skip is nobody’s working time, and one that comes twice is worked twice', () => {
  // From 1:30 to 3:30, of which 2:00 to 3:00 is missing on the last Sunday in March, and there twice in October.
  const spring = (minutes: number) => afterWorkingMinutes(nightly, new Date('2026-03-28T12:00:00Z'), minutes)
  expect(spring(60)).toEqual(new Date('2026-03-29T01:30:00Z'))
  expect(spring(61)).toEqual(new Date('2026-04-04T23:31:00Z'))
  const autumn = (minutes: number) => afterWorkingMinutes(nightly, new Date('2026-10-24T12:00:00Z'), minutes)
  expect(autumn(180)).toEqual(new Date('2026-10-25T02:30:00Z'))
})

test('hours that overlap count once', () => {
  const hours = [
    { weekday: 1, from: 540, to: 720 },
    { weekday: 1, from: 660, to: 780 },
  ]
  const twice = { id: 'twice', zone: 'UTC', hours, holidays: new Set<string>() }
  expect(afterWorkingMinutes(twice, new Date('2026-11-23T09:00:00Z'), 240)).toEqual(new Date('2026-11-23T13:00:00Z'))
})
