/** Words of texts, and slips in typed ones, as far as no database is needed. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { doubtful, mended } from './mended.ts'
import { tokensOf, wordsHolding } from './rules.ts'
import type { Statistics } from './statistics.ts'

const statistics = (common: Record<string, number>): Statistics => ({
  messages: 100_000,
  common: new Map(Object.entries(common)),
  ...{ rare: 0.0001, times: [], configurations: [] },
})

test('words that hold a piece are found as by reading them all', () => {
  const text = fc.string({ unit: fc.constantFrom(...'abcab ab.1-\nÄß東'), maxLength: 200 })
  const pieces = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1'), minLength: 1, maxLength: 3 }))
  fc.assert(
    fc.property(text, pieces, (written, some) => {
      const all = tokensOf(written).map(({ word }) => word)
      const having = all.filter(word => some.some(each => word.includes(each)))
      expect(new Set(wordsHolding(written, some))).toEqual(new Set(having))
    }),
    { examples: [[`${'a'.repeat(59)}a b`, ['a']]] },
  )
})

test('a slip is mended where a word that stands often is one slip away, the one that stands most often first', () => {
  const known = statistics({ barista: 0.01, baristas: 0.02, grinder: 0.05 })
  expect(mended(['braista'], known)).toEqual(['barista'])
  expect(mended(['the', 'barist', 'grinder'], known)).toEqual(['the', 'barista', 'grinder'])
  expect(mended(['baristax'], known)).toEqual(['baristas'])
  for (const right of [['grinder'], ['zzzz'], ['gr'], ['東京都'], ['x'.repeat(200)], []])
    expect(mended(right, known)).toBeNull()
})

test('what stands in very many is spelled right; the rarest word is the one to doubt', () => {
  const known = statistics({ often: 0.2, seldom: 0.004 })
  expect(doubtful(['often', 'seldom', 'nowhere'], known)).toBe('nowhere')
  expect(doubtful(['often', 'seldom'], known)).toBe('seldom')
  expect(doubtful(['often'], known)).toBeNull()
  expect(doubtful([], known)).toBeNull()
})
