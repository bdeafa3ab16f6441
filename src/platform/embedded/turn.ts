/** One process at a time may make or start the cluster of a folder. Refuses nobody: others wait, and a dead holder's turn is taken over. */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { isAlive } from './postmaster.ts'

export async function inTurn<T>(file: string, act: () => Promise<T>): Promise<T> {
  while (!take(file)) await pause(30)
  try {
    return await act()
  } finally {
    rmSync(file, { force: true })
  }
}

let tries = 0

/** Written beside its place and linked into it, so that nobody ever finds one that names no holder. */
function take(file: string): boolean {
  const mine = `${file}.${process.pid}.${++tries}`
  writeFileSync(mine, `${process.pid} ${startOf(process.pid)}`, { mode: 0o600 })
  try {
    linkSync(mine, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    leaveBehind(file, mine)
    return false
  } finally {
    rmSync(mine, { force: true })
  }
}

/** Removes the turn of a holder that is gone. Another may have done so and begun meanwhile: theirs is put back. */
function leaveBehind(file: string, mine: string) {
  const found = readOr(file)
  if (found === undefined || holds(found)) return
  const aside = `${mine}.aside`
  try {
    renameSync(file, aside)
    if (readOr(aside) !== found) linkSync(aside, file)
  } catch {
    // Somebody was quicker.
  } finally {
    rmSync(aside, { force: true })
  }
}

/** A number may have gone to another process since, above all after a restart of a container: its start tells. */
function holds(turn: string): boolean {
  const [pid, start] = turn.split(' ')
  return isAlive(Number(pid)) && startOf(Number(pid)) === start
}

/** When a process began, in ticks since the machine did; empty where that cannot be read. */
function startOf(pid: number): string {
  const stat = readOr(`/proc/${pid}/stat`) ?? ''
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}

function readOr(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
