/** Days in filters, in the zone of whoever asks. */
import { describe, expect, test } from 'vitest'
import { dayRange, dueRange } from './rules.ts'

const berlin = { now: new Date('2026-10-25T22:30:00Z'), zone: 'Europe/Berlin' }
const tokyo = { ...berlin, zone: 'Asia/Tokyo' }
const iso = (range: { from: Date | null; to: Date | null } | null) =>
  range && [range.from?.toISOString() ?? null, range.to?.toISOString() ?? null]

describe('a day in a filter', () => {
  test('is the day of whoever asks, with the hours that day has', () => {
    expect(iso(dayRange('today', berlin))).toEqual(['2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'])
    expect(iso(dayRange('Today', tokyo))).toEqual(['2026-10-25T15:00:00.000Z', '2026-10-26T15:00:00.000Z'])
    expect(iso(dayRange('7d', berlin))?.[0]).toBe('2026-10-17T22:00:00.000Z')
    expect(iso(dayRange('2026-10-01', berlin))?.[0]).toBe('2026-09-30T22:00:00.000Z')
  })

  test('that does not exist is none', () => {
    for (const text of ['2026-02-30', '26-1-1', 'soon', '', '99999d']) expect(dayRange(text, berlin)).toBeNull()
  })

  test('by which something is due may be a week, or a side of a day', () => {
    expect(iso(dueRange('overdue', berlin))).toEqual([null, '2026-10-25T22:30:00.000Z'])
    expect(iso(dueRange('week', berlin))).toEqual(['2026-10-18T22:00:00.000Z', '2026-10-25T23:00:00.000Z'])
    expect(iso(dueRange('before:2026-10-01', berlin))).toEqual([null, '2026-09-30T22:00:00.000Z'])
    expect(iso(dueRange('after:tomorrow', berlin))).toEqual(['2026-10-26T23:00:00.000Z', null])
    expect(dueRange('before:', berlin)).toBeNull()
  })
})
