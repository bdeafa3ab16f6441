/** Lists change under a reader without losing the reader's place. */
import { describe, expect, test } from 'vitest'
import type { Row } from '../../contract/conversations.ts'
import { keptInPlace, type Pages, rowsOf, withoutRows, withRow } from './rowPatches.ts'

const row = (id: string) => ({ id, unseen: true }) as Row
const pages: Pages = {
  pages: [
    { rows: [row('a'), row('b')], next: 'n', sort: 'due', notUnderstood: [] },
    { rows: [row('b'), row('c')], next: null, sort: 'due', notUnderstood: [] },
  ],
  pageParams: [undefined, 'n'],
}

describe('a list on the screen', () => {
  test('draws a row once that moved over the edge of a page', () => {
    expect(rowsOf(pages.pages).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })

  test('lets rows go and changes one, and keeps what it did not touch', () => {
    expect(rowsOf(withoutRows(pages, new Set(['b'])).pages).map(({ id }) => id)).toEqual(['a', 'c'])
    const seen = withRow(pages, 'c', one => ({ ...one, unseen: false }))
    expect(seen.pages[0]).toBe(pages.pages[0])
    expect(rowsOf(seen.pages)[2]?.unseen).toBe(false)
  })

  test('keeps the row one looks at in its place when others come above it', () => {
    const before = ['a', 'b', 'c', 'd']
    expect(keptInPlace(before, ['new', ...before], 160, 80)).toBe(240)
    expect(keptInPlace(before, ['new', ...before], 0, 80)).toBe(0)
    expect(keptInPlace(before, ['b', 'c', 'd'], 160, 80)).toBe(80)
    expect(keptInPlace(before, ['a', 'b', 'd'], 160, 80)).toBe(160)
  })
})
