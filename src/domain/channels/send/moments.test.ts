import { expect, test } from 'vitest'
import { momentIn, sizeIn, zoneName } from './moments.ts'

const now = new Date('2026-11-23T07:52:30Z')

test('near days are named, in the language and zone of the reader', () => {
  const at = new Date('2026-11-23T10:00:00Z')
  expect(momentIn(at, now, 'en', 'Europe/Amsterdam')).toBe('today, Mon 23 Nov, 11:00')
  expect(momentIn(at, now, 'de', 'Europe/Berlin')).toBe('heute, Mo., 23. Nov., 11:00')
  expect(momentIn(new Date('2026-11-24T10:00:00Z'), now, 'fr', 'UTC')).toMatch(/^demain, mar\. 24 nov\.,? (à )?10:00$/)
  expect(momentIn(new Date('2026-11-27T10:00:00Z'), now, 'en', 'UTC')).toBe('Fri 27 Nov, 10:00')
  expect(momentIn(new Date('2028-11-27T10:00:00Z'), now, 'en', 'UTC')).toContain('2028')
})

test('today is today where the reader is', () => {
  const at = new Date('2026-11-23T15:30:00Z')
  expect(momentIn(at, now, 'en', 'Asia/Tokyo')).toMatch(/^tomorrow, Tue 24 Nov, 00:30$/)
})

test('zones and sizes have names people know', () => {
  expect(zoneName(now, 'en', 'Europe/Amsterdam')).toBe('Central European Time')
  expect(sizeIn(31_457_280, 'en')).toBe('30 MB')
  expect(sizeIn(1_600_000, 'de')).toBe('1,5 MB')
})
