/** The language of filters: what is read, what is written, and that nothing typed can break it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { longestFilter, operators, parseFilter, printFilter, type Term } from './filter-text.ts'

const again = (text: string) => printFilter(parseFilter(text))

describe('a filter', () => {
  test('is read into operators, fields, phrases and words, each of which can be negated', () => {
    expect(
      parseFilter('is:open Tag:refund,"two words" -owner:me "Serial number":A12 -"not this" hello -there'),
    ).toEqual([
      { is: 'operator', name: 'is', values: ['open'], not: false },
      { is: 'operator', name: 'tag', values: ['refund', 'two words'], not: false },
      { is: 'operator', name: 'owner', values: ['me'], not: true },
      { is: 'field', name: 'Serial number', values: ['A12'], not: false },
      { is: 'phrase', text: 'not this', not: true },
      { is: 'word', text: 'hello', not: false },
      { is: 'word', text: 'there', not: true },
    ])
  })

  test('takes what is no operator for a word, and forgives what is not finished', () => {
    expect(parseFilter('https://x.org foo:bar 5" tag: - --far')).toEqual([
      { is: 'word', text: 'https://x.org', not: false },
      { is: 'word', text: 'foo:bar', not: false },
      { is: 'word', text: '5"', not: false },
      { is: 'word', text: 'far', not: true },
    ])
    expect(parseFilter('"never closed and on')).toEqual([{ is: 'phrase', text: 'never closed and on', not: false }])
    expect(parseFilter('tag:"never closed')).toEqual([
      { is: 'operator', name: 'tag', values: ['never closed'], not: false },
    ])
  })

  test('reads quotes as phones and word processors write them', () => {
    expect(parseFilter('subject:“zwei Wörter” „drei Wörter hier”')).toEqual([
      { is: 'operator', name: 'subject', values: ['zwei Wörter'], not: false },
      { is: 'phrase', text: 'drei Wörter hier', not: false },
    ])
  })

  test('is one spelling of every letter, and ends at its longest', () => {
    expect(parseFilter('Ine\u0302s')).toEqual([{ is: 'word', text: 'In\u00eas', not: false }])
    const [term] = parseFilter(`${'x'.repeat(longestFilter - 1)}😀`)
    expect(term?.is === 'word' && term.text.isWellFormed()).toBe(true)
  })

  test('written and read again says the same, whatever was typed', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom(...operators.map(name => `${name}:`), '"', '“', '”', '\\', '-', ',', ':', ' ', '"a b":', '\\"'),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), pieces => {
        const text = pieces.join('').slice(0, 120)
        expect(again(again(text))).toBe(again(text))
        expect(parseFilter(again(text))).toEqual(parseFilter(text))
      }),
      { numRuns: 2000 },
    )
  })

  test('that a screen put together is read back whole: names with quotes, commas and colons too', () => {
    const value = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .map(text => text.replace(/\s+/g, ' ').trim().normalize('NFC'))
      .filter(text => text !== '')
    const term = fc.record({
      is: fc.constant('operator' as const),
      name: fc.constantFrom(...operators),
      values: fc.uniqueArray(value, { minLength: 1, maxLength: 3 }),
      not: fc.boolean(),
    })
    const field = fc.record({
      is: fc.constant('field' as const),
      name: value,
      values: fc.uniqueArray(value, { minLength: 1, maxLength: 2 }),
      not: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(fc.oneof(term, field), { maxLength: 3 }), terms => {
        const text = printFilter(terms as Term[])
        fc.pre(text.length <= longestFilter)
        expect(parseFilter(text)).toEqual(terms)
      }),
      { numRuns: 1000 },
    )
  })
})
