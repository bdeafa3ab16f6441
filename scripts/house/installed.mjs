/** Tells whether node_modules holds what the lock names. Reads two files; installs nothing. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..')

/** Node 24, by way of npm. */
export const runtime = join(root, 'node_modules/.bin/node')

/** Node keeps what it compiled beside the packages and then starts Pond in half the time. Where nothing may be written it does without. */
export const compiled = {
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE || join(root, 'node_modules/.cache/pond'),
  NODE_COMPILE_CACHE_PORTABLE: '1',
}

export function isInstalled() {
  if (!existsSync(runtime)) return false
  const locked = packagesOf('package-lock.json')
  // npm writes this one last, so after an interrupted installation it is missing or old.
  const present = packagesOf('node_modules/.package-lock.json')
  if (!locked || !present) return false
  return Object.entries(locked).every(([path, wanted]) => {
    if (path === '') return true
    const found = present[path]
    return found ? found.version === wanted.version : wanted.optional === true
  })
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages
  } catch {
    return undefined
  }
}
