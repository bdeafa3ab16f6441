/** Whatever is refused is refused with words: every code that the source names has a sentence in the catalogue. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const source = join(import.meta.dirname, '../src')

function codesInSource(): Map<string, string> {
  const codes = new Map<string, string>()
  for (const name of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts') || name.endsWith('.test.ts') || name.startsWith('desk')) continue
    const text = readFileSync(join(source, name), 'utf8')
    for (const [, code] of text.matchAll(/new Refusal\(\s*'([^']+)'/g)) codes.set(code!, name)
  }
  return codes
}

test('every refusal has a title and a sentence', () => {
  const words: Record<string, { title?: string; detail?: string }> = {}
  const folder = join(source, 'words/en')
  for (const name of readdirSync(folder))
    Object.assign(words, JSON.parse(readFileSync(join(folder, name), 'utf8')).refusal)
  const silent = [...codesInSource()].filter(([code]) => !words[code]?.title || !words[code]?.detail)
  expect(silent).toEqual([])
})
