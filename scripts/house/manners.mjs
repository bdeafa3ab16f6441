/** The habits of this house that no other tool knows: sizes, opening sentences, names, unfinished work. Judges no content. */

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root } from './installed.mjs'

const largest = 300

const bannedInNames = /(^|[-_.])(utils?|helpers?|common|manager)([-_.]|$)/i

// Put together here so that this file does not find itself.
const unfinished = new RegExp(['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X:', 'not ' + 'implemented'].join('|'))

const code = /^(src|test|scripts|bench|db\/migrations|bin)\/.*\.(ts|tsx|mjs|cjs|css|sql)$/

export async function checkManners() {
  const said = []
  // Also what is not committed yet, and nothing that git ignores.
  const listed = spawnSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  if (listed.status !== 0) return { ok: true, said: '' }
  for (const path of listed.stdout.split('\n').filter(line => code.test(line))) said.push(...faultsOf(path))
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')
  if (/"resolved":/.test(lock))
    said.push('package-lock.json names a registry host ("resolved"): npm install with our .npmrc writes none')
  return { ok: said.length === 0, said: said.join('\n') }
}

function faultsOf(path) {
  const text = readOr(join(root, path))
  if (text === undefined || path === 'src/platform/db/generated.ts') return []
  const faults = []
  const lines = text.split('\n').length - 1
  if (lines > largest) faults.push(`${path} has ${lines} lines: split it`)
  const opens = /^(#!.*\n)?(\/\*\*|\/\/|\/\*|--)/.test(text)
  if (!opens && !/\.(test|spec)\.tsx?$/.test(path))
    faults.push(`${path} does not open with a sentence that says what it is for`)
  if (bannedInNames.test(basename(path))) faults.push(`${path}: name it after what it does`)
  const found = unfinished.exec(text)
  if (found) faults.push(`${path} says "${found[0]}": finish it, or say in docs/decisions why not`)
  return faults
}

function readOr(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
