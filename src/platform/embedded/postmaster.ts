/** One PostgreSQL server of ours: making its cluster, finding a living one, starting and stopping it. Never touches a server that is not ours. */
import { spawn, spawnSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import { give, type Place } from './place.ts'
import { asRunner } from './runner.ts'
import { type Settings, settingFlags } from './settings.ts'

/** The login and the database inside the cluster. */
export const ours = 'pond'

/** A cluster is made beside its place and renamed, so that a crash in the middle leaves none that is half made. */
export function ensureCluster(place: Place, binaries: Binaries): void {
  if (existsSync(join(place.cluster, 'PG_VERSION'))) {
    refuseOtherMajor(place, binaries)
    return
  }
  const fresh = `${place.cluster}.new`
  rmSync(fresh, { recursive: true, force: true })
  const made = spawnSync(
    binaries.initdb,
    [
      ...['--pgdata', fresh, '--username', ours, '--encoding=UTF8', '--no-instructions'],
      ...['--locale=C.UTF-8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      ...['--auth-local=trust', '--auth-host=reject'],
    ],
    { ...asRunner(place.runner), cwd: place.home, env: cleanEnvironment(), encoding: 'utf8' },
  )
  if (made.status !== 0) {
    throw new Error(`PostgreSQL could not make its cluster in ${fresh}: ${made.error?.message ?? made.stderr.trim()}`)
  }
  renameSync(fresh, place.cluster)
}

function refuseOtherMajor(place: Place, binaries: Binaries) {
  const made = readFileSync(join(place.cluster, 'PG_VERSION'), 'utf8').trim()
  const have = binaries.version.split('.')[0]
  if (made === have) return
  throw new Error(
    `The database in ${place.cluster} was made by PostgreSQL ${made}, this Pond brings PostgreSQL ${have}. ` +
      'Make a backup with the Pond that made it ("bin/pond backup DIR") and restore it into an empty folder with this one.',
  )
}

/** The pid of the living server on our cluster, whoever started it. */
export function findLiving(place: Pick<Place, 'cluster'>): { pid: number; program: string } | undefined {
  const file = join(place.cluster, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (!Number.isInteger(pid) || pid <= 1) return undefined
  const words = commandLine(pid)
  if (basename(words[0] ?? '') !== 'postgres' || !words.includes(place.cluster)) return undefined
  return { pid, program: words[0]! }
}

/** After a crash: children of the dead server must be gone before its lock may go, or two servers would share the files. */
export async function clearRemains(place: Place): Promise<void> {
  const deadline = Date.now() + 15_000
  for (let left = orphans(place); left.length > 0; left = orphans(place)) {
    if (Date.now() > deadline - 10_000) for (const pid of left) signal(pid, 'SIGQUIT')
    if (Date.now() > deadline)
      throw new Error(`Old PostgreSQL processes do not end (${left.join(', ')}): end them and start again.`)
    await pause(50)
  }
  rmSync(join(place.cluster, 'postmaster.pid'), { force: true })
  for (const name of readdirSync(place.socket)) {
    if (name.startsWith('.s.PGSQL.')) rmSync(join(place.socket, name), { force: true })
  }
}

/** Returns at once; the server may still be replaying its log. */
export function launch(place: Place, binaries: Binaries, settings: Settings): { pid: number; ended: Promise<void> } {
  const log = join(place.home, 'postgresql.log')
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > 10_000_000) renameSync(log, `${log}.1`)
  const out = openSync(log, 'a', 0o600)
  give(log, place.runner)
  const child = spawn(binaries.postgres, ['-D', place.cluster, '-k', place.socket, ...settingFlags(settings)], {
    ...asRunner(place.runner),
    cwd: place.home,
    env: cleanEnvironment(),
    // A Ctrl-C in the terminal is for the app, which then stops the server in its turn.
    detached: true,
    stdio: ['ignore', out, out],
  })
  closeSync(out)
  child.unref()
  const ended = new Promise<void>(resolve => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  return { pid: child.pid ?? 0, ended }
}

/**
 * A fast shutdown: sessions end, nothing committed is lost. After the deadline an immediate one, which the log repairs; it
 * kills by itself what has not ended within five seconds.
 */
export async function stopServer(pid: number, deadlineMs: number): Promise<void> {
  signal(pid, 'SIGINT')
  const started = Date.now()
  let forced = false
  while (isAlive(pid)) {
    const waited = Date.now() - started
    if (!forced && waited > deadlineMs) forced = signal(pid, 'SIGQUIT')
    if (waited > deadlineMs + 15_000) return
    await pause(10)
  }
}

export function isAlive(pid: number): boolean {
  try {
    // A dead child that nobody has collected still has a number.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}

function commandLine(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return []
  }
}

/** Every process of a PostgreSQL server works inside its cluster's folder. */
function orphans(place: Place): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter(pid => {
      try {
        return (
          pid > 1 &&
          readlinkSync(`/proc/${pid}/cwd`) === place.cluster &&
          basename(readlinkSync(`/proc/${pid}/exe`)) === 'postgres'
        )
      } catch {
        return false
      }
    })
}

/** PG* variables of the person who starts us would bend our server. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' }
}
