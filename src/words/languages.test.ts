/** Every part is complete in every language: the same keys, the plural forms that language has, the same gaps. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Branch } from './catalogue.ts'
import { languages, nearest, pseudoWords } from './languages.ts'

const parts = readdirSync(join(import.meta.dirname, 'en'))
const plural = /_(zero|one|two|few|many|other)$/

function leaves(branch: Branch, path = ''): [string, string][] {
  return Object.entries(branch).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : leaves(value, `${path}${key}.`),
  )
}
function read(language: string, part: string): [string, string][] {
  return leaves(JSON.parse(readFileSync(join(import.meta.dirname, language, part), 'utf8')))
}
const gaps = (words: string) => [...words.matchAll(/\{\{-?\s*([\w.]+)/g)].map(([, name]) => name).sort()
const stem = (key: string) => key.replace(plural, '')

for (const language of languages.filter(each => each !== 'en')) {
  test.each(parts)(`%s is complete in ${language}`, part => {
    const english = read('en', part)
    const theirs = new Map(read(language, part))
    const counted = new Set(english.filter(([key]) => plural.test(key)).map(([key]) => stem(key)))
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    const wanted = new Set(
      english.flatMap(([key]) => (counted.has(stem(key)) ? forms.map(form => `${stem(key)}_${form}`) : [key])),
    )
    expect(
      [...wanted].filter(key => !theirs.has(key)),
      'missing',
    ).toEqual([])
    expect(
      [...theirs.keys()].filter(key => !wanted.has(key)),
      'nobody asks for',
    ).toEqual([])
    // Forms for one and two may leave out the number; every other gap stands in every translation.
    const wrong = english.filter(([key, words]) => {
      if (counted.has(stem(key)) && !key.endsWith('_other')) return false
      const said = theirs.get(counted.has(stem(key)) ? `${stem(key)}_other` : key) ?? ''
      return JSON.stringify(gaps(said)) !== JSON.stringify(gaps(words))
    })
    expect(
      wrong.map(([key]) => key),
      'other gaps',
    ).toEqual([])
    expect(
      [...theirs].filter(([, words]) => words.trim() === '').map(([key]) => key),
      'empty',
    ).toEqual([])
  })
}

test('whoever asks for a language we have gets it, regions aside, and English otherwise', () => {
  expect(nearest(['ar-EG', 'de'])).toBe('ar')
  expect(nearest([null, 'xx', 'de-CH'])).toBe('de')
  expect(nearest([undefined, 'ja'])).toBe('en')
})

test('the pseudo-language keeps words readable and marks them', () => {
  expect(pseudoWords('Save {{name}}')).toMatch(/^⟦.*⟧$/)
  expect(pseudoWords('')).toBe('')
})
