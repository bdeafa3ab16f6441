import { expect, test } from 'vitest'
import { gather } from './gather.ts'

const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

test('calls of one moment share a round, and each gets its own answer', async () => {
  const rounds: number[][] = []
  const double = gather<number, number>(async all => {
    rounds.push(all)
    return all.map(each => each * 2)
  })
  expect(await Promise.all([1, 2, 3].map(double))).toEqual([2, 4, 6])
  expect(rounds).toEqual([[1, 2, 3]])
})

test('what comes while a round is under way waits and goes together, no more than fit', async () => {
  const rounds: number[] = []
  const slow = gather<number, number>(
    async all => {
      rounds.push(all.length)
      await wait(20)
      return all
    },
    { withinMs: 1, atMost: 4 },
  )
  const first = slow(0)
  await wait(5)
  await Promise.all([first, ...[1, 2, 3, 4, 5, 6].map(slow)])
  expect(rounds).toEqual([1, 4, 2])
})

test('a failed round fails its callers alone', async () => {
  let round = 0
  const flaky = gather<number, number>(async all => {
    if (++round === 1) throw new Error('away')
    return all
  })
  await expect(flaky(1)).rejects.toThrow('away')
  expect(await flaky(2)).toBe(2)
})

test('rounds are as far apart as asked for, and whoever comes alone waits for nobody', async () => {
  const rounds: number[] = []
  const asked = gather<number, number>(
    async all => {
      rounds.push(all.length)
      return all
    },
    { withinMs: 0, apartMs: 60 },
  )
  const began = performance.now()
  await asked(0)
  await Promise.all([1, 2, 3].map(asked))
  expect(performance.now() - began).toBeGreaterThan(55)
  expect(rounds).toEqual([1, 3])
})
