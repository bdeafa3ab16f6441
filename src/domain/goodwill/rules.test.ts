/** Periods, allowances, and which reasons are alike. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gather, isAlike, isWithin, leftOf, periodAround, wordsOf } from './rules.ts'

test('a period holds the moment, begins at a midnight of the zone, and the next one begins where it ends', () => {
  const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2036-01-01'), noInvalidDate: true })
  const zone = fc.constantFrom('Europe/Lisbon', 'Asia/Kathmandu', 'Pacific/Apia', 'America/Santiago')
  fc.assert(
    fc.property(
      fc.constantFrom('month' as const, 'quarter' as const, 'year' as const),
      zone,
      moment,
      (period, z, now) => {
        const { from, until } = periodAround(period, z, now)
        expect(from <= now && now < until).toBe(true)
        expect(periodAround(period, z, until).from).toEqual(until)
      },
    ),
  )
  expect(periodAround('quarter', 'Europe/Lisbon', new Date('2026-11-24T12:00:00Z'))).toEqual({
    from: new Date('2026-09-30T23:00:00Z'),
    until: new Date('2027-01-01T00:00:00Z'),
  })
})

test('what costs nothing is always within; the rest as far as something is left', () => {
  expect([isWithin(0, 0), isWithin(500, 499), isWithin(500, 500), leftOf(5000, 7000)]).toEqual([true, false, true, 0])
})

test('reasons are alike by their words, not by order, marks or numbers', () => {
  const alike = (a: string, b: string) => isAlike(wordsOf(a), wordsOf(b))
  expect(alike('The parcel arrived broken (order 4711)', 'Parcel arrived broken, 4712')).toBe(true)
  expect(alike('Entrega atrasada três dias', 'entrega atrasada tres DIAS')).toBe(true)
  expect(alike('The parcel arrived broken', 'They were on holiday when the invoice came')).toBe(false)
  expect(alike('', '')).toBe(false)
  const given = ['credit', 'credit', 'extension', 'credit'].map((kind, ix) => ({
    kind,
    reason: `Parcel arrived broken ${ix}`,
  }))
  expect(gather(given, 3).map(all => all.length)).toEqual([3])
})
