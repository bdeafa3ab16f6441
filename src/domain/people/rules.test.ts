import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanName, normalDomain, readAddress, readName, startsLike } from './rules.ts'

describe('an address', () => {
  test.each([
    ['Jane.Doe@Example.ORG', 'jane.doe@example.org'],
    ['  jane@example.org ', 'jane@example.org'],
    ['jane+shop@example.org', 'jane+shop@example.org'],
    ['j.a.n.e@gmail.com', 'j.a.n.e@gmail.com'],
    ['jane@BÜCHER.example', 'jane@xn--bcher-kva.example'],
    ['jane@bücher.example.', 'jane@xn--bcher-kva.example'],
    ['jane@XN--BCHER-KVA.example', 'jane@xn--bcher-kva.example'],
    ['ja\u200bne@example.org', 'jane@example.org'],
    ['ĴANE@example.org', 'ĵane@example.org'],
    ['"a@b"@example.org', null],
    ['jane@[192.0.2.1]', 'jane@[192.0.2.1]'],
    ['jane', null],
    ['@example.org', null],
    ['jane@', null],
    ['jane@exa mple.org', null],
    ['ja ne@example.org', null],
    ['jane@example.org/path', null],
    ['jane@a%2eb', null],
    [`${'x'.repeat(320)}@example.org`, null],
  ])('%j reads as %j', (text, normal) => {
    expect(readAddress(text)?.normal ?? null).toBe(normal)
  })

  test('reads the same a second time, whatever was given', () => {
    const likely = fc
      .tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }))
      .map(([a, b]) => `${a}@${b}`)
    fc.assert(
      fc.property(fc.oneof(likely, fc.emailAddress(), fc.string({ unit: 'binary' })), text => {
        const once = readAddress(text)
        if (once) expect(readAddress(once.normal)?.normal).toBe(once.normal)
      }),
      { numRuns: 3000 },
    )
  })

  test('never folds two that differ by dots or a plus', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,8}$/), fc.stringMatching(/^[a-z]{1,8}$/), (a, b) => {
        const forms = [`${a}${b}`, `${a}.${b}`, `${a}+${b}`].map(local => readAddress(`${local}@example.org`)?.normal)
        expect(new Set(forms).size).toBe(3)
      }),
    )
  })

  test('a domain is ASCII once read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        const domain = normalDomain(text)
        if (domain !== null) expect(domain).toMatch(/^[\x21-\x7e]+$/)
      }),
    )
  })
})

describe('a name', () => {
  const address = readAddress('jane@example.org')!
  test.each([
    ['Jane Doe', 'Jane Doe'],
    ['"Jane Doe"', 'Jane Doe'],
    ['  Jane\r\n\tDoe ', 'Jane Doe'],
    ['Jane\u202e Doe', 'Jane Doe'],
    ['', 'jane@example.org'],
    ['support@bank.example', 'jane@example.org'],
  ])('%j is shown as %j', (text, name) => {
    expect(readName(text, address)).toBe(name)
  })

  test('is one line of 1 to 300 that the database can hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 700 }), text => {
        const name = readName(text, address)
        expect(name.length).toBeGreaterThan(0)
        expect(name.length).toBeLessThanOrEqual(300)
        expect(name.isWellFormed()).toBe(true)
        expect(name).not.toMatch(/[\r\n\0]/)
      }),
    )
    expect(cleanName(`${'x'.repeat(299)}😀`)).toBe('x'.repeat(299))
  })
})

test('what is typed in a search stands for itself', () => {
  expect(startsLike('100%_\\')).toBe('100\\%\\_\\\\%')
})
