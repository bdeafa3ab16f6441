/** How the cursor and the choice move through a list. */
import { describe, expect, test } from 'vitest'
import { afterLeaving, moved, nothingChosen, settled } from './listKeys.ts'

const order = ['a', 'b', 'c', 'd']
const at = (id: string) => ({ ...nothingChosen, at: id })

describe('the keys of a list', () => {
  test('j goes to the first row, then down, and stays at the end', () => {
    let state = moved(nothingChosen, { is: 'down' }, order)
    expect(state.at).toBe('a')
    for (let turn = 0; turn < 9; turn++) state = moved(state, { is: 'down' }, order)
    expect(state.at).toBe('d')
    expect(moved(at('a'), { is: 'up' }, order).at).toBe('a')
    expect(moved(at('a'), { is: 'down' }, []).at).toBeNull()
  })

  test('x chooses and lets go, Shift takes the range from where x was', () => {
    const one = moved(at('b'), { is: 'toggle' }, order)
    expect([...one.chosen]).toEqual(['b'])
    expect([...moved(one, { is: 'toggle' }, order).chosen]).toEqual([])
    const range = moved({ ...one, at: 'd' }, { is: 'range' }, order)
    expect([...range.chosen]).toEqual(['b', 'c', 'd'])
    expect([...moved(one, { is: 'range', id: 'a' }, order).chosen].sort()).toEqual(['a', 'b'])
  })

  test('a row that leaves hands the cursor to the one below, the last one to the one above', () => {
    expect(settled(at('b'), order, ['a', 'c', 'd']).at).toBe('c')
    expect(settled(at('d'), order, ['a', 'b']).at).toBe('b')
    expect(settled(at('a'), order, []).at).toBeNull()
    expect(afterLeaving('c', order, ['a', 'b', 'c', 'd'])).toBe('d')
  })

  test('new rows above leave the cursor and the choice where they are', () => {
    const state = { at: 'b', chosen: new Set(['b', 'gone']), anchor: 'gone' }
    expect(settled(state, order, ['new', ...order])).toEqual({ at: 'b', chosen: new Set(['b']), anchor: null })
  })
})
