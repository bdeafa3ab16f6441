/** Finds the Pond that runs on a data folder, by the file it leaves there and by whether that process lives. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** `{ pid, address }`, or undefined when none runs: a file whose process is dead, or another program by now, does not count. */
export function readRun(dataDir) {
  try {
    const run = JSON.parse(readFileSync(join(dataDir, 'run.json'), 'utf8'))
    const words = readFileSync(`/proc/${run.pid}/cmdline`, 'utf8').split('\0')
    return isRunning(run.pid) && words.some(word => /src\/(cli\/)?main\.ts$/.test(word)) ? run : undefined
  } catch {
    return undefined
  }
}

export function isRunning(pid) {
  try {
    // A dead process whose parent has not collected it still has a number.
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

export async function waitUntilGone(pid, patienceMs) {
  const deadline = Date.now() + patienceMs
  while (isRunning(pid)) {
    if (Date.now() > deadline) return false
    await pause(100)
  }
  return true
}
