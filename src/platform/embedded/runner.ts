/** Says as whom PostgreSQL runs, since it refuses to run as root. Creates no account: it borrows one that the machine has. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Undefined: as ourselves. */
export type Runner = { name: string; uid: number; gid: number } | undefined

const preferred = ['pond', 'postgres', 'nobody']

export function isRoot(): boolean {
  return process.getuid?.() === 0
}

/** `owner` is the uid of a cluster that exists already: it keeps the account it was made with. */
export function chooseRunner(owner?: number): Runner {
  if (!isRoot()) return undefined
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map(line => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(account => account.uid > 0)
  const found =
    owner !== undefined && owner !== 0
      ? accounts.find(account => account.uid === owner)
      : preferred.map(name => accounts.find(account => account.name === name)).find(Boolean)
  if (found) return found
  throw new Error(
    'PostgreSQL refuses to run as root, and this machine has none of the accounts pond, postgres or nobody to run it as. ' +
      'Add one (useradd --system pond), start Pond as an ordinary user, or set DATABASE_URL.',
  )
}

/** Whether that account can read and enter a folder, tried rather than computed: access lists and mounts count too. */
export function canReach(runner: Runner, folder: string, right: 'r' | 'x' | 'w' = 'x'): boolean {
  if (runner === undefined) return true
  const tried = spawnSync('/bin/sh', ['-c', `test -${right} "$1"`, 'sh', folder], {
    uid: runner.uid,
    gid: runner.gid,
    cwd: '/',
    stdio: 'ignore',
  })
  return tried.status === 0
}

/** Options for `spawn` that make a child run as that account. */
export function asRunner(runner: Runner): { uid?: number; gid?: number } {
  return runner === undefined ? {} : { uid: runner.uid, gid: runner.gid }
}
