/** The budget of what is sent unasked: never two within the limit, whoever asks and in whatever order. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { claimOf, taken, type Unasked, type UnaskedKind } from './budget-rules.ts'

const budget = { days: 14, pulseDays: 180 }
const day = 86_400_000
const on = (days: number) => new Date(Date.UTC(2026, 10, 1) + days * day)

test('a second contact within the limit is refused and told when it is free, whatever its kind', () => {
  const before = [taken('follow-up', on(0), budget)]
  expect(claimOf(taken('check-in', on(13), budget), before, false)).toEqual({
    is: 'refused',
    because: 'limit',
    freeAt: on(14),
  })
  expect(claimOf(taken('check-in', on(14), budget), before, false)).toEqual({ is: 'granted' })
})

test('a pulse keeps its own distance from pulses, and only the common one from the rest', () => {
  const before = [taken('pulse', on(0), budget)]
  expect(claimOf(taken('follow-up', on(14), budget), before, false)).toEqual({ is: 'granted' })
  expect(claimOf(taken('pulse', on(179), budget), before, false)).toMatchObject({ because: 'limit', freeAt: on(180) })
  expect(claimOf(taken('pulse', on(180), budget), before, false)).toEqual({ is: 'granted' })
})

test('whoever wants nothing unasked gets nothing, and no day is named on which that ends', () => {
  expect(claimOf(taken('check-in', on(0), budget), [], true)).toEqual({
    is: 'refused',
    because: 'opted-out',
    freeAt: null,
  })
})

test('whatever is asked, in whatever order, what was granted never lies nearer than the limit, and a refusal names a free day', () => {
  const kinds = fc.constantFrom<UnaskedKind>('follow-up', 'check-in', 'pulse')
  fc.assert(
    fc.property(fc.array(fc.tuple(kinds, fc.integer({ min: 0, max: 720 })), { maxLength: 40 }), asked => {
      const granted: Unasked[] = []
      for (const [kind, days] of asked) {
        const claim = claimOf(taken(kind, on(days), budget), granted, false)
        if (claim.is === 'granted') granted.push(taken(kind, on(days), budget))
        else expect(claimOf(taken(kind, claim.freeAt!, budget), granted, false)).toEqual({ is: 'granted' })
      }
      const distances = (all: Unasked[]) => {
        const days = all.map(each => each.at.getTime() / day).sort((a, b) => a - b)
        return days.slice(1).map((each, ix) => each - days[ix]!)
      }
      expect(distances(granted).every(each => each >= 14)).toBe(true)
      expect(distances(granted.filter(each => each.kind === 'pulse')).every(each => each >= 180)).toBe(true)
    }),
  )
})
