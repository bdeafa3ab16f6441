/** Today's divisions and its sentence. */
import { expect, test } from 'vitest'
import type { DuePromise } from '../../contract/promises.ts'
import '../../words/desk.ts'
import { byTime, groupOf, groups, titleOf } from './groups.ts'

const zone = 'Europe/Amsterdam'
const now = Date.parse('2026-11-24T10:42:00+01:00')
const at = (moment: string) => Date.parse(moment)
const due = (dueAt: string) => ({ promise: { id: dueAt, dueAt } }) as DuePromise

test('a promise is late once its time has come', () => {
  expect(groupOf(at('2026-11-24T10:42:00+01:00'), now, zone)).toBe('late')
  expect(groupOf(at('2026-11-23T17:00:00+01:00'), now, zone)).toBe('late')
})

test('what is due within three hours comes under the next hours, even after midnight', () => {
  expect(groupOf(at('2026-11-24T13:42:00+01:00'), now, zone)).toBe('hours')
  expect(groupOf(at('2026-11-25T00:30:00+01:00'), at('2026-11-24T23:00:00+01:00'), zone)).toBe('hours')
})

test('today ends at midnight in the zone of the person, not in UTC', () => {
  expect(groupOf(at('2026-11-24T23:59:00+01:00'), now, zone)).toBe('today')
  expect(groupOf(at('2026-11-25T00:01:00+01:00'), now, zone)).toBe('week')
})

test('after six days it is further off', () => {
  expect(groupOf(at('2026-11-30T09:00:00+01:00'), now, zone)).toBe('week')
  expect(groupOf(at('2026-12-01T09:00:00+01:00'), now, zone)).toBe('further')
})

test('the now line stands after what is late', () => {
  const ordered = byTime([due('2026-11-24T11:00:00+01:00'), due('2026-11-23T17:00:00+01:00')])
  expect(groups(ordered, now, zone).map(group => group.is)).toEqual(['late', 'now', 'hours'])
})

test('the title is a sentence', () => {
  expect(titleOf(2, 4)).toBe('Two promises are late. Four more fall due today.')
  expect(titleOf(1, 1)).toBe('One promise is late. One more falls due today.')
  expect(titleOf(0, 3)).toBe('Three promises fall due today.')
  expect(titleOf(0, 0)).toBe('Nothing is due today.')
  expect(titleOf(40, 0)).toBe('40 promises are late.')
})
