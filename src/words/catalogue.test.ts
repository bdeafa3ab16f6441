/** What is filled in by itself reads as the catalogue would say it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addWords, type Branch, catalogue, t } from './catalogue.ts'
import { languages } from './languages.ts'

function keys(branch: Branch, before = ''): string[] {
  return Object.entries(branch).flatMap(([name, words]) =>
    typeof words === 'string' ? [before + name] : keys(words, `${before}${name}.`),
  )
}

test('every sentence with gaps and every plural form is what the catalogue says', async () => {
  for (const language of languages) {
    const folder = join(import.meta.dirname, language)
    const all: string[] = []
    for (const file of readdirSync(folder)) {
      const part = file.replace('.json', '')
      const words = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Branch
      addWords(language, part, words)
      for (const key of keys(words)) all.push(`${part}:${key.replace(/_(zero|one|two|few|many|other)$/, '')}`)
    }
    await catalogue.changeLanguage(language)
    const gaps = Object.fromEntries(
      ['name', 'time', 'words', 'team', 'who', 'what'].map(gap => [gap, `<${gap} $& {{x}}>`]),
    )
    for (const key of new Set(all)) {
      expect(t(key, gaps), key).toBe(String(catalogue.t(key, gaps)))
      for (const count of [0, 1, 2, 3, 11, 1000])
        expect(t(key, { ...gaps, count }), key).toBe(String(catalogue.t(key, { ...gaps, count })))
    }
  }
  await catalogue.changeLanguage('en')
})
