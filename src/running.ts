/** A file in the data folder says which process runs Pond and where. `up` and the command line read it; it locks nothing. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const fileIn = (dataDir: string) => join(dataDir, 'run.json')

export function rememberRun(dataDir: string, address: string) {
  const file = fileIn(dataDir)
  writeFileSync(`${file}.new`, JSON.stringify({ pid: process.pid, address, startedAt: new Date().toISOString() }))
  renameSync(`${file}.new`, file)
}

/** Only our own: another process may have begun on the same folder since. */
export function forgetRun(dataDir: string) {
  try {
    const { pid } = JSON.parse(readFileSync(fileIn(dataDir), 'utf8'))
    if (pid === process.pid) rmSync(fileIn(dataDir), { force: true })
  } catch {
    // It was never written, or is gone.
  }
}
