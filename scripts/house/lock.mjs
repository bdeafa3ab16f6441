/**
 * Completes package-lock.json. Some registries lack a part's binaries for other platforms; `npm install` then leaves them out
 * of the lock, and `npm ci` refuses such a lock. They are named here with the version their owner asks for; nobody on Linux
 * installs them. Run it after every `npm install`: node scripts/house/lock.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './installed.mjs'

const file = join(root, 'package-lock.json')

/** The entries that are missing, by path. */
export function missingFromLock(lock) {
  const missing = {}
  for (const [path, owner] of Object.entries(lock.packages)) {
    for (const [name, wanted] of Object.entries(owner.optionalDependencies ?? {})) {
      if (isNamed(lock, path, name)) continue
      // Only what one machine or another would install: a part of our own platform must really be there.
      missing[`node_modules/${name}`] = {
        version: wanted.replace(/^[\^~]/, ''),
        ...(owner.dev ? { dev: true } : {}),
        optional: true,
        ...platformOf(name),
      }
    }
  }
  return missing
}

function isNamed(lock, from, name) {
  for (let path = from; ; path = path.slice(0, path.lastIndexOf('/node_modules/'))) {
    if (lock.packages[`${path ? `${path}/` : ''}node_modules/${name}`]) return true
    if (!path.includes('/node_modules/')) return Boolean(lock.packages[`node_modules/${name}`])
  }
}

const systems = ['android', 'darwin', 'freebsd', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'aix', 'linux', 'win32']
const processors = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el', 'wasm32']

/** Names of such parts say for which machines they are: `@oxc-parser/binding-linux-x64-musl`. */
function platformOf(name) {
  const words = name.split(/[-/_]/)
  const os = systems.find(system => words.includes(system))
  const cpu = processors.find(processor => words.includes(processor))
  const libc = words.some(word => word.startsWith('musl')) ? 'musl' : undefined
  return {
    ...(os ? { os: [os] } : {}),
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(libc && os === 'linux' ? { libc: [libc] } : {}),
  }
}

export async function checkLock() {
  const names = Object.keys(missingFromLock(JSON.parse(readFileSync(file, 'utf8'))))
  return {
    ok: names.length === 0,
    said: `run "node scripts/house/lock.mjs": package-lock.json lacks ${names.join(', ')}`,
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const lock = JSON.parse(readFileSync(file, 'utf8'))
  const missing = missingFromLock(lock)
  const packages = Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => (a < b ? -1 : 1))
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`)
  console.log(Object.keys(missing).length === 0 ? 'The lock is complete.' : `Added ${Object.keys(missing).join(', ')}`)
}
