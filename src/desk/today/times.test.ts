/** Times proposed for a new due time, in the person's zone. */
import { expect, test } from 'vitest'
import { fromWall, proposals, toWall } from './times.ts'

const zone = 'Europe/Amsterdam'
const at = (moment: string) => Date.parse(moment)

test('a wall time goes there and back, on both sides of a change of clocks', () => {
  for (const wall of ['2026-11-24T11:00', '2026-07-01T23:45', '2026-10-25T12:00']) {
    expect(toWall(fromWall(wall, zone) ?? 0, zone)).toBe(wall)
  }
  expect(fromWall('tomorrow', zone)).toBeNull()
})

test('proposals are ahead, in order of time, and mean the zone’s own day', () => {
  const tuesday = at('2026-11-24T10:42:00+01:00')
  const found = proposals(tuesday, zone)
  expect(found.map(({ name }) => name)).toEqual(['twoHours', 'endOfDay', 'tomorrow', 'friday', 'monday'])
  expect(found.map(({ at }) => toWall(at, zone))).toEqual([
    '2026-11-24T12:45',
    '2026-11-24T17:00',
    '2026-11-25T12:00',
    '2026-11-27T12:00',
    '2026-11-30T12:00',
  ])
})

test('late on a Friday only two hours and Monday are left', () => {
  const friday = at('2026-11-27T16:00:00+01:00')
  expect(proposals(friday, zone).map(({ name }) => name)).toEqual(['twoHours', 'monday'])
})
