/** Amounts survive being written down and read again, in currencies with none, two and three places. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { minorOf, typed } from './money.ts'

test('what is shown in a field is read as the same amount', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999 }), fc.constantFrom('EUR', 'JPY', 'KWD'), (minor, currency) => {
      expect(minorOf(typed(minor, currency), currency)).toBe(minor)
    }),
  )
})

test('a point and a comma mean the same, and what is no amount is none', () => {
  expect(['12', '12.5', '12,50', ' 7 '].map(text => minorOf(text, 'EUR'))).toEqual([1200, 1250, 1250, 700])
  expect(['', '12.345', '-3', '1.000,00', 'ten'].map(text => minorOf(text, 'EUR'))).toEqual([
    null,
    null,
    null,
    null,
    null,
  ])
  expect(minorOf('12.5', 'JPY')).toBeNull()
})
