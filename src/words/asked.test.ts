/** Every word a screen asks for is in the catalogue: nobody is shown the name of a word in its place. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

type Branch = { [key: string]: string | Branch }
const src = join(import.meta.dirname, '..')
const files = (folder: string) =>
  readdirSync(join(src, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .map(name => join(folder, name))

const parts = new Map<string, Branch>()
function part(name: string): Branch | undefined {
  if (!parts.has(name)) {
    try {
      parts.set(name, JSON.parse(readFileSync(join(src, 'words/en', `${name}.json`), 'utf8')) as Branch)
    } catch {
      return undefined
    }
  }
  return parts.get(name)
}

/** `rest` is what stands before the first gap of a name that is put together; null where none is. */
function isThere(of: Branch, name: string, together: boolean): boolean {
  const steps = name.split('.')
  const last = steps.pop()!
  let branch: string | Branch | undefined = of
  for (const step of steps) branch = typeof branch === 'object' ? branch[step] : undefined
  if (typeof branch !== 'object') return false
  const keys = Object.keys(branch)
  return together
    ? keys.some(key => key.startsWith(last))
    : keys.some(key => key === last || key.startsWith(`${last}_`))
}

test('every word that a screen asks for is there', () => {
  const missing: string[] = []
  for (const file of [...files('desk'), ...files('ui')]) {
    const text = readFileSync(join(src, file), 'utf8')
    for (const [, quote, name, key] of text.matchAll(/\bt\((['`])([a-z-]+):([\w.-]*)/g)) {
      const of = part(name!)
      // Words of the server have parts that are named otherwise than their file.
      if (of && !isThere(of, key!, quote === '`')) missing.push(`${file}: ${name}:${key}`)
    }
  }
  expect(missing).toEqual([])
})
