/** What fits what was typed in the palette. */
import { expect, test } from 'vitest'
import { matches } from './matching.tsx'

test('accents and case don’t matter', () => {
  expect(matches('Reply to Inês Carvalho', 'ines')).toBe(true)
  expect(matches('Everything open', 'EVERY')).toBe(true)
})

test('short words fit at the start of a word only, longer ones anywhere', () => {
  expect(matches('Waiting for them', 'em')).toBe(false)
  expect(matches('Waiting for them', 'hem')).toBe(true)
})

test('every typed word must fit', () => {
  expect(matches('Name a new time', 'new time')).toBe(true)
  expect(matches('Name a new time', 'new day')).toBe(false)
  expect(matches('Name a new time', '')).toBe(true)
})
