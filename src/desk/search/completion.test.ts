/** Completion of operators while somebody types. */
import { expect, test } from 'vitest'
import { completed, goingOn } from './completion.ts'

const at = (text: string) => goingOn(text, text.length)

test('plain words go on as they are', () => {
  for (const text of ['', 'fuse', 'fuse ', 'x:', '"is:op', 'f']) expect(at(text), text).toBeNull()
})

test('the beginning of an operator offers its name, and taking it waits for a value', () => {
  const going = at('fuse ta')!
  expect(going).toMatchObject({ is: 'operator', names: ['tag'] })
  expect(completed('fuse ta', going, 'tag')).toEqual({ text: 'fuse tag:', caret: 9 })
})

test('behind the colon a value is taken whole, with quotes where it has spaces', () => {
  const going = at('-team:wor')!
  expect(going).toMatchObject({ is: 'value', kind: 'team', typed: 'wor', not: '-' })
  expect(completed('-team:wor', going, 'Work shop').text).toBe('-team:"Work shop" ')
  expect(at('team:"Work sh')).toMatchObject({ typed: 'Work sh' })
  expect(completed('team:"Work sh', at('team:"Work sh')!, 'Work shop').text).toBe('team:"Work shop" ')
  expect(at('is:open,pen')).toMatchObject({ kind: 'is', typed: 'pen' })
  expect(completed('is:open,pen', at('is:open,pen')!, 'pending').text).toBe('is:open,pending ')
})

test('in the middle of a text only the word at the caret changes', () => {
  const text = 'is:op fuse'
  expect(completed(text, goingOn(text, 5)!, 'open')).toEqual({ text: 'is:open fuse', caret: 8 })
})
