/** What people type for a time, and what is meant. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { momentOf, wallOf } from '../../contract/wall-clock.ts'
import { type Typing, whenTyped } from './whenTyped.ts'

// Tuesday 24 November 2026, 10:42 in Amsterdam.
const typing: Typing = {
  now: new Date('2026-11-24T09:42:00Z'),
  zone: 'Europe/Amsterdam',
  language: 'en-GB',
  usual: { hour: 17, minute: 0 },
  words: {
    today: ['today'],
    tomorrow: ['tomorrow', 'tmr'],
    minutes: ['m', 'min', 'minutes'],
    hours: ['h', 'hour', 'hours'],
    days: ['d', 'day', 'days'],
    weeks: ['w', 'week', 'weeks'],
    noise: ['by', 'at', 'in', 'on', 'next'],
  },
}

describe('a typed time', () => {
  test.each([
    ['tomorrow 14:00', '2026-11-25T13:00:00.000Z'],
    ['Tomorrow at 2pm', '2026-11-25T13:00:00.000Z'],
    ['tomorrow', '2026-11-25T16:00:00.000Z'],
    ['by 11:00', '2026-11-24T10:00:00.000Z'],
    ['9:30', '2026-11-25T08:30:00.000Z'],
    ['9am', '2026-11-25T08:00:00.000Z'],
    ['fri 9', '2026-11-27T08:00:00.000Z'],
    ['Friday, 14:30', '2026-11-27T13:30:00.000Z'],
    ['tue 17:00', '2026-11-24T16:00:00.000Z'],
    ['tue 9:00', '2026-12-01T08:00:00.000Z'],
    ['Thu 26 Nov, 08:00', '2026-11-26T07:00:00.000Z'],
    ['27 nov', '2026-11-27T16:00:00.000Z'],
    ['Nov 27 8:00', '2026-11-27T07:00:00.000Z'],
    ['3 feb 12:00', '2027-02-03T11:00:00.000Z'],
    ['3 feb 2028 12:00', '2028-02-03T11:00:00.000Z'],
    ['27.11. 12:00', '2026-11-27T11:00:00.000Z'],
    ['27/11/26 12:00', '2026-11-27T11:00:00.000Z'],
    ['2026-11-30 09:15', '2026-11-30T08:15:00.000Z'],
    ['2026-11-30T09:15', '2026-11-30T08:15:00.000Z'],
    ['in 2 hours', '2026-11-24T11:42:00.000Z'],
    ['30min', '2026-11-24T10:12:00.000Z'],
    ['+3d', '2026-11-27T09:42:00.000Z'],
    ['in 1 week', '2026-12-01T09:42:00.000Z'],
  ])('%s', (text, moment) => {
    expect(whenTyped(text, typing)?.toISOString()).toBe(moment)
  })

  test.each(['', 'soon', '25:00', '31 feb', '2026-02-30', 'fri sat nov', '13pm', '9', 'a b c d e f g h'])(
    'is not told from %j',
    text => {
      expect(whenTyped(text, typing)).toBeNull()
    },
  )

  test('reads the names of another language', () => {
    const german = { ...typing, language: 'de' }
    expect(whenTyped('Freitag 9:00', german)?.toISOString()).toBe('2026-11-27T08:00:00.000Z')
    expect(whenTyped('3. Dez. 9:00', german)?.toISOString()).toBe('2026-12-03T08:00:00.000Z')
  })

  test('never throws, whatever is typed', () => {
    fc.assert(fc.property(fc.string({ maxLength: 40 }), text => void whenTyped(text, typing)))
  })
})

describe('a wall clock', () => {
  test('goes to a moment and back in every zone', () => {
    const zones = fc.constantFrom('Europe/Amsterdam', 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Apia', 'UTC')
    const times = fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2030, 0) }).map(ms => ms - (ms % 60_000))
    fc.assert(
      fc.property(zones, times, (zone, ms) => {
        const wall = wallOf(new Date(ms), zone)
        // The hour that comes twice in autumn may come back as either one.
        const off = Math.abs(momentOf(wall, zone).getTime() - ms)
        expect([0, 1_800_000, 3_600_000]).toContain(off)
        expect(wallOf(momentOf(wall, zone), zone)).toEqual(wall)
      }),
    )
  })
})
