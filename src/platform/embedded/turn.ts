/** One process at a time may make or start the cluster of a folder. Refuses nobody: others wait, and a dead holder's turn is taken over. */
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
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

function take(file: string): boolean {
  try {
    const lock = openSync(file, 'wx', 0o600)
    writeSync(lock, String(process.pid))
    closeSync(lock)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const holder = holderOf(file)
  if (holder !== undefined && !isAlive(holder)) rmSync(file, { force: true })
  return false
}

function holderOf(file: string): number | undefined {
  try {
    // Empty for the moment between making and writing.
    return Number(readFileSync(file, 'utf8')) || undefined
  } catch {
    return undefined
  }
}
