/** Variables: what is filled, what falls back, what is refused; whatever the values hold. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  dueWords,
  filledHtml,
  firstNameOf,
  inLanguage,
  unknownVariables,
  type VariableName,
  variableNames,
} from './variables.ts'

const name = fc.constantFrom<VariableName>(...variableNames)
const value = fc.string({ unit: 'grapheme', maxLength: 60 })

describe('filling', () => {
  test('puts values where they belong, and fallbacks where there is none', () => {
    const html = '<p>Dear {{customer.firstName|there}}, {{ me.name }} of {{team.name}}: {{promise.due|soon}}</p>'
    expect(filledHtml(html, { 'customer.firstName': 'Inês', 'me.name': 'Ana', 'team.name': 'R&D' })).toBe(
      '<p>Dear Inês, Ana of R&amp;D: soon</p>',
    )
    expect(filledHtml(html, { 'customer.firstName': '  ' })).toBe('<p>Dear there,  of : soon</p>')
  })

  test('leaves no variable and makes no tag, whatever a value holds', () => {
    fc.assert(
      fc.property(
        name,
        value,
        fc.string({ maxLength: 20 }).map(text => text.replace(/[{}<>|]/g, '')),
        (key, it, otherwise) => {
          const filled = filledHtml(`<p title="{{${key}}}">{{${key}|${otherwise}}}</p>`, { [key]: it })
          const tags = filled.match(/<[^>]*>/g)
          expect(tags).toHaveLength(2)
          expect(tags?.[0]?.match(/"/g)).toHaveLength(2)
          expect(tags?.[1]).toBe('</p>')
        },
      ),
    )
  })

  test('reads a value as it is: what looks like a variable in it stays', () => {
    expect(filledHtml('{{customer.name}}', { 'customer.name': '{{me.name}}', 'me.name': 'Ana' })).toBe('{{me.name}}')
  })

  test('gives back every value that a browser would read', () => {
    fc.assert(
      fc.property(name, value, (key, it) => {
        const filled = filledHtml(`{{${key}}}`, { [key]: it })
        const read = filled
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&quot;', '"')
          .replaceAll('&#39;', "'")
          .replaceAll('&amp;', '&')
        expect(read).toBe(it.trim())
      }),
    )
  })
})

describe('what cannot be filled', () => {
  test.each([
    ['{{customer.shoeSize}}', ['customer.shoeSize']],
    ['{{customer.firstName|there}} {{me.phone|none}}', ['me.phone']],
    ['{{customer.<b>name</b>}}', ['{{customer.name}}']],
    ['{{customer.name', ['{{customer.name']],
    ['{{#if me.name}}x{{/if}}', ['#if me.name', '/if']],
    ['{{constructor}} {{__proto__}}', ['constructor', '__proto__']],
  ])('%s is told', (html, unknown) => {
    for (const each of unknown) expect(unknownVariables(html).join(' ')).toContain(each)
  })

  test('is nothing, where every variable is of the list', () => {
    fc.assert(
      fc.property(fc.array(name, { maxLength: 6 }), names => {
        expect(unknownVariables(names.map(each => `<p>{{${each}|so}} and { this }</p>`).join(''))).toEqual([])
      }),
    )
  })

  test('is found in time, however the braces stand', () => {
    const started = performance.now()
    unknownVariables('{{'.repeat(20_000) + '}'.repeat(20_000))
    filledHtml('{{customer.name|'.repeat(20_000), {})
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

test('a first name is none where only an address is known', () => {
  expect(firstNameOf('Inês Carvalho')).toBe('Inês')
  expect(firstNameOf('ines@saudade.example')).toBe('')
})

test('a promise is told in the language and zone of whoever reads it', () => {
  const at = new Date('2026-11-24T13:00:00Z')
  expect(dueWords(at, 'de', 'Europe/Berlin')).toBe('Dienstag, 24. November um 14:00')
  expect(dueWords(at, 'en-GB', 'America/New_York')).toContain('08:00')
  expect(dueWords(at, 'no such tongue', 'UTC')).toContain('13:00')
  expect(dueWords(null, 'en', 'UTC')).toBe('')
})

test('the customer’s language is taken, then their tongue, then the first', () => {
  const texts = [{ language: 'en' }, { language: 'pt-BR' }, { language: 'de' }]
  expect(inLanguage(texts, 'de')?.language).toBe('de')
  expect(inLanguage(texts, 'de-AT')?.language).toBe('de')
  expect(inLanguage(texts, 'pt')?.language).toBe('pt-BR')
  expect(inLanguage(texts, 'ja')?.language).toBe('en')
  expect(inLanguage(texts, null)?.language).toBe('en')
  expect(inLanguage([], 'en')).toBeUndefined()
})
