/** Periods: no day is lost or counted twice, whatever is asked. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beforeThat, firstDays, gatheredAt, periodOf } from './periods.ts'

const today = '2026-11-24'
const someDay = fc
  .integer({ min: 0, max: 6000 })
  .map(days => new Date(Date.UTC(2015, 0, 1) + days * 86_400_000).toISOString().slice(0, 10))

test('thirty days end today, and what is named goes before them, either way round', () => {
  expect(periodOf({ days: '30' }, today)).toEqual({ from: '2026-10-26', to: today, by: 'day' })
  expect(periodOf({ days: '30', from: '2026-03-01', to: '2026-01-01' }, today)).toEqual({
    from: '2026-01-01',
    to: '2026-03-01',
    by: 'week',
  })
  expect(periodOf({ days: '7', from: '2026-11-20' }, today)).toEqual({ from: '2026-11-20', to: today, by: 'day' })
  expect(periodOf({ days: '7', to: '2026-11-20' }, today)).toEqual({ from: '2026-11-20', to: '2026-11-20', by: 'day' })
  expect(periodOf({ days: '365' }, today).by).toBe('week')
})

test('the stretch before is as long and ends the day before', () => {
  expect(beforeThat({ from: '2026-11-01', to: '2026-11-10', by: 'day' })).toEqual({
    from: '2026-10-22',
    to: '2026-10-31',
    by: 'day',
  })
})

test('every day of a period lies in exactly one of its stretches', () => {
  fc.assert(
    fc.property(someDay, someDay, fc.nat(1000), (from, to, n) => {
      const period = periodOf({ days: '7', from, to }, today)
      const firsts = firstDays(period)
      expect(firsts[0]).toBe(period.from)
      expect([...new Set(firsts)].sort()).toEqual(firsts)
      const first = Date.parse(period.from)
      const day = new Date(first + (n % ((Date.parse(period.to) - first) / 86_400_000 + 1)) * 86_400_000)
        .toISOString()
        .slice(0, 10)
      const at = gatheredAt(day, period)
      expect(firsts).toContain(at)
      const next = firsts[firsts.indexOf(at) + 1]
      expect(at <= day && (next === undefined || day < next)).toBe(true)
    }),
  )
})
