/** Decides where the embedded cluster and its socket lie, so that the account that runs PostgreSQL can reach them. Moves nothing later. */
import { createHash, randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { canReach, chooseRunner, isRoot, type Runner } from './runner.ts'

export type Place = {
  runner: Runner
  /** Holds `cluster`, the log and, when needed, a copy of the programs. */
  home: string
  cluster: string
  socket: string
  /** A sentence for the person who starts Pond, when the database lies outside the data folder. */
  elsewhere: string | undefined
}

/** Outside the data folder, for root only. */
const systemHome = '/var/lib/pond'

/** A socket address holds 107 bytes; the file in it is called `.s.PGSQL.5432.lock` at most. */
const longestSocketFolder = 107 - '/.s.PGSQL.5432.lock'.length

type Record = { home: string; madeFor: string }

export function choosePlace(dataDir: string): Place {
  mkdirSync(dataDir, { recursive: true, mode: isRoot() ? 0o711 : 0o700 })
  const folder = realpathSync(dataDir)
  const home = recordedHome(folder) ?? newHome(folder)
  const cluster = join(home, 'cluster')
  const runner = chooseRunner(statSync(cluster, { throwIfNoEntry: false })?.uid)
  const elsewhere = home.startsWith(folder)
    ? undefined
    : `PostgreSQL cannot run as root, and the account ${runner?.name} cannot enter ${folder}: the database lies in ${home}.`
  return { runner, home, cluster, socket: socketFolder(home, runner), elsewhere }
}

function newHome(folder: string): string {
  const inside = join(folder, 'postgresql')
  if (existsSync(join(inside, 'cluster'))) return inside
  const runner = chooseRunner()
  mkdirSync(inside, { recursive: true, mode: 0o700 })
  give(inside, runner)
  if (canReach(runner, inside, 'w')) return inside
  rmdirSync(inside)
  const home = join(systemHome, randomBytes(6).toString('hex'))
  mkdirSync(systemHome, { recursive: true, mode: 0o755 })
  mkdirSync(home, { mode: 0o755 })
  give(home, runner)
  saveRecord(folder, { home, madeFor: folder })
  return home
}

/** A data folder remembers its database when that lies elsewhere; a copied data folder must not share it unseen. */
function recordedHome(folder: string): string | undefined {
  const file = recordFile(folder)
  if (!existsSync(file)) return undefined
  const record = JSON.parse(readFileSync(file, 'utf8')) as Record
  if (record.madeFor === folder) return record.home
  if (existsSync(recordFile(record.madeFor))) {
    throw new Error(
      `${folder} looks like a copy of ${record.madeFor}, whose database lies in ${record.home}. ` +
        'To copy an installation use "bin/pond backup" and "bin/pond restore".',
    )
  }
  saveRecord(folder, { home: record.home, madeFor: folder })
  return record.home
}

const recordFile = (folder: string) => join(folder, 'database-elsewhere.json')

function saveRecord(folder: string, record: Record) {
  const file = recordFile(folder)
  writeFileSync(`${file}.new`, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
}

function socketFolder(home: string, runner: Runner): string {
  const near = join(home, 'socket')
  const folder =
    near.length <= longestSocketFolder
      ? near
      : join('/tmp', `pond-${createHash('sha256').update(home).digest('hex').slice(0, 16)}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const owner = runner?.uid ?? process.getuid?.()
  const found = statSync(folder)
  if (found.uid !== owner && found.uid === process.getuid?.()) give(folder, runner)
  else if (found.uid !== owner || (found.mode & 0o077) !== 0) {
    // In /tmp anybody may have made it first, to listen in.
    throw new Error(`${folder} belongs to somebody else or is open to others: remove it and start again.`)
  }
  return folder
}

export function give(path: string, runner: Runner) {
  if (runner) chownSync(path, runner.uid, runner.gid)
}

/** Where a copy of the programs goes: shared by all installations of root, else beside the cluster. */
export function sharedHome(place: Place): string {
  return isRoot() ? systemHome : place.home
}
