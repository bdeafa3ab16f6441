/** How everyone lies in the pond: the same size, nobody over anybody, in the ring of their age, and still while others change. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bandOf, boxOf, flat, keptFrom, type Laid, lay, type Stone, size } from './layout.ts'
import { neighbour } from './near.ts'

const days = fc.option(fc.double({ min: 0, max: 800, noNaN: true }))
const stone = (wide: number): fc.Arbitrary<Stone> =>
  fc.record({
    id: fc.uuid(),
    days,
    wide: wide === 0 ? fc.constant(0) : fc.integer({ min: 34, max: wide }),
    owed: fc.boolean(),
  })
const some = (most: number, wide: number) => fc.uniqueArray(stone(wide), { maxLength: most, selector: ({ id }) => id })
const distance = (laid: Laid, n: number) => Math.hypot(laid.x[n]!, laid.y[n]! / flat)

function overlapping(stones: readonly Stone[], { x, y }: Laid): number {
  let found = 0
  for (let a = 0; a < stones.length; a++)
    for (let b = a + 1; b < stones.length; b++) {
      const [one, other] = [boxOf(stones[a]!), boxOf(stones[b]!)]
      if (stones[a]!.wide === 0) {
        if (Math.hypot(x[a]! - x[b]!, y[a]! - y[b]!) < size) found++
      } else if (
        x[a]! - one.left < x[b]! + other.right - 0.1 &&
        x[b]! - other.left < x[a]! + one.right - 0.1 &&
        y[a]! - one.top < y[b]! + other.bottom - 0.1 &&
        y[b]! - other.top < y[a]! + one.bottom - 0.1
      )
        found++
    }
  return found
}

test('nobody lies over anybody, and everyone in the ring of their age', () => {
  fc.assert(
    fc.property(fc.oneof(some(60, 110), some(200, 0)), stones => {
      const laid = lay(stones)
      expect(overlapping(stones, laid)).toBe(0)
      for (const [n, { days }] of stones.entries()) {
        const band = bandOf(days)
        expect(distance(laid, n)).toBeLessThanOrEqual(laid.rings[band]! + 0.1)
        expect(distance(laid, n)).toBeGreaterThanOrEqual((laid.rings[band - 1] ?? 0) - 0.1)
      }
    }),
    { numRuns: 60 },
  )
})

test('who has room lies exactly as far out as the days say, a week on its ring', () => {
  for (const [days, ring] of [
    [7, 0],
    [30, 1],
    [90, 2],
    [400, 3],
  ] as const) {
    const laid = lay([{ id: `${days}`, days, wide: 40, owed: false }])
    expect(distance(laid, 0)).toBeCloseTo(laid.rings[ring], -1)
  }
  const far = [1, 3, 5, 9, 20, 40, 80, 120, 300].map(days =>
    distance(lay([{ id: 'a', days, wide: 0, owed: false }]), 0),
  )
  expect(far).toEqual([...far].sort((a, b) => a - b))
})

test('the same relationships lie the same way, in whatever order they come', () => {
  fc.assert(
    fc.property(some(120, 0), stones => {
      const [one, other] = [lay(stones), lay([...stones].reverse())]
      const last = stones.length - 1
      for (const n of stones.keys()) expect([one.x[n], one.y[n]]).toEqual([other.x[last - n], other.y[last - n]])
    }),
    { numRuns: 30 },
  )
})

const many = (count: number, age: (n: number) => number): Stone[] =>
  Array.from({ length: count }, (_, n) => ({ id: `stone ${n}`, days: age(n), wide: 0, owed: false }))

test('when we are in touch with one of many, nobody else moves', () => {
  const before = many(400, n => (n * 37) % 200)
  const laid = lay(before)
  const kept = keptFrom(before, laid)
  for (const changed of [3, 111, 250]) {
    const stones = before.map((each, n) => (n === changed ? { ...each, days: 0 } : { ...each, days: each.days! + 0.4 }))
    const after = lay(stones, kept)
    expect(after.rings).toEqual(laid.rings)
    const same = stones.filter((each, n) => n !== changed && bandOf(each.days) === bandOf(before[n]!.days))
    const moved = same.filter(each => {
      const n = stones.indexOf(each)
      return after.x[n] !== laid.x[n] || after.y[n] !== laid.y[n]
    })
    expect(moved).toEqual([])
    expect(same.length).toBeGreaterThan(390)
    expect(overlapping(stones, after)).toBe(0)
    expect(distance(after, changed)).toBeLessThan(after.rings[0])
  }
})

test('thousands find their place quickly, also when all were in touch in the same minute', () => {
  for (const age of [(n: number) => (n * 37) % 400, () => 0]) {
    const stones = many(5000, age)
    const began = performance.now()
    const laid = lay(stones)
    expect(performance.now() - began).toBeLessThan(5000)
    const seen = new Set(stones.map((_, n) => `${Math.round(laid.x[n]!)},${Math.round(laid.y[n]!)}`))
    expect(seen.size).toBe(5000)
  }
})

test('arrows lead to the nearest in their direction, and back', () => {
  const [x, y] = [Float32Array.from([0, 100, 210, 5, -90]), Float32Array.from([0, 10, 0, 120, -8])]
  expect([neighbour({ x, y }, 0, 'right'), neighbour({ x, y }, 0, 'left'), neighbour({ x, y }, 0, 'down')]).toEqual([
    1, 4, 3,
  ])
  expect(neighbour({ x, y }, 0, 'up')).toBe(0)
  expect(neighbour({ x, y }, 1, 'right')).toBe(2)
  expect(neighbour({ x, y }, 1, 'left')).toBe(0)
})
