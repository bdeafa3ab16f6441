/** What fields hold, by kind, and when two names are one. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FieldKind, FieldValue } from '../../contract/fields.ts'
import { MarkName, normalName } from '../../contract/tags.ts'
import { judge } from './rules.ts'

const [red, blue, gone] = [
  '01a202bf-0000-7000-8000-000000000001',
  '01a202bf-0000-7000-8000-000000000002',
  '01a202bf-0000-7000-8000-000000000003',
]
const choices = [
  { id: red, words: 'Red', archived: false },
  { id: blue, words: 'Blue', archived: false },
  { id: gone, words: 'Gone', archived: true },
]
const kept = (kind: FieldKind, value: FieldValue, before: FieldValue = null) => judge({ kind, choices }, value, before)

test.each([
  ['text', '  two words \0', 'two words'],
  ['text', '   ', null],
  ['number', -0, 0],
  ['number', 12.5, 12.5],
  ['date', '2028-02-29', '2028-02-29'],
  ['yes-no', false, false],
  ['choice', red, red],
  ['choices', [blue, red, blue], [red, blue]],
  ['choices', [], null],
  ['link', ' https://lindqvist.example/faro?a=1 ', 'https://lindqvist.example/faro?a=1'],
] as const)('a %s keeps %j as %j', (kind, value, wanted) => {
  expect(kept(kind, value as FieldValue)).toEqual({ value: wanted })
})

test.each([
  ['text', 7],
  ['number', '7'],
  ['number', Number.NaN],
  ['number', 1e300],
  ['date', '2027-02-29'],
  ['date', '2026-11-24T00:00:00Z'],
  ['date', '0000-01-01'],
  ['yes-no', 'yes'],
  ['choice', gone],
  ['choice', 'Red'],
  ['choices', [red, gone]],
  ['choices', red],
  ['link', 'javascript:alert(1)'],
  ['link', 'data:text/html,x'],
  ['link', 'https://'],
  ['link', 'https://ana:secret@bank.example/'],
  ['link', 'lindqvist.example'],
  ['link', 'https://a.example/ b'],
] as const)('a %s refuses %j', (kind, value) => {
  expect(kept(kind, value as FieldValue)).toHaveProperty('says')
})

test('a text of more than 2,000 letters is refused', () => {
  expect(kept('text', 'x'.repeat(2000))).toHaveProperty('value')
  expect(kept('text', 'x'.repeat(2001))).toHaveProperty('says')
})

test('an archived choice stays where it was said, and is said nowhere anew', () => {
  expect(kept('choice', gone, gone)).toEqual({ value: gone })
  expect(kept('choices', [red, gone], [gone])).toEqual({ value: [red, gone] })
  expect(kept('choices', [red, gone], [red])).toHaveProperty('says')
})

test('what was kept is kept again as it is', () => {
  const any = fc.oneof(
    fc.string(),
    fc.double(),
    fc.boolean(),
    fc.constantFrom('https://a.example/ü', 'http://[::1]/?q=a b', 'HTTPS://A.example'),
    fc.subarray([red, blue, gone]),
    fc.constantFrom(red, '2026-11-24'),
  )
  const kind = fc.constantFrom<FieldKind>('text', 'number', 'date', 'yes-no', 'choice', 'choices', 'link')
  fc.assert(
    fc.property(kind, any, (kind, value) => {
      const first = kept(kind, value as FieldValue)
      if ('value' in first) expect(kept(kind, first.value)).toEqual(first)
    }),
  )
})

test.each([
  ['Refund', 'REFUND'],
  ['ﬁne', 'fine'],
  ['re\u200bfund', 'Refund'],
  ['refund\u200f', 'refund'],
  ['\u202erefund\u202c', 'refund'],
  ['two  words', ' Two words '],
  ['Cafe\u0301', 'Café'],
])('%j and %j are one word', (one, other) => {
  expect(normalName(one)).toBe(normalName(other))
})

test('a name is one line with something to read in it, of 60 letters as a reader counts', () => {
  expect(MarkName.parse(' a\n\tb\u202e ')).toBe('a b')
  expect(MarkName.parse('🚚 شحن \u200f')).toBe('🚚 شحن \u200f'.trim())
  expect(MarkName.parse('😀'.repeat(60))).toHaveLength(120)
  for (const bad of ['', ' ', '\u200f', '\u3164', '\0', 'x'.repeat(61), '😀'.repeat(61), '\ud800'])
    expect(MarkName.safeParse(bad).success, JSON.stringify(bad)).toBe(false)
})
