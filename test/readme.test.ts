/** What the README says about running Pond is what there is. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { settings } from '../src/platform/config/config.ts'

const root = join(import.meta.dirname, '..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')

test('every setting stands in the README, and no other', () => {
  const table = readme.slice(readme.indexOf('## Configuration'), readme.indexOf('## Commands'))
  const named = [...table.matchAll(/^\| (`.+?`) \|/gm)].flatMap(([, cell]) => cell!.match(/[A-Z_]{4,}/g)!)
  expect(named.sort()).toEqual(Object.keys(settings).sort())
})

test('every npm script that the README names exists, and so does every file it links to', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  for (const [, name] of readme.matchAll(/`npm run ([a-z:]+)/g)) expect(Object.keys(scripts)).toContain(name)
  for (const [, path] of readme.matchAll(/\]\(([^)#:]+)\)/g)) expect(existsSync(join(root, path!)), path).toBe(true)
})
